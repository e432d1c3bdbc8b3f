"""Whether the register still says what was once written into it."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl
from sqlalchemy import Connection, Select, select

from kuntactl.locale import phrase
from kuntactl.register import journal, schema
from kuntactl.register.events import FIRST_PREVIOUS, EventKind, event_hash
from kuntactl.register.frames import read_frame
from kuntactl.register.replay import MEMBERSHIPS, replay

_LETTER = pl.Schema(
    {"letter_id": pl.String, "client_id": pl.String, "status": pl.String, "sha256": pl.String}
)
_STATUS_OF_EVENT = {
    EventKind.LETTER_WRITTEN.value: "written",
    EventKind.LETTER_PROTECTED.value: "protected",
    EventKind.LETTER_UNDELIVERABLE.value: "undeliverable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One place where the register contradicts itself."""

    what: str  # event, membership or letter
    which: str  # its number or id
    problem: str


def faults(connection: Connection) -> Iterator[Fault]:
    """Yield where the chain of events is broken, and what does not follow from the events."""
    events = journal.read_events(connection)
    yield from _broken_links(events)
    yield from _other_memberships(connection, events)
    yield from _other_letters(connection, events)


def _broken_links(events: pl.DataFrame) -> Iterator[Fault]:
    """Yield each event whose number, tie or content is not what it was when it was written."""
    previous = FIRST_PREVIOUS
    for expected, row in enumerate(events.iter_rows(named=True), start=1):
        which = f"{row['sequence']}"
        if row["sequence"] != expected:
            yield Fault(what="event", which=f"{expected}", problem=phrase("is missing"))
            return  # every later number would be off too
        if row["previous"] != previous:
            yield Fault(what="event", which=which, problem=phrase("is not tied to the one before"))
        elif event_hash(row) != row["hash"]:
            yield Fault(
                what="event", which=which, problem=phrase("was changed after it was written")
            )
        previous = row["hash"]


def _other_memberships(connection: Connection, events: pl.DataFrame) -> Iterator[Fault]:
    membership = schema.membership
    query = select(*(membership.c[name] for name in MEMBERSHIPS.names()))
    kept = read_frame(connection, query.order_by(membership.c.joined_event), MEMBERSHIPS)
    yield from _differences("membership", "joined_event", kept, told=replay(events))


def _other_letters(connection: Connection, events: pl.DataFrame) -> Iterator[Fault]:
    letter = schema.letter
    query: Select[*tuple[object, ...]] = select(*(letter.c[name] for name in _LETTER.names()))
    kept = read_frame(connection, query.where(letter.c.status.is_not(None)), _LETTER)
    facts = pl.Struct({"letter": pl.String, "sha256": pl.String})
    told = (
        events.filter(pl.col("kind").is_in(list(_STATUS_OF_EVENT)))
        .with_columns(pl.col("facts").str.json_decode(facts).struct.unnest())
        .group_by("letter", maintain_order=True)
        .last()
        .select(
            "client_id",
            "sha256",
            letter_id="letter",
            status=pl.col("kind").replace_strict(_STATUS_OF_EVENT, return_dtype=pl.String),
        )
    )
    yield from _differences("letter", "letter_id", kept, told=told.select(_LETTER.names()))


def _differences(
    what: str, key: str, kept: pl.DataFrame, *, told: pl.DataFrame
) -> Iterator[Fault]:
    """Yield what is kept and not told by the events, and what they tell and is not kept."""
    columns = kept.columns
    other = kept.join(told, on=columns, how="anti", nulls_equal=True)
    lost = told.join(kept, on=key, how="anti")
    for which in other[key].sort():
        yield Fault(what=what, which=f"{which}", problem=phrase("is not what the events tell"))
    for which in lost[key].sort():
        yield Fault(what=what, which=f"{which}", problem=phrase("is told by the events, and gone"))
