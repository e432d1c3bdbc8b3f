"""One run at a time on one register: a lock of the operating system on a file beside it."""

import getpass
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from kuntactl.errors import RegisterBusyError, RegisterError
from kuntactl.locale import phrase
from kuntactl.locale.reasons import reason

_PRIVATE_FILE = 0o600
_ELSEWHERE = phrase("choose a place with --register where you may write and lock files")
_POLL = 0.1  # seconds between two tries
_NOTE_SIZE = 200  # bytes; what the holder writes of itself is shorter


@contextmanager
def held(register: Path, *, started: str | None, wait: float = 0.0) -> Iterator[Path]:
    """Hold the register's lock, and yield the lock's file.

    The lock is the operating system's: that of a process that died is free. The file stays
    behind, for a file that is removed while others wait splits them; its holder may remove it.

    Args:
        register: The register's file; the folder must exist.
        started: When this run began, as a person reads it; others are told.
        wait: Seconds to wait for another process that holds it.

    Raises:
        RegisterBusyError: If another process holds it; the message says which and since when.
        RegisterError: If the file cannot be made or locked here.
    """
    file = lock_of(register)
    lock = FileLock(
        file,
        mode=_PRIVATE_FILE,
        fallback_to_soft=False,  # a marker file of a killed run would lock everybody out
        on_acquired=lambda descriptor: _sign(descriptor, started=started),
    )
    try:
        lock.acquire(blocking=True, timeout=wait, poll_interval=_POLL)
    except Timeout as error:
        if file.exists():
            raise busy(str(register), holder=holder_of(file)) from error
        raise RegisterError(
            phrase("{file}: cannot be made here", file=file), hint=_ELSEWHERE
        ) from error
    except OSError as error:
        raise RegisterError(
            phrase("{file}: {why}", file=file, why=reason(error))
            if error.errno
            else phrase("{file}: cannot be locked", file=file),
            hint=_ELSEWHERE,
        ) from error
    try:
        yield file
    finally:
        lock.release()


def lock_of(register: Path) -> Path:
    """Return the lock's file, beside the register."""
    return register.with_name(f"{register.name}.lock")


def busy(register: str, *, holder: str = "") -> RegisterBusyError:
    """Return the error that says who holds the register."""
    return RegisterBusyError(
        phrase("{register}: held by another run ({holder})", register=register, holder=holder)
        if holder
        else phrase("{register}: held by another run", register=register),
        hint=phrase("run the same command again when that run has ended"),
    )


def _sign(descriptor: int, *, started: str | None) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, this_process(started=started).sentence.encode()[:_NOTE_SIZE], 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a register."""

    process: str
    user: str
    machine: str
    started: str | None  # as a person reads it; none: not told

    @property
    def sentence(self) -> str:
        """Who it is and since when, in words."""
        since = f" since {self.started}" if self.started else ""
        return f"process {self.process} of {self.user} on {self.machine}{since}"


def this_process(*, started: str | None) -> Holder:
    """Return who we are."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        user = str(os.getuid())
    return Holder(
        process=str(os.getpid()), user=user, machine=socket.gethostname(), started=started
    )


def holder_of(file: Path) -> str:
    """Return the holder's note; empty when it has not been written yet."""
    try:
        with file.open("rb") as note:
            text = note.read(_NOTE_SIZE).decode("utf-8", "replace")
    except OSError:
        return ""
    return "".join(letter for letter in text if letter.isprintable())
