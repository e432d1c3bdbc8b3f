"""Who is a member after a night's decisions: pure functions from frames to events."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kuntactl.domain.types import AreaId, Outcome
from kuntactl.register.events import NEW_EVENTS, EventKind, LeaveReason, facts

ACTIVE = pl.Schema(  # memberships that have not ended, by joined_event
    {
        "joined_event": pl.Int64,
        "area": pl.String,
        "client_id": pl.String,
        "since": pl.Date,
        "grounds": pl.String,  # JSON list
        "coach_id": pl.String,  # null: none yet
    }
)
MEMBERSHIPS = pl.Schema([*ACTIVE.items(), ("ended_event", pl.Int64), ("ended_on", pl.Date)])

OPENING = (EventKind.JOINED.value, EventKind.MOVED_IN.value)
CLOSING = (EventKind.LEFT.value, EventKind.MOVED_OUT.value)
COACHING = (EventKind.COACH_GIVEN.value, EventKind.COACH_LOST.value)
FACTS_OF_MEMBERSHIP = pl.Struct({"grounds": pl.List(pl.String), "coach": pl.String})


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a night's decisions do to the memberships of its areas."""

    events: pl.DataFrame  # NEW_EVENTS, in the order in which they happen
    joined: int
    stayed: int  # in the exports, and a member of the same area as before
    left: int
    moved: int  # to another of the areas
    absent: int  # members who are in no export; kept


def changes(
    decisions: pl.DataFrame, active: pl.DataFrame, *, areas: Mapping[AreaId, bool]
) -> Changes:
    """Return what joins, stays, leaves and moves.

    Who is eligible joins, where new clients are taken. A member stays whatever the outcome
    now says, and also when the home municipality is blank or they are in no export; moves
    when they now live in another of the areas (the coach is forgotten, the grounds are kept);
    leaves when they live in none.

    Args:
        decisions: ``Decisions``; their areas are among ``areas``.
        active: ``ACTIVE``, of these areas only.
        areas: The areas of this run, each with whether it takes new clients.

    Raises:
        ValueError: If a decision is of another area.
    """
    strangers = set(decisions["area"].drop_nulls().unique()) - set(areas)
    if strangers:
        raise ValueError(f"decisions of areas that were not chosen: {sorted(strangers)}")
    standing = _with_fate(active, decisions)
    counts = dict(standing.group_by("fate").len().iter_rows())
    moving = standing.filter(pl.col("fate") == "moved")
    joining = _joining(decisions, active, moving, areas=areas)
    events = pl.concat(
        [
            _left(standing.filter(pl.col("fate").is_in(["left", "left_double"]))),
            _moved_out(moving),
            _moved_in(moving),
            _joined(joining),
        ]
    )
    return Changes(
        events=events,
        joined=joining.height,
        stayed=counts.get("stayed", 0),
        left=counts.get("left", 0) + counts.get("left_double", 0),
        moved=moving.height,
        absent=counts.get("absent", 0),
    )


