"""How much memory a program and all that it has started hold together."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_EVERY = 0.25  # seconds between two looks
_KB = 1024


@dataclass(slots=True)
class Peak:
    """The most that was seen, in bytes; what processes share counts once."""

    bytes: int = 0


@contextmanager
def watched(pid: int) -> Iterator[Peak]:
    """Look at a process and its descendants every quarter of a second until the block ends."""
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
    parents: dict[int, int] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdecimal():
            parent = _parent(entry)
            if parent is not None:
                parents[int(entry.name)] = parent
    found = [pid]
    for one in found:  # it grows on the way
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _parent(entry: Path) -> int | None:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return None  # it has ended meanwhile


def _proportional(pid: int) -> int:
    """Return the PSS of a process in bytes: its own memory and its part of what it shares."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * _KB for line in lines if line.startswith("Pss:"))
