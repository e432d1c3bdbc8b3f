"""Events written to the register, so that the memberships that follow from them stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlalchemy import Connection, Update, bindparam, insert, select, update

from kuntactl.register import schema
from kuntactl.register.events import CHAINED, ChainEnd, EventKind, chained
from kuntactl.register.frames import read_frame, write_frame, write_tuples
from kuntactl.register.memberships import ACTIVE
from kuntactl.register.replay import (
    BARRING,
    CLOSING,
    COACHING,
    OF_MEMBERSHIPS,
    OPENING,
    SENT,
    end_reason,
    json_list,
    names_coach,
    tells_of_services,
    with_facts,
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
_HOMES = pl.Schema({"client_id": pl.String, "municipality": pl.String})
_KEY = {"of_area": "area", "of_client": "client_id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The run that writes into the register now."""

    number: int  # 1, 2, 3 ...
    on: date  # its day, which is also that of its events
    first_event: int  # sequence of its first event, if it has any


def read_events(connection: Connection) -> pl.DataFrame:
    """Return every event with all its columns, in order of sequence."""
    event = schema.event
    return read_frame(connection, select(event).order_by(event.c.sequence), _EVENT_COLUMNS)


def append(
    connection: Connection,
    events: pl.DataFrame,
    *,
    run: Run,
    on: date | None = None,
    homes: pl.DataFrame | None = None,
) -> None:
    """Append the events, tied to the one before, and let the memberships follow.

    Args:
        connection: To the register.
        events: ``NEW_EVENTS``, in the order in which they happened.
        run: The run that they belong to.
        on: The day on which they happened; none: that of the run.
        homes: ``client_id``, ``municipality``: where those who join live; none: not known.
    """
    end, on = chain_end(connection), on or run.on
    rows = chained(events, after=end, run=run.number, on=on)
    storing = insert(schema.event).values(run=run.number, day=on)
    write_tuples(connection, storing, CHAINED, rows)
    numbered = with_facts(
        events.with_row_index("sequence", offset=end.sequence + 1)
        .filter(pl.col("kind").is_in(OF_MEMBERSHIPS))
        .rename({"kind": "event_kind"})
    )
    kind = pl.col("event_kind")
    # Closings first: who leaves an area and comes back to it in one batch has one open row.
    _close(connection, numbered.filter(kind.is_in(CLOSING)), on=on)
    _open(connection, numbered.filter(kind.is_in(OPENING)), on=on, homes=homes)
    _move(connection, numbered.filter(kind == EventKind.MOVED_WITHIN.value))
    _coach(connection, numbered.filter(kind.is_in(COACHING)))
    _tell(connection, numbered.filter(kind.is_in(SENT)))
    _let_in(connection, numbered.filter(kind == EventKind.MAY_JOIN_AGAIN.value))


def chain_end(connection: Connection) -> ChainEnd:
    """Return the newest event."""
    event = schema.event
    newest = select(event.c.sequence, event.c.hash).order_by(event.c.sequence.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return ChainEnd(sequence=row.sequence, hash=row.hash) if row else ChainEnd()


def read_active(connection: Connection, areas: Iterable[str]) -> pl.DataFrame:
    """Return the memberships of the areas that have not ended, as ``ACTIVE``, by event."""
    membership = schema.membership
    query = (
        select(*(membership.c[name] for name in ACTIVE.names()))
        .where(membership.c.ended_event.is_(None), membership.c.area.in_(sorted(set(areas))))
        .order_by(membership.c.joined_event)
    )
    return read_frame(connection, query, ACTIVE)


def remember_homes(connection: Connection, active: pl.DataFrame, homes: pl.DataFrame) -> None:
    """Remember where members live now; forget it of those who are protected.

    Args:
        connection: To the register.
        active: ``ACTIVE``, before these homes were known.
        homes: ``Homes``. A municipality that is not known is no news.
    """
    changed = (
        active.select("joined_event", "client_id", before="municipality")
        .join(homes, on="client_id")
        .filter(pl.col("municipality").ne_missing(pl.col("before")))
        .filter(pl.col("protected") | pl.col("municipality").is_not_null())
        .select(of_event="joined_event", now="municipality")
    )
    membership = schema.membership
    moving = (
        update(membership)
        .where(membership.c.joined_event == bindparam("of_event"))
        .values(municipality=bindparam("now"))
    )
    write_frame(connection, moving, changed)


def _open(
    connection: Connection, events: pl.DataFrame, *, on: date, homes: pl.DataFrame | None
) -> None:
    known = pl.DataFrame(schema=_HOMES) if homes is None else homes.select(_HOMES.names())
    rows = events.join(known, on="client_id", how="left", maintain_order="left").select(
        "area",
        "client_id",
        "municipality",
        joined_event="sequence",
        grounds=json_list("grounds"),
        from_area="from",
    )
    write_frame(connection, insert(schema.membership).values(since=on, barred=False), rows)


def _close(connection: Connection, events: pl.DataFrame, *, on: date) -> None:
    rows = events.select(
        **_KEY,
        by="sequence",
        why=end_reason(),
        to="to",
        bars=pl.col("event_kind").is_in(BARRING),
    )
    ending = _active_of_client().values(
        ended_event=bindparam("by"),
        ended_on=on,
        end_reason=bindparam("why"),
        to_area=bindparam("to"),
        barred=bindparam("bars"),
        municipality=None,  # nobody needs it any more
    )
    write_frame(connection, ending, rows)


def _move(connection: Connection, events: pl.DataFrame) -> None:
    moving = _active_of_client().values(moved_event=bindparam("by"))
    write_frame(connection, moving, events.select(**_KEY, by="sequence"))


def _coach(connection: Connection, events: pl.DataFrame) -> None:
    rows = events.select(**_KEY, new_coach="coach", by="sequence")
    coaching = _active_of_client().values(
        coach_id=bindparam("new_coach"), coach_event=bindparam("by")
    )
    write_frame(connection, coaching, rows)


def _tell(connection: Connection, events: pl.DataFrame) -> None:
    """Remember what letters told: of the services, of the coach whom the client has now."""
    named = {"told_coach_id": schema.membership.c.coach_id}
    services = events.filter(tells_of_services()).select(**_KEY, by="sequence")
    of_services = _active_of_client().values(told_event=bindparam("by"), **named)
    write_frame(connection, of_services, services)
    coach_only = events.filter(names_coach() & ~tells_of_services()).select(**_KEY)
    write_frame(connection, _active_of_client().values(**named), coach_only)


def _let_in(connection: Connection, events: pl.DataFrame) -> None:
    membership = schema.membership
    letting = (
        update(membership)
        .where(
            membership.c.area == bindparam("of_area"),
            membership.c.client_id == bindparam("of_client"),
        )
        .values(barred=False)
    )
    write_frame(connection, letting, events.select(**_KEY))


def _active_of_client() -> Update:
    membership = schema.membership
    return update(membership).where(
        membership.c.area == bindparam("of_area"),
        membership.c.client_id == bindparam("of_client"),
        membership.c.ended_event.is_(None),
    )
