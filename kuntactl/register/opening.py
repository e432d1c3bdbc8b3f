"""A register opened: locked, private, of the newest schema, in one transaction."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from enum import Enum, auto
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    NullPool,
    String,
    column,
    create_engine,
    event,
    inspect,
    select,
    table,
)
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from kuntactl.errors import RegisterError
from kuntactl.locale import phrase
from kuntactl.register.complaints import in_words, is_bug, is_damaged, server_is_gone
from kuntactl.register.location import Location, find_location
from kuntactl.register.private_file import PrivateFile, private_file
from kuntactl.register.rehearsal import image_of, rehearsal_engine
from kuntactl.register.schema import METADATA, SCHEMA_VERSION
from kuntactl.register.server_lock import arguments, held_on_server

VERSION_TABLE = "alembic_version"
OLDEST_SERVER = 15  # of PostgreSQL; on older ones nothing was ever tried
_SQLITE_SETTINGS = (
    "synchronous = FULL",  # what is committed outlives a power cut
    "foreign_keys = ON",
    "secure_delete = ON",  # a home that is forgotten does not stay in a free part of the file
    "temp_store = MEMORY",  # never a file in a folder that others use, too
    "cache_size = -65536",  # KiB; one night is one transaction, and a large one
)
_SETTING_OF_A_NEW_FILE = "journal_mode = WAL"  # stays with the file; not ours to give others


class SchemaFound(Enum):
    """What a register has that is opened."""

    NONE = auto()
    OLDER = auto()
    NEWEST = auto()


class Opened:
    """One transaction on a register; nothing is kept unless ``commit`` is called."""

    def __init__(
        self,
        connection: Connection,
        *,
        place: Location,
        was: SchemaFound,
        file: PrivateFile | None,
    ) -> None:
        """Hold the connection, in a transaction."""
        self.connection = connection
        self.place = place
        self.is_new = was is SchemaFound.NONE  # the register held nothing before
        self.was_older = was is SchemaFound.OLDER  # it was made by an older version
        self._file = file

    def commit(self) -> None:
        """Keep all that was written since the last commit, or, if that fails, nothing of it."""
        try:
            if self._file:
                self._file.refuse_other()
            self.connection.commit()
        except BaseException:
            self.connection.rollback()
            raise
        if self._file:
            self._file.is_kept = self._file.is_used = True

    def refuse_lost(self) -> None:
        """Stop if the server has ended our session: what it kept last cannot be told from here.

        The next question would open a new session, without the lock, and while the server may
        still be at our commit. Who next has the lock can tell.

        Raises:
            RegisterError: If so.
        """
        if self.connection.invalidated:
            raise server_is_gone(self.place)

    def delete(self) -> None:
        """Let the whole register be gone when it is closed; until then nobody else gets it."""
        if self._file:
            self._file.is_kept = False
        else:
            METADATA.drop_all(self.connection)
            self.connection.exec_driver_sql(f"DROP TABLE {VERSION_TABLE}")
            self.connection.commit()


@contextmanager
def opened(
    location: str, *, started: str | None = None, dry_run: bool = False, wait: float = 0.0
) -> Iterator[Opened]:
    """Yield the register; make one where there is none, and remove it again if not kept.

    Args:
        location: A path or an SQLAlchemy URL.
        started: When this run began, as a person reads it; told to a run that comes meanwhile.
        dry_run: Whether to work on a copy in memory, and touch no file of the register.
        wait: Seconds to wait for another run that holds it.

    Raises:
        RegisterBusyError: If another run holds it.
        RegisterError: If it is damaged, made by a newer version, or cannot be written; errors
            of the database while it is open become this too.
    """
    place = find_location(location)
    is_rehearsal = dry_run and place.file is not None
    holding: AbstractContextManager[PrivateFile | None] = nullcontext()
    if place.file and not is_rehearsal:
        holding = private_file(place.file, started=started, wait=wait)
    try:
        engine = _rehearsal(place, wait=wait) if is_rehearsal else None
        with holding as file, _connected(place, engine, started=started, wait=wait) as connection:
            if file:
                file.refuse_other()
            was = _bring_up_to_date(connection, place)
            yield Opened(connection, place=place, was=was, file=file)
    except (DBAPIError, sqlite3.Error) as error:
        if is_bug(error):
            raise
        raise in_words(error, place) from error


@contextmanager
def _connected(
    place: Location, engine: Engine | None, *, started: str | None, wait: float
) -> Iterator[Connection]:
    engine = engine or _engine(place, started=started, wait=wait)
    try:
        with (
            closing(_connection(engine, place)) as connection,
            nullcontext() if place.file else held_on_server(connection, place, wait=wait),
        ):
            yield connection
    finally:
        engine.dispose()


def _connection(engine: Engine, place: Location) -> Connection:
    with _legible(place):
        return engine.connect()


@contextmanager
def _legible(place: Location) -> Iterator[None]:
    """Tell of damage where SQLite names a part of the schema in bytes that are no text."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise is_damaged(place) from error


