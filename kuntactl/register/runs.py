"""The runs that a register remembers: when, on which files, and what they counted."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, inspect, select, update

from kuntactl.register import journal, schema
from kuntactl.register.journal import Run

_NO_INPUTS = "[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRun:
    """A run that the register remembers, with what it counted."""

    number: int
    on: date  # its decision day
    counts: Mapping[str, Any]  # as handed to ``finish_run``


def begin(
    connection: Connection,
    *,
    on: date,
    version: str,
    inputs: Sequence[str],
    offices: Sequence[str | None] | None,
) -> Run:
    """Note a new run, and return it.

    Args:
        connection: To the register.
        on: The decision day.
        version: Of kuntactl.
        inputs: SHA-256 of each input file.
        offices: For each of them the area that most of its rows are about, or none; no list:
            nobody has counted.
    """
    newest = connection.scalar(select(func.max(schema.run.c.number)))
    first_event = journal.chain_end(connection).sequence + 1
    run = Run(number=(newest or 0) + 1, on=on, first_event=first_event)
    row = {
        "number": run.number,
        "on_day": on,
        "version": version,
        "inputs": json.dumps([*inputs]),
        "offices": None if offices is None else json.dumps([*offices]),
    }
    connection.execute(insert(schema.run), [row])
    return run


def runs_before(connection: Connection, number: int) -> Iterator[EarlierRun]:
    """Yield the runs before this one that said what they counted, the newest first."""
    run = schema.run
    query = select(run.c.number, run.c.on_day, run.c.counts).where(run.c.counts.is_not(None))
    newest = query.order_by(run.c.number.desc()).limit(1)
    # One at a time: the newest one mostly does, and a cursor would stay open behind it.
    while row := connection.execute(newest.where(run.c.number < number)).one_or_none():
        number = row.number
        yield EarlierRun(number=number, on=row.on_day, counts=json.loads(row.counts))


def last_day(connection: Connection, *, before: int | None = None) -> date | None:
    """Return the latest day of the runs; none: there are none.

    A run without inputs looked at no export: its day tells nothing of clients.

    Args:
        connection: To the register.
        before: Only of the runs before this one; none: of all.
    """
    run = schema.run
    latest = select(func.max(run.c.on_day)).where(run.c.inputs != _NO_INPUTS)
    if before is not None:
        latest = latest.where(run.c.number < before)
    day: date | None = connection.scalar(latest)
    return day


def days_of_runs(connection: Connection) -> dict[int, date]:
    """Return the decision day of every run so far, by its number."""
    run = schema.run
    return {row.number: row.on_day for row in connection.execute(select(run))}


def note(connection: Connection, number: int, **values: str) -> None:
    """Note these columns of a run."""
    connection.execute(update(schema.run).where(schema.run.c.number == number).values(values))


def note_counts(connection: Connection, number: int, counts: Mapping[str, Any]) -> None:
    """Note what a run counted, as JSON."""
    note(connection, number, counts=json.dumps(dict(counts), sort_keys=True))


def sealed_run(connection: Connection, seal: str) -> int | None:
    """Return the number of the run with this seal; none: it is not remembered."""
    run = schema.run
    if not inspect(connection).has_table(run.name):
        return None  # a new register whose commit has failed
    number: int | None = connection.scalar(select(run.c.number).where(run.c.seal == seal))
    return number
