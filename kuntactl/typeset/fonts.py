"""The fonts that everything printed is set in, the same on every machine."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import font_roboto
import uharfbuzz
from fontTools.ttLib import TTFont

FAMILY = "Roboto"
FONT_FILES = {400: "Roboto-Regular.ttf", 700: "Roboto-Bold.ttf"}  # by CSS weight
MM_PER_POINT = 25.4 / 72
_FOLDER = Path(font_roboto.font_directory)
# With ligatures off a glyph is a character, so that every character can be extracted.
_FEATURES = {"liga": False, "clig": False}


def font_folder() -> Path:
    """Return the folder of the font files."""
    return _FOLDER


@cache
def font_bytes(weight: int) -> bytes:
    """Return the font file of a CSS weight, 400 or 700."""
    return (_FOLDER / FONT_FILES[weight]).read_bytes()


@cache
def known_characters() -> frozenset[str]:
    """Return the characters that both weights can print.

    Control and format characters are left out even where a font has a glyph for them:
    nobody would see them on paper. Of the separators, spaces of one line are in.
    """
    shared = set.intersection(
        *(set(TTFont(_FOLDER / name).getBestCmap()) for name in FONT_FILES.values())
    )
    unseen = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
    return frozenset(
        chr(point) for point in shared if unicodedata.category(chr(point)) not in unseen
    )


def missing_characters(text: str) -> set[str]:
    """Return the characters of the text that the fonts cannot print, after composing (NFC)."""
    return set(unicodedata.normalize("NFC", text)) - known_characters()


@cache
def unprintable_pattern() -> str:
    """Return a regular expression that finds one character the fonts cannot print."""
    points = sorted(ord(character) for character in known_characters())
    starts = [points[0], *(after for before, after in pairwise(points) if after > before + 1)]
    ends = [*(before for before, after in pairwise(points) if after > before + 1), points[-1]]
    ranges = "".join(
        rf"\x{{{start:x}}}-\x{{{end:x}}}" for start, end in zip(starts, ends, strict=True)
    )
    return f"[^{ranges}]"


def text_width(text: str, *, size: float, weight: int = 400) -> float:
    """Return how wide a line of text is, in mm, as HarfBuzz shapes it.

    Args:
        text: One line; every character one of ``known_characters``.
        size: Font size in points.
        weight: CSS weight, 400 or 700.
    """
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    font, units = _shaper(weight)
    uharfbuzz.shape(font, buffer, _FEATURES)
    advance: int = sum(position.x_advance for position in buffer.glyph_positions)
    return advance / units * size * MM_PER_POINT


def break_line(text: str, *, width: float, size: float) -> Sequence[str]:
    """Return the text in as few lines as its spaces allow, each as full as possible.

    A word wider than ``width`` stands on a line of its own and is still too wide.

    Args:
        text: Words parted by single spaces.
        width: Room for a line in mm.
        size: Font size in points.
    """
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size=size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _shaper(weight: int) -> tuple[uharfbuzz.Font, int]:
    face = uharfbuzz.Face(font_bytes(weight))
    return uharfbuzz.Font(face), face.upem
