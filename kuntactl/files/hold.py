"""One run at a time in one folder: a lock of the operating system on the folder itself."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kuntactl.errors import RegisterBusyError
from kuntactl.files.below import open_folder
from kuntactl.files.patience import tries
from kuntactl.locale import phrase


@contextmanager
def held_folder(folder: Path, *, wait: float = 0.0) -> Iterator[int]:
    """Hold the folder and yield it open; the lock leaves no file, and a dead process's is free.

    Args:
        folder: The folder; it must exist.
        wait: Seconds to wait for another process that holds it.

    Raises:
        RegisterBusyError: If another process holds it.
        OSError: If the folder cannot be opened, or is a symbolic link.
    """
    with open_folder(folder) as descriptor:
        if not any(_lock(descriptor) for _ in tries(wait)):
            raise RegisterBusyError(
                phrase("{folder}: another run is writing here", folder=folder),
                hint=phrase("run the same command again when that run has ended"),
            )
        yield descriptor


def _lock(descriptor: int) -> bool:
    """Return whether nobody else holds the folder."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a network folder that has no such locks: the register's lock must do
    return True
