"""One area's split: the aims of CONTRACT section 3, one after the other."""

import numpy as np

from kuntactl.assignment.model import SLACK, even_levels
from kuntactl.assignment.placing import Room, choose_placed
from kuntactl.assignment.problem import NOBODY, AreaSplit, Problem, Proof
from kuntactl.assignment.whole import whole_split


def split_area(problem: Problem) -> AreaSplit:
    """Return the coach of each client, and how near that is to the most even split."""
    coach = problem.pinned.copy()
    room = _room(problem)
    placing = choose_placed(problem, np.flatnonzero(coach == NOBODY), room)
    if not len(placing.clients):
        top = float((room.base / problem.share).max())
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


def _room(problem: Problem) -> Room:
    kept = problem.pinned != NOBODY
    coaches = len(problem.coaches)
    held = np.bincount(problem.pinned[kept], minlength=coaches)
    base = np.bincount(problem.pinned[kept], weights=problem.weight[kept], minlength=coaches)
    return Room(base=base.astype(np.float64), free=np.maximum(problem.limit - held, 0))
