"""Every member of every area gets the coach that suits best, or the reason why none can."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from kuntactl.assignment.alternatives import alternatives
from kuntactl.assignment.child import apart
from kuntactl.assignment.explain import Reason, reasons
from kuntactl.assignment.light_lane import in_light_lane, light_lane_lines
from kuntactl.assignment.problem import NOBODY, AreaSplit, Problem, Proof, area_problem
from kuntactl.assignment.resting import resting_lines
from kuntactl.assignment.workload import load_workload
from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.schema import Alternatives, Assignments
from kuntactl.domain.types import AreaId

_SOLVER = "kuntactl.assignment.split:split_area"
_MOST_PAIRS_HERE = 10_000  # clients times coaches; up to it a split takes about 0.2 s

_FACTS = (
    "client_id",
    "municipality",
    "service_language",
    "mother_tongue",
    "born",
    "citizenship",
    "officer_id",
    "service_line",
    "search_from",
    "unemployed_from",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for a split beside the clients and the coaches."""

    resting: pl.DataFrame | None = None  # client_id: they keep their coach and weigh nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who has which coach, and how near that is to the most even split there could be."""

    frame: pl.DataFrame  # schema Assignments, by area and client number
    alternatives: pl.DataFrame  # schema Alternatives; who rests is not in it
    proofs: Mapping[AreaId, Proof]  # of each area that has members

    @property
    def gaps(self) -> Mapping[AreaId, float]:
        """The largest load per share over its lower bound, less 1, of each area."""
        return {area: proof.gap for area, proof in self.proofs.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _AreaAssigned:
    """One area's part of it."""

    lines: pl.DataFrame
    alternatives: pl.DataFrame
    proof: Proof


_NO_TERMS = Terms()


def assign(
    members: pl.DataFrame,
    clients: pl.DataFrame,
    coaches: Sequence[Coach],
    *,
    areas: Mapping[AreaId, Area],
    on: date,
    terms: Terms = _NO_TERMS,
) -> Assignment:
    """Give each member a coach, in the order of aims of CONTRACT section 3.

    Args:
        members: One row a client: ``client_id``, ``area``, ``coach_id`` (the coach the
            register knows, kept when still in the list, of the area, and serving the home
            municipality; null: none); any order.
        clients: Their facts, as ``domain.schema.Clients``; any order, others may be there.
        coaches: The coaches of all areas, in any order; ids are unique.
        areas: The areas that members may be in.
        on: The day: it tells the service model, ages and languages of municipalities.
        terms: What else holds.

    Returns:
        One line a member, and the proof of each area that has members.

    Raises:
        ValueError: If a member is in no known area or has no row among the clients, or two
            coaches have one id.
        SettingsError: If no service model is in force on the day.
    """
    _check(members, coaches, areas)
    model = load_workload().version(on=on)
    rows = members.select("client_id", "area", "coach_id").join(
        clients.select(_FACTS), on="client_id", how="inner"
    )
    if rows.height != members.height:
        raise ValueError("each member must stand once among the clients")
    rows = rows.with_columns(
        model.weight(on=on).alias("weight"), model.is_assumed().alias("assumed")
    ).sort("area", "client_id")
    set_apart = []
    if terms.resting is not None:
        set_apart = [resting_lines(rows.join(terms.resting, on="client_id", how="semi"), coaches)]
        rows = rows.join(terms.resting, on="client_id", how="anti", maintain_order="left")
    waits = in_light_lane(areas, on=on)
    set_apart.append(light_lane_lines(rows.filter(waits)))
    rows = rows.filter(~waits)
    parts = {
        AreaId(area_id): _assign_area(
            rows.filter(pl.col("area") == area_id),
            [coach for coach in coaches if coach.area == area_id],
            on=on,
        )
        for area_id in rows["area"].unique().sort()
    }
    lines = [Assignments.create_empty(), *set_apart, *(part.lines for part in parts.values())]
    others = [Alternatives.create_empty(), *(part.alternatives for part in parts.values())]
    return Assignment(
        frame=Assignments.validate(pl.concat(lines).sort("area", "client_id"), cast=True),
        alternatives=pl.concat(others),
        proofs={area: part.proof for area, part in parts.items()},
    )


def _check(members: pl.DataFrame, coaches: Sequence[Coach], areas: Mapping[AreaId, Area]) -> None:
    strangers = set(members["area"].to_list()) - {str(area_id) for area_id in areas}
    if strangers:
        raise ValueError(f"members of unknown areas: {', '.join(sorted(map(str, strangers)))}")
    ids = [coach.id for coach in coaches]
    if len(ids) != len(set(ids)):
        raise ValueError("two coaches have one id")


def _assign_area(rows: pl.DataFrame, coaches: Sequence[Coach], *, on: date) -> _AreaAssigned:
    if not coaches:
        nobody = [Reason.NO_COACH_IN_AREA.value]
        assumed = [Reason.SEARCH_START_UNKNOWN.value]
        why = [nobody + assumed * found for found in rows["assumed"]]
        return _AreaAssigned(
            lines=_lines(rows, [None] * rows.height, why),
            alternatives=Alternatives.create_empty(),
            proof=Proof(),
        )
    problem = area_problem(rows, coaches, on=on)
    split = _solved(problem)
    ids = [None if place == NOBODY else problem.coaches[place].id for place in split.coach]
    why = reasons(problem, split.coach, assumed=rows["assumed"].to_numpy())
    return _AreaAssigned(
        lines=_lines(rows, ids, why),
        alternatives=alternatives(problem, split),
        proof=split.proof,
    )


def _solved(problem: Problem) -> AreaSplit:
    """Return the split; a large one is sought in a process of its own.

    A small one is found sooner than such a process starts.
    """
    pairs = len(problem.clients) * len(problem.coaches)
    split: AreaSplit = apart(_SOLVER, problem, here=pairs <= _MOST_PAIRS_HERE)
    return split


def _lines(
    rows: pl.DataFrame, coach_ids: Sequence[str | None], why: Sequence[Sequence[str]]
) -> pl.DataFrame:
    return rows.select(
        "client_id",
        "area",
        pl.Series("coach_id", coach_ids, dtype=pl.String),
        "weight",
        pl.Series("why", why, dtype=pl.List(pl.String)),
    )
