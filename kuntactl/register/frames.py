"""Frames in and out of the database, in batches."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import polars as pl
from sqlalchemy import Connection, Executable, Select

_BATCH = 10_000  # rows a round trip


def read_frame(
    connection: Connection, query: Select[*tuple[object, ...]], schema: pl.Schema
) -> pl.DataFrame:
    """Return the rows of a query as a frame; the query's columns are the schema's, in order."""
    rows = [tuple(row) for row in connection.execute(query)]
    return pl.DataFrame(rows, schema=schema, orient="row")


def write_rows(
    connection: Connection, statement: Executable, rows: Iterable[Mapping[str, object]]
) -> None:
    """Execute the statement once a row; no row, no statement."""
    for batch in _batches(iter(rows)):
        connection.execute(statement, batch)


def _batches(rows: Iterator[Mapping[str, object]]) -> Iterator[list[Mapping[str, object]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
