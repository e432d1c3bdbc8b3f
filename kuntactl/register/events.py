"""The events of the register: their kinds, and the chain of hashes that ties them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

import polars as pl

FIRST_PREVIOUS = "0" * 64  # what the first event has for the hash of the event before


class EventKind(StrEnum):
    """What happened to a client; ``facts`` holds what the comment says, as JSON."""

    JOINED = "joined"  # grounds, rules, rules_from, decided_by
    LEFT = "left"  # reason: a value of EndReason; to: area, if they are a member there
    MOVED_OUT = "moved_out"  # to: area
    MOVED_IN = "moved_in"  # from: area; grounds: those of joining
    MOVED_WITHIN = "moved_within"  # nothing: an event cannot be taken back, a home can be secret
    RETURNED = "returned"  # reason: a value of EndReason
    TRIAL_ENDED = "trial_ended"  # nothing
    MAY_JOIN_AGAIN = "may_join_again"  # nothing: a return that is no longer to last
    COACH_GIVEN = "coach_given"  # coach: id; first_contact, first_contact_by: ISO days, if any
    COACH_LOST = "coach_lost"  # nothing
    COACH_PINNED = "coach_pinned"  # coach: id; reason: a value of TieReason
    COACH_BANNED = "coach_banned"  # the same
    COACH_FREED = "coach_freed"  # coach: id; neither pinned nor banned any more
    LETTER_WRITTEN = "letter_written"  # letter: id; kind; reason (since 0002); sha256; SINCE_0003
    LETTER_PROTECTED = "letter_protected"  # the same
    LETTER_UNDELIVERABLE = "letter_undeliverable"  # letter: id; kind; reason (since 0002)
    ANSWERED = "answered"  # belongs; fingerprint
    COMMAND = "command"  # who gave it, on what, with which rules, what came out; of no client
    PURGED = "purged"  # the receipt; of no client in particular: their number is empty


class EndReason(StrEnum):
    """Why a membership ended."""

    MUNICIPALITY = "home_municipality_left_area"  # and lies in no trial area
    MEMBER_ELSEWHERE = "already_member_where_they_live"
    MOVED = "moved_to_another_area"
    OWN_REQUEST = "own_request"
    LANGUAGE = "language"
    CONFLICT = "conflict"
    SAFETY = "safety"
    TRIAL_END = "trial_end"


_HASHED = ("previous", "sequence", "run", "day", "kind", "area", "facts", "client_id")
NEW_EVENTS = pl.Schema(
    {"kind": pl.String, "area": pl.String, "client_id": pl.String, "facts": pl.String}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainEnd:
    """The newest event of a register, where the next ones are tied on."""

    sequence: int = 0
    hash: str = FIRST_PREVIOUS


CHAINED = ("sequence", "kind", "area", "client_id", "facts", "previous", "hash")


def chained(
    events: pl.DataFrame, *, after: ChainEnd, run: int, on: date
) -> Iterator[tuple[int, str, str | None, str, str, str, str]]:
    """Yield the rows to store, as ``CHAINED``, numbered and tied to the event before.

    Args:
        events: ``NEW_EVENTS``, in the order in which they happened.
        after: The newest event so far.
        run: The run that they belong to.
        on: The day on which they happened.
    """
    previous = after.hash
    for sequence, (kind, area, client_id, facts) in enumerate(
        events.select(NEW_EVENTS.names()).iter_rows(), start=after.sequence + 1
    ):
        text = f"{previous}\n{sequence}\n{run}\n{on}\n{kind}\n{area}\n{facts}\n{client_id}"
        own = sha256(text.encode()).hexdigest()
        yield sequence, kind, area, client_id, facts, previous, own
        previous = own


def event_hash(row: dict[str, object]) -> str:
    """Return the SHA-256, in hex, over an event's columns and the hash of the event before.

    The columns stand one a line in UTF-8. Only the client number may itself hold a line
    break, and it comes last, so that no two events have the same text.
    """
    text = "\n".join([str(row[column]) for column in _HASHED])
    return sha256(text.encode()).hexdigest()


def facts(**columns: pl.Expr) -> pl.Expr:
    """Return the columns as one JSON object a row."""
    return pl.struct([column.alias(name) for name, column in columns.items()]).struct.json_encode()


def events_of(frame: pl.DataFrame, kind: EventKind, *, why: pl.Expr | None = None) -> pl.DataFrame:
    """Return one event a row of ``area`` and ``client_id``, as ``NEW_EVENTS``, in its order.

    Args:
        frame: The clients it happened to.
        kind: What happened.
        why: The facts as JSON; none: there is nothing to say.
    """
    return frame.select(
        kind=pl.lit(kind.value),
        area=pl.col("area"),
        client_id=pl.col("client_id"),
        facts=pl.lit("{}") if why is None else why,
    ).cast(NEW_EVENTS)


def purged(receipt: Mapping[str, Any], *, client_id: str | None) -> pl.DataFrame:
    """Return the event of a purge, as ``NEW_EVENTS``.

    Args:
        receipt: Numbers, days and hashes.
        client_id: Whose files they were; none: of everybody whose time is over.
    """
    event = {"kind": EventKind.PURGED.value, "area": None, "client_id": client_id or ""}
    row = {**event, "facts": json.dumps(receipt, sort_keys=True)}
    return pl.DataFrame([row], schema=NEW_EVENTS)
