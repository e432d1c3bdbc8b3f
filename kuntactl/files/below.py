"""Folders reached from one that is held open, without following a link on the way."""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from kuntactl.locale import phrase

_PRIVATE_FOLDER = 0o700
_NO_LINK = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
A_LINK = phrase("is a symbolic link, and nothing is written through one")


@contextmanager
def open_folder(path: Path) -> Iterator[int]:
    """Yield a descriptor of the folder; whoever puts another in its place later gains nothing.

    Raises:
        OSError: If it cannot be opened, or is a symbolic link.
    """
    descriptor = _open(os.fspath(path))
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def folder_below(folder: int, parts: Sequence[str], *, make: bool = False) -> Iterator[int]:
    """Yield a descriptor of a folder below an open one.

    Args:
        folder: The open one.
        parts: The names on the way.
        make: Whether to make those that are missing, open to the owner only.

    Raises:
        OSError: If one cannot be opened or made, or is a symbolic link.
    """
    here = os.dup(folder)
    try:
        for name in parts:
            below = _make(name, here) if make else _open(name, here)
            os.close(here)
            here = below
        yield here
    finally:
        os.close(here)


def is_link_on_the_way(folder: Path, parts: Sequence[str]) -> bool:
    """Return whether a name on the way below the folder is a symbolic link."""
    places = (folder.joinpath(*parts[:depth]) for depth in range(1, len(parts) + 1))
    return any(place.is_symlink() for place in places)


def _make(name: str, folder: int) -> int:
    with suppress(FileNotFoundError):
        return _open(name, folder)
    with suppress(FileExistsError):
        os.mkdir(name, _PRIVATE_FOLDER, dir_fd=folder)  # pathlib knows no dir_fd
    made = _open(name, folder)
    os.fchmod(made, _PRIVATE_FOLDER)  # whatever the umask
    return made


def _open(name: str, folder: int | None = None) -> int:
    try:
        return os.open(name, _NO_LINK, dir_fd=folder)
    except OSError as error:
        if _is_link(name, folder):
            raise OSError(errno.ELOOP, A_LINK) from error
        raise


def _is_link(name: str, folder: int | None) -> bool:
    with suppress(OSError):
        return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    return False
