"""A report on paper is the same page, tagged so that it can be heard."""

import html
import re
from io import BytesIO

import pikepdf
import pytest
from read_aloud import faults_of, read_aloud, tags_of
from report_run import figures_of_area, figures_of_run

from kuntactl.domain.types import Language
from kuntactl.report.html import area_report, run_report
from kuntactl.report.paper import Paper

# which report, in which language: each language once, both reports
SET = [("area", Language.FI), ("area", Language.SV), ("run", Language.EN)]


def page_of(kind: str, language: Language) -> bytes:
    """Return a report as it is set on paper."""
    if kind == "area":
        return area_report(figures_of_area(), language=language, on_paper=True)
    return run_report(figures_of_run(), language=language, on_paper=True)


@pytest.fixture(scope="module", params=SET, ids=lambda one: f"{one[0]}-{one[1]}")
def laid(request: pytest.FixtureRequest) -> tuple[bytes, bytes, Language]:
    """Return a page, its PDF and its language, each set once for all tests."""
    page = page_of(*request.param)
    return page, Paper().pdf(page), request.param[1]


def texts_of(page: bytes) -> list[str]:
    """Return each text of a page outside its pictures, without spaces, in their order."""
    body = page.decode("utf-8").split("<body>")[1]
    texts = re.split(r"<svg.*?</svg>|<[^>]+>", body, flags=re.DOTALL)
    return [
        text for text in ("".join(html.unescape(one).split()).lower() for one in texts) if text
    ]


def headings_of(page: bytes) -> list[str]:
    """Return the headings of a page, without spaces."""
    found = re.findall(r"<h[1-3][^>]*>([^<]+)<", page.decode("utf-8"))
    return ["".join(html.unescape(heading).split()).lower() for heading in found]


def test_the_paper_is_tagged_and_reads_as_the_page(laid: tuple[bytes, bytes, Language]) -> None:
    """Who cannot see the paper hears the same words in the same order (PDF/UA-1)."""
    page, pdf, language = laid

    heard = "".join(read_aloud(pdf).split()).lower()

    assert faults_of(pdf) == []
    assert [text for text in texts_of(page) if text not in heard] == []
    assert re.search(".*".join(re.escape(heading) for heading in headings_of(page)), heard)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert str(document.Root.Lang) == language.value
        assert str(document.docinfo.Title)


def test_each_picture_is_told_in_full(laid: tuple[bytes, bytes, Language]) -> None:
    """What a chart shows is heard as figures, not as the mere name of the chart."""
    page, pdf, _ = laid
    drawn = re.findall(r"<svg[^>]* aria-label=\"([^\"]*)\"", page.decode("utf-8"))

    with pikepdf.open(BytesIO(pdf)) as document:
        said = [str(tag.Alt) for tag in tags_of(document) if str(tag.S) == "/Figure"]

    assert said == [html.unescape(one) for one in drawn]
    assert all(re.search(r"\d", one) for one in said)


def test_paper_is_a4_without_links(laid: tuple[bytes, bytes, Language]) -> None:
    """A printed page leads nowhere, and a link would tell where the file was made."""
    _, pdf, _ = laid

    with pikepdf.open(BytesIO(pdf)) as document:
        sizes = {tuple(round(float(x)) for x in sheet.mediabox) for sheet in document.pages}
        assert not [sheet for sheet in document.pages if "/Annots" in sheet]

    assert sizes == {(0, 0, 595, 842)}


def test_same_paper_twice() -> None:
    """Whoever compares two runs sees a difference only where there is one."""
    page = page_of("run", Language.SV)

    assert Paper().pdf(page) == Paper().pdf(page)
