"""Chance that repeats itself: the same seed draws the same on every machine."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import TypeVar

Thing = TypeVar("Thing")


class Draw:
    """Draws built on ``random()`` alone, the one method whose numbers Python never changes."""

    def __init__(self, seed: int) -> None:
        """Start the row of draws that belongs to the seed."""
        self._random = random.Random(seed)  # noqa: S311 (sample data, no secret)

    def below(self, end: int) -> int:
        """Return a whole number from 0 to ``end - 1``."""
        return int(self._random.random() * end)

    def happens(self, share: float) -> bool:
        """Return true in that share of the draws."""
        return self._random.random() < share

    def one_of(self, things: Sequence[Thing]) -> Thing:
        """Return one of the things, each as likely as the others."""
        return things[self.below(len(things))]

    def by_weight(self, weights: Mapping[Thing, float]) -> Thing:
        """Return one of the keys, as often as its weight says."""
        sums = list(accumulate(weights.values()))
        point = self._random.random() * sums[-1]
        return next(thing for thing, end in zip(weights, sums, strict=True) if point < end)

    def shuffled(self, things: Iterable[Thing]) -> list[Thing]:
        """Return the things in a drawn order."""
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            place = self.below(last + 1)
            mixed[last], mixed[place] = mixed[place], mixed[last]
        return mixed

    def day_before(self, day: date, *, within: int) -> date:
        """Return a day from ``within`` days before ``day`` to the day before it."""
        return day - timedelta(days=1 + self.below(within))
