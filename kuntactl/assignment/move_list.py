"""Which moves are made in which area, and what each costs."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from kuntactl.assignment.alternatives import Price
from kuntactl.assignment.area_split import AreaSplit, Gain, Move, loads_of
from kuntactl.assignment.problem import NOBODY, Problem
from kuntactl.domain.schema import Moves
from kuntactl.domain.types import AreaId

_FIRST = {gain: place for place, gain in enumerate(Gain)}


def affordable(moves: Mapping[AreaId, Sequence[Move]], *, most: int) -> Mapping[AreaId, int]:
    """Return how many moves each area makes, so that all of them together are at most ``most``.

    The moves of an area are made in their order; of the next moves of all areas the one with
    the most wanted gain is made, of these the one that brings most, then the area first by id.
    """
    counts = dict.fromkeys(moves, 0)
    for _ in range(most):
        waiting = [
            (_FIRST[moves[area][done].gain], -moves[area][done].brings, area)
            for area, done in counts.items()
            if done < len(moves[area])
        ]
        if not waiting:
            break
        counts[min(waiting)[2]] += 1
    return counts


def move_list(area: AreaId, problem: Problem, split: AreaSplit, count: int) -> pl.DataFrame:
    """Return the first ``count`` moves of an area, as ``Moves``."""
    lines = [
        {
            "area": area,
            "turn": turn,
            "client_id": problem.clients[move.client],
            "from_coach": problem.coaches[move.source].id,
            "to_coach": problem.coaches[move.target].id,
            "gain": move.gain.value,
            "placed": None if move.placed == NOBODY else problem.clients[move.placed],
            "price": [price.value for price in _price(problem, move)],
            "largest_load": _largest(problem, split, turn),
        }
        for turn, move in enumerate(split.moves[:count], start=1)
    ]
    schema = {name: column.dtype for name, column in Moves.columns().items()}
    return Moves.validate(pl.DataFrame(lines, schema=schema))


def _price(problem: Problem, move: Move) -> Iterator[Price]:
    pairs, kind = problem.pairs, problem.kind[move.client]
    if problem.own[move.client] == move.source:
        yield Price.LOSES_OFFICER
    for price, table in (
        (Price.LOSES_SWEDISH, pairs.swedish),
        (Price.LOSES_MOTHER_TONGUE, pairs.mother_tongue),
        (Price.LOSES_LANGUAGE, pairs.service_language),
        (Price.LOSES_TEAM, pairs.team),
    ):
        if table[kind, move.source] and not table[kind, move.target]:
            yield price


def _largest(problem: Problem, split: AreaSplit, turn: int) -> float:
    coach = split.after(problem, turn).coach
    return float((loads_of(problem, coach) / problem.share).max())
