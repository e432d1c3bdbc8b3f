"""Files written beside their folder and moved into place together, private to the owner."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from kuntactl.errors import DeliveryError

_STAGING = ".kuntactl-new"
_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600


class Staging:
    """A folder beside the target's files; what is put here appears only on ``publish``."""

    def __init__(self, target: Path) -> None:
        """Stage files for ``target``; the folder itself is made by ``staged``."""
        self.target = target
        self.folder = target / _STAGING

    def put(self, path: PurePosixPath, content: bytes) -> None:
        """Stage one file under its path relative to the target.

        Raises:
            DeliveryError: If it cannot be written.
        """
        if path.is_absolute() or ".." in path.parts:
            raise DeliveryError(f"{path}: a file would be written outside {self.target}")
        staged = self.folder / path
        try:
            make_private_folder(staged.parent)
            write_private(staged, content)
        except OSError as error:
            raise DeliveryError(
                f"{staged}: {error.strerror}", hint="nothing was changed in the target folder"
            ) from error

    def publish(self) -> None:
        """Move every staged file into place, in order of path, each by one rename.

        Raises:
            DeliveryError: If a file cannot be moved; running again completes the rest.
        """
        for staged in sorted(path for path in self.folder.rglob("*") if path.is_file()):
            place = self.target / staged.relative_to(self.folder)
            try:
                make_private_folder(place.parent)
                staged.replace(place)
            except OSError as error:
                raise DeliveryError(
                    f"{place}: {error.strerror}", hint="run the same command again to complete it"
                ) from error


@contextmanager
def staged(target: Path) -> Iterator[Staging]:
    """Yield a staging folder for ``target``; it is gone afterwards, whatever happened.

    A folder that this makes and that stays empty is removed again, so that a run that fails
    leaves no trace. What a killed run left behind is removed first.

    Raises:
        DeliveryError: If the folder cannot be made.
    """
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
    """Make the folder and those above it that are missing, open to the owner only."""
    for path in reversed([folder, *folder.parents]):
        if not path.exists():
            path.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
            path.chmod(_PRIVATE_FOLDER)


def write_private(path: Path, content: bytes) -> None:
    """Write the file, open to the owner only, and sync it to the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, _PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), _PRIVATE_FILE)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
