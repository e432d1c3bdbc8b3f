"""The report pages stand alone, speak each language, and name no client."""

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from report_people import client
from report_run import figures_of_area, figures_of_run, results

from kuntactl.domain.types import Language
from kuntactl.files.templates import template_folder
from kuntactl.report import (
    area_tables,
    coach_tables,
    common_tables,
    drawings,
    public_tables,
    run_tables,
    sections,
)
from kuntactl.report.html import area_report, run_report
from kuntactl.report.texts import TEXTS

_VOID = {"meta", "link", "br", "img", "rect", "line"}


class Page(HTMLParser):
    """A page as a list of tags, with the nesting checked on the way."""

    def __init__(self, content: bytes) -> None:
        """Parse the page."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(content.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens."""
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check a tag that closes."""
        if tag not in _VOID:
            assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every such tag, in order."""
        return [attributes for name, attributes in self.tags if name == tag]


def pages(language: Language) -> dict[str, bytes]:
    """Return both reports."""
    return {
        "area": area_report(figures_of_area(), language=language),
        "run": run_report(figures_of_run(), language=language),
    }


@pytest.mark.parametrize("language", Language)
def test_page_stands_alone(language: Language) -> None:
    """A report is opened from a disk without a network, for years."""
    for content in pages(language).values():
        page = Page(content)
        text = content.decode("utf-8")

        assert not page.open
        assert not [tag for tag, _ in page.tags if tag in {"script", "link", "img", "iframe"}]
        assert not re.search(r"url\(|@import|@font-face|https?://|\bon\w+=", text)
        assert all(
            re.fullmatch(r"#[a-z]+|\.\./report\.html|[a-z-]+/report\.html", link["href"] or "")
            for link in page.all("a")
        )


@pytest.mark.parametrize("language", Language)
def test_page_can_be_read_by_everyone(language: Language) -> None:
    """Screen readers need the language, the headings in order, and tables with heads."""
    for content in pages(language).values():
        page = Page(content)
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
        targets = {attributes.get("id") for _, attributes in page.tags}

        assert page.all("html") == [{"lang": language.value}]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert all(cell.get("scope") in {"row", "col"} for cell in page.all("th"))
        assert len(page.all("caption")) == len(page.all("table"))
        assert all(svg["role"] == "img" and svg["aria-label"] for svg in page.all("svg"))
        assert page.tags[[tag for tag, _ in page.tags].index("body") + 1][1]["class"] == "skip"
        assert all(
            link["href"][1:] in targets  # type: ignore[index]
            for link in page.all("a")
            if (link["href"] or "").startswith("#")
        )


@pytest.mark.parametrize("language", Language)
def test_area_without_anybody_has_a_report(language: Language) -> None:
    """An export may hold nobody of an area; its page then says so."""
    empty = replace(
        results(),
        read=0,
        rejected_rows=0,
        coaches=[],
        **{
            name: getattr(results(), name).clear()
            for name in (
                *("rejected", "clients", "decisions", "members", "assignments", "letters"),
                "undeliverable",
            )
        },
    )
    area = area_report(figures_of_area(empty), language=language)

    assert TEXTS["nobody"].in_language(language) in area.decode("utf-8")
    assert not Page(area).open
    assert not Page(run_report(figures_of_run(empty), language=language)).open


@pytest.mark.parametrize("language", Language)
def test_same_bytes_twice(language: Language) -> None:
    """Whoever compares two runs sees a difference only where there is one."""
    assert pages(language) == pages(language)


@pytest.mark.parametrize("language", Language)
def test_page_names_no_client(language: Language) -> None:
    """A report is shown in meetings; a client number is a person."""
    person = client("A4")
    secrets = ("A1", "A4", "B2", "C3", "D3", person["identity_code"], person["family_name"])
    for content in pages(language).values():
        words = set(re.findall(r"[\w@.-]+", content.decode("utf-8").split("</style>")[1]))

        assert words.isdisjoint(secrets)
        assert person["email"] not in words


def test_page_speaks_the_language_of_the_run() -> None:
    """Days and numbers are written as the language writes them."""
    area = {
        language: area_report(figures_of_area(), language=language).decode("utf-8")
        for language in Language
    }

    assert "<h1>Järvialueen kokeilu</h1>" in area[Language.FI]
    assert "odotettiin noin 2\u00a0600, löytyi 4" in area[Language.FI]
    assert "1.3.2021" in area[Language.SV]
    assert "<h1>Sjöområdets försök</h1>" in area[Language.SV]
    assert "Hemkommunen visas inte (spärrmarkering, eller inte känd)" in area[Language.SV]
    assert "1 March 2021" in area[Language.EN]
    assert "expected about 2,600, found 4" in area[Language.EN]


def test_run_leads_to_its_areas() -> None:
    """From the run's page each area is one step away, and back."""
    run, area = Page(pages(Language.FI)["run"]), Page(pages(Language.FI)["area"])

    assert {"href": "lakeland/report.html"} in run.all("a")
    assert {"href": "../report.html"} in area.all("a")


def test_every_chart_has_its_figures_in_a_table_too() -> None:
    """A picture alone leaves out those who cannot see it."""
    for content in pages(Language.FI).values():
        text = content.decode("utf-8")
        charts = re.findall(r'<svg class="chart".*?</svg>', text, flags=re.DOTALL)
        tables = " ".join(re.findall(r"<table>.*?</table>", text, flags=re.DOTALL))
        labels = [label for chart in charts for label in re.findall(r'x="0"[^>]*>([^<]+)<', chart)]

        assert charts
        assert all(label in tables for label in labels)


def test_no_text_is_missing_or_idle() -> None:
    """A text that no page uses is a text that nobody keeps right."""
    tables = (common_tables, area_tables, coach_tables, run_tables, public_tables)
    modules = (drawings, sections, *tables)
    places = [*template_folder("report").glob("*.html"), *(Path(one.__file__) for one in modules)]
    used = " ".join(place.read_text("utf-8") for place in places)
    relations = {"about", "just under", "over", "exactly"}  # of control totals
    idle = [
        key
        for key in TEXTS.keys() - relations
        if not re.search(rf"\b({key}|{re.sub('^(s|letter)_', '', key)})\b", used)
    ]

    assert idle == []
    assert all(all((words.fi, words.sv, words.en)) for words in TEXTS.values())


def test_page_loads_nothing_heavy() -> None:
    """Help comes in half a second only if reports do not drag in a drawing machine."""
    code = (
        "import sys, kuntactl.report.html, kuntactl.report.workbook; "
        "sys.exit(any(name in sys.modules for name in ('altair', 'vl_convert', 'weasyprint')))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
