"""A copy of a register for a run that may write nothing at all."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kuntactl.errors import RegisterError
from kuntactl.files.patience import tries
from kuntactl.register.lock import busy, holder_of, lock_of

_PARTS = ("", "-wal")  # SQLite: what was committed last may still be beside the file


@contextmanager
def rehearsed(register: Path, *, wait: float = 0.0) -> Iterator[Path]:
    """Yield the file of a copy, outside the register's folder, that is gone afterwards.

    Raises:
        RegisterBusyError: If another run holds the register.
        RegisterError: If it cannot be read.
    """
    with TemporaryDirectory(prefix="kuntactl-") as folder:  # open to its owner only
        copy = Path(folder) / "register.db"
        try:
            with _held_by_nobody(register, wait=wait):
                for part in _PARTS:
                    original = register.with_name(register.name + part)
                    if original.exists():
                        shutil.copyfile(original, copy.with_name(copy.name + part))
        except OSError as error:
            raise RegisterError(f"{register}: {error.strerror}") from error
        yield copy


@contextmanager
def _held_by_nobody(register: Path, *, wait: float) -> Iterator[None]:
    """Keep runs out while the register is read, without touching the lock's file.

    Raises:
        RegisterBusyError: If another run holds the register.
    """
    lock = lock_of(register)
    if not lock.exists():  # nobody has ever held it
        yield
        return
    descriptor = os.open(lock, os.O_RDONLY)
    try:
        if not any(_shared(descriptor) for _ in tries(wait)):
            raise busy(str(register), holder=holder_of(lock))
        yield
    finally:
        os.close(descriptor)


def _shared(descriptor: int) -> bool:
    """Return whether nobody holds the lock but others who only read."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
