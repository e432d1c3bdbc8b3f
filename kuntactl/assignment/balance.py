"""How even a split is, beside what it keeps: the two sides that a move weighs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from kuntactl.assignment.allocate import Assignment
from kuntactl.assignment.explain import Reason
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import AreaId

_LANGUAGE = (Reason.SWEDISH.value, Reason.MOTHER_TONGUE.value, Reason.LANGUAGE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """One area's split in figures; loads are meetings a month per full time."""

    area: AreaId
    placed: int  # clients who have a coach
    waiting: int  # clients who have none
    had: int  # clients who had a coach before
    changed: int  # clients who had a coach and have another one, or none
    largest: float
    smallest: float
    least_possible: float  # that the largest could be
    gap: float  # of the largest above it, as a share of it
    language: int  # clients whose coach speaks their language
    team: int  # clients whose coach is of their team
    officer: int  # clients whose coach was their officer

    def as_dict(self) -> dict[str, Any]:
        """Return the figures for ``--json``."""
        return asdict(self)


def balances(
    assignment: Assignment, coaches: Sequence[Coach], *, had: pl.DataFrame
) -> tuple[Balance, ...]:
    """Return the figures of each area with clients who weigh something, by area.

    Args:
        assignment: The split.
        coaches: The coaches it was made among.
        had: ``client_id`` and ``coach_id`` of before; null: none.
    """
    lines = assignment.frame.filter(pl.col("weight") > 0).join(
        had.select("client_id", before="coach_id"), on="client_id", how="left"
    )
    return tuple(
        _balance(AreaId(area), of_area, assignment, coaches)
        for (area,), of_area in lines.sort("area").group_by("area", maintain_order=True)
    )


def loads(assignment: Assignment, coaches: Sequence[Coach]) -> pl.DataFrame:
    """Return what each coach has, by area and id.

    Returns:
        ``area``, ``coach_id``, ``clients`` and ``load``, meetings a month per full time.
    """
    found = assignment.frame.group_by("coach_id").agg(
        pl.len().alias("clients"), pl.col("weight").sort().sum()
    )
    staff = pl.DataFrame(
        [(coach.area, coach.id, coach.share) for coach in coaches],
        schema={"area": pl.String, "coach_id": pl.String, "share": pl.Float64},
        orient="row",
    )
    return (
        staff.join(found, on="coach_id", how="left")
        .select(
            "area",
            "coach_id",
            pl.col("clients").fill_null(0),
            (pl.col("weight").fill_null(0.0) / pl.col("share")).alias("load"),
        )
        .sort("area", "coach_id")
    )


def _balance(
    area: AreaId, lines: pl.DataFrame, assignment: Assignment, coaches: Sequence[Coach]
) -> Balance:
    heights = loads(assignment, [coach for coach in coaches if coach.area == area])["load"]
    proof = assignment.proofs[area]
    had = pl.col("before").is_not_null()
    return Balance(
        area=area,
        placed=lines["coach_id"].count(),
        waiting=lines["coach_id"].null_count(),
        had=lines.filter(had).height,
        changed=lines.filter(had & pl.col("coach_id").ne_missing(pl.col("before"))).height,
        largest=float(heights.max() or 0.0),  # type: ignore[arg-type]  # of a column of floats
        smallest=float(heights.min() or 0.0),  # type: ignore[arg-type]  # the same
        least_possible=proof.bound,
        gap=proof.gap,
        language=_with_reason(lines, _LANGUAGE),
        team=_with_reason(lines, (Reason.TEAM.value,)),
        officer=_with_reason(lines, (Reason.FORMER_OFFICER.value,)),
    )


def _with_reason(lines: pl.DataFrame, codes: Sequence[str]) -> int:
    holds = pl.any_horizontal(pl.col("why").list.contains(code) for code in codes)
    return lines.filter(holds & pl.col("coach_id").is_not_null()).height
