"""A register opened to be looked at: nothing in it changes, and a run may go on meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from kuntactl.errors import RegisterError
from kuntactl.locale import phrase
from kuntactl.register.complaints import in_words
from kuntactl.register.location import Location, find_location
from kuntactl.register.opening import refuse_strange_schema, server_engine


@contextmanager
def read_only(location: str) -> Iterator[Connection]:
    """Yield a connection to the register as it was committed last.

    Args:
        location: A path or an SQLAlchemy URL.

    Raises:
        RegisterError: If there is no register, it is damaged, or its schema is not today's;
            errors of the database while it is open become this too.
    """
    place = find_location(location)
    if place.file and not place.file.is_file():
        raise RegisterError(
            phrase("{place}: there is no register", place=place.name),
            hint=phrase("name the register with --register"),
        )
    engine = _engine(place)
    try:
        with closing(engine.connect()) as connection:
            refuse_strange_schema(connection, place)
            yield connection
    except (DBAPIError, sqlite3.Error) as error:
        raise in_words(error, place) from error
    finally:
        engine.dispose()


def _engine(place: Location) -> Engine:
    if place.file is None:
        engine = server_engine(place, isolation_level="REPEATABLE READ")
        event.listen(engine, "begin", _make_read_only)
        return engine
    engine = create_engine(place.url, poolclass=NullPool)
    event.listen(engine, "connect", _close_to_writing)
    # One transaction for all that is read, so that a run that ends meanwhile is not half seen.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _make_read_only(connection: Connection) -> None:
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _close_to_writing(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    connection.execute("PRAGMA query_only = ON").close()
    connection.execute("PRAGMA temp_store = MEMORY").close()
