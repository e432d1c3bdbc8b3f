"""One run at a time on a register that lies on a server: an advisory lock of PostgreSQL."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from kuntactl.files.patience import tries
from kuntactl.register.location import Location
from kuntactl.register.lock import Holder, busy, this_process

_LOCK = 0x6B756E74616B  # "kuntak": that of every register; each database has its own
_HOLDER = text("""
    SELECT activity.application_name
    FROM pg_locks AS held JOIN pg_stat_activity AS activity ON activity.pid = held.pid
    WHERE held.locktype = 'advisory' AND held.granted
      AND held.classid = :high AND held.objid = :low
      AND activity.datname = current_database()
""")
# A machine that lost its power or its line says nothing: in two minutes both ends have noticed.
_PATIENCE = {
    "connect_timeout": 60,  # seconds
    "keepalives_idle": 30,  # seconds
    "keepalives_interval": 30,
    "keepalives_count": 3,
    "tcp_user_timeout": 120_000,  # milliseconds
}
_SESSION = {
    "tcp_keepalives_idle": "30",  # so that the lock of a dead machine is free
    "tcp_keepalives_interval": "30",
    "tcp_keepalives_count": "3",
    # One night is one transaction, which is idle while letters are laid out.
    "idle_in_transaction_session_timeout": "0",
    "statement_timeout": "0",  # 300,000 members may join at once
}
_APPLICATION_NAME = 63  # bytes; the server cuts a longer one
_PACKED = re.compile(r"(\d+) (.+?)@(\S*) (.*)")


def arguments(place: Location, *, started: str | None) -> Mapping[str, str | int]:
    """Return the arguments for the driver: who we are, and how long we believe in a dead line.

    Args:
        place: What its URL says goes before.
        started: When this run began, as a person reads it.
    """
    ours = {"application_name": packed(this_process(started=started))}
    kept = {name: value for name, value in _PATIENCE.items() if name not in place.url.query}
    return {**kept, **ours}


def packed(holder: Holder) -> str:
    """Return the holder in as many bytes as the server takes; the machine's name gives way."""
    who, since = f"{holder.process} {holder.user}@", f" {holder.started or ''}"
    room = _APPLICATION_NAME - len(f"{who}{since}".encode())
    machine = holder.machine.encode()[: max(room, 0)].decode("utf-8", "ignore")
    return f"{who}{machine}{since}"


def unpacked(name: str) -> str:
    """Return in words who holds the register; a name that is not of ours as it is."""
    found = _PACKED.fullmatch(name)
    if found is None:
        return name
    process, user, machine, started = found.groups()
    return Holder(process=process, user=user, machine=machine, started=started or None).sentence


@contextmanager
def held_on_server(connection: Connection, place: Location, *, wait: float) -> Iterator[None]:
    """Hold the server's lock; it is free when the session ends, however it ends.

    The server notices the end of a session some time after us: a run that ended by itself gives
    the lock back, so that the next one can begin at once.

    Args:
        connection: To the register.
        place: For the message.
        wait: Seconds to wait for another run that holds it.

    Raises:
        RegisterBusyError: If another run holds it; the message says which and since when.
    """
    settings = (func.set_config(name, value, False) for name, value in _SESSION.items())  # noqa: FBT003  # is_local
    connection.execute(select(*settings))
    lock = select(func.pg_try_advisory_lock(_LOCK))
    if not any(connection.scalar(lock) for _ in tries(wait)):
        parts = {"high": _LOCK >> 32, "low": _LOCK & 0xFFFFFFFF}
        raise busy(place.name, holder=unpacked(connection.scalar(_HOLDER, parts) or ""))
    try:
        yield
    finally:
        with suppress(DBAPIError):  # the server is gone, and the lock with it
            connection.rollback()
            if not connection.invalidated:  # else the question would open another session
                connection.scalar(select(func.pg_advisory_unlock(_LOCK)))
