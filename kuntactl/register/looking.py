"""What a register tells when it is asked: runs, members of any day, a client's history."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import Connection, func, select, true

from kuntactl.domain.types import AreaId
from kuntactl.register import journal, schema
from kuntactl.register.events import EventKind
from kuntactl.register.frames import read_frame
from kuntactl.register.replay import replay

RUNS = pl.Schema(
    {
        "number": pl.Int64,
        "on_day": pl.Date,
        "version": pl.String,
        "inputs": pl.String,  # JSON list of SHA-256
    }
)
COMMANDS = pl.Schema(
    {
        "sequence": pl.Int64,
        "run": pl.Int64,
        "day": pl.Date,
        "facts": pl.String,  # JSON, as ``deeds.tell`` writes them
        "hash": pl.String,
    }
)
MEMBERS_ON_A_DAY = pl.Schema(
    {
        "area": pl.String,
        "client_id": pl.String,
        "since": pl.Date,
        "grounds": pl.String,  # JSON list of codes, at joining
        "coach_id": pl.String,  # null: none that day
    }
)


def runs(connection: Connection) -> pl.DataFrame:
    """Return every run that was remembered, as ``RUNS``, the first one first."""
    run = schema.run
    query = select(*(run.c[name] for name in RUNS.names())).order_by(run.c.number)
    return read_frame(connection, query, RUNS)


def commands(connection: Connection) -> pl.DataFrame:
    """Return the event of every command, as ``COMMANDS``, the first one first."""
    event = schema.event
    query = (
        select(*(event.c[name] for name in COMMANDS.names()))
        .where(event.c.kind == EventKind.COMMAND.value)
        .order_by(event.c.sequence)
    )
    return read_frame(connection, query, COMMANDS)


def seals(connection: Connection) -> frozenset[str]:
    """Return the SHA-256 of what each run came to, as far as it left any."""
    query = select(schema.run.c.seal).where(schema.run.c.seal.is_not(None))
    return frozenset(connection.execute(query).scalars())


def is_in_chain(connection: Connection, head: str) -> bool:
    """Return whether an event has this hash."""
    event = schema.event
    query = select(func.count()).select_from(event).where(event.c.hash == head)
    return bool(connection.scalar(query))


def events_of_run(connection: Connection, number: int) -> list[tuple[str | None, str, int]]:
    """Return area, kind and how many events a run has remembered, in this order."""
    event = schema.event
    query = (
        select(event.c.area, event.c.kind, func.count())
        .where(event.c.run == number)
        .group_by(event.c.area, event.c.kind)
        .order_by(event.c.area, event.c.kind)
    )
    return [(area, kind, count) for area, kind, count in connection.execute(query)]


def members_now(connection: Connection) -> dict[str, int]:
    """Return how many members each area has, by area."""
    membership = schema.membership
    query = (
        select(membership.c.area, func.count().label("members"))
        .where(membership.c.ended_event.is_(None))
        .group_by(membership.c.area)
        .order_by(membership.c.area)
    )
    return {row.area: row.members for row in connection.execute(query)}


def numbers_like(connection: Connection, beginning: str, *, most: int) -> list[str]:
    """Return the client numbers that begin so, members or not, in order, so many at most."""
    number = schema.membership.c.client_id
    query = (
        select(number)
        .where(number.startswith(beginning, autoescape=True))
        .distinct()
        .order_by(number)
        .limit(most)
    )
    return list(connection.execute(query).scalars())


def letters(connection: Connection, *, run: int | None = None) -> list[tuple[str, str, str, int]]:
    """Return area, kind, status and how many letters, in this order; ``due``: not made yet.

    Args:
        connection: To the register.
        run: Only those whose newest line in ``letters.csv`` this run wrote; none: all.
    """
    letter = schema.letter
    status = func.coalesce(letter.c.status, "due")
    query = (
        select(letter.c.area, letter.c.kind, status, func.count())
        .where(letter.c.run == run if run is not None else true())
        .group_by(letter.c.area, letter.c.kind, status)
        .order_by(letter.c.area, letter.c.kind, status)
    )
    return [(area, kind, state, count) for area, kind, state, count in connection.execute(query)]


def members(
    connection: Connection, *, on: date, areas: Iterable[AreaId] | None = None
) -> pl.DataFrame:
    """Return who was a member when the day ended, as ``MEMBERS_ON_A_DAY``.

    Told from the events up to that day, so that it stays what it was.

    Args:
        connection: To the register.
        on: The day.
        areas: Only these; none: all.
    """
    until = journal.read_events(connection).filter(pl.col("day") <= on)
    if areas is not None:
        until = until.filter(pl.col("area").is_in([*areas]))
    return (
        replay(until)
        .filter(pl.col("ended_event").is_null())
        .select(MEMBERS_ON_A_DAY.names())
        .sort("area", "client_id")
    )


def history(connection: Connection, client_id: str) -> list[dict[str, Any]]:
    """Return what happened to a client, one record an event, the first one first.

    Returns:
        ``sequence``, ``run``, ``day`` (ISO), ``kind``, ``area`` (None: before any area) and
        ``facts``, what the event's kind says; empty for a client whom the register does not know.
    """
    event = schema.event
    query = (
        select(event.c.sequence, event.c.run, event.c.day, event.c.kind, event.c.area)
        .add_columns(event.c.facts)
        .where(event.c.client_id == client_id)
        .order_by(event.c.sequence)
    )
    return [
        {
            "sequence": row.sequence,
            "run": row.run,
            "day": row.day.isoformat(),
            "kind": row.kind,
            "area": row.area,
            "facts": json.loads(row.facts),
        }
        for row in connection.execute(query)
    ]


def letters_with_files(connection: Connection) -> pl.DataFrame:
    """Return the letters whose files were not purged, by letter id.

    Returns:
        ``letter_id``, ``area``, ``status`` and ``sha256``; a letter that was not made yet, or
        cannot be sent, has no file either: its status says so.
    """
    letter = schema.letter
    columns = pl.Schema(
        {
            **dict.fromkeys(("letter_id", "area", "client_id", "status", "sha256"), pl.String),
            "run": pl.Int64,
        }
    )
    query = select(*(letter.c[name] for name in columns.names())).order_by(letter.c.letter_id)
    kept = read_frame(connection, query, columns)
    for purge in _purges(connection):
        goes = (
            pl.col("client_id") == purge.client_id
            if purge.client_id
            else pl.any_horizontal(
                pl.lit(value=False),
                *(
                    (pl.col("area") == area) & pl.col("run").is_in(numbers)
                    for area, numbers in json.loads(purge.facts)["runs"].items()
                ),
            )
        )
        later = pl.col("run") > purge.run  # written since; it stands
        kept = kept.filter(~goes | later)
    return kept.drop("client_id", "run")


def _purges(connection: Connection) -> Iterable[Any]:
    event = schema.event
    query = select(event.c.run, event.c.client_id, event.c.facts)
    return connection.execute(query.where(event.c.kind == EventKind.PURGED.value))


def tables(connection: Connection) -> dict[str, pl.DataFrame]:
    """Return every table of the register as it stands, by name, rows by primary key."""
    return {
        name: pl.DataFrame(
            [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))],
            schema=[column.name for column in table.columns],
            orient="row",
            infer_schema_length=None,
        )
        for name, table in schema.METADATA.tables.items()
    }
