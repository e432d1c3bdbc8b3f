"""Files written beside their folder, then moved into place together."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath

from kuntactl.errors import DeliveryError
from kuntactl.files.below import folder_below, is_link_on_the_way
from kuntactl.files.dry_staging import DryStaging, inside
from kuntactl.files.hold import held_folder
from kuntactl.files.private import (
    make_private_folder,
    remove,
    remove_what_was_left_beside,
    write_private,
)
from kuntactl.files.seal import SEAL_FILE, Seal
from kuntactl.files.sink import Sink
from kuntactl.files.target import refuse_file

_STAGING = ".kuntactl-new"
_NOTHING_OPEN = -1  # a descriptor that no file ever has


__all__ = ["Sink", "Staging", "staged"]


class Staging:
    """A folder beside the target's files; what is put here appears only on ``publish``.

    Files of a run that the register remembers must not be lost, and those of one that it does
    not remember must not appear. So they are sealed before the register commits and published
    after it, and ``settle`` asks the register about those that a killed run left sealed.
    """

    def __init__(self, target: Path, root: int) -> None:
        """Stage files for ``target``, which ``staged`` has made and holds open as ``root``.

        All that is written goes by way of ``root``, so that no link that somebody puts in place
        of a folder meanwhile leads it elsewhere.
        """
        self.target = target
        self._root = root
        self.folder = target / _STAGING
        self._retired: list[PurePosixPath] = []

    @property
    def planned(self) -> tuple[str, ...]:
        """The files put so far and not yet published, relative to the target, by path."""
        return tuple(self._staged())

    def stands_at(self, path: PurePosixPath) -> PurePosixPath:
        """Return where a file put under the path will stand: there."""
        return path

    @property
    def is_sealed(self) -> bool:
        """Whether the register has to be asked what becomes of the files."""
        with suppress(OSError):
            os.stat(f"{_STAGING}/{SEAL_FILE}", dir_fd=self._root, follow_symlinks=False)
            return True
        return False

    def put(self, path: PurePosixPath, content: bytes) -> None:
        """Stage one file under its path relative to the target.

        Raises:
            DeliveryError: If it cannot be written, its path leaves the target, or a killed run
                left files that were not settled.
        """
        parts = inside(path).parts
        if self.is_sealed:
            raise _unsettled(self.target)
        try:
            with folder_below(self._root, (_STAGING, *parts[:-1]), make=True) as folder:
                write_private(parts[-1], content, folder=folder)
        except OSError as error:
            raise DeliveryError(
                f"{self.target / path}: {error.strerror}",
                hint="nothing was changed in the target folder",
            ) from error

    def retire(self, path: PurePosixPath) -> None:
        """Remove a file of the target on ``publish``, unless a new one takes its place."""
        self._retired.append(inside(path))

    def settle(self, is_remembered: Callable[[str], bool], *, register: str) -> str | None:
        """Complete or drop what a run that was killed left; return the run if files appeared.

        Args:
            is_remembered: Whether the register knows a run by this.
            register: Where the register is that is asked.

        Raises:
            DeliveryError: If another register has to be asked, or a file cannot be moved.
        """
        seal = Seal.read(self.folder) if self.is_sealed else None
        is_kept = seal is not None and is_remembered(seal.run)
        if seal and not is_kept and seal.register != register:
            raise _unsettled(self.target)
        if seal and is_kept:
            self._retired = [PurePosixPath(path) for path in seal.retired]
            self.publish()
        if self.is_sealed:
            self.discard()
        return seal.run if seal and is_kept else None

    def seal(self, run: str, *, register: str) -> None:
        """Keep the files, even if the run is killed now, until ``settle`` or ``publish``.

        Args:
            run: What the register knows the run by, once it remembers it.
            register: Where that register is.

        Raises:
            DeliveryError: If it is plain that a file cannot appear, or the seal cannot be written.
        """
        self._look_for_obstacles()
        new = set(self.planned)
        retired = tuple(path.as_posix() for path in self._retired if path.as_posix() not in new)
        try:
            # It may be gone if an earlier run's files were settled.
            with folder_below(self._root, (_STAGING,), make=True) as folder:
                Seal(run=run, register=register, retired=retired).write_below(folder)
        except OSError as error:
            raise DeliveryError(
                f"{self.target}: {error.strerror}", hint="nothing was changed in this folder"
            ) from error
        os.sync()  # the register is only told of files that outlive a power cut

    def discard(self) -> None:
        """Drop every file put so far; the seal last, it tells that a run was not done."""
        with suppress(OSError), folder_below(self._root, (_STAGING,)) as staging:
            for name in os.listdir(staging):  # noqa: PTH208  # of an open folder
                if not name.startswith(SEAL_FILE):
                    shutil.rmtree(name, ignore_errors=True, dir_fd=staging)
        shutil.rmtree(_STAGING, ignore_errors=True, dir_fd=self._root)
        self._retired = []

    def let_go(self) -> None:
        """Forget the open folder, whose descriptor will soon be another file's."""
        self._root = _NOTHING_OPEN

    def publish(self) -> None:
        """Move every staged file into place, in order of path, each by one rename.

        Raises:
            DeliveryError: If a file cannot be moved; running again completes the rest.
        """
        if not self.is_sealed:
            os.sync()  # once for all: a sync a file would cost as much as the file
        new = self._staged()
        for path in new:
            try:
                self._move(PurePosixPath(path))
            except OSError as error:
                raise DeliveryError(
                    f"{self.target / path}: {error.strerror}",
                    hint="run the same command again to complete it",
                ) from error
        kept = set(new)
        for retired in self._retired:
            if retired.as_posix() not in kept:
                self._remove(retired)
        if self.is_sealed:
            os.sync()  # what a seal keeps must be in place before the seal goes
        self.discard()

    def _move(self, path: PurePosixPath) -> None:
        *folders, name = path.parts
        with (
            folder_below(self._root, (_STAGING, *folders)) as staging,
            folder_below(self._root, folders, make=True) as place,
        ):
            os.rename(name, name, src_dir_fd=staging, dst_dir_fd=place)

    def _remove(self, path: PurePosixPath) -> None:
        *folders, name = path.parts
        with suppress(FileNotFoundError), folder_below(self._root, folders) as place:
            remove(name, place)

    def _look_for_obstacles(self) -> None:
        """Stop while nothing is changed yet if a file cannot be moved to its place.

        Raises:
            DeliveryError: If something stands in the way.
        """
        places = [self.target / path for path in self.planned]
        folders = {place.parent for place in places}
        obstacles = [
            *(place for place in places if place.is_dir()),
            *(
                self.target / path
                for path in self.planned
                if is_link_on_the_way(self.target, PurePosixPath(path).parts[:-1])
            ),
            *(folder for folder in folders if folder.exists() and not _can_write(folder)),
        ]
        for obstacle in sorted(obstacles):
            raise DeliveryError(
                f"{obstacle}: is in the way, or may not be written",
                hint="nothing was changed; move it away, or give this user the right to write it",
            )

    def _staged(self) -> list[str]:
        """Return the files put so far, relative to the folder, in order of path."""
        found = []
        with suppress(OSError):  # gone if an earlier run's files were settled, or all is done
            for folder, _, names, _ in os.fwalk(_STAGING, dir_fd=self._root):
                below = PurePosixPath(folder).parts[1:]
                found += [(*below, name) for name in names]
        return ["/".join(parts) for parts in sorted(found) if parts != (SEAL_FILE,)]


