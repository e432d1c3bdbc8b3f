"""A copy of a register for a run that may write nothing at all."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from kuntactl.errors import RegisterError
from kuntactl.register.lock import busy, lock_of

_PARTS = ("", "-wal")  # SQLite: what was committed last may still be beside the file


@contextmanager
def rehearsed(register: Path) -> Iterator[Path]:
    """Yield the file of a copy, outside the register's folder, that is gone afterwards.

    Raises:
        RegisterBusyError: If another run holds the register.
        RegisterError: If it cannot be read.
    """
    with TemporaryDirectory(prefix="kuntactl-") as folder:  # open to its owner only
        copy = Path(folder) / "register.db"
        try:
            with _held_by_nobody(register):
                for part in _PARTS:
                    original = register.with_name(register.name + part)
                    if original.exists():
                        shutil.copyfile(original, copy.with_name(copy.name + part))
        except OSError as error:
            raise RegisterError(f"{register}: {error.strerror}") from error
        yield copy


@contextmanager
def _held_by_nobody(register: Path) -> Iterator[None]:
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
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise busy(str(register)) from error
    finally:
        os.close(descriptor)
