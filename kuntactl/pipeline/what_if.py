"""What another staff, or members who move, would make of the split; nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from kuntactl.assignment.allocate import Assignment, Solved
from kuntactl.assignment.balance import Balance, balances, loads
from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.errors import InputError
from kuntactl.ingest.coaches import read_coaches
from kuntactl.locale import phrase
from kuntactl.pipeline.assign import staff_of
from kuntactl.pipeline.assignments import shown_moves
from kuntactl.pipeline.decided import Decided, decide_by_rule
from kuntactl.pipeline.order import SplitOrder
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.pipeline.scene import set_scene

_TRIED = 1_000  # moves looked for, so that the table shows how far they would go
_NAMED = 20  # coaches in a hint
_STEPS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500)  # of the table, beside the last move


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """What is supposed to be otherwise."""

    without: tuple[str, ...] = ()  # ids of coaches who leave
    add: Path | None = None  # a coaches file of those who come


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The split after so many moves."""

    moves: int
    areas: tuple[Balance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Before and after, and what lies between them."""

    before: tuple[Balance, ...]
    after: tuple[Balance, ...]
    coaches: pl.DataFrame  # area, coach_id, clients, load, both _after; null: not there then
    moves: pl.DataFrame  # as ``shown_moves``, of all areas in the order in which they are made
    steps: tuple[Step, ...]  # balance against continuity, none to all moves that bring something
    max_moves: int

    def as_dict(self) -> dict[str, Any]:
        """Return it for ``--json``."""
        return {
            "before": [one.as_dict() for one in self.before],
            "after": [one.as_dict() for one in self.after],
            "coaches": self.coaches.to_dicts(),
            "max_moves": self.max_moves,
            "moves": self.moves.to_dicts(),
            "steps": [
                {"moves": step.moves, "areas": [one.as_dict() for one in step.areas]}
                for step in self.steps
            ],
        }


def what_if(
    what: Supposition,
    request: Request,
    split: SplitOrder,
    *,
    register: str | None,
    watch: Stopwatch,
    talk: Talk,
) -> Weighed:
    """Return what the split is, and what it would be.

    Args:
        what: Coaches who leave and who come.
        request: The exports, the day, the areas and rules, the answers of a person.
        split: The coaches as they are, the ties, and how many members may move.
        register: Whose members keep their coaches, as a path or URL; none: all are newcomers
            to the split before, and members to the split after.
        watch: Measures the stages.
        talk: Hears what is odd about the coaches.

    Raises:
        InputError: If a file is missing, unreadable or wrong, or a coach who leaves is not
            there, or one who comes is there already.
        SettingsError: If an area, rule set or day does not fit.
        RegisterError: If there is no such register, or it cannot be read.
        RegisterBusyError: If another run holds the register.
    """
    decided = decide_by_rule(request, watch=watch, after_intake=register is not None)
    coaches, ties = staff_of(split, decided, request=request, talk=talk)
    staff = _other_staff(what, coaches, decided, request=request)
    with set_scene(decided, request, ties=ties, register=register, max_moves=_TRIED) as scene:
        with watch.measure("assign"):
            before = scene.solved(scene.members, coaches).made(0)
            had = before.frame.select("client_id", "coach_id")
            holding = scene.members.drop("coach_id").join(had, on="client_id", how="left")
            changed = scene.solved(holding, staff)
        weighed = _weighed(before, changed, coaches, staff, had=had, most=split.max_moves)
    clients = decided.ingested.accepted
    return replace(weighed, moves=shown_moves(weighed.moves, clients=clients))


def _other_staff(
    what: Supposition, coaches: Sequence[Coach], decided: Decided, *, request: Request
) -> tuple[Coach, ...]:
    known = [str(coach.id) for coach in coaches]
    for coach_id in what.without:
        if coach_id not in known:
            others = [*sorted(known)[:_NAMED], *(["..."] if len(known) > _NAMED else [])]
            raise InputError(
                phrase("no coach `{coach_id}` to do without", coach_id=coach_id),
                hint=phrase("coaches: {others}", others=others),
            )
    staying = tuple(coach for coach in coaches if coach.id not in what.without)
    if what.add is None:
        return staying
    found = read_coaches(what.add, areas=load_areas(request.own.areas), on=request.on)
    coming = tuple(coach for coach in found.coaches if coach.area in decided.areas())
    twice = sorted({coach.id for coach in coming} & {coach.id for coach in staying})
    if twice:
        raise InputError(
            phrase("{add}: coach `{twice}` is there already", add=what.add.name, twice=twice[0]),
            hint=phrase("a coach who comes needs an id of their own"),
        )
    return (*staying, *coming)


def _weighed(
    before: Assignment,
    changed: Solved,
    coaches: Sequence[Coach],
    staff: Sequence[Coach],
    *,
    had: pl.DataFrame,
    most: int,
) -> Weighed:
    after, farthest = changed.made(most), changed.made(_TRIED).moves.height
    asked = {moves for moves in (*_STEPS, most) if moves < farthest} | {farthest}
    return Weighed(
        before=balances(before, coaches, had=had),
        after=balances(after, staff, had=had),
        coaches=_side_by_side(loads(before, coaches), loads(after, staff)),
        moves=after.moves,
        steps=tuple(
            Step(moves=moves, areas=balances(changed.made(moves), staff, had=had))
            for moves in sorted(asked)
        ),
        max_moves=most,
    )


def _side_by_side(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    key = ["area", "coach_id"]
    return before.join(after, on=key, how="full", coalesce=True, suffix="_after").sort(key)
