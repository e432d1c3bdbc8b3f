"""Two letters are the same when every glyph stands within 0.01 points of its twin."""

import pytest

from kuntactl.typeset.compare import first_difference

POINT = 1 / 0.75  # px
LIMIT = 0.01 * POINT


def page(  # what a line of text has
    *,
    x: float = 75.590551,
    y: float = 311.549323,
    glyphs: str = "<0035>5<0046>",
    mark: int = 0,
    font: str = "ZQPOKR",
    size: str = "20",
    matrix: str = "1 0 0 -1",
    colour: str = "0 0 0 rg\n",
    rest: str = "0 0 9 9 re f\n",
) -> bytes:
    """Return a page with a line of text and a square, as WeasyPrint writes them."""
    return (
        f"1 0 0 -1 0 841 cm\n/Span\n<</MCID {mark}>>\nBDC\n{colour}BT\n{matrix} {x:f} {y:f} Tm\n"
        f"/{font} {size} Tf\n[{glyphs}] TJ\nET\nEMC\n{rest}"
    ).encode()


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("axis", ["x", "y"])
def test_the_limit_is_a_hundredth_of_a_point(axis: str, sign: int) -> None:
    """Just below it nobody could measure a difference; just above it a master is refused."""
    at = {"x": 75.590551, "y": 311.549323}[axis]
    below = page(**{axis: at + sign * (LIMIT - 0.0001)})
    above = page(**{axis: at + sign * (LIMIT + 0.0001)})

    assert first_difference([page()], [below]) is None
    found = first_difference([page()], [above])

    assert found is not None
    assert (found.page, found.place) == (0, (75.590551, 311.549323))


def test_what_the_page_enlarges_is_measured_on_paper() -> None:
    """Three times as large, a third of the way is as far."""
    turned = page().replace(b"/Span", b"3 0 0 3 0 0 cm\n/Span")
    x = 75.590551 + LIMIT / 3

    for moved, is_same in ((x - 0.0001, True), (x + 0.0001, False)):
        other = page(x=moved).replace(b"/Span", b"3 0 0 3 0 0 cm\n/Span")
        assert (first_difference([turned], [other]) is None) is is_same


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"glyphs": "<0035>5<0047>"}, id="another glyph"),
        pytest.param({"glyphs": "<0035>6<0046>"}, id="a thousandth of an em between two"),
        pytest.param({"font": "DZRABS"}, id="another font"),
        pytest.param({"size": "20.01"}, id="another size"),
        pytest.param({"matrix": "0 1 1 0"}, id="turned"),
        pytest.param({"colour": "1 0 0 rg\n"}, id="another colour"),
    ],
)
def test_all_else_of_a_line_must_be_the_same(changes: dict[str, str]) -> None:
    """There is no nearly in what a line says, and in what."""
    found = first_difference([page(), page()], [page(), page(**changes)])  # type: ignore[arg-type]

    assert found is not None
    assert (found.page, found.place) == (1, (75.590551, 311.549323))


@pytest.mark.parametrize(
    ("one", "other", "at"),
    [
        pytest.param([page()], [page(rest="0 0 9 8 re f\n")], 0, id="another square"),
        pytest.param([page()], [page(rest="")], 0, id="no square"),
        pytest.param([page(rest="")], [page(rest=page().decode())], 0, id="one line more"),
        pytest.param([page()], [page(), page()], 1, id="one page more"),
        pytest.param([page(), page()], [page()], 1, id="one page less"),
    ],
)
def test_all_that_is_no_text_must_be_the_same(
    one: list[bytes], other: list[bytes], at: int
) -> None:
    """A frame that grows with a name is seen, though no letter moves."""
    found = first_difference(one, other)

    assert found is not None
    assert (found.page, found.place) == (at, None)


def test_marks_for_tags_may_count_otherwise() -> None:
    """An address of fewer lines has fewer of them; nobody sees it on paper."""
    assert first_difference([page(mark=3)], [page(mark=17)]) is None
