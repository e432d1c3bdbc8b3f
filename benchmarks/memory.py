"""How much memory a program and all that it has started hold together."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_EVERY = 0.5  # seconds between two looks
_KB = 1024


@dataclass(slots=True)
class Peak:
    """The most that was seen, in bytes; what processes share counts once."""

    bytes: int = 0


@contextmanager
def watched(pid: int) -> Iterator[Peak]:
    """Look at a process and its descendants every half second until the block ends."""
    peak, ended = Peak(), threading.Event()

    def look() -> None:
        while not ended.wait(_EVERY):
            peak.bytes = max(peak.bytes, sum(map(_proportional, family(pid))))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()


def family(pid: int) -> list[int]:
    """Return the process and all that descend from it."""
    found = [pid]
    for one in found:  # it grows on the way
        found += _children(one)
    return found


def _children(pid: int) -> list[int]:
    """Return the processes that its threads have started; none where it has ended meanwhile."""
    try:
        lists = [path.read_text() for path in (_PROC / str(pid) / "task").glob("*/children")]
    except OSError:
        return []
    return [int(number) for text in lists for number in text.split()]


def _proportional(pid: int) -> int:
    """Return the PSS of a process in bytes: its own memory and its part of what it shares."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * _KB for line in lines if line.startswith("Pss:"))
