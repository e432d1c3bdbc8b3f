"""In the window of every envelope stands the address, and nothing else whatever it is."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image

from kuntactl.letters.finding import Finding
from kuntactl.letters.paper import faults_on_paper
from kuntactl.letters.window import ENVELOPES, SHEET, Envelope, Zone
from kuntactl.typeset.render import Typesetter
from kuntactl.typeset.seen import marks_of

HEAD = (
    '<html lang="fi"><head><title>Oma</title><style>@page { size: A4; margin: 0 }'
    " body { margin: 0 } p, img, svg, .at { position: absolute; margin: 0; line-height: 4mm }"
    " p { font-size: 3mm }</style><style>"
)
NEAR = 0.2  # mm
ALL = [pytest.param(one, id=one.name) for one in ENVELOPES.values()]


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    """Lays out pages that may use two pictures."""
    folder = tmp_path_factory.mktemp("window")
    Image.new("RGB", (40, 40), "navy").save(folder / "arms.png")
    (folder / "arms.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/>'
        "</svg>"
    )
    return Typesetter([Path(folder)])


def faults(
    typesetter: Typesetter, envelope: Envelope, body: str, style: str = ""
) -> Sequence[Finding]:
    """Return what is wrong in the window on a page of our own."""
    laid = typesetter.lay_out(f"{HEAD}{style}</style></head><body>{body}")
    found = faults_on_paper(
        marks_of(laid), template="x.fi.html", situation="", envelopes=[envelope]
    )
    return [one for one in found if one.code in {"in_the_window", "address_hidden"}]


def at(left: float, top: float, width: float = 4, height: float = 4) -> str:
    """Return a place in mm of the sheet as a style."""
    return f"left: {left}mm; top: {top}mm; width: {width}mm; height: {height}mm"


def beside(zone: Zone, *, inside: float) -> Iterator[tuple[float, float]]:
    """Yield places of a square of 4 mm that reaches so far into a zone, at each side."""
    x, y = (zone.left + zone.right) / 2, (zone.top + zone.bottom) / 2
    if zone.left > SHEET.left:
        yield zone.left - 4 + inside, y
    yield zone.right - inside, y
    yield x, zone.top - 4 + inside
    yield x, zone.bottom - inside


@pytest.mark.parametrize("envelope", ALL)
def test_a_picture_may_touch_the_zone_and_no_more(
    typesetter: Typesetter, envelope: Envelope
) -> None:
    """Arms beside the address show in the window when the sheet slides."""
    for left, top in beside(envelope.quiet, inside=-NEAR):
        picture = f'<img src="arms.png" alt="x" style="{at(left, top)}">'
        assert faults(typesetter, envelope, picture) == []
    for left, top in beside(envelope.quiet, inside=NEAR):
        picture = f'<img src="arms.png" alt="x" style="{at(left, top)}">'
        (fault,) = faults(typesetter, envelope, picture)
        assert (fault.code, fault.element, fault.detail) == ("in_the_window", "img", envelope.name)


@pytest.mark.parametrize("envelope", ALL)
def test_the_address_must_lie_in_its_zone_at_every_side(
    typesetter: Typesetter, envelope: Envelope
) -> None:
    """What the sheet hides when it slides the other way, the postman cannot read."""
    zone = envelope.address
    for left, top in ((zone.left, zone.top), (zone.right - 20, zone.bottom - 4)):
        line = f'<p data-field="recipient" style="{at(left, top, 20)}">Testi</p>'
        assert faults(typesetter, envelope, line) == []
    for left, top in beside(zone, inside=4 - NEAR):
        line = f'<p data-field="recipient" style="{at(left, top)}; text-align: justify">mmm</p>'
        line = line.replace("</p>", '<span class="at" style="background: navy; inset: 0"></span>')
        assert {one.code for one in faults(typesetter, envelope, line)} == {"address_hidden"}


BOX = "<div class='at' style='{{at}}; {}'></div>"
ELSEWHERE = "<p style='top: 200mm'>x</p>"
HEADER = "content: 'Vaakuna'; vertical-align: bottom"

# body, style, the element that is named, why this row is here
SEEN = [
    pytest.param("<p style='{at}'>Vaakuna</p>", "", "p", id="text"),
    pytest.param("<img src='arms.png' alt='x' style='{at}'>", "", "img", id="a photograph"),
    pytest.param("<img src='arms.svg' alt='x' style='{at}'>", "", "img", id="a drawing"),
    pytest.param(
        "<svg xmlns='http://www.w3.org/2000/svg' style='{at}'><rect width='9' height='9'/></svg>",
        "",
        "svg",
        id="a drawing in the page",
    ),
    pytest.param(BOX.format("border-left: 1px solid"), "", "div.at", id="a line"),
    pytest.param(BOX.format("outline: 1px solid"), "", "div.at", id="an outline"),
    pytest.param(BOX.format("background: silver"), "", "div.at", id="a ground"),
    pytest.param(BOX.format("background: url(arms.png)"), "", "div.at", id="a picture as ground"),
    pytest.param("<hr class='at' style='{at}'>", "", "hr.at", id="a rule"),
    pytest.param(
        "<p style='left: 0; top: 200mm; transform: translate({left}mm, {up}mm)'>Vaakuna</p>",
        "",
        "p",
        id="moved there",
    ),
    pytest.param(
        "<p class='x' style='{at}'></p>",
        "p.x::before {{ content: 'Vaakuna' }}",
        "p::before.x",
        id="by the style sheet",
    ),
    pytest.param(
        ELSEWHERE,
        "@page {{ background: url(arms.png) no-repeat {left}mm {top}mm }}",
        "page",
        id="a picture as ground of the page",
    ),
    pytest.param(ELSEWHERE, "html {{ background: silver }}", "page", id="a coloured page"),
    pytest.param(
        ELSEWHERE,
        f"@page {{{{ margin: {{top}}mm 0 0 0; @top-left {{{{ {HEADER} }}}} }}}}",
        "@top-left",
        id="a running header",
    ),
]


@pytest.mark.parametrize("envelope", ALL)
@pytest.mark.parametrize(("body", "style", "element"), SEEN)
def test_whatever_is_seen_is_found(
    typesetter: Typesetter, envelope: Envelope, body: str, style: str, element: str
) -> None:
    """A window shows what is behind it, however it came there."""
    left, top = envelope.quiet.left + 20, envelope.quiet.top + 8
    places: dict[str, str | float] = {
        "at": at(left, top, 20, 4),
        "left": left,
        "top": top,
        "up": top - 200,
    }

    found = faults(typesetter, envelope, body.format(**places), style.format(**places))

    assert {(one.code, one.element) for one in found} == {("in_the_window", element)}


def test_plain_paper_is_nothing_to_be_seen(typesetter: Typesetter) -> None:
    """White is the colour of the sheet, and what is hidden is not printed."""
    page = f"<p style='{at(40, 50)}; visibility: hidden'>x</p><p style='top: 200mm'>x</p>"

    for envelope in ENVELOPES.values():
        assert faults(typesetter, envelope, page, "html { background: white }") == []
