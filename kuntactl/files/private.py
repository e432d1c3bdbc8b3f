"""Files and folders that only their owner can open, whatever the umask."""

import os
from pathlib import Path

from kuntactl.errors import DeliveryError

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600


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
