"""The report shows what each coach carries, in a picture and in the same figures beside it."""

import html
import re
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from report_people import ON
from report_run import figures_of_area, results

from kuntactl.domain.schema import FirstContacts
from kuntactl.domain.types import AreaId, Language
from kuntactl.report import drawings
from kuntactl.report.html import area_report
from kuntactl.report.summary import Results

LATE_DAY = date(2021, 3, 9)


def planned() -> Results:
    """Return the small run with first contacts: one in time, one late, one that is over."""
    last = date(2021, 3, 8)
    rows = [
        ("A1", "lakeland", "V1", ON, last, last),
        ("A2", "lakeland", "V1", ON, LATE_DAY, last),
        ("A3", "lakeland", "V2", ON, date(2021, 2, 26), last),
    ]
    schema = FirstContacts.create_empty().schema
    return replace(results(), contacts=pl.DataFrame(rows, schema=schema, orient="row"))


def test_first_contacts_to_come_are_counted_and_the_late_ones_too() -> None:
    """What is over is nobody's work any more."""
    staffing = figures_of_area(planned()).staffing
    first, second = staffing.loads

    assert (first.contacts, first.late_contacts, first.last_contact) == (2, 1, LATE_DAY)
    assert (second.contacts, second.late_contacts, second.last_contact) == (0, 0, None)
    assert (staffing.contacts, staffing.late_contacts, staffing.last_contact) == (2, 1, LATE_DAY)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (Language.FI, "yhteydenotoista 1 / 2 ei mahdu määräaikaan. Viimeinen on 9.3.2021."),
        (Language.SV, "ryms 1 av 2 inte inom tiden. Den sista är 9.3.2021."),
        (Language.EN, "1 of 2 do not fit in time. The last one is on 9 March 2021."),
    ],
)
def test_overload_is_said_plainly(language: Language, sentence: str) -> None:
    """The head of services reads it before the coaches find out."""
    assert sentence in area_report(figures_of_area(planned()), language=language).decode()
    assert sentence not in area_report(figures_of_area(), language=language).decode()


@pytest.mark.parametrize("language", Language)
def test_picture_and_table_hold_the_same_figures(language: Language) -> None:
    """Whoever reads the table learns all that the picture shows, mean and limit too."""
    figures = figures_of_area(planned())
    page = area_report(figures, language=language).decode()
    table = html.unescape(page[page.index("</figure>", page.index('id="coaches"')) :])
    table = table[: table.index("</table>")]
    shown = set()
    loads = drawings.loads_chart(figures.staffing, roof=None, language=language)
    for drawn in (loads, drawings.clients_chart(figures.staffing, language=language)):
        texts = re.findall(r"<text[^>]*>([^<]+)<", str(drawn))
        shown |= {part for text in texts for part in html.unescape(text).split(" / ")}
    numbers = {match for text in shown for match in re.findall(r"[\d.,]+", text)}
    names = {load.name for load in figures.staffing.loads}

    assert names <= shown
    assert numbers >= {"2", "1", "60"}  # clients, and the limit of both
    assert all(f">{number}" in table for number in numbers), numbers
    assert all(name in table for name in names)


def test_picture_marks_the_mean_and_each_limit() -> None:
    """Bars alone do not say what is much."""
    svg = str(drawings.clients_chart(figures_of_area(planned()).staffing, language=Language.FI))

    assert svg.count('stroke="#a3302b"') == 2
    assert "stroke-dasharray" in svg
    assert ">keskiarvo 1,5<" in svg


def test_load_that_nobody_is_to_pass_is_marked_on_each_bar() -> None:
    """One per cent above the least possible is what the head of services signs for."""
    figures = figures_of_area(replace(planned(), proofs={AreaId("lakeland"): (1.25, 1.24)}))
    drawn = str(
        drawings.loads_chart(figures.staffing, roof=figures.split.roof, language=Language.FI)
    )
    page = area_report(figures, language=Language.FI).decode()

    assert figures.split.roof == pytest.approx(1.2524)
    assert drawn.count('stroke="#a3302b"') == 2
    assert "pienin mahdollinen + 1 %: 1,25" in page
    assert (
        "pienin mahdollinen + 1 %"
        not in area_report(figures_of_area(), language=Language.FI).decode()
    )


def test_who_does_not_search_any_more_takes_no_place_of_the_limit() -> None:
    """A coach with one client to meet and one who found work has one place taken, not two."""
    found = results()
    rests = pl.when(pl.col("client_id") == "A2").then(0.0).otherwise("weight").alias("weight")
    figures = figures_of_area(replace(found, assignments=found.assignments.with_columns(rests)))
    first, second = figures.staffing.loads
    page = area_report(figures, language=Language.FI).decode()

    assert (first.clients, first.resting, second.resting) == (1, 1, 0)
    assert replace(first, limit=2).is_full is False
    assert ">Työnhaku päättynyt</th>" in page
    assert (
        ">Työnhaku päättynyt</th>"
        not in area_report(figures_of_area(), language=Language.FI).decode()
    )
