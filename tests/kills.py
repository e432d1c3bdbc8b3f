"""A process that dies, or meets a full disk, at a chosen step."""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_MAKES = ("open", "os.mkdir")  # what needs room; moving and removing do not
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}


class KilledError(BaseException):
    """The process is dead: nothing that it would still have done may happen."""


@dataclass(slots=True)
class Steps:
    """The steps of one command in one folder, and the one at which it dies."""

    folder: str
    last: int | None  # steps that still happen; none: all
    done: list[str] = field(default_factory=list)
    is_dead: bool = False
    disk_full: bool = False  # instead of death: nothing new can be made from the last step on
    fault: Callable[[str], None] | None = None  # instead of death: what happens at that step
    lasts: bool = False  # whether the fault happens at each step from there on

    def take(self, what: str) -> None:
        """Take a step, or be dead, or be told that the disk is full."""
        if self.last is None or len(self.done) < self.last:
            self.done.append(what)
        elif self.fault is not None:
            is_first, self.is_dead = not self.is_dead, True
            self.done.append(what)
            if is_first or self.lasts:
                self.fault(what)
        elif not self.disk_full:
            self.is_dead = True
            raise KilledError(what)
        elif what.startswith(_MAKES):
            self.is_dead = True
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@dataclass(slots=True)
class _Armed:
    steps: Steps | None = None


_ARMED = _Armed()  # an audit hook stays for good: it looks here whether it is wanted


def _watch(name: str, arguments: tuple[Any, ...]) -> None:
    steps = _ARMED.steps
    if steps is None:
        return
    if name == "open":
        path, _, flags = arguments
        # A path without a folder is one of a folder that is held open: all of those are ours.
        is_there = isinstance(path, str) and (path.startswith(steps.folder) or "/" not in path)
        if is_there and flags & _WRITING:
            steps.take(f"open {Path(path).name}")
    elif name in _CHANGES:
        path = os.fsdecode(arguments[0]) if not isinstance(arguments[0], int) else ""
        if path.startswith(steps.folder) or not path.startswith("/"):  # relative: while clearing
            steps.take(f"{name} {Path(path).name}")


def _commit(_connection: Connection) -> None:
    if _ARMED.steps is not None:
        _ARMED.steps.take("commit")


sys.addaudithook(_watch)
event.listen(Engine, "commit", _commit)


@contextmanager
def steps_of(
    folder: Path,
    *,
    last: int | None = None,
    disk_full: bool = False,
    fault: Callable[[str], None] | None = None,
    lasts: bool = False,
) -> Iterator[Steps]:
    """Yield the steps that are taken in the folder; after the last one the process is dead.

    Steps are what changes files in the folder, what waits for the disk, and the commits of the
    register. A process that is dead cleans nothing up either: each of its steps fails like the
    first. On a full disk files can still be moved and removed. A fault happens instead of death,
    once or from there on.
    """
    _ARMED.steps = Steps(
        folder=str(folder), last=last, disk_full=disk_full, fault=fault, lasts=lasts
    )
    wait_for_disk = os.sync

    def sync() -> None:  # Python tells its audit hooks of every step but this one
        if _ARMED.steps is not None:
            _ARMED.steps.take("sync")
        wait_for_disk()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sync", sync)
        try:
            yield _ARMED.steps
        finally:
            _ARMED.steps = None
