"""How many processes this one may run at the same time."""

import math
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

_GROUPS = Path("/sys/fs/cgroup")
_OURS = Path("/proc/self/cgroup")


def cores(*, groups: Path = _GROUPS, ours: Path = _OURS) -> int:
    """Return how many cores there are for us: at least one.

    A container or a service is often allowed fewer than the machine has: by affinity, or by a
    share of time (``CPUQuota=`` of systemd, ``--cpus`` of a container). A part of a core counts
    as one.

    Args:
        groups: Where the system's control groups (version 2) are mounted.
        ours: Tells which group is ours.
    """
    if hasattr(os, "sched_getaffinity"):
        allowed = len(os.sched_getaffinity(0))
    else:
        allowed = os.cpu_count() or 1
    return max(1, min([allowed, *_shares(groups, ours)]))


def _shares(groups: Path, ours: Path) -> Iterator[int]:
    """Yield the limits of our group and of those above it; none where there are no groups.

    Source: Linux, Documentation/admin-guide/cgroup-v2.rst, ``cpu.max``: quota and period.
    """
    for folder in _folders(groups, ours):
        try:
            quota, period = (folder / "cpu.max").read_text("ascii").split()
        except (OSError, ValueError):
            continue  # the topmost group has none
        if quota != "max":
            yield math.ceil(int(quota) / int(period))


def _folders(groups: Path, ours: Path) -> Iterator[Path]:
    try:
        lines = ours.read_text("utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        number, _, path = line.split(":", 2)
        if number == "0":  # version 2
            own = PurePosixPath(path.lstrip("/"))
            yield from (groups / part for part in (own, *own.parents))
