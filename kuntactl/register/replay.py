"""The memberships told again from the events alone: what the register keeps must equal it."""

import polars as pl

from kuntactl.domain.types import LetterKind, LetterReason
from kuntactl.register.events import EndReason, EventKind
from kuntactl.register.memberships import ACTIVE

ENDED = pl.Schema(
    {
        "ended_event": pl.Int64,
        "ended_on": pl.Date,
        "end_reason": pl.String,
        "to_area": pl.String,
        "barred": pl.Boolean,
    }
)
# all that events tell: the home municipality of a member is in none of them
MEMBERSHIPS = pl.Schema(
    [item for item in [*ACTIVE.items(), *ENDED.items()] if item[0] != "municipality"]
)

OPENING = (EventKind.JOINED.value, EventKind.MOVED_IN.value)
CLOSING = (
    EventKind.LEFT.value,
    EventKind.MOVED_OUT.value,
    EventKind.RETURNED.value,
    EventKind.TRIAL_ENDED.value,
)
COACHING = (EventKind.COACH_GIVEN.value, EventKind.COACH_LOST.value)
SENT = (EventKind.LETTER_WRITTEN.value, EventKind.LETTER_PROTECTED.value)
BARRING = (EventKind.RETURNED.value, EventKind.TRIAL_ENDED.value)
FACTS = pl.Struct(  # of the events of memberships; what an event does not say is null
    {
        "grounds": pl.List(pl.String),
        "coach": pl.String,
        "from": pl.String,
        "to": pl.String,
        "reason": pl.String,
        "kind": pl.String,
    }
)
OF_MEMBERSHIPS = (
    *OPENING,
    *CLOSING,
    *COACHING,
    *SENT,
    EventKind.MOVED_WITHIN.value,
    EventKind.MAY_JOIN_AGAIN.value,
)
_CLIENT = ["area", "client_id"]


def with_facts(events: pl.DataFrame) -> pl.DataFrame:
    """Return the events with their facts as columns, ``grounds`` to ``kind``."""
    return events.with_columns(pl.col("facts").str.json_decode(FACTS).alias("of_facts")).unnest(
        "of_facts"
    )


def tells_of_services() -> pl.Expr:
    """Return whether a letter (``kind``, ``reason``) says where the services are from now on."""
    arriving = [LetterReason.FROM_AREA.value, LetterReason.WITHIN_AREA.value]
    return (pl.col("kind") == LetterKind.TRANSFER.value) | (
        (pl.col("kind") == LetterKind.MOVE.value) & pl.col("reason").is_in(arriving)
    ).fill_null(value=False)


def names_coach() -> pl.Expr:
    """Return whether a letter (``kind``, ``reason``) names the coach, if there is one."""
    return tells_of_services() | (pl.col("kind") == LetterKind.COACH.value)


def end_reason() -> pl.Expr:
    """Return why an event of ``CLOSING`` (``event_kind``, ``reason``) ends the membership."""
    return (
        pl.when(pl.col("event_kind") == EventKind.MOVED_OUT.value)
        .then(pl.lit(EndReason.MOVED.value))
        .when(pl.col("event_kind") == EventKind.TRIAL_ENDED.value)
        .then(pl.lit(EndReason.TRIAL_END.value))
        .otherwise("reason")
    )


def replay(events: pl.DataFrame) -> pl.DataFrame:
    """Return every membership there ever was, as the events tell it.

    Args:
        events: ``sequence``, ``kind``, ``area``, ``client_id``, ``day``, ``facts``; other
            kinds of events than those of memberships may be among them.

    Returns:
        ``MEMBERSHIPS``, by ``joined_event``.
    """
    kind = pl.col("event_kind")
    opens, closes = kind.is_in(OPENING), kind.is_in(CLOSING)
    turn = [*_CLIENT, "turn"]
    told = (
        with_facts(
            events.filter(pl.col("kind").is_in(OF_MEMBERSHIPS))
            .sort("sequence")
            .select("sequence", "area", "client_id", "day", "facts", event_kind="kind")
        )
        .with_columns(turn=opens.cum_sum().over(_CLIENT))
        .with_columns(has_ended=closes.cum_max().over(turn))
    )
    # "": nobody; what happens after the end concerns no coach and no letter of this membership
    coach = pl.when(kind.is_in(COACHING)).then(pl.col("coach").fill_null(""))
    told = told.with_columns(coach_then=coach.forward_fill().over(turn))
    sent = kind.is_in(SENT) & ~pl.col("has_ended")
    coaching = kind.is_in(COACHING)
    return (
        told.group_by(turn, maintain_order=True)
        .agg(
            joined_event=pl.col("sequence").filter(opens).first(),
            since=pl.col("day").filter(opens).first(),
            grounds=pl.col("grounds").filter(opens).first(),
            from_area=pl.col("from").filter(opens).first(),
            moved_event=pl.col("sequence").filter(kind == EventKind.MOVED_WITHIN.value).last(),
            coach_id=pl.col("coach").filter(coaching).last(),
            coach_event=pl.col("sequence").filter(coaching).last(),
            told_event=pl.col("sequence").filter(sent & tells_of_services()).last(),
            told_coach_id=pl.col("coach_then").filter(sent & names_coach()).last(),
            ended_event=pl.col("sequence").filter(closes).first(),
            ended_on=pl.col("day").filter(closes).first(),
            end_reason=end_reason().filter(closes).first(),
            to_area=pl.col("to").filter(closes).first(),
            barred=kind.is_in(BARRING)
            .filter(kind.is_in([*BARRING, EventKind.MAY_JOIN_AGAIN.value]))
            .last(),
        )
        .with_columns(
            grounds=json_list("grounds"),
            told_coach_id=pl.when(pl.col("told_coach_id") != "").then("told_coach_id"),
            barred=pl.col("barred").fill_null(value=False),
        )
        .select(MEMBERSHIPS.names())
        .cast(MEMBERSHIPS)
        .sort("joined_event")
    )


def json_list(column: str) -> pl.Expr:
    """Return a column of lists of codes as JSON text."""
    quoted = pl.format('"{}"', pl.element())
    return pl.format("[{}]", pl.col(column).list.eval(quoted).list.join(","))
