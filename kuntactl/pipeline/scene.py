"""Members as tonight's run would find them, to be shared out without a trace."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl

from kuntactl import __version__
from kuntactl.assignment.allocate import Solved, Terms, solve
from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.pipeline.assign import as_if_joined
from kuntactl.pipeline.decided import Decided
from kuntactl.pipeline.due import with_answers_of_people
from kuntactl.pipeline.handed_back import answers_of
from kuntactl.pipeline.homes import homes_of
from kuntactl.pipeline.idle import not_searching
from kuntactl.pipeline.request import Request
from kuntactl.register.reading import read_only
from kuntactl.register.store import open_register


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a split is made of."""

    decided: Decided
    request: Request
    members: pl.DataFrame  # schema Members
    terms: Terms

    def solved(self, members: pl.DataFrame, coaches: Sequence[Coach]) -> Solved:
        """Return the split of these members among these coaches."""
        return solve(
            members,
            self.decided.ingested.accepted,
            coaches,
            areas=self.decided.areas(),
            on=self.request.on,
            terms=self.terms,
        )


@contextmanager
def set_scene(
    decided: Decided,
    request: Request,
    *,
    ties: pl.DataFrame,
    register: str | None,
    max_moves: int = 0,
) -> Iterator[Scene]:
    """Yield the members as tonight's run would find them; the register is only a copy.

    Args:
        decided: The exports and the decisions by rule.
        request: The day, and the answers of a person.
        ties: Schema ``Ties``, handed in now.
        register: Whose members keep their coaches, as a path or URL; none: the eligible have
            all come today.
        max_moves: As in ``Terms``.

    Raises:
        RegisterError: If there is no such register, or it cannot be read.
        RegisterBusyError: If another run holds the register.
    """
    answers = answers_of(request)
    if register is None:
        answered = decided.with_answers(answers)
        yield Scene(
            decided=answered,
            request=request,
            members=as_if_joined(answered.eligible()),
            terms=Terms(ties=ties, max_moves=max_moves),
        )
        return
    with read_only(register):
        pass  # a register that is not there is said, and not made
    with open_register(register, dry_run=True) as opened:
        opened.begin_run(on=request.on, version=__version__, inputs=[])
        answered = with_answers_of_people(opened, decided, answers)
        opened.remember_ties(ties)
        every_area = load_areas(request.own.areas).values()
        reconciled = opened.reconcile(
            answered.decisions,
            homes_of(answered.ingested.accepted, areas=every_area, on=request.on),
            areas={choice.area.id: choice.takes_new for choice in answered.chosen},
        )
        resting = not_searching(answered.decisions)
        terms = Terms(resting=resting, ties=opened.ties(), max_moves=max_moves)
        yield Scene(decided=answered, request=request, members=reconciled.members, terms=terms)
