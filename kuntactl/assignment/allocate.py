"""Every member of every area gets the coach that suits best, or the reason why none can."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from kuntactl.assignment.alternatives import alternatives
from kuntactl.assignment.area_split import AreaSplit, Needed, Proof, missing
from kuntactl.assignment.child import apart, apart_each
from kuntactl.assignment.explain import Reason, reasons
from kuntactl.assignment.light_lane import in_light_lane, light_lane_lines
from kuntactl.assignment.move_list import affordable, move_list
from kuntactl.assignment.notices import Notice, notices, without_coaches
from kuntactl.assignment.problem import NOBODY, Ints, Problem, area_problem
from kuntactl.assignment.resting import resting_lines
from kuntactl.assignment.ties import PINNED_TO, with_ties
from kuntactl.assignment.workload import load_workload
from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.schema import Alternatives, Assignments, Moves
from kuntactl.domain.types import AreaId

_SOLVER = "kuntactl.assignment.split:split_area"
_SMALLEST_CHANGE = "kuntactl.assignment.shortages:smallest_change"
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
    "protected",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for a split beside the clients and the coaches."""

    resting: pl.DataFrame | None = None  # client_id: they keep their coach and weigh nothing
    ties: pl.DataFrame | None = None  # schema Ties: pins and bans
    max_moves: int = 0  # members who may change coaches for the sake of the others, in all areas
    workers: int = 1  # areas that are worked on at once; they change nothing of what is found


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who has which coach, and how near that is to the most even split there could be."""

    frame: pl.DataFrame  # schema Assignments, by area and client number
    alternatives: pl.DataFrame  # schema Alternatives; who rests is not in it
    moves: pl.DataFrame  # schema Moves: members who change coaches, by area and turn
    proofs: Mapping[AreaId, Proof]  # of each area that has members
    notices: tuple[Notice, ...] = ()  # what is wrong or missing in the staff, by area

    @property
    def gaps(self) -> Mapping[AreaId, float]:
        """The largest load per share over its lower bound, less 1, of each area."""
        return {area: proof.gap for area, proof in self.proofs.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _InArea:
    """The members of one area that has coaches."""

    rows: pl.DataFrame  # by client number
    problem: Problem
    split: AreaSplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """The split of all areas, with the moves that could be made."""

    set_apart: tuple[pl.DataFrame, ...]  # schema Assignments: who is not shared out
    areas: Mapping[AreaId, int]  # with how many members who are to be shared out
    found: Mapping[AreaId, _InArea]  # of these the areas that have coaches

    on: date

    def made(self, max_moves: int) -> Assignment:
        """Return it with at most so many moves made, those worth most over all areas."""
        counts, proofs = self._counts(max_moves), dict.fromkeys(self.areas, Proof())
        lines: list[pl.DataFrame] = [Assignments.create_empty(), *self.set_apart]
        others: list[pl.DataFrame] = [Alternatives.create_empty()]
        moves: list[pl.DataFrame] = [Moves.create_empty()]
        for area, one in self.found.items():
            split = one.split.after(one.problem, counts[area])
            at = [None if to == NOBODY else one.problem.coaches[to].id for to in split.coach]
            why = reasons(one.problem, split.coach, assumed=one.rows["assumed"].to_numpy())
            lines.append(_lines(one.rows, at, why))
            others.append(alternatives(one.problem, split))
            moves.append(move_list(area, one.problem, one.split, counts[area]))
            proofs[area] = split.proof
        return Assignment(
            frame=Assignments.validate(pl.concat(lines).sort("area", "client_id"), cast=True),
            alternatives=pl.concat(others),
            moves=pl.concat(moves),
            proofs=proofs,
        )

    def notices(self, max_moves: int) -> tuple[Notice, ...]:
        """Return what is wrong or missing in the staff once these moves are made, by area."""
        counts, said = self._counts(max_moves), list[Notice]()
        for area, clients in self.areas.items():
            one = self.found.get(area)
            if one is None:
                said.append(without_coaches(area, clients))
                continue
            coach = one.split.after(one.problem, counts[area]).coach
            changes = _smallest_change(one.problem, coach)
            said += notices(area, one.problem, coach, one.rows, changes, on=self.on)
        return tuple(said)

    def _counts(self, max_moves: int) -> Mapping[AreaId, int]:
        moves = {area: one.split.moves for area, one in self.found.items()}
        return affordable(moves, most=max_moves)


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

    As ``solve``, with ``terms.max_moves`` moves made.
    """
    solved = solve(members, clients, coaches, areas=areas, on=on, terms=terms)
    return replace(solved.made(terms.max_moves), notices=solved.notices(terms.max_moves))


