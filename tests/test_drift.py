"""Every run says how its counts differ from those of the run before, area by area."""

import json
import re
import sqlite3
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from builders import client_row
from conftest import Ended, RunCli
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from night_exports import CHANGED_NIGHT, FIRST_NIGHT, write_coaches, write_export

from kuntactl.cli.drift import show_drift
from kuntactl.domain.ages import AGE_GROUPS, age_group
from kuntactl.domain.drift import DriftBy, cells_of
from kuntactl.domain.types import AreaId
from kuntactl.pipeline.drift import newest_about
from kuntactl.register.runs import EarlierRun

Change = tuple[str, str, int | None, int | None]  # by, key, before, now

# A1 turned 30 with a right to the allowance, A9 moved to Salo, A10 out, A11 is new and speaks
# Russian: 6 eligible clients become 4, of whom one is under non-disclosure.
CHANGES_OF_PORVOO: list[Change] = [
    ("outcome", "eligible", 6, 4),
    ("outcome", "not_eligible", 1, 2),
    ("municipality", "638", 5, 3),
    ("ground", "no_earnings_related_right", 6, 4),
    ("ground", "under_30", 6, 4),
    ("ground", "immigrant", 0, 1),
    ("ground", "foreign_language", 0, 1),
    ("age", "25-29", 6, 4),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder, with one register, for all runs of this module."""
    return tmp_path_factory.mktemp("drift")


@pytest.fixture(scope="module")
def runs(folder: Path, kuntactl_of_module: RunCli) -> list[dict[str, Any]]:
    """Return run.json of five runs: the first, the same, a changed export, Salo alone, again."""
    write_coaches(folder / "coaches.csv")
    run = partial(_run, kuntactl_of_module, folder)
    salo = [client_row(asiakasnumero="A9", kotikunta="734", postinumero="24100")]
    return [
        run("first", FIRST_NIGHT),
        run("same", FIRST_NIGHT),
        run("changed", CHANGED_NIGHT),
        run("salo", salo, "--area", "salo-marttila-koski"),
        run("again", FIRST_NIGHT, "--older", "--rules", "announced-porvoo", "--area", "porvoo"),
    ]


def test_the_first_run_has_nothing_to_compare_with(runs: list[dict[str, Any]]) -> None:
    """Its counts are not drift from nothing."""
    porvoo = runs[0]["drift"]["porvoo"]

    assert (porvoo["run"], porvoo["on"]) == (None, None)
    assert {cell["before"] for cell in porvoo["cells"]} == {None}


def test_the_same_export_drifts_nowhere(runs: list[dict[str, Any]]) -> None:
    """Whatever differs on a second run is then true of the export, not of us."""
    porvoo = runs[1]["drift"]["porvoo"]

    assert (porvoo["run"], porvoo["on"]) == (1, "2021-03-01")
    assert {cell["by"] for cell in porvoo["cells"]} == {by.value for by in DriftBy}
    assert {cell["change"] for cell in porvoo["cells"]} == {0}


def test_a_changed_export_drifts_by_so_many(runs: list[dict[str, Any]]) -> None:
    """Per municipality, ground and age group, to the client."""
    assert _changes(runs[2], "porvoo") == CHANGES_OF_PORVOO


def test_an_area_that_comes_for_the_first_time_has_nothing_before(
    runs: list[dict[str, Any]],
) -> None:
    """The register has runs, but none about Salo."""
    assert runs[2]["drift"]["salo-marttila-koski"]["run"] is None


def test_an_area_is_compared_with_the_newest_run_about_it(runs: list[dict[str, Any]]) -> None:
    """Offices send their exports in turns; Salo's is no drift of Porvoo."""
    assert "porvoo" not in runs[3]["drift"]
    assert runs[4]["drift"]["porvoo"]["run"] == 3
    places = [change for change in _changes(runs[4], "porvoo") if change[0] == "municipality"]
    assert places == [("municipality", "638", 3, 6)]  # what Porvoo announced lets A7 in, too


def test_each_of_several_areas_is_compared_with_its_own_newest_run() -> None:
    """Salo's office may be weeks behind Porvoo's: neither is held against the other's nights."""
    porvoo, salo, espoo = map(AreaId, ("porvoo", "salo-marttila-koski", "espoo"))
    about = {4: [porvoo], 3: [porvoo], 2: [porvoo, salo], 1: [salo]}
    runs = [
        EarlierRun(number=number, on=date(2021, 3, number), counts={"areas": dict.fromkeys(areas)})
        for number, areas in about.items()
    ]

    found = newest_about([porvoo, salo, espoo], runs)

    assert {area: run.number for area, run in found.items()} == {porvoo: 4, salo: 2}


def test_a_ground_of_other_rules_appears_and_disappears(runs: list[dict[str, Any]]) -> None:
    """A count that was not made before, or is not made any more, is not a count of nobody."""
    grounds = {change[1]: change[2:] for change in _changes(runs[4], "porvoo")}

    assert grounds["receives_kela_benefit"] == (None, 7)
    assert grounds["no_earnings_related_right"] == (4, None)


def test_an_area_that_lost_all_its_rows_is_named(tmp_path: Path, kuntactl: RunCli) -> None:
    """The greatest drift of all would otherwise be the quietest."""
    write_coaches(tmp_path / "coaches.csv")
    _run(kuntactl, tmp_path, "first", CHANGED_NIGHT)
    salo = [row for row in CHANGED_NIGHT if row["kotikunta"] == "734"]

    facts = _run(kuntactl, tmp_path, "second", salo)

    assert facts["drift_without_rows"] == {"porvoo": 4}
    assert "porvoo: no rows in these exports; eligible in the run before: 4" in facts["shown"]


def test_the_terminal_shows_what_changed(
    runs: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever starts the run sees it without opening a file."""
    first, same, changed = (_shown(run, capsys) for run in runs[:3])

    assert "drift: no earlier run to compare with: porvoo" in first
    assert "drift: nothing has changed since run 1 (2021-03-01): porvoo" in same
    assert ["porvoo", "ground", "under", "30", "years", "old", "6", "4", "\u22122"] in [
        line.split() for line in changed.splitlines()
    ]


def test_the_report_shows_what_changed(runs: list[dict[str, Any]]) -> None:
    """The area's staff read it in their own language, with the words of the rest: here English."""
    first, same, changed = (_text(run["report"]) for run in runs[:3])

    assert "The register has no earlier run" in first
    assert "Compared with run 1, as of 1 March 2021. No count has changed." in same
    assert "Home municipality Porvoo 5 3 \u22122" in changed
    assert "Age 25–29 6 4 \u22122" in changed


def test_the_register_holds_counts_and_nobody(folder: Path, runs: list[dict[str, Any]]) -> None:
    """Those under non-disclosure are in no municipality; no client is named."""
    with sqlite3.connect(folder / "out" / "register.db") as connection:
        (counts,) = connection.execute("SELECT counts FROM run WHERE number = 1").fetchone()

    porvoo = json.loads(counts)["areas"]["porvoo"]
    assert porvoo["municipality"] == {"638": 5, "not_shown": 1}
    assert sum(porvoo["age"].values()) == porvoo["outcome"]["eligible"] == 6
    assert not re.search(r"A\d", counts)
    assert runs[0]["run"] == 1


TALLIES = st.dictionaries(
    st.sampled_from([by.value for by in DriftBy]),
    st.dictionaries(st.text(max_size=3), st.integers(0, 9), max_size=4),
)


# A busy machine draws texts slowly: that says nothing of the counts.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(now=TALLIES, before=TALLIES)
def test_no_count_is_left_out(
    now: Mapping[str, Mapping[str, int]], before: Mapping[str, Mapping[str, int]]
) -> None:
    """A key that disappears or appears is shown; the changes add up to the difference."""
    cells = list(cells_of(now, before))

    shown = [(cell.by.value, cell.key) for cell in cells]
    counted = {(by, key) for tally in (now, before) for by, keys in tally.items() for key in keys}
    assert len(shown) == len(set(shown))
    assert set(shown) == counted
    assert sum(cell.change for cell in cells) == _total(now) - _total(before)


def test_every_age_is_in_one_group() -> None:
    """The groups of reports and drift are the same ones, without a gap."""
    years = pl.DataFrame({"years": [*range(120), None]})

    groups = years.select(age_group(pl.col("years"))).to_series().to_list()

    assert groups.pop() is None
    for age, group in enumerate(groups):
        fitting = [
            one.id
            for one in AGE_GROUPS
            if one.first <= age and (one.last is None or age <= one.last)
        ]
        assert fitting == [group]


def _run(
    kuntactl: RunCli,
    folder: Path,
    name: str,
    rows: tuple[dict[str, str], ...] | list[dict[str, str]],
    *more: object,
) -> dict[str, Any]:
    out = folder / "out"
    export = write_export(folder / f"{name}.csv", rows)
    words = ("--coaches", folder / "coaches.csv", "--on", "2021-03-01", "--workers", 1)
    ended: Ended = kuntactl("run", export, *words, "--out", out, *more)
    assert ended.code in {0, 20}
    report = out / "porvoo" / "report.html"
    facts: dict[str, Any] = json.loads((out / "run.json").read_text("utf-8"))
    return {
        **facts,
        "shown": ended.out,
        "report": report.read_text("utf-8") if report.exists() else "",
    }


def _shown(facts: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> str:
    show_drift(facts)
    return capsys.readouterr().out


def _changes(facts: dict[str, Any], area: str) -> list[Change]:
    return [
        (cell["by"], cell["key"], cell["before"], cell["now"])
        for cell in facts["drift"][area]["cells"]
        if cell["change"]
    ]


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1]).split())


def _total(tally: Mapping[str, Mapping[str, int]]) -> int:
    return sum(count for counts in tally.values() for count in counts.values())
