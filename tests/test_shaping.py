"""A line is shown as Pango would set it, to the byte."""

import random
from html import escape

import pytest

from kuntactl.typeset.content import SHOWN
from kuntactl.typeset.fonts import known_characters
from kuntactl.typeset.render import Typesetter
from kuntactl.typeset.shaping import show

SIZES = {"10pt": 400, "11pt": 400, "15pt": 700, "9.57pt": 700}  # CSS weight
# All letters and signs that may stand beside letters of a script.
LETTERS = {
    script: sorted(
        character
        for character in known_characters()
        if show(letter + character + letter, 400, b"14.666016", "fi") is not None
    )
    for script, letter in {"Latn": "a", "Cyrl": "я", "Grek": "λ"}.items()
}
LINES = 100


def lines(common: str, letters: list[str]) -> list[str]:
    """Return made-up lines: letters that fonts draw together, and now and then any other."""
    draw = random.Random(7)  # noqa: S311  # nothing secret
    drawn = (
        "".join(draw.choice(letters if draw.random() < 0.3 else common) for _ in range(40))
        for _ in range(LINES)
    )
    return [" ".join(line.split()) for line in drawn]


# script, what lines of it are made of, the languages of parts of a letter in which they may stand
SCRIPTS = [
    pytest.param("Latn", "aeiouAVTLYPFKWäöÅrtknsl.,-1234567890 ", "fi", id="Latin"),
    pytest.param("Cyrl", "аеиоуАВТРУГФКЩЁйцкнгшщз.,-1234567890 (", "fi", id="Cyrillic"),
    pytest.param("Cyrl", "аеиоуАВТРУГФКЩЁйцкнгшщз.,-1234567890 (", "ru", id="Russian"),
    pytest.param("Cyrl", "аеиоуАВТРУГФКЂЋЈйцбгдпт.,-1234567890 (", "sr", id="Serbian"),
    pytest.param("Cyrl", "аеиоуАВТРУГФКЩЪйцвгджзт.,-1234567890 (", "bg", id="Bulgarian"),
    pytest.param("Grek", "αεηιουΑΒΤΛΥΠΓΔάέήίόύλτς.,-1234567890 (", "sv", id="Greek"),
    pytest.param("Latn", "aeiouAVTLYPFKWşţğ\u0131rtfil.,-1234567890 ", "ro", id="Romanian"),
    pytest.param("Latn", "aeiouAVTLYPFKWŞÇİ\u0131şğfil.,-1234567890 ", "tr", id="Turkish"),
    pytest.param("Latn", "aeiouAVTLYPFKWrtkfinsl.,-1234567890 ", "ru", id="Latin in Russian"),
]


@pytest.mark.parametrize(("script", "common", "language"), SCRIPTS)
def test_lines_are_shown_as_weasyprint_writes_them(
    script: str, common: str, language: str
) -> None:
    """A letter is stamped with these bytes; a thousandth of an em off would be seen on paper."""
    texts = lines(common, LETTERS[script])
    html = "".join(
        f'<p style="font-size: {size}; font-weight: {weight}">{escape(text)}</p>'
        for text in texts
        for size, weight in SIZES.items()
    )
    typesetter = Typesetter([])
    page = (
        f"<html lang='{language}'><title>x</title>"
        "<style>p { white-space: nowrap; margin: 0 }</style>"
    )

    contents = typesetter.contents(typesetter.lay_out(f"{page}<body>{html}"))

    shown = [run for content in contents for run in SHOWN.finditer(content)]
    assert len(shown) == len(texts) * len(SIZES) > 300
    expected = [(text, weight) for text in texts for weight in SIZES.values()]
    for run, (text, weight) in zip(shown, expected, strict=True):
        line = show(text, weight, run["size"], language)

        assert line is not None
        assert line.glyphs == run["glyphs"], text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Щa", id="Cyrillic, which Pango parts from Latin"),
        pytest.param("\u0391a", id="Greek, which Pango parts from Latin"),
        pytest.param("ΩЩ", id="Greek, which Pango parts from Cyrillic"),
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
