"""Whether the register still says what was once written into it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import Connection, Select, Table, select

from kuntactl.locale import phrase
from kuntactl.register import beside, journal, schema
from kuntactl.register.deeds import RUN, run_hash
from kuntactl.register.events import FIRST_PREVIOUS, EventKind, event_hash
from kuntactl.register.frames import as_given
from kuntactl.register.letter_ids import SINCE_0003
from kuntactl.register.replay import MEMBERSHIPS, replay

_LETTER = ("letter_id", "area", "number", "client_id", "kind", "reason", "status", "sha256", "run")
_FACTS = pl.Struct(
    {
        **dict.fromkeys(("letter", "kind", "reason", "sha256"), pl.String),
        **dict.fromkeys(("other_area", "lang", "bundle"), pl.String),
        **dict.fromkeys(("event", "first_page", "pages"), pl.Int64),
    }
)
_STATUS_OF_EVENT = {
    EventKind.LETTER_WRITTEN.value: "written",
    EventKind.LETTER_PROTECTED.value: "protected",
    EventKind.LETTER_UNDELIVERABLE.value: "undeliverable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One place where the register contradicts itself, or what stands beside it."""

    what: str  # database, event, run, membership, letter, table or file
    which: str  # its number, id or name
    problem: str


def faults(connection: Connection) -> Iterator[Fault]:
    """Yield where the chain of events is broken, and what does not follow from the events.

    What follows is looked at once the chain is whole. Values are taken as they stand, whatever
    they are: a fault of the disk respects no type.
    """
    if connection.dialect.name == "sqlite":
        yield from _broken_pages(connection)
    broken = list(_broken_links(_rows(connection, schema.event)))
    yield from broken
    if broken:
        return
    events = journal.read_events(connection)
    commands = _commands(events)
    yield from _other_runs(_rows(connection, schema.run), commands)
    yield from _other_memberships(connection, events)
    yield from _other_letters(connection, events, since=min(commands, default=None))
    for name in beside.changed(connection):
        yield Fault(what="table", which=name, problem=phrase("is not what the last command left"))


def _broken_pages(connection: Connection) -> Iterator[Fault]:
    """Yield whether the file is damaged; from here on its texts may hold any bytes."""
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.text_factory = lambda text: text.decode("utf-8", "backslashreplace")
    found = connection.exec_driver_sql("PRAGMA integrity_check").fetchall()
    if [tuple(row) for row in found] != [("ok",)]:
        yield Fault(what="database", which="file", problem=phrase("is damaged"))


def _rows(connection: Connection, table: Table) -> list[dict[str, Any]]:
    """Return every row by its primary key as the driver gives it."""
    return _as_given(connection, select(table).order_by(*table.primary_key), table.columns.keys())


def _as_given(
    connection: Connection, query: Select[*tuple[Any, ...]], names: Iterable[str]
) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in as_given(connection, query)]


