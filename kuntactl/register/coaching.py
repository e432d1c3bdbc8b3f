"""Who got another coach than before: a pure function from frames to events."""

import polars as pl

from kuntactl.register.events import NEW_EVENTS, EventKind, facts


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