def _with_fate(active: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """Return ``ACTIVE`` with ``now`` (area of residence) and ``fate``, by area and client."""
    rows = decisions.select("client_id", "outcome", pl.col("area").alias("now"))
    there = active.select("client_id", pl.col("area").alias("now"), there=pl.lit(value=True))
    fate = (
        pl.when(pl.col("outcome").is_null())
        .then(pl.lit("absent"))
        .when(pl.col("outcome") == Outcome.OUTSIDE.value)
        .then(pl.lit("left"))
        .when(pl.col("now").is_null() | (pl.col("now") == pl.col("area")))
        .then(pl.lit("stayed"))
        # A client may be a member of two areas that were run apart: one of them ends.
        .when(pl.col("there").is_not_null() | ~_newest_of_client())
        .then(pl.lit("left_double"))
        .otherwise(pl.lit("moved"))
    )
    return (
        active.join(rows, on="client_id", how="left")
        .join(there, on=["client_id", "now"], how="left")
        .with_columns(fate=fate)
        .sort("area", "client_id")
    )


def _newest_of_client() -> pl.Expr:
    return pl.col("joined_event") == pl.col("joined_event").max().over("client_id")


def _joining(
    decisions: pl.DataFrame,
    active: pl.DataFrame,
    moving: pl.DataFrame,
    *,
    areas: Mapping[AreaId, bool],
) -> pl.DataFrame:
    open_areas = [area for area, takes_new in areas.items() if takes_new]
    members = pl.concat(
        [
            active.select("area", "client_id"),
            moving.select(pl.col("now").alias("area"), "client_id"),
        ]
    )
    return (
        decisions.filter(
            (pl.col("outcome") == Outcome.ELIGIBLE.value) & pl.col("area").is_in(open_areas)
        )
        .join(members, on=["area", "client_id"], how="anti")
        .sort("area", "client_id")
    )


def _left(leaving: pl.DataFrame) -> pl.DataFrame:
    reason = (
        pl.when(pl.col("fate") == "left")
        .then(pl.lit(LeaveReason.MUNICIPALITY.value))
        .otherwise(pl.lit(LeaveReason.MEMBER_ELSEWHERE.value))
    )
    return _events(leaving, EventKind.LEFT, facts(reason=reason))


def _moved_out(moving: pl.DataFrame) -> pl.DataFrame:
    return _events(moving, EventKind.MOVED_OUT, facts(to=pl.col("now")))


def _moved_in(moving: pl.DataFrame) -> pl.DataFrame:
    grounds = pl.col("grounds").str.json_decode(pl.List(pl.String))
    arriving = moving.with_columns(
        facts(**{"from": pl.col("area")}, grounds=grounds).alias("facts"), area=pl.col("now")
    ).sort("area", "client_id")
    return _events(arriving, EventKind.MOVED_IN, pl.col("facts"))


def _joined(joining: pl.DataFrame) -> pl.DataFrame:
    why = facts(
        grounds=pl.col("grounds"),
        rules=pl.col("rules"),
        rules_from=pl.col("rules_from").dt.to_string("iso"),
        decided_by=pl.col("decided_by"),
    )
    return _events(joining, EventKind.JOINED, why)


def _events(frame: pl.DataFrame, kind: EventKind, why: pl.Expr) -> pl.DataFrame:
    return frame.select(
        kind=pl.lit(kind.value), area=pl.col("area"), client_id=pl.col("client_id"), facts=why
    ).cast(NEW_EVENTS)


def coach_changes(assignments: pl.DataFrame, active: pl.DataFrame) -> pl.DataFrame:
    """Return the events of members whose coach is another than before, by area and client.

    Args:
        assignments: ``Assignments`` of members.
        active: ``ACTIVE``.

    Raises:
        ValueError: If an assignment is of somebody who is not a member.
    """
    known = active.select("area", "client_id", "joined_event", pl.col("coach_id").alias("before"))
    pairs = assignments.join(known, on=["area", "client_id"], how="left").sort("area", "client_id")
    if pairs["joined_event"].has_nulls():
        raise ValueError("a coach was assigned to a client who is not a member")
    changed = pairs.filter(pl.col("coach_id").ne_missing(pl.col("before")))
    lost = pl.col("coach_id").is_null()
    return changed.select(
        kind=pl.when(lost)
        .then(pl.lit(EventKind.COACH_LOST.value))
        .otherwise(pl.lit(EventKind.COACH_GIVEN.value)),
        area="area",
        client_id="client_id",
        facts=pl.when(lost).then(pl.lit("{}")).otherwise(facts(coach=pl.col("coach_id"))),
    ).cast(NEW_EVENTS)


def replay(events: pl.DataFrame) -> pl.DataFrame:
    """Return every membership there ever was, as the events tell it.

    Args:
        events: ``sequence``, ``kind``, ``area``, ``client_id``, ``day``, ``facts``; other
            kinds of events than those of memberships may be among them.

    Returns:
        ``MEMBERSHIPS``, by ``joined_event``.
    """
    opens, closes = pl.col("kind").is_in(OPENING), pl.col("kind").is_in(CLOSING)
    coaching = pl.col("kind").is_in(COACHING)
    client = ["area", "client_id"]
    return (
        events.filter(opens | closes | coaching)
        .sort("sequence")
        .with_columns(pl.col("facts").str.json_decode(FACTS_OF_MEMBERSHIP).struct.unnest())
        .with_columns(turn=opens.cum_sum().over(client))
        .group_by([*client, "turn"], maintain_order=True)
        .agg(
            joined_event=pl.col("sequence").filter(opens).first(),
            since=pl.col("day").filter(opens).first(),
            grounds=pl.col("grounds").filter(opens).first(),
            coach_id=pl.col("coach").filter(coaching).last(),
            ended_event=pl.col("sequence").filter(closes).first(),
            ended_on=pl.col("day").filter(closes).first(),
        )
        .with_columns(grounds=json_list("grounds"))
        .select(MEMBERSHIPS.names())
        .cast(MEMBERSHIPS)
        .sort("joined_event")
    )


def json_list(column: str) -> pl.Expr:
    """Return a column of lists of codes as JSON text."""
    quoted = pl.format('"{}"', pl.element())
    return pl.format("[{}]", pl.col(column).list.eval(quoted).list.join(","))