def _broken_links(events: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """Yield each event whose number, tie or content is not what it was when it was written."""
    previous = FIRST_PREVIOUS
    for expected, row in enumerate(events, start=1):
        which = f"{row['sequence']}"
        if row["sequence"] != expected:
            yield Fault(what="event", which=f"{expected}", problem=phrase("is missing"))
            return  # every later number would be off too
        if row["previous"] != previous:
            yield Fault(what="event", which=which, problem=phrase("is not tied to the one before"))
        elif event_hash(dict(row)) != row["hash"]:
            yield Fault(
                what="event", which=which, problem=phrase("was changed after it was written")
            )
        previous = row["hash"]


def _commands(events: pl.DataFrame) -> dict[int, tuple[int, Mapping[str, Any]]]:
    """Return by run the number of the event that tells of its command, and what it tells."""
    told = events.filter(pl.col("kind") == EventKind.COMMAND.value)
    return {
        run: (sequence, json.loads(facts))
        for run, sequence, facts in told.select("run", "sequence", "facts").iter_rows()
    }


def _other_runs(
    runs: Sequence[Mapping[str, Any]], commands: Mapping[int, tuple[int, Mapping[str, Any]]]
) -> Iterator[Fault]:
    """Yield each run that is not as its command was told; older runs told of none."""
    first = min(commands, default=None)
    for row in runs:
        number = row["number"]
        sequence, facts = commands.get(number, (None, {}))
        if sequence is not None and (sequence, facts["run"]) != (
            row["command_event"],
            _run_hash(row),
        ):
            yield Fault(
                what="run", which=f"{number}", problem=phrase("is not what the events tell")
            )
        is_older = row["command_event"] is None and (first is None or number < first)
        if sequence is None and not is_older:
            problem = phrase("its last event is gone, which tells who gave the command")
            yield Fault(what="run", which=f"{number}", problem=problem)
    for number in sorted(commands.keys() - {row["number"] for row in runs}):
        yield Fault(
            what="run", which=f"{number}", problem=phrase("is told by the events, and gone")
        )


def _run_hash(row: Mapping[str, Any]) -> str | None:
    """Return the hash of a row of the driver's; none: no run was ever written so."""
    day = row["on_day"]
    try:
        day = day if isinstance(day, date) else date.fromisoformat(day)
        return run_hash({name: row[name] for name in RUN.names()} | {"on_day": day})
    except (TypeError, ValueError):
        return None


def _other_memberships(connection: Connection, events: pl.DataFrame) -> Iterator[Fault]:
    names = MEMBERSHIPS.names()
    kept = _as_given(connection, select(*(schema.membership.c[name] for name in names)), names)
    told = replay(events).iter_rows(named=True)
    yield from _differences("membership", kept, told, names=names)


def _other_letters(
    connection: Connection, events: pl.DataFrame, *, since: int | None
) -> Iterator[Fault]:
    """Yield each letter that is not as its newest event tells.

    Args:
        connection: To the register.
        events: All of them.
        since: The first run whose events tell all of a letter; none: there is none.
    """
    letter, names = schema.letter, (*_LETTER, *SINCE_0003)
    query = select(*(letter.c[name] for name in names)).where(letter.c.status.is_not(None))
    kept = _as_given(connection, query, names)
    told = (
        events.filter(pl.col("kind").is_in(list(_STATUS_OF_EVENT)))
        .select("run", "area", "client_id", "facts", event_kind="kind")
        .with_columns(pl.col("facts").str.json_decode(_FACTS).struct.unnest())
        .group_by("letter", maintain_order=True)
        .last()
        .with_columns(
            letter_id="letter",
            number=pl.col("letter").str.extract(r"-(\d+)$").cast(pl.Int64),
            status=pl.col("event_kind").replace_strict(_STATUS_OF_EVENT, return_dtype=pl.String),
        )
        .select(names)
    )
    yield from _differences(
        "letter",
        (_as_told_then(row, since=since) for row in kept),
        (_as_told_then(row, since=since) for row in told.iter_rows(named=True)),
        names=names,
    )


def _as_told_then(letter: Mapping[str, Any], *, since: int | None) -> Mapping[str, Any]:
    """Return a letter without what no event told when it was written."""
    is_new = since is not None and isinstance(letter["run"], int) and letter["run"] >= since
    return letter if is_new else {**letter, **dict.fromkeys(("reason", *SINCE_0003))}


def _differences(
    what: str,
    kept: Iterable[Mapping[str, Any]],
    told: Iterable[Mapping[str, Any]],
    *,
    names: Sequence[str],
) -> Iterator[Fault]:
    """Yield what is kept and not told by the events, and what they tell and is not kept.

    The first of the names is the key.
    """
    stands = {str(row[names[0]]): _plain(row, names) for row in kept}
    said = {str(row[names[0]]): _plain(row, names) for row in told}
    for which in sorted(key for key, row in stands.items() if said.get(key) != row):
        yield Fault(what=what, which=which, problem=phrase("is not what the events tell"))
    for which in sorted(said.keys() - stands.keys()):
        yield Fault(what=what, which=which, problem=phrase("is told by the events, and gone"))


def _plain(row: Mapping[str, Any], names: Sequence[str]) -> tuple[str | None, ...]:
    """Return the values as texts, the same for every database; a truth value is 0 or 1."""
    values = (row[name] for name in names)
    return tuple(
        None if value is None else str(int(value) if isinstance(value, bool) else value)
        for value in values
    )
