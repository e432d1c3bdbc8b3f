"""Tries that go on for a while, for what somebody else holds now."""

import time
from collections.abc import Iterator
from math import ceil

_PAUSE = 0.1  # seconds between two tries


def tries(wait: float) -> Iterator[None]:
    """Yield at once, then again and again until so many seconds have gone by.

    Args:
        wait: Seconds; 0: one try only.
    """
    yield
    for _ in range(ceil(wait / _PAUSE)):
        time.sleep(_PAUSE)
        yield
