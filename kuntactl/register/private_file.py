"""A register's file: held by one run, open to its owner only, gone again when not kept."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kuntactl.errors import RegisterError
from kuntactl.files.below import A_LINK
from kuntactl.files.private import make_private_folder
from kuntactl.locale import phrase
from kuntactl.locale.reasons import reason
from kuntactl.register.lock import held, lock_of

_PRIVATE_FILE = 0o600
_OPEN = Path("/proc/self/fd")  # Linux
_SIDECARS = ("-wal", "-shm", "-journal")  # SQLite gives them the rights of its file


@dataclass(slots=True, kw_only=True)
class PrivateFile:
    """The file while this run holds it."""

    path: Path
    is_kept: bool  # was there before, or something was committed to it
    is_used: bool = False  # something was committed to it
    identity: tuple[int, int] = (0, 0)  # device and inode, by which it is known from others

    def refuse_other(self) -> None:
        """Stop unless the file stands in its place, and the database has opened no other.

        SQLite opens files by their paths: whoever exchanges one just then, or removes it while
        the run goes on, would have the run remember into a file that nobody will find.

        Raises:
            RegisterError: If so.
        """
        _refuse_links(self.path)
        with suppress(OSError):
            if _identity(os.lstat(self.path)) == self.identity and self._is_open():
                return
        raise RegisterError(
            phrase("{path}: was removed or exchanged while it was in use", path=self.path),
            hint=phrase("nothing of this run was kept; put the register back, and run it again"),
        )

    def _is_open(self) -> bool:
        """Return whether this process has the file open; true where that cannot be asked."""
        if not _OPEN.is_dir():
            return True
        open_now = set()
        for descriptor in os.listdir(_OPEN):  # noqa: PTH208  # names only
            with suppress(OSError):  # closed meanwhile
                open_now.add(_identity(os.stat(_OPEN / descriptor)))  # noqa: PTH116  # follows it
        return self.identity in open_now


@contextmanager
def private_file(path: Path, *, started: str | None, wait: float = 0.0) -> Iterator[PrivateFile]:
    """Hold the file's lock and yield the file, made when it was missing.

    What this made is removed afterwards, folders too, unless ``is_kept`` says otherwise.

    Raises:
        RegisterBusyError: If another run holds it.
        RegisterError: If it cannot be made here, or is a symbolic link.
    """
    _refuse_links(path)
    made = [folder for folder in path.parents if not folder.exists()]
    had_lock = lock_of(path).exists()
    try:
        with _told(path.parent):
            make_private_folder(path.parent)
        with held(path, started=started, wait=wait) as lock:
            file = PrivateFile(path=path, is_kept=path.exists())
            try:
                with _told(path):
                    _touch(file)
                _refuse_links(path)  # one may have been put there while we waited for the lock
                yield file
            finally:
                if not file.is_kept:
                    _remove(path, lock)
                elif not file.is_used and not had_lock:  # it may not even be a register
                    lock.unlink(missing_ok=True)
    finally:
        for folder in made:
            with suppress(OSError):  # not empty, or never made
                folder.rmdir()


def _refuse_links(path: Path) -> None:
    """Stop if the register, its folder or a file beside it is a symbolic link.

    Raises:
        RegisterError: If so: what it leads to is nobody's to change.
    """
    beside = (path.with_name(path.name + sidecar) for sidecar in _SIDECARS)
    for place in (path.parent, path, lock_of(path), *beside):
        if place.is_symlink():
            raise RegisterError(
                phrase("{place}: {problem}", place=place, problem=A_LINK),
                hint=phrase("name the real place with --register, or with --out"),
            )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RegisterError(
            phrase("{path}: {why}", path=path, why=reason(error)),
            hint=phrase("give this user the right, or choose another place with --register"),
        ) from error


def _touch(file: PrivateFile) -> None:
    """Make the file when it is missing: SQLite would make it open to all that umask lets in.

    One that is there is opened for writing once: SQLite would go on with one that may only be
    read, and leave files of this user beside it, in the way of the next one.
    """
    flags = os.O_RDWR if file.is_kept else os.O_WRONLY | os.O_CREAT | os.O_EXCL
    descriptor = os.open(file.path, flags | os.O_NOFOLLOW, _PRIVATE_FILE)
    try:
        file.identity = _identity(os.fstat(descriptor))
        if not file.is_kept:
            os.fchmod(descriptor, _PRIVATE_FILE)
    finally:
        os.close(descriptor)


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino


def _remove(path: Path, lock: Path) -> None:
    """Remove the register; its lock last, while it is held, so that nobody waits on a ghost."""
    for sidecar in _SIDECARS:
        path.with_name(path.name + sidecar).unlink(missing_ok=True)
    path.unlink(missing_ok=True)
    lock.unlink(missing_ok=True)
