"""In a real browser a report asks for nothing, complains of nothing, and leaves nobody out."""

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from browser import Browser, browser, program
from conftest import REPOSITORY
from PIL import Image
from report_run import figures_of_area, figures_of_run
from test_report_equal_service import planned

from kuntactl.domain.types import Language
from kuntactl.report.html import area_report, run_report

AXE = REPOSITORY / "build" / "axe-core-4.14.1" / "axe.min.js"
WIDE, NARROW = 1280, 320  # CSS pixels; the latter is what WCAG 1.4.10 asks for
SEEN = [
    ("area", Language.FI, WIDE),
    ("area", Language.SV, NARROW),
    ("area", Language.EN, WIDE),
    ("run", Language.FI, NARROW),
    ("run", Language.SV, WIDE),
    ("run", Language.EN, NARROW),
]

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; passed over where there is none, but never on CI."""
    if not (program() and AXE.exists()) and not os.environ.get("CI"):
        pytest.skip("no Chromium or axe-core here: `tools/setup ci` installs both")
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        browser(Path(folder)) as opened,
    ):
        yield opened


def write_report(folder: Path, kind: str, language: Language) -> Path:
    """Write a report of the small run; return where it is."""
    page = folder / "report.html"
    if kind == "area":
        page.write_bytes(area_report(figures_of_area(planned()), language=language))
    else:
        page.write_bytes(run_report(figures_of_run(planned()), language=language))
    return page


@pytest.mark.parametrize(("kind", "language", "width"), SEEN)
def test_a_report_asks_for_nothing_and_everybody_can_use_it(
    chromium: Browser, tmp_path: Path, kind: str, language: Language, width: int
) -> None:
    """No request, no complaint of the console, nothing that axe-core finds, no sideways scroll."""
    page = write_report(tmp_path, kind, language)

    visit = chromium.open(page, width=width)

    assert visit.requests == [page.as_uri()]
    assert visit.complaints == []
    assert chromium.look("document.documentElement.scrollWidth") <= width
    assert chromium.look("document.querySelectorAll('svg.chart').length") >= 3
    assert chromium.faults(AXE.read_text("utf-8")) == []


def test_the_tests_see_what_is_wrong(chromium: Browser, tmp_path: Path) -> None:
    """A look that finds nothing proves something only if it can find something."""
    page = tmp_path / "bad.html"
    page.write_text(
        "<html><body style='width:900px'><img src='gone.png'><a href='#'></a>"
        "<script>console.error('x'); nothing()</script></body></html>",
        "utf-8",
    )

    visit = chromium.open(page, width=NARROW)
    faults = chromium.faults(AXE.read_text("utf-8"))

    assert [request.rpartition("/")[2] for request in visit.requests] == ["bad.html", "gone.png"]
    assert len(visit.complaints) >= 3  # console, script, picture
    assert {fault.split(":")[0] for fault in faults} >= {"image-alt", "link-name", "html-has-lang"}
    assert chromium.look("document.documentElement.scrollWidth") > NARROW


def test_the_picture_has_bars_and_no_empty_half(chromium: Browser, tmp_path: Path) -> None:
    """What a person sees: the whole page, with the blue of its charts on white."""
    chromium.open(write_report(tmp_path, "area", Language.FI), width=WIDE)

    picture = Image.open(io.BytesIO(chromium.picture())).convert("RGB")

    assert picture.width == WIDE
    assert picture.height > 2000
    colours = {colour: count for count, colour in picture.getcolors(1 << 24) or []}
    assert colours[(11, 92, 138)] > 5000
    for third in range(3):
        part = picture.crop(
            (0, third * picture.height // 3, WIDE, (third + 1) * picture.height // 3)
        )
        assert len(part.getcolors(1 << 24) or []) > 50


def test_a_page_without_scripts_is_the_same_page(chromium: Browser, tmp_path: Path) -> None:
    """Offices switch scripts off; a report has none."""
    page = write_report(tmp_path, "run", Language.FI)
    chromium.open(page, width=WIDE)
    picture = chromium.picture()

    chromium.look_without_scripts(wanted=False)
    try:
        chromium.go(page)
        without = chromium.picture()
    finally:
        chromium.look_without_scripts(wanted=True)

    assert without == picture


def test_it_prints_on_a4_without_cutting_anything(chromium: Browser, tmp_path: Path) -> None:
    """Whoever prints from the browser gets A4 pages with every table and chart on them."""
    chromium.open(write_report(tmp_path, "area", Language.FI), width=WIDE)

    paper = pypdfium2.PdfDocument(chromium.paper())

    assert 3 <= len(paper) <= 6
    assert {tuple(round(side) for side in page.get_size()) for page in paper} == {(595, 842)}
    text = "".join(page.get_textpage().get_text_range() for page in paper)
    seen = " ".join(text.split())
    assert all(words in seen for words in ("Järvialueen kokeilu", "Toinen Valmentaja", "Lähde:"))
    assert "Siirry sisältöön" not in text