def _rehearsal(place: Location, *, wait: float) -> Engine:
    image = image_of(place.file, wait=wait) if place.file else b""
    return _prepared(rehearsal_engine(image), is_empty=False)


def _engine(place: Location, *, started: str | None, wait: float) -> Engine:
    if place.file is None:
        return server_engine(place, started=started)
    engine = create_engine(place.url, poolclass=NullPool, connect_args={"timeout": wait})
    return _prepared(engine, is_empty=place.file.stat().st_size == 0)


def _prepared(engine: Engine, *, is_empty: bool) -> Engine:
    event.listen(
        engine, "connect", lambda driver, _record: _prepare_sqlite(driver, is_empty=is_empty)
    )
    # The driver would begin before a write only, and not before a change of the schema.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def server_engine(place: Location, *, started: str | None = None, **settings: Any) -> Engine:
    """Return an engine for a register on a server, with these settings of SQLAlchemy's.

    Args:
        place: On a server.
        started: When this run began, as a person reads it; told to a run that comes meanwhile.
        settings: Of SQLAlchemy.

    Raises:
        RegisterError: If the driver of the database is not installed.
    """
    try:
        told = arguments(place, started=started)
        return create_engine(place.url, poolclass=NullPool, connect_args=told, **settings)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise RegisterError(
            phrase("{place}: the driver of this database is not installed", place=place.name),
            hint=phrase(
                "install it: `pip install 'psycopg[binary]'`, URL `postgresql+psycopg://HOST/NAME`"
            ),
        ) from error


def _prepare_sqlite(connection: Any, *, is_empty: bool) -> None:
    connection.isolation_level = None  # we begin and end transactions ourselves
    first = (_SETTING_OF_A_NEW_FILE,) if is_empty else ()
    for setting in (*first, *_SQLITE_SETTINGS):
        connection.execute(f"PRAGMA {setting}").close()


def _bring_up_to_date(connection: Connection, place: Location) -> SchemaFound:
    """Give the register the newest schema, and return what it had before."""
    version, is_new = _stored_version(connection, place)
    if version != SCHEMA_VERSION:
        # Alembic takes long to import, and most nights have nothing for it to do.
        from kuntactl.register.migrate import upgrade  # noqa: PLC0415

        if not is_new:
            _refuse_newer(version, place)
        upgrade(connection)
        return SchemaFound.NONE if is_new else SchemaFound.OLDER
    return SchemaFound.NEWEST


def refuse_strange_schema(connection: Connection, place: Location) -> None:
    """Stop unless the register has the newest schema.

    Raises:
        RegisterError: If it is no register, or was made by another version of kuntactl.
    """
    version, is_new = _stored_version(connection, place)
    if is_new:
        raise RegisterError(
            phrase("{place}: there is no register", place=place.name),
            hint=phrase("name the register with --register"),
        )
    if version != SCHEMA_VERSION:
        _refuse_newer(version, place)
        raise RegisterError(
            phrase("{place}: made by an older version of kuntactl", place=place.name),
            hint=phrase(
                "`kuntactl register upgrade --register {place}` brings it up to date",
                place=place.name,
            ),
        )


def _stored_version(connection: Connection, place: Location) -> tuple[str | None, bool]:
    """Return the version of the register's schema, and whether the database is empty."""
    _refuse_old_server(connection, place)
    with _legible(place):
        tables = inspect(connection).get_table_names()
    if tables and VERSION_TABLE not in tables:
        raise RegisterError(
            phrase("{place}: a database, but not a register of kuntactl", place=place.name),
            hint=phrase("name the register with --register"),
        )
    stored = select(column("version_num", String)).select_from(table(VERSION_TABLE))
    return (connection.scalar(stored) if tables else None), not tables


def _refuse_old_server(connection: Connection, place: Location) -> None:
    found = connection.dialect.server_version_info
    if place.file is None and found and found < (OLDEST_SERVER,):
        raise RegisterError(
            phrase(
                "{place}: the server is PostgreSQL {found}, too old for a register",
                place=place.name,
                found=found[0],
            ),
            hint=phrase(
                "name a server of PostgreSQL {oldest_server} or newer", oldest_server=OLDEST_SERVER
            ),
        )


def _refuse_newer(version: str | None, place: Location) -> None:
    from kuntactl.register.migrate import knows  # noqa: PLC0415  # as above

    if not knows(version):
        raise RegisterError(
            phrase("{place}: made by a newer version of kuntactl", place=place.name),
            hint=phrase("run the newer version, or name another register with --register"),
        )
