"""A line is shown as Pango would set it, to the byte."""

import random
from html import escape

import pytest

from kuntactl.typeset.content import SHOWN
from kuntactl.typeset.fonts import known_characters
from kuntactl.typeset.render import Typesetter
from kuntactl.typeset.shaping import show

SIZES = {"10pt": 400, "11pt": 400, "15pt": 700, "9.57pt": 700}  # CSS weight
LATIN = sorted(
    character
    for character in known_characters()
    if show(character, 400, b"14.666016", "fi") is not None
)
LINES = 150


def lines() -> list[str]:
    """Return made-up lines: letters that fonts draw together, and now and then any other."""
    draw = random.Random(7)  # noqa: S311  # nothing secret
    common = "aeiouAVTLYPFKWäöÅrtknsl.,-1234567890 "
    drawn = (
        "".join(draw.choice(LATIN if draw.random() < 0.3 else common) for _ in range(40))
        for _ in range(LINES)
    )
    return [" ".join(line.split()) for line in drawn]


def test_lines_are_shown_as_weasyprint_writes_them() -> None:
    """A letter is stamped with these bytes; a thousandth of an em off would be seen on paper."""
    texts = lines()
    html = "".join(
        f'<p style="font-size: {size}; font-weight: {weight}">{escape(text)}</p>'
        for text in texts
        for size, weight in SIZES.items()
    )
    typesetter = Typesetter([])
    page = "<html lang='fi'><title>x</title><style>p { white-space: nowrap; margin: 0 }</style>"

    contents = typesetter.contents(typesetter.lay_out(f"{page}<body>{html}"))

    shown = [run for content in contents for run in SHOWN.finditer(content)]
    assert len(shown) == len(texts) * len(SIZES) > 300
    expected = [(text, weight) for text in texts for weight in SIZES.values()]
    for run, (text, weight) in zip(shown, expected, strict=True):
        line = show(text, weight, run["size"], "fi")

        assert line is not None
        assert line.glyphs == run["glyphs"], text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Щ", id="Cyrillic, which Pango parts from Latin"),
        pytest.param("\u05d0", id="no glyph in our fonts"),
        pytest.param("e\u0301", id="not composed"),
        pytest.param("x\u0323\u0302", id="a mark that no letter is composed with"),
        pytest.param("a  b", id="two spaces, of which HTML keeps one"),
        pytest.param(" a", id="a space at the edge"),
        pytest.param("a\u00a0b", id="a space that is not the ordinary one"),
        pytest.param("a\u00adb", id="a soft hyphen"),
        pytest.param("a\tb", id="a tab"),
    ],
)
def test_a_text_that_may_be_set_otherwise_is_not_shown(text: str) -> None:
    """Better a letter laid out whole than one that is nearly right."""
    assert show(text, 400, b"14.666016", "fi") is None