def solve(
    members: pl.DataFrame,
    clients: pl.DataFrame,
    coaches: Sequence[Coach],
    *,
    areas: Mapping[AreaId, Area],
    on: date,
    terms: Terms = _NO_TERMS,
) -> "Solved":
    """Find each member a coach, and the moves that could be made beside that.

    Args:
        members: One row a client: ``client_id``, ``area``, ``coach_id`` (the coach the
            register knows, kept when still in the list, of the area, and serving the home
            municipality; null: none); any order.
        clients: Their facts, as ``domain.schema.Clients``; any order, others may be there.
        coaches: The coaches of all areas, in any order; ids are unique.
        areas: The areas that members may be in.
        on: The day: it tells the service model, ages and languages of municipalities.
        terms: What else holds; up to ``max_moves`` moves are found, none is made.

    Returns:
        What makes an assignment of it: one line a member, and the proof of each area that has
        members.

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
    rows = with_ties(rows, terms.ties).with_columns(
        model.weight(on=on).alias("weight"), model.is_assumed().alias("assumed")
    )
    rows = rows.sort("area", "client_id")
    lines: list[pl.DataFrame] = [Assignments.create_empty()]
    if terms.resting is not None:
        at_rest = rows.join(terms.resting, on="client_id", how="semi")
        lines.append(resting_lines(at_rest, coaches))
        rows = rows.join(terms.resting, on="client_id", how="anti", maintain_order="left")
    waits = in_light_lane(areas, on=on) & pl.col(PINNED_TO).is_null()
    lines.append(light_lane_lines(rows.filter(waits)))
    rows = rows.filter(~waits)
    staffed = rows["area"].is_in([coach.area for coach in coaches])
    lines.append(_without_coaches(rows.filter(~staffed)))
    of_areas = rows.filter(staffed).partition_by("area", maintain_order=True)
    problems = [_problem(of_area, coaches, on=on) for of_area in of_areas]
    found = {
        AreaId(of_area["area"][0]): _InArea(rows=of_area, problem=problem, split=split)
        for of_area, problem, split in zip(
            of_areas, problems, _splits(problems, terms), strict=True
        )
    }
    return Solved(set_apart=tuple(lines), areas=_counted(rows), found=found, on=on)


def _problem(of_area: pl.DataFrame, coaches: Sequence[Coach], *, on: date) -> Problem:
    own_coaches = [coach for coach in coaches if coach.area == of_area["area"][0]]
    return area_problem(of_area, own_coaches, on=on)


def _splits(problems: Sequence[Problem], terms: Terms) -> list[AreaSplit]:
    """Return the split of each area; large ones are sought in processes of their own.

    A small one is found sooner than such a process starts. The largest come first, so that none
    is begun when the others are done.
    """
    by_size = sorted(range(len(problems)), key=lambda place: -_pairs(problems[place]))
    large = [place for place in by_size if not _is_small(problems[place])]
    calls = [(problems[place], terms.max_moves) for place in large]
    sought = apart_each(_SOLVER, calls, workers=terms.workers)
    splits: dict[int, AreaSplit] = dict(zip(large, sought, strict=True))
    for place, problem in enumerate(problems):
        if place not in splits:
            splits[place] = apart(_SOLVER, problem, terms.max_moves, here=True)
    return [splits[place] for place in range(len(problems))]


def _smallest_change(problem: Problem, coach: Ints) -> tuple[Needed, ...]:
    if not missing(problem, coach).any():
        return ()
    found: tuple[Needed, ...] = apart(_SMALLEST_CHANGE, problem, coach, here=_is_small(problem))
    return found


def _is_small(problem: Problem) -> bool:
    return _pairs(problem) <= _MOST_PAIRS_HERE


def _pairs(problem: Problem) -> int:
    return len(problem.clients) * len(problem.coaches)


def _counted(rows: pl.DataFrame) -> Mapping[AreaId, int]:
    found = rows["area"].value_counts().sort("area")
    return {AreaId(area): count for area, count in found.iter_rows()}


def _without_coaches(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the assignments of areas that have no coach at all."""
    nobody = [Reason.NO_COACH_IN_AREA.value]
    assumed = [Reason.SEARCH_START_UNKNOWN.value]
    why = [nobody + assumed * found for found in rows["assumed"]]
    return _lines(rows, [None] * rows.height, why)


def _check(members: pl.DataFrame, coaches: Sequence[Coach], areas: Mapping[AreaId, Area]) -> None:
    strangers = set(members["area"].to_list()) - {str(area_id) for area_id in areas}
    if strangers:
        raise ValueError(f"members of unknown areas: {', '.join(sorted(map(str, strangers)))}")
    ids = [coach.id for coach in coaches]
    if len(ids) != len(set(ids)):
        raise ValueError("two coaches have one id")


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
