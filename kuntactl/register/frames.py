"""Frames in and out of the database, in batches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

import polars as pl
from sqlalchemy import Connection, Executable, Select
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase

Row = TypeVar("Row")

_BATCH = 10_000  # rows a round trip
_IN_SQLITE: Mapping[pl.DataType, pl.DataType] = {pl.Date(): pl.String(), pl.Boolean(): pl.Int64()}


def as_given(connection: Connection, query: Select[*tuple[Any, ...]]) -> Sequence[Any]:
    """Return the rows of a query as the driver gives them."""
    cursor = connection.execute(query).cursor
    return cursor.fetchall() if cursor is not None else []


def read_frame(
    connection: Connection, query: Select[*tuple[object, ...]], schema: pl.Schema
) -> pl.DataFrame:
    """Return the rows of a query as a frame; the query's columns are the schema's, in order.

    The driver's rows are taken as they are, for SQLAlchemy's take as long again; SQLite has
    neither days nor truth values, and gives text and numbers for them.
    """
    rows = as_given(connection, query)
    if connection.dialect.name != "sqlite":
        return pl.DataFrame(rows, schema=schema, orient="row")
    stored = {name: _IN_SQLITE.get(kind, kind) for name, kind in schema.items()}
    days = [name for name, kind in schema.items() if kind == pl.Date]
    frame = pl.DataFrame(rows, schema=stored, orient="row")
    return frame.with_columns(pl.col(days).str.to_date("%Y-%m-%d")).cast(schema)


def write_rows(
    connection: Connection, statement: Executable, rows: Iterable[Mapping[str, object]]
) -> None:
    """Execute the statement once a row; no row, no statement."""
    for batch in _batches(iter(rows)):
        connection.execute(statement, batch)


def write_frame(connection: Connection, statement: UpdateBase, frame: pl.DataFrame) -> None:
    """Execute the statement once a row, its parameters by name; no row, no statement.

    Args:
        connection: To the register.
        statement: Its parameters are the frame's columns, and constants.
        frame: Without days, which each database writes in its own way: they are constants.
    """
    write_tuples(connection, statement, frame.columns, frame.iter_rows())


def write_tuples(
    connection: Connection,
    statement: UpdateBase,
    columns: Sequence[str],
    rows: Iterable[tuple[object, ...]],
) -> None:
    """Execute the statement once a row; no row, no statement.

    The statement is compiled once and the driver is handed the rows as they are: what
    SQLAlchemy does for each row takes longer than the database.

    Args:
        connection: To the register.
        statement: Its parameters are ``columns``, and constants.
        columns: Names of the values of a row, in their order.
        rows: The values.
    """
    dialect = connection.dialect
    compiled = statement.compile(dialect=dialect, column_keys=[*columns])
    constants = {
        name: _bound(compiled, name, dialect) for name in compiled.binds if name not in columns
    }
    shaped = _by_place if compiled.positional else _by_name
    for batch in _batches(shaped(compiled, columns, rows, constants)):
        connection.exec_driver_sql(compiled.string, batch)


def _bound(compiled: SQLCompiler, name: str, dialect: Any) -> Any:
    """Return a constant as the driver takes it."""
    bind = compiled.binds[name]
    processor = bind.type.dialect_impl(dialect).bind_processor(dialect)
    return processor(bind.effective_value) if processor else bind.effective_value


def _by_place(
    compiled: SQLCompiler,
    columns: Sequence[str],
    rows: Iterable[tuple[object, ...]],
    constants: Mapping[str, object],
) -> Iterator[tuple[object, ...]]:
    names = compiled.positiontup or []
    given = {name: place for place, name in enumerate([*columns, *constants])}
    places, rest = [given[name] for name in names], tuple(constants.values())
    if not rest and places == [*range(len(columns))]:
        yield from rows
        return
    if len(places) == 1:  # a getter of one gives no tuple
        yield from ((row[0],) for row in rows)
        return
    pick = itemgetter(*places)
    for row in rows:
        yield pick(row + rest)


def _by_name(
    compiled: SQLCompiler,
    columns: Sequence[str],
    rows: Iterable[tuple[object, ...]],
    constants: Mapping[str, object],
) -> Iterator[dict[str, object]]:
    del compiled
    return ({**constants, **dict(zip(columns, row, strict=True))} for row in rows)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
