"""What a database complains of, in words on which a person can act."""

import re
import sqlite3
from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from kuntactl.errors import KuntactlError, RegisterError
from kuntactl.locale import Phrase, phrase
from kuntactl.register.location import Location
from kuntactl.register.lock import busy

# SQLite's primary result code -> what happened, what to do now
_OF_SQLITE: Mapping[int, tuple[Phrase, Phrase]] = {
    sqlite3.SQLITE_NOTADB: (
        phrase("is not a register"),
        phrase("name the register's file with --register"),
    ),
    sqlite3.SQLITE_CORRUPT: (
        phrase("is damaged"),
        phrase("restore the newest backup, of the register together with that of its folder"),
    ),
    sqlite3.SQLITE_READONLY: (
        phrase("may not be written"),
        phrase("give this user the right to write it"),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        phrase("cannot be opened"),
        phrase("look at the rights of the file, its folder too"),
    ),
    sqlite3.SQLITE_FULL: (
        phrase("does not fit on the disk"),
        phrase("make room; nothing of this run was kept"),
    ),
    sqlite3.SQLITE_IOERR: (
        phrase("cannot be read or written: the disk is full or fails"),
        phrase("look at the disk"),
    ),
}
_SERVER_FAILURE = (
    phrase("the database server does not answer, or gave up"),
    phrase(
        "look at the server and run the command again: nothing is lost, and nothing done twice"
    ),
)
_OTHER_FAILURE = (
    phrase("the database gave up"),
    phrase("nothing of this run was kept; run the command again"),
)
_NO_RIGHT = "42501"
# PostgreSQL's code of the state -> what happened, what to do now
_OF_SERVER: Mapping[str, tuple[Phrase, Phrase]] = {
    _NO_RIGHT: (
        phrase("this role may not write there"),
        phrase("let the database belong to the role: `ALTER DATABASE NAME OWNER TO ROLE`"),
    ),
    "25006": (
        phrase("may not be written"),
        phrase("name the server that takes changes, not its standby"),
    ),
    "53100": (
        phrase("does not fit on the server's disk"),
        phrase("make room; nothing of this run was kept"),
    ),
}
_REFUSAL = re.compile(r"FATAL: +(.+)")  # of a server that does not let us in
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_bug(error: DBAPIError | sqlite3.Error) -> bool:
    """Return whether the fault is ours, and not a state that a person can mend."""
    is_ours = isinstance(error, (IntegrityError, ProgrammingError))
    return is_ours and _state(error) != _NO_RIGHT


def in_words(error: DBAPIError | sqlite3.Error, place: Location) -> KuntactlError:
    """Return what the database complains of, as a person can act on it."""
    code = (
        getattr(_cause(error), "sqlite_errorcode", 0) & 0xFF
    )  # the primary code of an extended one
    if code in _BUSY:
        return busy(place.name)
    if place.file is None:
        return _of_server(error, place)
    problem, hint = _OF_SQLITE.get(code, _OTHER_FAILURE)
    return RegisterError(
        phrase("{place}: {problem}", place=place.name, problem=problem), hint=hint
    )


def is_damaged(place: Location) -> RegisterError:
    """Return that the file is no longer what was written into it."""
    problem, hint = _OF_SQLITE[sqlite3.SQLITE_CORRUPT]
    return RegisterError(
        phrase("{place}: {problem}", place=place.name, problem=problem), hint=hint
    )


def server_is_gone(place: Location) -> RegisterError:
    """Return that the server has ended our session, or does not answer."""
    problem, hint = _SERVER_FAILURE
    return RegisterError(
        phrase("{place}: {problem}", place=place.name, problem=problem), hint=hint
    )


def _of_server(error: DBAPIError | sqlite3.Error, place: Location) -> RegisterError:
    known = _OF_SERVER.get(_state(error))
    if known:
        return RegisterError(
            phrase("{place}: {problem}", place=place.name, problem=known[0]), hint=known[1]
        )
    refused = _REFUSAL.search(str(_cause(error))) if not _state(error) else None
    if refused:  # in the server's words, which name role and database, never a password
        return RegisterError(
            phrase(
                "{place}: the server does not let us in: {refused}",
                place=place.name,
                refused=refused[1],
            ),
            hint=phrase("look at the URL, at ~/.pgpass and at the server's rights"),
        )
    return server_is_gone(place)


def _cause(error: DBAPIError | sqlite3.Error) -> BaseException | None:
    return error.orig if isinstance(error, DBAPIError) else error


def _state(error: DBAPIError | sqlite3.Error) -> str:
    return getattr(_cause(error), "sqlstate", None) or ""
