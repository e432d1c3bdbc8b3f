"""Members who need no meetings now: they keep their coach, and weigh nothing."""

from collections.abc import Sequence

import polars as pl

from kuntactl.assignment.explain import Reason
from kuntactl.assignment.problem import serves
from kuntactl.assignment.ties import BANNED, PINNED_TO, coaches_in
from kuntactl.domain.coaches import Coach
from kuntactl.domain.schema import Assignments


def resting_lines(rows: pl.DataFrame, coaches: Sequence[Coach]) -> pl.DataFrame:
    """Return the assignments of members who rest, as ``Assignments``, in the order of the rows.

    They take no place of a coach's limit, and nobody new is found for them.

    Args:
        rows: ``client_id``, ``area``, ``coach_id`` (whom the register knows; null: none),
            ``municipality`` (null: not known) and the columns of ``with_ties``.
        coaches: The coaches of all areas.
    """
    facts = rows.select(PINNED_TO, "coach_id", BANNED, "area", "municipality")
    known = {str(coach.id): coach for coach in coaches}
    kept = [
        next(
            (
                found.id
                for wanted in (pin, coach_id)
                if (found := known.get(wanted or "")) is not None
                and found.area == area
                and found.id not in coaches_in(banned)
                and serves(found, home)
            ),
            None,
        )
        for pin, coach_id, banned, area, home in facts.iter_rows()
    ]
    why = [
        [Reason.KEPT_COACH.value, Reason.SEARCH_ENDED.value]
        if coach
        else [Reason.SEARCH_ENDED.value]
        for coach in kept
    ]
    return Assignments.validate(
        rows.select(
            "client_id",
            "area",
            pl.Series("coach_id", kept, dtype=pl.String),
            pl.lit(0.0).alias("weight"),
            pl.Series("why", why, dtype=pl.List(pl.String)),
        ),
        cast=True,
    )
