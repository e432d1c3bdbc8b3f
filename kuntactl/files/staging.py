"""Files written beside their folder, then moved into place together."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath

from kuntactl.errors import DeliveryError
from kuntactl.files.below import folder_below
from kuntactl.files.dry_staging import DryStaging, inside
from kuntactl.files.hold import held_folder
from kuntactl.files.obstacles import refuse_obstacles
from kuntactl.files.parcels import (
    STAGING,
    Folder,
    Outlet,
    by_folders,
    new_outlet,
    staged_files,
    take,
)
from kuntactl.files.private import (
    make_private_folder,
    remove,
    remove_what_was_left_beside,
    write_private,
)
from kuntactl.files.seal import SEAL_FILE, Seal, unsettled
from kuntactl.files.sink import Sink
from kuntactl.files.target import refuse_file
from kuntactl.locale import phrase
from kuntactl.locale.reasons import reason

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
        self.folder = target / STAGING
        self._retired: list[PurePosixPath] = []
        self._outlet: Outlet | None = None

    @property
    def planned(self) -> tuple[str, ...]:
        """The files put so far and not yet published, relative to the target, by path."""
        return tuple(staged_files(self._root))

    def stands_at(self, path: PurePosixPath) -> PurePosixPath:
        """Return where a file put under the path will stand: there."""
        return path

    @property
    def is_sealed(self) -> bool:
        """Whether the register has to be asked what becomes of the files."""
        with suppress(OSError):
            os.stat(f"{STAGING}/{SEAL_FILE}", dir_fd=self._root, follow_symlinks=False)
            return True
        return False

    def put(self, path: PurePosixPath, content: bytes) -> None:
        """Stage one file under its path relative to the target.

        Raises:
            DeliveryError: If it cannot be written, its path leaves the target, or a killed run
                left files that were not settled.
        """
        parts = inside(path).parts
        with (
            self._written(path),
            folder_below(self._root, (STAGING, *parts[:-1]), make=True) as folder,
        ):
            write_private(parts[-1], content, folder=folder)

    def outlet_for(self, path: PurePosixPath) -> Outlet:
        """Return where other processes put a file of this path, and of those like it.

        Raises:
            DeliveryError: As ``put`` does.
        """
        del path  # all are alike here
        if self._outlet is None:
            with self._written(PurePosixPath()):
                self._outlet = new_outlet(self.target, self._root)
        return self._outlet

    def take(self, parcel: str) -> None:
        """Stage the files that a process has put into the outlet.

        Raises:
            DeliveryError: If they are not there.
        """
        if self._outlet is not None:
            with self._written(PurePosixPath()):
                take(self._outlet, parcel, self._root)

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
            raise unsettled(self.target)
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
        new = set(self.planned)
        refuse_obstacles(self.target, new)
        retired = tuple(path.as_posix() for path in self._retired if path.as_posix() not in new)
        try:
            # It may be gone if an earlier run's files were settled.
            with folder_below(self._root, (STAGING,), make=True) as folder:
                Seal(run=run, register=register, retired=retired).write_below(folder)
        except OSError as error:
            raise DeliveryError(
                phrase("{target}: {why}", target=self.target, why=reason(error)),
                hint=phrase("nothing was changed in this folder"),
            ) from error
        os.sync()  # the register is only told of files that outlive a power cut

    def discard(self) -> None:
        """Drop every file put so far; the seal last, it tells that a run was not done."""
        with suppress(OSError), folder_below(self._root, (STAGING,)) as staging:
            for name in os.listdir(staging):  # noqa: PTH208  # of an open folder
                if not name.startswith(SEAL_FILE):
                    shutil.rmtree(name, ignore_errors=True, dir_fd=staging)
        shutil.rmtree(STAGING, ignore_errors=True, dir_fd=self._root)
        self._retired = []
        self._outlet = None

    def let_go(self) -> None:
        """Forget the open folder, whose descriptor will soon be another file's."""
        self._root = _NOTHING_OPEN

    def publish(self) -> None:
        """Move every staged file into place, in order of path, each by one rename.

        Raises:
            DeliveryError: If a file cannot be moved or removed; running again completes the rest.
        """
        if not self.is_sealed:
            os.sync()  # once for all: a sync a file would cost as much as the file
        new = staged_files(self._root)
        for staging, place, names in by_folders(new):
            self._move(names, staging=staging, place=place)
        for retired in self._retired:
            if retired.as_posix() not in new:
                with self._half_way(retired):
                    self._remove(retired)
        if self.is_sealed:
            os.sync()  # what a seal keeps must be in place before the seal goes
        self.discard()

    def _move(self, names: Sequence[str], *, staging: Folder, place: Folder) -> None:
        with (
            self._half_way(PurePosixPath(*place, names[0])),
            folder_below(self._root, (STAGING, *staging)) as source,
            folder_below(self._root, place, make=True) as goal,
        ):
            for name in names:
                with self._half_way(PurePosixPath(*place, name)):
                    os.rename(name, name, src_dir_fd=source, dst_dir_fd=goal)

    def _remove(self, path: PurePosixPath) -> None:
        *folders, name = path.parts
        with suppress(FileNotFoundError), folder_below(self._root, folders) as place:
            remove(name, place)

    @contextmanager
    def _half_way(self, path: PurePosixPath | str) -> Iterator[None]:
        """Say in our words what cannot be moved or removed while some files are in place."""
        try:
            yield
        except OSError as error:
            raise DeliveryError(
                phrase("{target}: {why}", target=self.target / path, why=reason(error)),
                hint=phrase("run the same command again to complete it"),
            ) from error

    @contextmanager
    def _written(self, path: PurePosixPath) -> Iterator[None]:
        """Say in our words what cannot be written; nothing is while sealed files wait."""
        if self.is_sealed:
            raise unsettled(self.target)
        try:
            yield
        except OSError as error:
            raise DeliveryError(
                phrase("{target}: {why}", target=self.target / path, why=reason(error)),
                hint=phrase("nothing was changed in the target folder"),
            ) from error


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
            phrase("{target}: {why}", target=target, why=reason(error) if error.errno else error),
            hint=phrase("choose a folder you may write to with --out"),
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
        shutil.rmtree(STAGING, dir_fd=root)
    with folder_below(root, (STAGING,), make=True):
        pass


def _clear(staging: Staging) -> None:
    if not staging.is_sealed:
        staging.discard()
    staging.let_go()
