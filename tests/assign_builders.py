"""Clients and coaches for the tests of the assignment room; artificial people only."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from kuntactl.assignment.allocate import Assignment, Terms, assign
from kuntactl.assignment.problem import Problem, area_problem
from kuntactl.assignment.ties import with_ties
from kuntactl.assignment.workload import load_workload
from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import AreaId, CoachId, MunicipalityCode, Team

SALO, MARTTILA, KOSKI = "734", "480", "284"
PORVOO = "638"
SALO_AREA, PORVOO_AREA = "salo-marttila-koski", "porvoo"
ON = date(2021, 3, 1)

_FACTS: Mapping[str, Any] = {
    "municipality": SALO,
    "service_language": "fi",
    "mother_tongue": "fi",
    "born": date(1975, 6, 1),
    "citizenship": "246",
    "officer_id": None,
    "service_line": "01",
    "search_from": date(2020, 1, 1),
    "unemployed_from": None,
    "protected": False,
}
_DTYPES = {
    "client_id": pl.String,
    "municipality": pl.String,
    "service_language": pl.String,
    "mother_tongue": pl.String,
    "born": pl.Date,
    "citizenship": pl.String,
    "officer_id": pl.String,
    "service_line": pl.String,
    "search_from": pl.Date,
    "unemployed_from": pl.Date,
    "protected": pl.Boolean,
    "area": pl.String,
    "coach_id": pl.String,
}

Row = dict[str, Any]


def client(number: str, **facts: Any) -> Row:
    """Return one member: a Finnish speaker of Salo, 45 years old, unless the facts differ."""
    area = PORVOO_AREA if facts.get("municipality") == PORVOO else SALO_AREA
    return {"client_id": number, **_FACTS, "area": area, "coach_id": None, **facts}


def clients(count: int, **facts: Any) -> list[Row]:
    """Return so many members with the same facts; numbers A000, A001 and on."""
    return [client(f"A{number:03d}", **facts) for number in range(count)]


def coach(coach_id: str, **facts: Any) -> Coach:
    """Return a full-time coach of Salo's area who speaks Finnish, unless the facts differ."""
    given = {"name": coach_id, "area": SALO_AREA, "languages": {"fi"}, **facts}
    return Coach(
        **{
            **given,
            "id": CoachId(coach_id),
            "area": AreaId(given["area"]),
            "languages": frozenset(given["languages"]),
            "municipalities": frozenset(
                MunicipalityCode(code) for code in given.get("municipalities", ())
            ),
            "team": Team(given.get("team", "yleinen")),
        }
    )


def split(
    rows: Sequence[Row],
    coaches: Sequence[Coach],
    *,
    on: date = ON,
    resting: Sequence[str] = (),
    ties: pl.DataFrame | None = None,
    max_moves: int = 0,
) -> Assignment:
    """Assign the members to the coaches; those who rest, by number, need no meetings."""
    table = pl.DataFrame(list(rows), schema=_DTYPES)
    return assign(
        table.select("client_id", "area", "coach_id"),
        table.drop("area", "coach_id"),
        coaches,
        areas=load_areas(),
        on=on,
        terms=Terms(
            resting=pl.DataFrame({"client_id": resting}, schema={"client_id": pl.String}),
            ties=ties,
            max_moves=max_moves,
        ),
    )


def problem_of(rows: Sequence[Row], coaches: Sequence[Coach], *, on: date = ON) -> Problem:
    """Return the members and coaches of one area as arrays, by client number and coach id."""
    table = pl.DataFrame(list(rows), schema=_DTYPES)
    weight = load_workload().version(on=on).weight(on=on)
    rows = with_ties(table, None).with_columns(weight.alias("weight"))
    return area_problem(rows, coaches, on=on)


def coach_of(assignment: Assignment) -> dict[str, str | None]:
    """Return the coach's id of each client number."""
    return dict(assignment.frame.select("client_id", "coach_id").iter_rows())


def why(assignment: Assignment) -> dict[str, list[str]]:
    """Return the reasons of each client number."""
    return dict(assignment.frame.select("client_id", "why").iter_rows())


def loads(assignment: Assignment, coaches: Sequence[Coach]) -> dict[str, float]:
    """Return the meetings a month per share of full time of each coach."""
    taken = dict(
        assignment.frame.drop_nulls("coach_id")
        .group_by("coach_id")
        .agg(pl.sum("weight"))
        .iter_rows()
    )
    return {found.id: taken.get(found.id, 0.0) / found.share for found in coaches}
