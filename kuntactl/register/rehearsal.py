"""A register in memory, for a run that may write nothing at all."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, StaticPool, create_engine

from kuntactl.errors import RegisterError
from kuntactl.files.patience import tries
from kuntactl.locale import phrase
from kuntactl.locale.reasons import reason
from kuntactl.register.lock import busy, holder_of, lock_of
from kuntactl.register.write_ahead import committed


def image_of(register: Path, *, wait: float = 0.0) -> bytes:
    """Return the register as it was committed last; empty: there is none.

    Raises:
        RegisterBusyError: If another run holds the register.
        RegisterError: If it cannot be read.
    """
    try:
        with _held_by_nobody(register, wait=wait):
            return committed(
                _content(register), _content(register.with_name(f"{register.name}-wal"))
            )
    except OSError as error:
        raise RegisterError(
            phrase("{register}: {why}", register=register, why=reason(error))
        ) from error


def rehearsal_engine(image: bytes) -> Engine:
    """Return an engine whose only database is the image; it is gone with the process."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    if image:
        connection.deserialize(image)
    return create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)


def _content(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


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
