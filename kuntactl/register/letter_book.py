"""The letters in the register: which are due, which ids they have, what became of them."""

from collections.abc import Collection

import polars as pl
from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, or_, select, update

from kuntactl.domain.schema import LettersDue
from kuntactl.domain.types import LetterStatus
from kuntactl.register import journal, schema
from kuntactl.register.frames import read_frame, write_frame
from kuntactl.register.letter_ids import (
    BUNDLES,
    GREATEST,
    LETTERS,
    SENT,
    bundle_numbers,
    letters_with_ids,
)
from kuntactl.register.letters_due import FORMER, wanted_letters

_FEW = 500  # numbers in one question
_DAYS = pl.Schema({"event": pl.Int64, "day": pl.Date})
_SENT_LETTERS = pl.Schema([*LETTERS.items(), ("day", pl.Date())])
_OUTCOME = ("status", "lang", "sha256", "bundle", "first_page", "pages")
_PRINTED = pl.Schema(
    {
        "area": pl.String,
        "client_id": pl.String,
        "letter_id": pl.String,
        "bundle": pl.String,
        "first_page": pl.Int64,
        "pages": pl.Int64,
    }
)


def letters_due(
    connection: Connection, clients: pl.DataFrame | None, *, areas: Collection[str], since: int
) -> pl.DataFrame:
    """Return the letters that these clients have yet to get, as ``LettersDue``.

    Args:
        connection: To the register.
        clients: ``client_id``, of members or not; none: everybody.
        areas: Whose letters are meant.
        since: The first event of this run.
    """
    active = journal.read_active(connection, areas)
    former = read_former(connection, areas, since=since)
    if clients is not None:
        active = active.join(clients, on="client_id", how="semi")
        former = former.join(clients, on="client_id", how="semi")
    return note_due(connection, active, former, since=since)


def read_former(connection: Connection, areas: Collection[str], *, since: int) -> pl.DataFrame:
    """Return the ended memberships of the areas whose end has yet to be told, as ``FORMER``.

    Those that ended with an event from ``since`` on, and those whose letter could not be sent;
    but not of clients who have become members again in a later run.
    """
    member, letter = schema.membership, schema.letter
    unsent = select(letter.c.event).where(letter.c.event == member.c.ended_event, _is_unsent())
    former = (
        select(*(member.c[name] for name in FORMER.names()))
        .where(
            member.c.ended_event.is_not(None),
            member.c.area.in_(sorted(areas)),
            or_(member.c.ended_event >= since, unsent.exists()),
        )
        .cte("former")
    )
    newer, began, ended = member.alias("newer"), schema.event.alias("b"), schema.event.alias("e")
    again = (
        select(former.c.ended_event)
        .join(newer, newer.c.client_id == former.c.client_id)
        .join(began, began.c.sequence == newer.c.joined_event)
        .join(ended, ended.c.sequence == former.c.ended_event)
        .where(newer.c.joined_event > former.c.ended_event, began.c.run > ended.c.run)
    )
    query = select(former).where(former.c.ended_event.not_in(again))
    return read_frame(connection, query, FORMER)


def note_due(
    connection: Connection, active: pl.DataFrame, former: pl.DataFrame, *, since: int
) -> pl.DataFrame:
    """Return the letters due to these members and former ones, as ``LettersDue``.

    Each has its id from now on: the same for the same event, until it can be sent.

    Args:
        connection: To the register.
        active: ``ACTIVE``.
        former: ``FORMER``.
        since: The first event of this run.
    """
    wanted = wanted_letters(active, former)
    areas = set(wanted["area"])
    due = letters_with_ids(
        wanted, read_letters(connection, areas, since=since), _greatest(connection, areas)
    )
    fresh = due.filter(~pl.col("is_numbered")).drop("is_numbered", "status")
    write_frame(connection, insert(schema.letter), fresh)
    joined = active.select(event="joined_event", day="since")
    others = due.join(joined, on="event", how="anti")["event"]
    days = pl.concat([joined, _days(connection, others)]).unique("event")
    lines = (
        due.join(_bundle_numbers(connection, areas), on=["area", "kind"], how="left")
        .with_columns(bundle_number=pl.col("bundle_number").fill_null(1))
        .join(days, on="event")
        .select(LettersDue.column_names())
        .sort("area", "letter_id")
    )
    return LettersDue.validate(lines)


