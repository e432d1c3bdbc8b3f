"""Who got another coach than before, with the day of the first contact."""

from collections.abc import Iterable

import polars as pl
from sqlalchemy import Connection, select

from kuntactl.domain.schema import FirstContacts
from kuntactl.register import schema
from kuntactl.register.events import NEW_EVENTS, EventKind, facts
from kuntactl.register.frames import read_frame

_PLAN = pl.Struct({"first_contact": pl.String, "first_contact_by": pl.String})  # ISO days
_GIVEN = pl.Schema(
    {
        "client_id": pl.String,
        "area": pl.String,
        "coach_id": pl.String,
        "planned_on": pl.Date,
        "facts": pl.String,
    }
)


def coach_changes(
    assignments: pl.DataFrame, active: pl.DataFrame, *, contacts: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Return the events of members whose coach is another than before, by area and client.

    Args:
        assignments: ``Assignments`` of members.
        active: ``ACTIVE``.
        contacts: ``FirstContacts``; none: nobody has planned any.

    Raises:
        ValueError: If an assignment is of somebody who is not a member.
    """
    known = active.select("area", "client_id", "joined_event", pl.col("coach_id").alias("before"))
    pairs = assignments.join(known, on=["area", "client_id"], how="left").sort("area", "client_id")
    if pairs["joined_event"].has_nulls():
        raise ValueError("a coach was assigned to a client who is not a member")
    changed = pairs.filter(pl.col("coach_id").ne_missing(pl.col("before")))
    lost = pl.col("coach_id").is_null()
    if contacts is None:
        contacts = FirstContacts.create_empty()
    changed = changed.join(
        contacts.select("client_id", "area", "day", "last_day"),
        on=["client_id", "area"],
        how="left",
        maintain_order="left",
    )
    given = (
        pl.when(pl.col("day").is_null())
        .then(facts(coach=pl.col("coach_id")))
        .otherwise(
            facts(
                coach=pl.col("coach_id"),
                first_contact=pl.col("day").dt.to_string("iso"),
                first_contact_by=pl.col("last_day").dt.to_string("iso"),
            )
        )
    )
    return changed.select(
        kind=pl.when(lost)
        .then(pl.lit(EventKind.COACH_LOST.value))
        .otherwise(pl.lit(EventKind.COACH_GIVEN.value)),
        area="area",
        client_id="client_id",
        facts=pl.when(lost).then(pl.lit("{}")).otherwise(given),
    ).cast(NEW_EVENTS)


def first_contacts(connection: Connection, areas: Iterable[str]) -> pl.DataFrame:
    """Return the first contacts planned for members with the coach they have, as the schema.

    Those whose coach came before first contacts were planned have none.
    """
    membership, event = schema.membership, schema.event
    query = (
        select(
            membership.c.client_id,
            membership.c.area,
            membership.c.coach_id,
            event.c.day,
            event.c.facts,
        )
        .join(event, event.c.sequence == membership.c.coach_event)
        .where(
            membership.c.ended_event.is_(None),
            membership.c.coach_id.is_not(None),
            membership.c.area.in_(sorted(set(areas))),
        )
        .order_by(membership.c.area, membership.c.client_id)
    )
    planned = (
        read_frame(connection, query, _GIVEN)
        .with_columns(pl.col("facts").str.json_decode(_PLAN).alias("plan"))
        .unnest("plan")
        .filter(pl.col("first_contact").is_not_null())
        .with_columns(
            day=pl.col("first_contact").str.to_date("%Y-%m-%d"),
            last_day=pl.col("first_contact_by").str.to_date("%Y-%m-%d"),
        )
    )
    return planned.select(FirstContacts.column_names())
