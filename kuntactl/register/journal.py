"""Events written to the register, so that the memberships that follow from them stand."""

from collections.abc import Iterable
from datetime import date

import polars as pl
from sqlalchemy import Connection, Update, bindparam, insert, select, update

from kuntactl.register import schema
from kuntactl.register.events import ChainEnd, chained
from kuntactl.register.frames import read_frame, write_rows
from kuntactl.register.memberships import (
    ACTIVE,
    CLOSING,
    COACHING,
    FACTS_OF_MEMBERSHIP,
    OPENING,
    json_list,
)

_EVENT_COLUMNS = pl.Schema(
    {
        "sequence": pl.Int64,
        "run": pl.Int64,
        "kind": pl.String,
        "area": pl.String,
        "client_id": pl.String,
        "day": pl.Date,
        "facts": pl.String,
        "previous": pl.String,
        "hash": pl.String,
    }
)


def read_events(connection: Connection) -> pl.DataFrame:
    """Return every event with all its columns, in order of sequence."""
    event = schema.event
    return read_frame(connection, select(event).order_by(event.c.sequence), _EVENT_COLUMNS)


def append(connection: Connection, events: pl.DataFrame, *, run: int, on: date) -> None:
    """Append the events, tied to the one before, and let the memberships follow.

    Args:
        connection: To the register.
        events: ``NEW_EVENTS``, in the order in which they happened.
        run: The run that they belong to.
        on: The day on which they happened.
    """
    end = _end(connection)
    write_rows(connection, insert(schema.event), chained(events, after=end, run=run, on=on))
    numbered = events.with_row_index("sequence", offset=end.sequence + 1)
    # Closings first: who leaves an area and comes back to it in one batch has one open row.
    _close(connection, numbered.filter(pl.col("kind").is_in(CLOSING)), on=on)
    _open(connection, numbered.filter(pl.col("kind").is_in(OPENING)), on=on)
    _coach(connection, numbered.filter(pl.col("kind").is_in(COACHING)))


def read_active(connection: Connection, areas: Iterable[str]) -> pl.DataFrame:
    """Return the memberships of the areas that have not ended, as ``ACTIVE``, by event."""
    membership = schema.membership
    query = (
        select(*(membership.c[name] for name in ACTIVE.names()))
        .where(membership.c.ended_event.is_(None), membership.c.area.in_(sorted(set(areas))))
        .order_by(membership.c.joined_event)
    )
    return read_frame(connection, query, ACTIVE)


def _end(connection: Connection) -> ChainEnd:
    event = schema.event
    newest = select(event.c.sequence, event.c.hash).order_by(event.c.sequence.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return ChainEnd(sequence=row.sequence, hash=row.hash) if row else ChainEnd()


def _open(connection: Connection, events: pl.DataFrame, *, on: date) -> None:
    rows = events.with_columns(
        pl.col("facts").str.json_decode(FACTS_OF_MEMBERSHIP).struct.unnest()
    ).select("area", "client_id", joined_event="sequence", grounds=json_list("grounds"))
    write_rows(
        connection,
        insert(schema.membership),
        ({**row, "since": on} for row in rows.iter_rows(named=True)),
    )


def _close(connection: Connection, events: pl.DataFrame, *, on: date) -> None:
    rows = events.select(of_area="area", of_client="client_id", by="sequence")
    ending = _active_of_client().values(ended_event=bindparam("by"), ended_on=on)
    write_rows(connection, ending, rows.iter_rows(named=True))


def _coach(connection: Connection, events: pl.DataFrame) -> None:
    rows = events.with_columns(
        pl.col("facts").str.json_decode(FACTS_OF_MEMBERSHIP).struct.unnest()
    ).select("coach", of_area="area", of_client="client_id")
    coaching = _active_of_client().values(coach_id=bindparam("coach"))
    write_rows(connection, coaching, rows.iter_rows(named=True))


def _active_of_client() -> Update:
    membership = schema.membership
    return update(membership).where(
        membership.c.area == bindparam("of_area"),
        membership.c.client_id == bindparam("of_client"),
        membership.c.ended_event.is_(None),
    )
