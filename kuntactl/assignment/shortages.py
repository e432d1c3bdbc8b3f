"""The smallest change of the staff by which every client gets a coach whom they can talk to.

The coaches file is let give way at a price, and the cheapest way is found: a coach takes up to
a tenth more clients than their limit, or serves one more municipality, or coaches come who serve
the whole area and take as many clients as the others have on average. A new coach is worth three
changes of the others; each place costs a little, so that no more are added than it takes.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from kuntactl.assignment.area_split import Change, Needed, held_by, missing
from kuntactl.assignment.problem import NOBODY, SWEDISH, Floats, Ints, Problem
from kuntactl.assignment.program import Program

_PER_PLACE = 1e-3
_PER_TURN = 1e-6  # of equal changes that of the coach first by id
_NEW_COACH = 3.0
_RAISED_BY = 0.1  # of a limit, at most
_MOST_WHOLE = 20_000  # changes that are weighed against each other
_ON = 0.5  # a switch above it is on


def smallest_change(problem: Problem, coach: Ints) -> tuple[Needed, ...]:
    """Return the changes that make room for all, by ``Change`` and coach; members stay.

    Empty where nothing is missing, or more changes are possible than can be weighed.

    Args:
        problem: The area.
        coach: The coach of each client, or NOBODY.
    """
    short = int(missing(problem, coach).sum())
    return tuple(_Search(problem, short).found()) if short else ()


class _Search:
    """One area's search; ``short`` clients are without what they need."""

    def __init__(self, problem: Problem, short: int) -> None:
        self._problem, self._short = problem, float(short)
        self._program = Program()
        coaches = range(len(problem.coaches))
        self._turn = [1 + _PER_TURN * place for place in coaches]
        self._more = [self._program.column(cost=_PER_PLACE) for _ in coaches]
        self._raised = [self._program.switch(self._turn[place]) for place in coaches]
        self._hired = {
            swedish: self._program.number(_NEW_COACH + swedish * _PER_TURN)
            for swedish in (True, False)
        }
        self._takes: list[list[int]] = [[] for _ in coaches]  # columns of each coach
        self._opened: dict[tuple[str, int], int] = {}  # municipality, coach
        self._through: dict[tuple[str, int], list[int]] = {}
        self._comes: dict[bool, list[int]] = {True: [], False: []}  # Swedish or not

    def found(self) -> Iterator[Needed]:
        """Yield the cheapest changes."""
        problem = self._problem
        pairs, alike = problem.pairs, Counter[tuple[object, ...]]()
        first: dict[tuple[object, ...], int] = {}
        newcomers = problem.kind[problem.pinned == NOBODY]
        for kind, size in zip(*np.unique(newcomers, return_counts=True), strict=True):
            key: tuple[object, ...] = (
                *(problem.kind_municipality[kind], bool(pairs.wants_swedish[kind])),
                *(pairs.allowed[kind].tobytes(), pairs.banned[kind].tobytes()),
            )
            first.setdefault(key, int(kind))
            alike[key] += int(size)
        for key, kind in first.items():
            self._add(kind, float(alike[key]))
        self._bound()
        values = self._program.cheapest(most_whole=_MOST_WHOLE)
        if values is not None:
            yield from self._read(values)

    def _add(self, kind: int, size: float) -> None:
        """Let the clients of a kind go wherever they may, or might after a change."""
        pairs, home = self._problem.pairs, self._problem.kind_municipality[kind]
        wants_swedish = bool(pairs.wants_swedish[kind])
        to = []
        for place, coach in enumerate(self._problem.coaches):
            if pairs.banned[kind, place] or (wants_swedish and SWEDISH not in coach.languages):
                continue
            if not pairs.allowed[kind, place] and home is None:
                continue
            column = self._program.column()
            to.append(column)
            self._takes[place].append(column)
            if not pairs.allowed[kind, place]:
                self._through.setdefault((str(home), place), []).append(column)
        for swedish in (True, False):
            if swedish or not wants_swedish:
                to.append(self._program.column(cost=_PER_PLACE))
                self._comes[swedish].append(to[-1])
        self._program.equal(to, size)

    def _bound(self) -> None:
        """Hold each coach to their limit, and each change to those who are short."""
        problem, program = self._problem, self._program
        free = np.maximum(problem.limit - held_by(problem, problem.pinned), 0)
        for place, columns in enumerate(self._takes):
            program.at_most(columns, float(free[place]), give=(self._more[place], 1.0))
            raise_by = np.ceil(_RAISED_BY * problem.limit[place])
            program.at_most([self._more[place]], 0.0, give=(self._raised[place], float(raise_by)))
        for (home, place), columns in self._through.items():
            self._opened[home, place] = program.switch(self._turn[place] + _PER_PLACE)
            program.at_most(columns, 0.0, give=(self._opened[home, place], self._short))
        usual = float(np.ceil(len(problem.clients) / problem.share.sum()))
        for swedish, columns in self._comes.items():
            program.at_most(columns, 0.0, give=(self._hired[swedish], usual))

    def _read(self, values: Floats) -> Iterator[Needed]:
        def through(columns: list[int]) -> int:
            return round(float(values[columns].sum()))

        for place, switch in enumerate(self._raised):
            if values[switch] > _ON:
                clients = through([self._more[place]])
                yield Needed(change=Change.LIMIT, coach=place, clients=clients)
        for (home, place), switch in sorted(self._opened.items()):
            if values[switch] > _ON:
                clients = through(self._through[home, place])
                yield Needed(
                    change=Change.MUNICIPALITY, coach=place, municipality=home, clients=clients
                )
        for swedish, change in ((False, Change.NEW_COACH), (True, Change.NEW_SWEDISH_COACH)):
            if values[self._hired[swedish]] > _ON:
                clients, coaches = through(self._comes[swedish]), through([self._hired[swedish]])
                yield Needed(change=change, clients=clients, coaches=coaches)