@contextmanager
def staged(target: Path, *, dry_run: bool = False, wait: float = 0.0) -> Iterator[Sink]:
    """Yield where to put the files of a run; the staging folder is gone afterwards.

    A folder that this makes and that stays empty is removed again, so that a run that fails
    leaves no trace. What a killed run left behind is removed first, unless it is sealed:
    ``settle`` has to be called then.

    Args:
        target: The folder that the files are meant for.
        dry_run: Whether to write nothing at all.
        wait: Seconds to wait for another run that writes into it.

    Raises:
        DeliveryError: If the folder cannot be made, or is a file.
        RegisterBusyError: If another run writes into it.
    """
    if dry_run:
        yield DryStaging(target)
        return
    made = [path for path in (target, *target.parents) if not path.exists()]
    refuse_file(target)
    try:
        with ExitStack() as held:
            with _told(target):
                make_private_folder(target)
                root = held.enter_context(held_folder(target, wait=wait))
                staging = Staging(target, root)
                held.callback(_clear, staging)
                _make_room(staging, root)
            yield staging
    finally:
        for path in made:
            if path.is_dir() and not path.is_symlink() and not any(path.iterdir()):
                path.rmdir()


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DeliveryError(
            f"{target}: {error.strerror or error}",
            hint="choose a folder you may write to with --out",
        ) from error


def _make_room(staging: Staging, root: int) -> None:
    """Make an empty staging folder, unless sealed files wait in it.

    Raises:
        OSError: If it cannot be made.
    """
    remove_what_was_left_beside(root)
    if staging.is_sealed:
        return
    if staging.folder.exists():
        shutil.rmtree(_STAGING, dir_fd=root)
    with folder_below(root, (_STAGING,), make=True):
        pass


def _can_write(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _clear(staging: Staging) -> None:
    if not staging.is_sealed:
        staging.discard()
    staging.let_go()


def _unsettled(target: Path) -> DeliveryError:
    return DeliveryError(
        f"{target}: files of a run that was stopped wait here for their register",
        hint="give the same `run` command again, with its --register; it completes them",
    )
