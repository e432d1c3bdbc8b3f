"""One area's split: the aims of CONTRACT section 3, one after the other."""

from dataclasses import replace

import numpy as np

from kuntactl.assignment.area_split import AreaSplit, Proof
from kuntactl.assignment.model import SLACK, even_levels
from kuntactl.assignment.moves import find_moves
from kuntactl.assignment.placing import Placing, Room, choose_placed
from kuntactl.assignment.problem import NOBODY, Floats, Problem
from kuntactl.assignment.whole import whole_split


def split_area(problem: Problem, most_moves: int = 0) -> AreaSplit:
    """Return the coach of each client, and how near that is to the most even split.

    Args:
        problem: The area.
        most_moves: How many members may change coaches; the moves are found, not made.
    """
    split = _placed(problem)
    if not most_moves:
        return split
    bound, roof = _if_all_were_free(problem)
    moves = find_moves(problem, split.coach, roof=roof, most=most_moves)
    return replace(split, moves=moves, free_bound=bound, free_roof=roof)


def _placed(problem: Problem) -> AreaSplit:
    """Return the split in which every member stays where they are."""
    coach = problem.pinned.copy()
    placing = _placing(problem)
    if not len(placing.clients):
        top = float((placing.room.base / problem.share).max())
        roof = np.full(len(problem.coaches), top)
        return AreaSplit(coach=coach, roof=roof, proof=Proof(top=top, bound=top))
    levels = even_levels(placing)
    split = whole_split(placing, levels)
    coach[placing.clients] = split.coach
    return AreaSplit(
        coach=coach,
        roof=np.maximum(levels.level * (1 + SLACK), split.per_share),
        proof=Proof(top=float(split.per_share.max()), bound=levels.bound),
    )


def _if_all_were_free(problem: Problem) -> tuple[float, Floats]:
    """Return the least possible largest load per share, and each coach's roof, without pins.

    Those whom a person has pinned stay where they are.
    """
    free = replace(problem, pinned=np.where(problem.fixed, problem.pinned, NOBODY))
    placing = _placing(free)
    if not len(placing.clients):
        per_share = placing.room.base / problem.share
        return float(per_share.max()), per_share
    levels = even_levels(placing)
    return levels.bound, levels.level * (1 + SLACK)


def _placing(problem: Problem) -> Placing:
    return choose_placed(problem, np.flatnonzero(problem.pinned == NOBODY), _room(problem))


def _room(problem: Problem) -> Room:
    kept = problem.pinned != NOBODY
    coaches = len(problem.coaches)
    held = np.bincount(problem.pinned[kept], minlength=coaches)
    base = np.bincount(problem.pinned[kept], weights=problem.weight[kept], minlength=coaches)
    return Room(base=base.astype(np.float64), free=np.maximum(problem.limit - held, 0))
