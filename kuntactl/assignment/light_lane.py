"""Newcomers who need no coach at first wait in their area's light lane."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from kuntactl.assignment.explain import Reason
from kuntactl.domain.areas import Area
from kuntactl.domain.schema import Assignments
from kuntactl.domain.types import AreaId


def in_light_lane(areas: Mapping[AreaId, Area], *, on: date) -> pl.Expr:
    """Return whether a client waits without a coach, as Boolean, never null.

    Reads ``area``, ``coach_id`` (whoever has a coach keeps them; null: none) and
    ``service_line`` (null: unknown, which is no reason to wait).
    """
    waits = pl.lit(value=False)
    for area in areas.values():
        if area.light_lane is not None and area.light_lane.is_open(on=on):
            light = pl.col("service_line").is_in(list(area.light_lane.service_lines))
            waits |= (pl.col("area") == area.id) & light.fill_null(value=False)
    return waits & pl.col("coach_id").is_null()


def light_lane_lines(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the assignments of clients in the lane: no coach, no weight, and the reason."""
    return Assignments.validate(
        rows.select(
            "client_id",
            "area",
            pl.lit(None, pl.String).alias("coach_id"),
            pl.lit(0.0).alias("weight"),
            pl.lit([Reason.LIGHT_LANE.value], pl.List(pl.String)).alias("why"),
        ),
        cast=True,
    )
