"""What people have said of clients and coaches: pins and bans, told from the events."""

import polars as pl
from sqlalchemy import Connection, select

from kuntactl.domain.schema import Ties
from kuntactl.domain.types import TieKind
from kuntactl.register import schema
from kuntactl.register.events import NEW_EVENTS, EventKind, facts
from kuntactl.register.frames import read_frame

_EVENT_OF = {
    TieKind.PIN.value: EventKind.COACH_PINNED.value,
    TieKind.BAN.value: EventKind.COACH_BANNED.value,
    TieKind.FREE.value: EventKind.COACH_FREED.value,
}
_KIND_OF = {event: kind for kind, event in _EVENT_OF.items()}
_TOLD = pl.Schema(
    {"sequence": pl.Int64, "kind": pl.String, "client_id": pl.String, "facts": pl.String}
)
_FACTS = pl.Struct({"coach": pl.String, "reason": pl.String})


def ties_in_force(connection: Connection) -> pl.DataFrame:
    """Return the pins and bans that hold, as ``Ties``, by client number and coach.

    The newest word on a client and a coach holds; a new pin ends an older one of the client.
    """
    event = schema.event
    query = (
        select(*(event.c[name] for name in _TOLD.names()))
        .where(event.c.kind.in_(list(_KIND_OF)))
        .order_by(event.c.sequence)
    )
    newest = (
        read_frame(connection, query, _TOLD)
        .with_columns(
            pl.col("kind").replace_strict(_KIND_OF, return_dtype=pl.String),
            pl.col("facts").str.json_decode(_FACTS),
        )
        .unnest("facts")
        .rename({"coach": "coach_id"})
        .unique(["client_id", "coach_id"], keep="last")
        .sort("sequence")
    )
    pinned = pl.col("kind") == TieKind.PIN.value
    is_newest_pin = pl.col("sequence") == pl.col("sequence").max().over("client_id", "kind")
    holding = newest.filter((pl.col("kind") != TieKind.FREE.value) & (~pinned | is_newest_pin))
    return Ties.validate(holding.select(Ties.column_names()).sort("client_id", "coach_id"))


def new_ties(given: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return the events (``NEW_EVENTS``) of what is new, by client number and coach.

    Args:
        given: ``Ties``.
        known: ``Ties`` in force; to free somebody who is not tied is nothing new.
    """
    columns = Ties.column_names()
    tied = pl.col("kind") != TieKind.FREE.value
    fresh = pl.concat(
        [
            given.filter(tied).join(known, on=columns, how="anti"),
            given.filter(~tied).join(known, on=["client_id", "coach_id"], how="semi"),
        ]
    ).sort("client_id", "coach_id")
    return fresh.select(
        kind=pl.col("kind").replace_strict(_EVENT_OF, return_dtype=pl.String),
        area=pl.lit(None, pl.String),
        client_id="client_id",
        facts=pl.when(tied)
        .then(facts(coach=pl.col("coach_id"), reason=pl.col("reason")))
        .otherwise(facts(coach=pl.col("coach_id"))),
    ).cast(NEW_EVENTS)
