"""Files of a dry run: their names are noted, their content is dropped."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

from kuntactl.errors import DeliveryError
from kuntactl.locale import phrase


class DryStaging:
    """Takes files and keeps only their names."""

    def __init__(self, target: Path) -> None:
        """Plan files for ``target``."""
        self.target = target
        self._planned: set[str] = set()

    @property
    def planned(self) -> tuple[str, ...]:
        """The files put so far, relative to the target, in order of path."""
        return tuple(sorted(self._planned))

    def stands_at(self, path: PurePosixPath) -> PurePosixPath:
        """Return where a file put under the path will stand: there."""
        return path

    def put(self, path: PurePosixPath, content: bytes) -> None:
        """Note the file's name; its content is dropped."""
        del content
        self._planned.add(inside(path).as_posix())

    def outlet_for(self, path: PurePosixPath) -> None:
        """Return nothing: no process writes in a dry run."""

    def take(self, parcel: str) -> None:
        """Do nothing: there is no outlet."""

    def retire(self, path: PurePosixPath) -> None:
        """Do nothing: nothing is removed in a dry run."""

    def settle(self, is_remembered: Callable[[str], bool], *, register: str) -> None:
        """Do nothing: the next run will."""
        del is_remembered, register

    def seal(self, run: str, *, register: str) -> None:
        """Do nothing: there is no file to keep."""

    def discard(self) -> None:
        """Forget the names."""
        self._planned.clear()

    def publish(self) -> None:
        """Do nothing: nothing was written."""


def inside(path: PurePosixPath) -> PurePosixPath:
    """Return the path, which is relative to a folder.

    Raises:
        DeliveryError: If it leads out of the folder.
    """
    if path.is_absolute() or ".." in path.parts:
        raise DeliveryError(
            phrase("{path}: this file would be written outside the target folder", path=path)
        )
    return path