def read_letters(connection: Connection, areas: Collection[str], *, since: int) -> pl.DataFrame:
    """Return the areas' letters that were not sent, or tell of an event from ``since`` on."""
    letter = schema.letter
    query = select(*(letter.c[name] for name in LETTERS.names())).where(
        letter.c.area.in_(sorted(areas)), or_(letter.c.event >= since, _is_unsent())
    )
    return read_frame(connection, query, LETTERS)


def read_sent(connection: Connection, *, run: int) -> pl.DataFrame:
    """Return the letters that a run wrote, as ``LettersDue`` of that run; none has a bundle.

    Args:
        connection: To the register.
        run: Its number.
    """
    letter, event = schema.letter, schema.event
    query = (
        select(*(letter.c[name] for name in LETTERS.names()), event.c.day)
        .join(event, event.c.sequence == letter.c.event)
        .where(letter.c.run == run, letter.c.status.in_(SENT))
    )
    found = read_frame(connection, query, _SENT_LETTERS)
    lines = found.with_columns(bundle_number=pl.lit(1, pl.UInt32))
    return LettersDue.validate(
        lines.select(LettersDue.column_names()).sort("area", "letter_id"), cast=True
    )


def note_outcome(connection: Connection, news: pl.DataFrame, *, run: int) -> None:
    """Write what became of the letters (``LettersDone``) into the register."""
    letter = schema.letter
    outcome = (
        update(letter)
        .where(letter.c.letter_id == bindparam("of_letter"))
        .values(**{name: bindparam(f"new_{name}") for name in _OUTCOME}, run=run)
    )
    rows = news.select(of_letter="letter_id", **{f"new_{name}": pl.col(name) for name in _OUTCOME})
    write_frame(connection, outcome, rows)


def read_printed(
    connection: Connection, areas: Collection[str], clients: pl.Series
) -> pl.DataFrame:
    """Return the letters to these clients that were written for the print runs.

    Returns:
        ``area``, ``client_id``, ``letter_id``, ``bundle``, ``first_page`` (Int64, from 1) and
        ``pages`` (Int64; null: written before the register kept it), in no order.
    """
    letter = schema.letter
    written = select(*(letter.c[name] for name in _PRINTED.names())).where(
        letter.c.area.in_(sorted(areas)), letter.c.status == LetterStatus.WRITTEN.value
    )
    if len(clients) > _FEW:  # one look at every letter is less work than many at some of them
        every = read_frame(connection, written, _PRINTED)
        return every.join(clients.alias("client_id").to_frame(), on="client_id", how="semi")
    few = letter.c.client_id.in_(clients.to_list())
    return read_frame(connection, written.where(few), _PRINTED)


def _is_unsent() -> ColumnElement[bool]:
    letter = schema.letter
    return or_(letter.c.status.is_(None), letter.c.status.not_in(SENT))


def _greatest(connection: Connection, areas: Collection[str]) -> pl.DataFrame:
    letter = schema.letter
    query = (
        select(letter.c.area, func.max(letter.c.number))
        .where(letter.c.area.in_(sorted(areas)))
        .group_by(letter.c.area)
    )
    return read_frame(connection, query, GREATEST)


def _bundle_numbers(connection: Connection, areas: Collection[str]) -> pl.DataFrame:
    letter = schema.letter
    query = (
        select(letter.c.area, letter.c.kind, letter.c.bundle)
        .where(letter.c.area.in_(sorted(areas)), letter.c.bundle.is_not(None))
        .distinct()
    )
    return bundle_numbers(read_frame(connection, query, BUNDLES))


def _days(connection: Connection, events: pl.Series) -> pl.DataFrame:
    """Return the day of each of these events."""
    event = schema.event
    parts = [pl.DataFrame(schema=_DAYS)]
    for start in range(0, len(events), _FEW):
        numbers = events[start : start + _FEW].to_list()
        query = select(event.c.sequence, event.c.day).where(event.c.sequence.in_(numbers))
        parts.append(read_frame(connection, query, _DAYS))
    return pl.concat(parts)
