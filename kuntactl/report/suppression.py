"""Counts of a few people hidden, with every other count that would give them away."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

FEWEST = 5  # people that a public count may be of; none is no one's secret
_UNBOUNDED = 3  # status of scipy.optimize.linprog
_NOTHING = 1e-6  # what rounding makes of nought

Cell = TypeVar("Cell", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Generic[Cell]):
    """A count that is the sum of others; whoever sees the table knows it."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def signed(self) -> tuple[tuple[Cell, int], ...]:
        """The cells with the factors that make their sum nought."""
        return (*((part, 1) for part in self.parts), (self.total, -1))


def cells_to_hide(
    counts: Mapping[Cell, int], sums: Sequence[Sum[Cell]], *, unseen: Iterable[Cell] = ()
) -> frozenset[Cell]:
    """Return the counts that must not be shown, so that nobody can work out a few people.

    Hidden are the counts of one to four people, and then as many others as it takes: from all
    that is shown, and the sums, each of the few might still be five or more. Of the counts that
    hold it down a part is hidden rather than a total, one of people rather than of no one, the
    smallest, the one named first.

    Args:
        counts: Every count, shown or not; none is negative.
        sums: What follows from what; of cells of ``counts`` only.
        unseen: Counts that are not shown anyhow, but follow from others.

    Raises:
        ValueError: If a sum does not hold.
    """
    for one in sums:
        if sum(sign * counts[cell] for cell, sign in one.signed):
            raise ValueError(f"{one.total} is not the sum of its parts")
    unsafe = [cell for cell, count in counts.items() if 0 < count < FEWEST]
    totals = {one.total for one in sums}
    order = {cell: place for place, cell in enumerate(counts)}
    hidden = {*unseen, *unsafe}
    while unsafe:
        known = _Known(counts, sums, hidden)
        found = {cell: known.greatest(cell) for cell in unsafe}
        # Who might be five or more stays so, however much more is hidden.
        unsafe = [cell for cell, (greatest, _) in found.items() if greatest < FEWEST]
        hidden |= {
            min(
                found[cell][1],
                key=lambda other: (
                    counts[other] == 0,
                    other in totals,
                    counts[other],
                    order[other],
                ),
            )
            for cell in unsafe
        }
    return frozenset(hidden - set(unseen))


class _Known(Generic[Cell]):
    """What follows for the hidden counts from those that are shown."""

    def __init__(
        self, counts: Mapping[Cell, int], sums: Sequence[Sum[Cell]], hidden: set[Cell]
    ) -> None:
        """Write each sum with something hidden in it as an equation in the hidden counts."""
        self._hidden = hidden
        place = {cell: place for place, cell in enumerate(c for c in counts if c in hidden)}
        told = [one for one in sums if any(cell in hidden for cell, _ in one.signed)]
        entries = [
            (row, place[cell], sign)
            for row, one in enumerate(told)
            for cell, sign in one.signed
            if cell in hidden
        ]
        rows, columns, signs = zip(*entries, strict=True) if entries else ((), (), ())
        equations = coo_array(
            (signs, (rows, columns)), shape=(len(told), len(place)), dtype=float
        ).tocsr()
        right = np.array(
            [
                -sum(sign * counts[cell] for cell, sign in one.signed if cell not in hidden)
                for one in told
            ],
            dtype=float,
        )
        self._part_of = _parts(place, told, equations, right)

    def greatest(self, cell: Cell) -> tuple[float, list[Cell]]:
        """Return how great the hidden count can be, and the shown counts that hold it down."""
        part = self._part_of.get(cell)
        if part is None:
            return float("inf"), []
        aim = np.zeros(len(part.place))
        aim[part.place[cell]] = -1
        found: Any = linprog(aim, A_eq=part.equations, b_eq=part.right)
        if found.status == _UNBOUNDED:
            return float("inf"), []
        if not found.success:
            raise AssertionError(f"no counts fit what is shown: {found.message}")
        binding = np.flatnonzero(np.abs(found.eqlin.marginals) > _NOTHING)
        holders = dict.fromkeys(
            other
            for row in binding
            for other, _ in part.sums[int(row)].signed
            if other not in self._hidden
        )
        return -found.fun + _NOTHING, list(holders)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part(Generic[Cell]):
    """Hidden counts that hang together, and the equations that bind them."""

    place: Mapping[Cell, int]
    sums: Sequence[Sum[Cell]]
    equations: Any  # sparse, a row a sum
    right: Any


def _parts(
    place: Mapping[Cell, int], sums: Sequence[Sum[Cell]], equations: Any, right: Any
) -> Mapping[Cell, _Part[Cell]]:
    """Return for each hidden count that an equation binds the part that it is in.

    What is told of one part says nothing of another, and small parts are solved much sooner.
    """
    number, labels = connected_components(equations.T @ equations, directed=False)
    cells = list(place)
    of_row = labels[equations.indices[equations.indptr[:-1]]] if len(sums) else np.array([])
    found: dict[Cell, _Part[Cell]] = {}
    for label in range(number):
        rows, columns = np.flatnonzero(of_row == label), np.flatnonzero(labels == label)
        if len(rows):
            part = _Part(
                place={cells[column]: at for at, column in enumerate(columns)},
                sums=[sums[int(row)] for row in rows],
                equations=equations[rows][:, columns],
                right=right[rows],
            )
            found |= dict.fromkeys(part.place, part)
    return found
