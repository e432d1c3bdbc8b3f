"""Files and folders that only their owner can open, whatever the umask."""

import os
from contextlib import suppress
from pathlib import Path

from kuntactl.errors import DeliveryError
from kuntactl.files.below import open_folder
from kuntactl.locale import phrase
from kuntactl.locale.reasons import reason

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600
_BESIDE = ".kuntactl-new"


def make_private_folder(folder: Path) -> None:
    """Make the folder and those above it that are missing, open to the owner only.

    Raises:
        OSError: If one cannot be made.
    """
    if folder.is_dir():  # nearly always: it is asked for each file
        return
    for path in reversed([folder, *folder.parents]):
        if not path.exists():
            path.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
            path.chmod(_PRIVATE_FOLDER)


def write_private(path: Path | str, content: bytes, *, folder: int | None = None) -> None:
    """Write a new file, open to the owner only.

    Args:
        path: The file, or with ``folder`` its name there.
        content: What it is to hold.
        folder: A descriptor of its folder.

    Raises:
        OSError: If it cannot be written, or stands there already.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, _PRIVATE_FILE, dir_fd=folder)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), _PRIVATE_FILE)
        file.write(content)


def replace_file(path: Path, content: bytes) -> None:
    """Write one file beside its place, then rename it into place; open to the owner only.

    What a command that was killed left beside it is written over.

    Raises:
        DeliveryError: If it cannot be written, or its folder is a symbolic link; what stood
            there is untouched.
    """
    try:
        make_private_folder(path.parent)
        with open_folder(path.parent) as folder:
            _replace(path.name, content, folder)
    except OSError as error:
        raise DeliveryError(
            phrase("{path}: {why}", path=path, why=reason(error)),
            hint=phrase("choose a file in a folder you may write to"),
        ) from error


def _replace(name: str, content: bytes, folder: int) -> None:
    beside = f".{name}{_BESIDE}"
    try:
        remove(beside, folder)
        write_private(beside, content, folder=folder)
        os.rename(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        remove(beside, folder)
        raise


def remove(name: str, folder: int) -> None:
    """Remove a file of an open folder, if it is there.

    Raises:
        OSError: If it cannot be removed.
    """
    with suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder)  # pathlib knows no dir_fd


def remove_what_was_left_beside(folder: int) -> None:
    """Remove the files that killed commands left beside the ones they meant to replace.

    Raises:
        OSError: If one cannot be removed.
    """
    for name in os.listdir(folder):  # of an open folder
        if name.startswith(".") and name.endswith(_BESIDE) and name != _BESIDE:
            remove(name, folder)
