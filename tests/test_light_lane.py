"""Clients with a good plan already wait without a coach, where the area's file says so."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from assign_builders import ON, SALO_AREA, Row, client, clients, coach
from assign_builders import split as split_as_built_in
from builders import client_row
from conftest import REPOSITORY, RunCli
from night_exports import COACHES, write_coaches, write_export

from kuntactl.assignment.allocate import Assignment, assign
from kuntactl.domain.areas import load_areas
from kuntactl.domain.light_lane import LightLane
from kuntactl.domain.schema import FirstContacts
from kuntactl.domain.types import AreaId, Language
from kuntactl.pipeline.assignments import facts_of_assigning
from kuntactl.report.tally import staffing

LANE = LightLane.model_validate(
    {"from": ON, "to": date(2021, 12, 31), "service_lines": ["00"], "source": "a council paper"}
)


def split(rows: Sequence[Row], *, on: date = ON) -> Assignment:
    """Assign the members to one coach in an area with a light lane."""
    table = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.col("officer_id", "coach_id").cast(pl.String), pl.col("unemployed_from").cast(pl.Date)
    )
    salo = load_areas()[AreaId(SALO_AREA)]
    return assign(
        table.select("client_id", "area", "coach_id"),
        table.drop("area", "coach_id"),
        [coach("K1")],
        areas={salo.id: salo.model_copy(update={"light_lane": LANE})},
        on=on,
    )


def coaches_of(found: Assignment) -> dict[str, str | None]:
    """Return the coach of each client."""
    return dict(found.frame.select("client_id", "coach_id").iter_rows())


def test_newcomer_with_a_good_plan_waits_without_a_coach() -> None:
    """Salo's news: those with good plans already need no coach at first."""
    found = split([client("A1", service_line="00"), client("A2", service_line="03")])
    line = found.frame.row(0, named=True)

    assert coaches_of(found) == {"A1": None, "A2": "K1"}
    assert (line["weight"], line["why"]) == (0.0, ["light_lane"])


def test_unknown_service_line_is_no_reason_to_wait() -> None:
    """Null means unknown: whoever might need a coach gets one."""
    assert coaches_of(split([client("A1", service_line=None)])) == {"A1": "K1"}


def test_who_has_a_coach_keeps_them() -> None:
    """The lane is for newcomers; nobody is sent back into it."""
    assert coaches_of(split([client("A1", service_line="00", coach_id="K1")])) == {"A1": "K1"}


@pytest.mark.parametrize(
    ("on", "waits"),
    [(ON, True), (date(2021, 12, 31), True), (date(2022, 1, 1), False)],
    ids=["first day", "last day", "the day after"],
)
def test_lane_is_open_from_a_day_to_a_day(on: date, *, waits: bool) -> None:
    """When it closes, those who wait get a coach, and a letter that names them."""
    assert (coaches_of(split([client("A1", service_line="00")], on=on))["A1"] is None) is waits


def test_no_built_in_area_has_one() -> None:
    """No export says who has a good plan: leaving people without a coach is not ours to guess."""
    assert all(area.light_lane is None for area in load_areas().values())
    found = split_as_built_in([client("A1", service_line="00")], [coach("K1")])
    assert coaches_of(found) == {"A1": "K1"}


def test_they_are_counted_apart() -> None:
    """A head of services must not look for coaches whom nobody needs."""
    found = split([*clients(2, service_line="00"), client("B1")])
    facts = facts_of_assigning(found, language=Language.FI)
    counted = staffing([coach("K1")], found.frame, FirstContacts.create_empty(), on=ON)

    assert (facts["assigned"], facts["unassigned"], facts["light_lane"]) == (1, 2, 2)
    assert (counted.unassigned, counted.light_lane) == (2, 2)


def test_wrong_service_line_in_an_area_file_is_named(tmp_path: Path, kuntactl: RunCli) -> None:
    """A slip in the file must not leave everybody, or nobody, without a coach."""
    built_in = (REPOSITORY / "kuntactl/data/areas/porvoo.toml").read_text("utf-8")
    lane = '\n[light_lane]\nfrom = 2021-03-01\nservice_lines = ["0"]\nsource = "a council paper"\n'
    (tmp_path / "porvoo.toml").write_text(built_in + lane, "utf-8")

    ended = kuntactl("areas", "show", "porvoo", "--areas", tmp_path)

    assert ended.code == 11
    assert "porvoo.toml: `light_lane`" in ended.err
    assert "no service line 0; there are 00, 01, 02, 03, 04, 05" in ended.err


def test_whoever_waits_there_rings_for_nobody_and_gets_the_letter(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """Exit code 20 is for what a person must do; here nobody has to do anything."""
    built_in = (REPOSITORY / "kuntactl/data/areas/porvoo.toml").read_text("utf-8")
    lane = (
        '\n[light_lane]\nfrom = 2021-03-01\nservice_lines = ["00"]\nsource = "a council paper"\n'
    )
    (tmp_path / "areas").mkdir()
    (tmp_path / "areas" / "porvoo.toml").write_text(built_in + lane, "utf-8")
    export = write_export(tmp_path / "export.csv", [client_row(palvelulinja="00")])
    coaches = write_coaches(tmp_path / "coaches.csv", COACHES[:1])

    ended = kuntactl(
        *("run", export, "--coaches", coaches, "--on", "2021-03-01", "--workers", 1),
        *("--areas", tmp_path / "areas", "--out", tmp_path / "out", "--lang", "fi"),
    )

    facts = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    listed = (tmp_path / "out" / "porvoo" / "assignments.csv").read_text("utf-8-sig")
    report = (tmp_path / "out" / "porvoo" / "report.html").read_text("utf-8")
    assert ended.code == 0
    assert [facts[key] for key in ("assigned", "unassigned", "light_lane")] == [0, 1, 1]
    assert facts["letters"]["written"] == 1
    assert "asiakkaalla on jo toimiva suunnitelma" in listed
    assert "<dt>Näistä aluksi ei tarvita valmentajaa</dt><dd>1</dd>" in report
