"""Members who need no meetings now: they keep their coach, and weigh nothing."""

from collections.abc import Sequence

import polars as pl

from kuntactl.assignment.explain import Reason
from kuntactl.assignment.problem import serves
from kuntactl.domain.coaches import Coach
from kuntactl.domain.schema import Assignments


def resting_lines(rows: pl.DataFrame, coaches: Sequence[Coach]) -> pl.DataFrame:
    """Return the assignments of members who rest, as ``Assignments``, in the order of the rows.

    They take no place of a coach's limit, and nobody new is found for them.

    Args:
        rows: ``client_id``, ``area``, ``coach_id`` (whom the register knows; null: none) and
            ``municipality`` (null: not known).
        coaches: The coaches of all areas.
    """
    known = {str(coach.id): coach for coach in coaches}
    kept = [
        _kept(known.get(coach_id or ""), area, home)
        for coach_id, area, home in rows.select("coach_id", "area", "municipality").iter_rows()
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


def _kept(coach: Coach | None, area: str, home: str | None) -> str | None:
    is_kept = coach is not None and coach.area == area and serves(coach, home)
    return coach.id if coach is not None and is_kept else None
