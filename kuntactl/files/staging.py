"""Files written beside their folder, then moved into place together."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Protocol

from kuntactl.errors import DeliveryError

_STAGING = ".kuntactl-new"
_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600


class Sink(Protocol):
    """Where the files of a run go: to a staging folder, or nowhere in a dry run."""

    @property
    def target(self) -> Path:
        """The folder that the files are meant for."""

    @property
    def planned(self) -> tuple[str, ...]:
        """The files put so far, relative to the target, in order of path."""

    def put(self, path: PurePosixPath, content: bytes) -> None:
        """Take one file under its path relative to the target."""

    def retire(self, path: PurePosixPath) -> None:
        """Take note of a file of the target that is to be gone after ``publish``."""

    def publish(self) -> None:
        """Make everything appear in the target."""


class Staging:
    """A folder beside the target's files; what is put here appears only on ``publish``."""

    def __init__(self, target: Path) -> None:
        """Stage files for ``target``; the folder itself is made by ``staged``."""
        self.target = target
        self.folder = target / _STAGING
        self._retired: list[PurePosixPath] = []

    @property
    def planned(self) -> tuple[str, ...]:
        """The files put so far and not yet published, relative to the target, by path."""
        return tuple(path.relative_to(self.folder).as_posix() for path in self._staged())

    def put(self, path: PurePosixPath, content: bytes) -> None:
        """Stage one file under its path relative to the target.

        Raises:
            DeliveryError: If it cannot be written, or its path leaves the target.
        """
        staged_file = self.folder / _inside(path)
        try:
            make_private_folder(staged_file.parent)
            write_private(staged_file, content)
        except OSError as error:
            raise DeliveryError(
                f"{self.target / path}: {error.strerror}",
                hint="nothing was changed in the target folder",
            ) from error

    def retire(self, path: PurePosixPath) -> None:
        """Remove a file of the target on ``publish``, unless a new one takes its place."""
        self._retired.append(_inside(path))

    def publish(self) -> None:
        """Move every staged file into place, in order of path, each by one rename.

        Raises:
            DeliveryError: If a file cannot be moved; running again completes the rest.
        """
        os.sync()  # once for all: a sync a file would cost as much as the file
        new = set(self.planned)
        for staged_file in self._staged():
            place = self.target / staged_file.relative_to(self.folder)
            try:
                make_private_folder(place.parent)
                staged_file.replace(place)
            except OSError as error:
                raise DeliveryError(
                    f"{place}: {error.strerror}", hint="run the same command again to complete it"
                ) from error
        for path in self._retired:
            if path.as_posix() not in new:
                (self.target / path).unlink(missing_ok=True)

    def _staged(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())


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

    def put(self, path: PurePosixPath, content: bytes) -> None:
        """Note the file's name; its content is dropped."""
        del content
        self._planned.add(_inside(path).as_posix())

    def retire(self, path: PurePosixPath) -> None:
        """Do nothing: nothing is removed in a dry run."""

    def publish(self) -> None:
        """Do nothing: nothing was written."""


@contextmanager
def staged(target: Path, *, dry_run: bool = False) -> Iterator[Sink]:
    """Yield where to put the files of a run; the staging folder is gone afterwards.

    A folder that this makes and that stays empty is removed again, so that a run that fails
    leaves no trace. What a killed run left behind is removed first.

    Raises:
        DeliveryError: If the folder cannot be made.
    """
    if dry_run:
        yield DryStaging(target)
        return
    made = [path for path in (target, *target.parents) if not path.exists()]
    staging = Staging(target)
    try:
        make_private_folder(target)
        if staging.folder.exists():
            shutil.rmtree(staging.folder)
        make_private_folder(staging.folder)
    except OSError as error:
        raise DeliveryError(
            f"{target}: {error.strerror}", hint="choose a folder you may write to with --out"
        ) from error
    try:
        yield staging
    finally:
        shutil.rmtree(staging.folder, ignore_errors=True)
        for path in made:
            if path.is_dir() and not any(path.iterdir()):
                path.rmdir()


def make_private_folder(folder: Path) -> None:
    """Make the folder and those above it that are missing, open to the owner only.

    Raises:
        OSError: If one cannot be made.
    """
    for path in reversed([folder, *folder.parents]):
        if not path.exists():
            path.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
            path.chmod(_PRIVATE_FOLDER)


def write_private(path: Path, content: bytes) -> None:
    """Write a new file, open to the owner only.

    Raises:
        OSError: If it cannot be written, or stands there already.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, _PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), _PRIVATE_FILE)
        file.write(content)


def _inside(path: PurePosixPath) -> PurePosixPath:
    if path.is_absolute() or ".." in path.parts:
        raise DeliveryError(f"{path}: this file would be written outside the target folder")
    return path


def replace_file(path: Path, content: bytes) -> None:
    """Write one file beside its place, then rename it into place; open to the owner only.

    Raises:
        DeliveryError: If it cannot be written; what stood there is untouched.
    """
    beside = path.with_name(f".{path.name}.kuntactl-new")
    try:
        make_private_folder(path.parent)
        beside.unlink(missing_ok=True)
        write_private(beside, content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise DeliveryError(
            f"{path}: {error.strerror}", hint="choose a file in a folder you may write to"
        ) from error
