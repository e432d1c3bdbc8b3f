"""Nothing in a report for everybody tells of one to four people."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any

import polars as pl
import pytest
from report_people import AREA, client, clients, decision, decisions, members
from report_run import figures_of_area, figures_of_run, results

from kuntactl.domain.types import Language
from kuntactl.report import drawings
from kuntactl.report.html import area_report, run_report
from kuntactl.report.public import Published, publish
from kuntactl.report.public_tables import public_area_tables, public_run_tables
from kuntactl.report.summary import Results, without_protected
from kuntactl.report.table import Hidden, Table


def many() -> Results:
    """Return a run of 70: in Porvoo 40 belong, in Salo 3; 20 do not; 7 of them are protected."""
    people, decided = [], []
    for number in range(70):
        name = f"P{number:02}"
        in_salo = 40 <= number < 43
        facts: dict[str, Any] = {"municipality": "734" if in_salo else "638"}
        facts |= {"mother_tongue": "ru"} if number % 5 == 0 else {}
        facts |= {"protected": True} if number >= 63 else {}
        people.append(client(name, row=number, **facts))
        if number < 43 or number >= 63:
            grounds = ["no_earnings_related_right"] if number % 4 else ["under_30"]
            grounds += ["foreign_language"] if number % 5 == 0 else []
            decided.append(decision(name, "eligible", grounds=grounds))
        else:
            decided.append(decision(name, "not_eligible", failed=["job_search_in_force"]))
    belongs = [one["client_id"] for one in decided if one["outcome"] == "eligible"]
    found = results()
    return replace(
        found,
        read=70,
        rejected_rows=0,
        rejected=found.rejected.clear(),
        clients=clients(*people),
        decisions=decisions(*decided),
        members=members(*belongs),
        assignments=found.assignments.clear(),
        letters=found.letters.clear(),
        undeliverable=found.undeliverable.clear(),
    )


def published(found: Results) -> Published:
    """Return the tables for everybody."""
    area = figures_of_area(without_protected(found))
    tables, rest = public_run_tables(figures_of_run(found), [area])
    return publish({AREA.id: public_area_tables(area)}, tables, rest=rest)


def by_line(table: Table, column: str) -> Mapping[str, object]:
    """Return what a column shows, by the key of the line."""
    place = table.column(column)
    return {line.key: line.values[place] for line in table.every_line}


@pytest.fixture(scope="module")
def shown() -> Published:
    """The tables of the run of 70."""
    return published(many())


def test_a_few_are_hidden_and_what_would_tell_them(shown: Published) -> None:
    """Three belong in Salo; with the total and Porvoo anybody could subtract."""
    towns = by_line(shown.areas[AREA.id]["municipalities"], "eligible")

    assert towns["734"] is Hidden.HIDDEN
    assert Hidden.HIDDEN in {towns["638"], towns["total"]}


def test_no_count_of_a_few_is_left_anywhere(shown: Published) -> None:
    """One to four people is somebody's neighbour."""
    tables = [*shown.areas[AREA.id].values(), *shown.run.values()]
    seen = [
        (table.id, line.key, column.key, value)
        for table in tables
        for line in table.every_line
        for column, value in zip(table.columns, line.values, strict=True)
        if column.kind == "number" and isinstance(value, int) and column.key != "expected"
    ]

    assert len(seen) > 30
    assert [cell for cell in seen if 0 < cell[3] < 5] == []


def test_a_count_hidden_in_one_table_is_hidden_in_all(shown: Published) -> None:
    """The same number stands in five tables and two reports."""
    told = shown.areas[AREA.id]
    hidden = {
        by_line(told["municipalities"], "eligible")["total"],
        by_line(told["together"], "count")["total"],
        by_line(told["ages"], "count")["total"],
        by_line(told["rows"], "rows")["eligible"],
        by_line(shown.run["areas"], "eligible")[AREA.id],
    }

    assert len(hidden) == 1


def test_every_few_could_be_five_from_all_that_is_shown() -> None:
    """Tried by brute force on a small table: each hidden few has a solution of five or more."""
    towns = by_line(published(many()).areas[AREA.id]["municipalities"], "eligible")
    total = towns["total"]
    known = {key: value for key, value in towns.items() if value is not Hidden.HIDDEN}
    unknown = [key for key in towns if key not in known and key != "total"]

    assert total is not Hidden.HIDDEN
    possible = [
        values
        for values in product(range(total + 1), repeat=len(unknown))  # type: ignore[operator]
        if sum(values) + sum(known[key] for key in known if key != "total") == total
    ]
    assert max(values[unknown.index("734")] for values in possible) >= 5


