"""A small linear program written down column by column and row by row."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from kuntactl.assignment.problem import Floats
from kuntactl.assignment.solver import Rows, search


class Program:
    """Columns of 0 and up that cost something, and what they must keep to."""

    def __init__(self) -> None:
        """Begin with no column."""
        self._cost: list[float] = []
        self._upper: list[float] = []
        self._whole: list[int] = []
        self._at_most: list[tuple[list[tuple[int, float]], float]] = []
        self._equal: list[tuple[list[tuple[int, float]], float]] = []

    def column(self, *, cost: float = 0.0) -> int:
        """Return the number of a new column."""
        return self._add(cost, upper=np.inf, whole=0)

    def switch(self, cost: float) -> int:
        """Return the number of a new column that is 0 or 1."""
        return self._add(cost, upper=1.0, whole=1)

    def number(self, cost: float) -> int:
        """Return the number of a new column in whole numbers."""
        return self._add(cost, upper=np.inf, whole=1)

    def _add(self, cost: float, *, upper: float, whole: int) -> int:
        self._cost.append(cost)
        self._upper.append(upper)
        self._whole.append(whole)
        return len(self._cost) - 1

    def at_most(self, columns: Sequence[int], limit: float, *, give: tuple[int, float]) -> None:
        """Hold the sum of the columns below the limit and ``give``: so much for each of it."""
        terms = [*((column, 1.0) for column in columns), (give[0], -give[1])]
        self._at_most.append((terms, limit))

    def equal(self, columns: Sequence[int], total: float) -> None:
        """Make the sum of the columns this total."""
        self._equal.append(([(column, 1.0) for column in columns], total))

    def cheapest(self, *, most_whole: int) -> Floats | None:
        """Return the value of each column; none: too many in whole numbers, or nothing fits."""
        return search(
            np.array(self._cost),
            at_most=[self._rows(self._at_most)],
            equal=[self._rows(self._equal)],
            upper=np.array(self._upper),
            whole=np.array(self._whole, dtype=np.int64),
            most_columns=most_whole,
        )

    def _rows(self, found: Sequence[tuple[list[tuple[int, float]], float]]) -> Rows:
        rows = [row for row, (terms, _) in enumerate(found) for _ in terms]
        columns = [column for terms, _ in found for column, _ in terms]
        values = [value for terms, _ in found for _, value in terms]
        shape = (len(found), len(self._cost))
        return Rows(
            matrix=sparse.csr_array((values, (rows, columns)), shape=shape),
            limit=np.array([limit for _, limit in found]),
        )
