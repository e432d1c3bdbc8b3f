"""Text shaped as Pango shapes it, in the words of a PDF."""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import uharfbuzz

from kuntactl.typeset.fonts import font_bytes, known_characters

# What WeasyPrint asks for with `font-variant-ligatures: none`.
_FEATURES = dict.fromkeys(("liga", "clig", "dlig", "hlig", "calt"), False)
# By how Unicode begins the names of their letters, what OpenType calls the scripts of our fonts.
_SCRIPTS = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek"}
# Signs beyond ASCII that Pango does not part from letters: dashes, quotation marks, the
# hyphen, and two that Skolt Sámi writes in the middle of words.
_SIGNS = frozenset("\u2013\u2014\u2018\u2019\u201c\u201d\u2010·°§€«»\u02b9\u02bc")
_PANGO_UNITS = 1024  # in a px


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of text as WeasyPrint writes it."""

    glyphs: bytes  # operand of TJ, without its brackets
    width: float  # px


@lru_cache(maxsize=20_000)
def show(text: str, weight: int, size: bytes, language: str) -> Shown | None:
    """Return a line of text as WeasyPrint would show it; none: that cannot be told.

    Args:
        text: One line.
        weight: CSS weight, 400 or 700.
        size: Font size in px, as it stands in the PDF.
        language: ISO 639 code.
    """
    script = _script(text)
    if script is None:
        return None
    font, pieces = _font(weight, round(float(size) * _PANGO_UNITS))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", script, language
    uharfbuzz.shape(font, buffer, _FEATURES)
    glyphs = [info.codepoint for info in buffer.glyph_infos]
    places = [position.position for position in buffer.glyph_positions]
    if len(glyphs) != len(text) or any(place[0] or place[1] for place in places):
        return None
    advances = [place[2] for place in places]
    line = "".join(map(pieces.__getitem__, zip(glyphs, advances, strict=True)))
    line = f"<{line[:-1]}" if line.endswith("<") else f"<{line}>"
    return Shown(line.encode(), sum(advances) / _PANGO_UNITS)


@lru_cache(maxsize=20_000)
def _script(text: str) -> str | None:
    """Return the script of a text that stands as it is; none: Pango may set it in pieces.

    It stands as it is when it is all of one script, composed, and has no space that HTML would
    drop. Figures and signs alone are set like Latin.
    """
    if "  " in text or text != text.strip(" "):
        return None
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        return None
    return next((one for name, one in _SCRIPTS.items() if _set_of(name).issuperset(text)), None)


@cache
def _set_of(script: str) -> frozenset[str]:
    """Return the characters that Pango sets in one piece: letters of a script, signs, space.

    Combining marks and spaces other than the ordinary one are left out.
    """
    return frozenset(
        character
        for character in known_characters()
        if _is_letter(character, script) or _is_sign(character)
    )


def _is_letter(character: str, script: str) -> bool:
    return unicodedata.category(character) in {"Lu", "Ll"} and unicodedata.name(
        character
    ).startswith(f"{script} ")


def _is_sign(character: str) -> bool:
    return (character.isascii() and not character.isalpha()) or character in _SIGNS


class _Pieces(dict[tuple[int, int], str]):
    """A glyph with an advance (in Pango's units), as WeasyPrint writes it between < and >."""

    def __init__(self, weight: int, units: int) -> None:
        super().__init__()
        self._weight, self._units = weight, units

    def __missing__(self, key: tuple[int, int]) -> str:
        glyph, advance = key
        taken = width_of(glyph, self._weight) - advance * 1000 / self._units
        self[key] = piece = f"{glyph:04x}>{int(taken)}<" if taken else f"{glyph:04x}"
        return piece


@lru_cache(maxsize=64)
def _font(weight: int, units: int) -> tuple[uharfbuzz.Font, _Pieces]:
    """Return the font in a size, in Pango's units, and how its glyphs are written."""
    font = uharfbuzz.Font(_face(weight))
    font.scale = (units, units)
    return font, _Pieces(weight, units)


@cache
def _face(weight: int) -> uharfbuzz.Face:
    return uharfbuzz.Face(font_bytes(weight))


@cache
def _plain_font(weight: int) -> uharfbuzz.Font:
    return uharfbuzz.Font(_face(weight))


def glyph_of(character: str, weight: int) -> int | None:
    """Return the glyph of a character; none: the font has none."""
    glyph: int | None = _plain_font(weight).get_nominal_glyph(ord(character))
    return glyph


@cache
def width_of(glyph: int, weight: int) -> int:
    """Return the advance of a glyph in thousandths of the font size, as a PDF tells it."""
    advance: int = _plain_font(weight).get_glyph_h_advance(glyph)
    units: int = _face(weight).upem
    return round(advance * 1000 / units)