@pytest.mark.parametrize("sami", ["se", "sjd"])  # Northern Sámi, Kildin Sámi
def test_who_is_in_a_group_without_its_ground_is_not_told(sami: str) -> None:
    """Fifteen speak other languages, fourteen have the ground: the fifteenth speaks Sámi.

    Those who speak another Sámi, in a line of their own, are no foreigners either.
    """
    found = many()
    few = {"P01": "et", "P02": "et", "P03": "ar", "P04": "ar", "P08": "ar"}
    several = dict.fromkeys(("P06", "P07", "P09", "P12", "P13", "P14", "P16"), sami)
    tongues = few | {"P11": "smn"} | several
    name, grounds = pl.col("client_id"), pl.col("grounds")
    foreign = name.is_in(list(few))
    found = replace(
        found,
        clients=found.clients.with_columns(
            mother_tongue=name.replace_strict(tongues, default=pl.col("mother_tongue"))
        ),
        decisions=found.decisions.with_columns(
            grounds=pl.when(foreign)
            .then(pl.concat_list(grounds, pl.lit("foreign_language")))
            .otherwise(grounds)
        ),
    )
    tables = public_area_tables(figures_of_area(without_protected(found)))
    counted = by_line(tables["languages"], "count")

    told = published(found).areas[AREA.id]

    assert (counted["ru"], counted[sami], counted["other"]) == (9, 7, 6)
    assert by_line(tables["grounds"], "clients")["foreign_language"] == 14
    languages = by_line(told["languages"], "count")
    shown = [languages["ru"], languages["other"]]
    assert Hidden.HIDDEN in [*shown, by_line(told["grounds"], "clients")["foreign_language"]]


def test_a_share_of_a_hidden_whole_is_hidden_too() -> None:
    """Seven under 30, and half of all who belong: then fourteen belong, and three are to check."""

    def decided(name: str) -> dict[str, Any]:
        number = int(name.removeprefix("P"))
        if number < 14:
            ground = "no_earnings_related_right" if number % 2 else "under_30"
            return decision(name, "eligible", grounds=[ground])
        if number < 17:
            return decision(name, "review", missing=["job_search_in_force"])
        return decision(name, "not_eligible", failed=["job_search_in_force"])

    found = many()
    names = found.decisions["client_id"].to_list()
    found = replace(
        found,
        clients=found.clients.with_columns(
            protected=pl.col("client_id").is_null(), municipality=pl.lit("638")
        ),
        decisions=decisions(*(decided(name) for name in names)),
        members=members(*names[:14]),
    )
    told = published(found).areas[AREA.id]

    assert by_line(told["rows"], "rows")["eligible"] is Hidden.HIDDEN
    assert by_line(told["grounds"], "clients")["under_30"] == 7
    assert by_line(told["grounds"], "share")["under_30"] is Hidden.HIDDEN


def test_the_protected_count_in_the_totals_of_the_run_only() -> None:
    """An area's report is the same whether or not anybody in it is in hiding."""
    found = many()
    without = replace(
        found,
        clients=found.clients.filter(~pl.col("protected")),
        decisions=found.decisions.filter(pl.col("client_id") < "P63"),
        members=found.members.filter(pl.col("client_id") < "P63"),
    )
    with_them, without_them = (
        area_report(
            figures_of_area(without_protected(one)),
            language=Language.FI,
            published=published(one).areas[AREA.id],
        )
        for one in (found, without)
    )

    assert with_them == without_them
    assert by_line(published(found).run["rows"], "rows")["eligible"] == 50


@pytest.mark.parametrize("language", Language)
def test_the_page_shows_dots_and_no_bar_for_them(language: Language, shown: Published) -> None:
    """A bar as long as three people would tell what the dots do not."""
    told = shown.areas[AREA.id]
    figures = figures_of_area(without_protected(many()))

    page = area_report(figures, language=language, published=told).decode("utf-8")
    chart = str(drawings.outcomes_chart(told["municipalities"], language=language))

    assert ">…</td>" in page
    assert "Testi Valmentaja" not in page  # a coach
    assert not re.search(r'id="(coaches|drift|waiting)"', page)
    bars = re.findall(r"<rect[^>]*>", chart)
    assert ">…</text>" in chart
    hidden_lines = [
        line for line in told["municipalities"].lines if Hidden.HIDDEN in line.values[1:4]
    ]
    assert hidden_lines
    for line in hidden_lines:
        number = told["municipalities"].lines.index(line)
        own = [bar for bar in bars if f'y="{number * 26 + 6}"' in bar]
        assert len(own) <= sum(1 for value in line.values[1:4] if isinstance(value, int) and value)


@pytest.mark.parametrize("language", Language)
def test_the_run_has_a_public_page_too(language: Language, shown: Published) -> None:
    """No export, no checksum, no list of ours is named in it."""
    page = run_report(figures_of_run(many()), language=language, published=shown.run)

    assert b"vienti.csv" not in page
    assert b"review.csv" not in page
    assert "lakeland/report.html" in page.decode("utf-8")
