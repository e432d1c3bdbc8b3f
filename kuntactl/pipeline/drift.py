"""Drift of an area's counts against the newest earlier run of the same register."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import polars as pl

from kuntactl.domain.ages import AGE_GROUPS, age_group
from kuntactl.domain.areas import Area
from kuntactl.domain.calendar import completed_years
from kuntactl.domain.drift import (
    BY_PERSON,
    NOT_SHOWN,
    AreaDrift,
    DriftBy,
    DriftCell,
    Tally,
    cells_of,
)
from kuntactl.domain.types import AreaId, DecidedBy, Outcome
from kuntactl.eligibility.rules import Chosen
from kuntactl.pipeline.decided import Decided
from kuntactl.pipeline.lists import areas_with_a_folder
from kuntactl.pipeline.request import Request
from kuntactl.register.store import EarlierRun

_OUTCOMES = (Outcome.ELIGIBLE, Outcome.REVIEW, Outcome.NOT_ELIGIBLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """The drift of every area that the exports are about."""

    tallies: Mapping[AreaId, Tally]  # what this run counted
    of_areas: Mapping[AreaId, AreaDrift]
    without_rows: Mapping[AreaId, int]  # areas of the run before: how many were eligible then

    def facts(self) -> dict[str, Any]:
        """Return what run.json says of it."""
        return {
            "drift": {
                area: {
                    "run": drift.run,
                    "on": drift.day.isoformat() if drift.day else None,
                    "cells": [_as_dict(cell) for cell in drift.cells],
                }
                for area, drift in self.of_areas.items()
            },
            "drift_without_rows": dict(self.without_rows),
        }


def drift_of(decided: Decided, *, request: Request, runs: Iterable[EarlierRun]) -> Drift:
    """Return how the counts of this run's areas differ from those of earlier runs.

    An area is compared with the newest run that was about it, since the offices' exports may
    come in turns. Areas of the run just before, which would be decided now but have no rows,
    are named with how many were eligible then.

    Args:
        decided: With people's answers.
        request: The day, and the areas asked for.
        runs: The earlier runs of the register, newest first.
    """
    present = areas_with_a_folder(decided, request=request)
    chosen = [one for one in decided.chosen if one.area.id in present]
    tallies = _tallies(decided, chosen, request=request)
    newest_first = iter(runs)
    last = tuple(islice(newest_first, 1))
    earlier = newest_about(tallies, chain(last, newest_first))
    counted = last[0].counts.get("areas", {}) if last else {}
    return Drift(
        tallies=tallies,
        of_areas={area: _against(area, tallies[area], earlier.get(area)) for area in tallies},
        without_rows=_without_rows(counted, decided.areas(), tallies),
    )


def newest_about(
    areas: Collection[AreaId], runs: Iterable[EarlierRun]
) -> Mapping[AreaId, EarlierRun]:
    """Return for each of the areas the newest run that was about it, where there is one.

    Args:
        areas: Those of this run.
        runs: Newest first; read no further than the last area asks for.
    """
    found: dict[AreaId, EarlierRun] = {}
    for run in runs:
        for area in areas:
            if area in run.counts.get("areas", {}):
                found.setdefault(area, run)
        if len(found) == len(areas):
            break
    return found


def _against(area: AreaId, now: Tally, earlier: EarlierRun | None) -> AreaDrift:
    before: Tally = earlier.counts["areas"][area] if earlier else {}
    return AreaDrift(
        area=area,
        run=earlier.number if earlier else None,
        day=earlier.on if earlier else None,
        cells=tuple(cells_of(now, before)),
    )


def _without_rows(
    counted: Mapping[str, Tally], areas: Mapping[AreaId, Area], present: Mapping[AreaId, Tally]
) -> dict[AreaId, int]:
    return {
        area: counted[area][DriftBy.OUTCOME.value][Outcome.ELIGIBLE.value]
        for area in areas
        if area in counted and area not in present
    }


def _tallies(
    decided: Decided, chosen: Iterable[Chosen], *, request: Request
) -> dict[AreaId, Tally]:
    facts = decided.ingested.accepted.select(
        "client_id",
        place=pl.when(~pl.col("protected")).then("municipality").fill_null(NOT_SHOWN),
        age=age_group(completed_years(pl.col("born"), on=request.on)),
    )
    rows = decided.decisions.select("client_id", "area", "outcome", "grounds", "decided_by").join(
        facts, on="client_id", how="left"
    )
    return {one.area.id: _tally(rows.filter(pl.col("area") == one.area.id), one) for one in chosen}


def _tally(rows: pl.DataFrame, chosen: Chosen) -> Tally:
    """Return the counts of one area; what nobody has is counted as 0."""
    eligible = rows.filter(pl.col("outcome") == Outcome.ELIGIBLE.value)
    by_person = (eligible["decided_by"] == DecidedBy.PERSON.value).sum()
    grounds = _count(eligible["grounds"].explode().drop_nulls())
    return {
        DriftBy.OUTCOME.value: _filled(_OUTCOMES, _count(rows["outcome"])),
        DriftBy.MUNICIPALITY.value: _filled(
            (*chosen.area.municipalities, NOT_SHOWN), _count(eligible["place"])
        ),
        DriftBy.GROUND.value: _filled(
            (one.code for one in chosen.version.grounds), grounds | {BY_PERSON: int(by_person)}
        ),
        DriftBy.AGE.value: _filled((group.id for group in AGE_GROUPS), _count(eligible["age"])),
    }


def _filled(keys: Iterable[str], counts: Mapping[str, int]) -> dict[str, int]:
    return {**{str(key): 0 for key in keys}, **counts}


def _count(values: pl.Series) -> dict[str, int]:
    return dict(values.value_counts().sort(values.name).iter_rows())


def _as_dict(cell: DriftCell) -> dict[str, Any]:
    return {
        "by": cell.by.value,
        "key": cell.key,
        "before": cell.before,
        "now": cell.now,
        "change": cell.change,
    }
