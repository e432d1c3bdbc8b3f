"""Where the files of a run go."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Protocol

from kuntactl.files.parcels import Outlet


class Sink(Protocol):
    """Where the files of a run go: to a staging folder, or nowhere in a dry run."""

    @property
    def target(self) -> Path:
        """The folder that the files are meant for."""

    @property
    def planned(self) -> tuple[str, ...]:
        """The files put so far, relative to the target, in order of path."""

    def stands_at(self, path: PurePosixPath) -> PurePosixPath:
        """Return where a file put under the path will stand: a sealed one has another name."""

    def put(self, path: PurePosixPath, content: bytes) -> None:
        """Take one file under its path relative to the target."""

    def outlet_for(self, path: PurePosixPath) -> Outlet | None:
        """Return where other processes put such a file; none: its content is to be put here."""

    def take(self, parcel: str) -> None:
        """Take the files that a process has put into the outlet."""

    def retire(self, path: PurePosixPath) -> None:
        """Take note of a file of the target that is to be gone after ``publish``."""

    def settle(self, is_remembered: Callable[[str], bool], *, register: str) -> str | None:
        """Complete or drop what a run that was killed left; return the run if files appeared."""

    def seal(self, run: str, *, register: str) -> None:
        """Keep the files, even if the run is killed now, until ``settle`` or ``publish``."""

    def discard(self) -> None:
        """Drop every file put so far."""

    def publish(self) -> None:
        """Make everything appear in the target."""
