"""The text in a page's content as WeasyPrint writes it: where it stands, what it says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# A line of text, as WeasyPrint shows it.
SHOWN = re.compile(
    rb"(?P<head>/\w+\n<</MCID (?P<mark>\d+)>>\nBDC\n)(?P<state>(?:[^\n]+ (?:gs|rg|RG|g|G|k|K)\n)*)"
    rb"BT\n(?P<matrix>[-\d.]+ [-\d.]+ [-\d.]+ [-\d.]+) (?P<x>[-\d.]+) (?P<y>[-\d.]+) Tm\n"
    rb"/(?P<font>\w+) (?P<size>[\d.]+) Tf\n\[(?P<glyphs>[^\]]*)\] TJ\nET\n(?P<tail>EMC\n)"
)
_GLYPH = re.compile(rb"[0-9a-f]{4}")
_STRING = re.compile(rb"<([0-9a-f]*)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A line of text in one font, marked for its tag."""

    start: int  # in the content, of its mark
    end: int
    mark: int  # MCID
    head: bytes  # begins the mark
    state: bytes  # colours, which hold for what follows too
    matrix: bytes  # four numbers
    x: bytes  # px
    y: bytes  # px
    font: str  # name of the resource
    size: bytes  # px
    glyphs: bytes  # glyphs and what is taken off between them, as TJ has them
    text: str


def runs(content: bytes, characters: Mapping[str, Mapping[int, str]]) -> Iterator[Run]:
    """Yield the runs of a page's content, in the order of drawing.

    Args:
        content: Uncompressed content of a page.
        characters: By font resource, the text of each glyph.
    """
    for found in SHOWN.finditer(content):
        font = found["font"].decode()
        yield Run(
            start=found.start(),
            end=found.end(),
            mark=int(found["mark"]),
            **{key: found[key] for key in ("head", "state", "matrix", "x", "y", "size", "glyphs")},
            font=font,
            text="".join(
                characters[font].get(glyph, "\ufffd") for glyph in glyphs_of(found["glyphs"])
            ),
        )


def glyphs_of(shown: bytes) -> Iterator[int]:
    """Yield the glyph ids in the operand of a TJ."""
    for string in _STRING.finditer(shown):
        for glyph in _GLYPH.finditer(string[1]):
            yield int(glyph[0], 16)
