"""Chance for many rows at once: whole columns drawn, the same for the same seed."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class ManyDraws:
    """Columns of draws, built on ``random`` alone: its numbers follow from the seed's bits."""

    def __init__(self, seed: int, rows: int) -> None:
        """Draw columns of so many rows."""
        self._random = np.random.Generator(np.random.PCG64(seed))
        self.rows = rows

    def below(self, end: int | Numbers) -> Numbers:
        """Return whole numbers from 0 to ``end - 1``; ``end`` may differ from row to row."""
        drawn: Numbers = (self._random.random(self.rows) * end).astype(np.int64)
        return drawn

    def happens(self, share: float | npt.NDArray[np.float64]) -> Flags:
        """Return true in that share of the rows."""
        return self._random.random(self.rows) < share

    def one_of(self, things: Sequence[str]) -> pl.Series:
        """Return one of the things in each row."""
        return pl.Series(things, dtype=pl.String).gather(self.below(len(things)))

    def by_weight(self, weights: Mapping[str, float] | Mapping[str | None, float]) -> pl.Series:
        """Return one of the keys in each row, as often as its weight says."""
        sums = np.cumsum(list(weights.values()))
        point = self._random.random(self.rows) * sums[-1]
        places = np.searchsorted(sums, point, side="right")
        return pl.Series(list(weights), dtype=pl.String).gather(places)

    def order(self) -> Numbers:
        """Return the places of the rows in a drawn order."""
        return np.argsort(self._random.random(self.rows), kind="stable").astype(np.int64)
