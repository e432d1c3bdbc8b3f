"""Who is a member after a night's decisions: pure functions from frames to events."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kuntactl.domain.types import AreaId, LetterReason, Outcome
from kuntactl.register.events import EndReason, EventKind, events_of, facts

ACTIVE = pl.Schema(  # memberships that have not ended, by joined_event
    {
        "joined_event": pl.Int64,
        "area": pl.String,
        "client_id": pl.String,
        "since": pl.Date,
        "grounds": pl.String,  # JSON list
        "from_area": pl.String,  # null: joined, and did not move in
        "municipality": pl.String,  # null: protected, or not known
        "moved_event": pl.Int64,  # the newest move inside the area; null: none
        "coach_id": pl.String,  # null: none yet
        "coach_event": pl.Int64,  # that gave or took the coach; null: never any
        "told_event": pl.Int64,  # the newest letter of where the services are; null: none
        "told_coach_id": pl.String,  # the coach whom the newest letter names; null: none
    }
)
_CLIENT = ["area", "client_id"]
_FATES_OF_LEAVING = ("left", "double", "away")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a night's decisions do to the memberships of its areas."""

    events: pl.DataFrame  # NEW_EVENTS, in the order in which they happen
    joined: int
    stayed: int  # in the exports, and a member of the same area as before
    left: int
    moved: int  # to another of the areas, or to another municipality of the same area
    absent: int  # members who are in no export; kept
    kept_out: int  # who belongs, but was returned to the TE office
    reasons: Mapping[str, Mapping[str, int]]  # joined, stayed, left, moved -> code -> how many


def changes(
    decisions: pl.DataFrame,
    active: pl.DataFrame,
    homes: pl.DataFrame,
    *,
    areas: Mapping[AreaId, bool],
    barred: pl.DataFrame | None = None,
) -> Changes:
    """Return what joins, stays, leaves and moves.

    Who is eligible joins, where new clients are taken, unless a return keeps them out. A member
    stays whatever the outcome now says, and also when the home municipality is blank or they
    are in no export; moves when they now live in another of the areas (the coach is forgotten,
    the grounds are kept) or in another municipality of the area; leaves when they live in none.

    Args:
        decisions: ``Decisions``; their areas are among ``areas``.
        active: ``ACTIVE``, of these areas only.
        homes: ``Homes``, at least of the clients of the decisions.
        areas: The areas of this run, each with whether it takes new clients.
        barred: ``area``, ``client_id`` of those who do not join; none: nobody.

    Raises:
        ValueError: If a decision is of another area.
    """
    strangers = set(decisions["area"].drop_nulls().unique()) - set(areas)
    if strangers:
        raise ValueError(f"decisions of areas that were not chosen: {sorted(strangers)}")
    standing = _with_fate(active, decisions, homes)
    counts = dict(standing.group_by("fate").len().iter_rows())
    leaving = standing.filter(pl.col("fate").is_in(_FATES_OF_LEAVING))
    moving = standing.filter(pl.col("fate") == "moved")
    within = standing.filter(pl.col("fate") == "within")
    wanting = _wanting(decisions, active, moving, areas=areas)
    joining = wanting if barred is None else wanting.join(barred, on=_CLIENT, how="anti")
    return Changes(
        events=pl.concat(
            [
                _left(leaving.filter(pl.col("fate") != "away")),
                _moved_out(leaving.filter(pl.col("fate") == "away")),
                _moved_out(moving),
                _moved_in(moving),
                events_of(within, EventKind.MOVED_WITHIN),
                _joined(joining),
            ]
        ),
        joined=joining.height,
        stayed=counts.get("stayed", 0),
        left=leaving.height,
        moved=moving.height + within.height,
        absent=counts.get("absent", 0),
        kept_out=wanting.height - joining.height,
        reasons={
            "joined": _count(joining, pl.col("decided_by")),
            "stayed": _count(standing.filter(pl.col("fate") == "stayed"), pl.col("outcome")),
            "left": _count(leaving, _reason_of_leaving()),
            "moved": _count(
                pl.concat([moving, within]), pl.col("fate").replace(_REASON_OF_MOVING)
            ),
        },
    )


_REASON_OF_MOVING = {
    "moved": LetterReason.TO_AREA.value,
    "within": LetterReason.WITHIN_AREA.value,
}


def _count(frame: pl.DataFrame, code: pl.Expr) -> dict[str, int]:
    return dict(frame.group_by(code.alias("code")).len().sort("code").iter_rows())


def _with_fate(active: pl.DataFrame, decisions: pl.DataFrame, homes: pl.DataFrame) -> pl.DataFrame:
    """Return ``ACTIVE`` with ``outcome``, ``now`` (area of residence), ``fate``, by client."""
    rows = decisions.select("client_id", "outcome", pl.col("area").alias("now")).join(
        homes.select("client_id", "trial_area", home="municipality"), on="client_id", how="left"
    )
    there = active.select("client_id", pl.col("area").alias("now"), there=pl.lit(value=True))
    elsewhere = pl.col("trial_area").is_not_null() & (pl.col("trial_area") != pl.col("area"))
    fate = (
        pl.when(pl.col("outcome").is_null())
        .then(pl.lit("absent"))
        .when((pl.col("outcome") == Outcome.OUTSIDE.value) & elsewhere)
        .then(pl.lit("away"))
        .when(pl.col("outcome") == Outcome.OUTSIDE.value)
        .then(pl.lit("left"))
        .when(pl.col("now").is_null())
        .then(pl.lit("stayed"))
        # A client may be a member of two areas that were run apart: one of them ends.
        .when(
            (pl.col("now") != pl.col("area"))
            & (pl.col("there").is_not_null() | ~_newest_of_client())
        )
        .then(pl.lit("double"))
        .when(pl.col("now") != pl.col("area"))
        .then(pl.lit("moved"))
        .when((pl.col("home") != pl.col("municipality")).fill_null(value=False))
        .then(pl.lit("within"))
        .otherwise(pl.lit("stayed"))
    )
    return (
        active.join(rows, on="client_id", how="left")
        .join(there, on=["client_id", "now"], how="left")
        .with_columns(fate=fate, now=pl.coalesce("now", "trial_area"))
        .sort(_CLIENT)
    )


def _newest_of_client() -> pl.Expr:
    return pl.col("joined_event") == pl.col("joined_event").max().over("client_id")


def _wanting(
    decisions: pl.DataFrame,
    active: pl.DataFrame,
    moving: pl.DataFrame,
    *,
    areas: Mapping[AreaId, bool],
) -> pl.DataFrame:
    """Return the decisions of those who belong and are not members yet, by area and client."""
    open_areas = [area for area, takes_new in areas.items() if takes_new]
    members = pl.concat(
        [active.select(_CLIENT), moving.select(pl.col("now").alias("area"), "client_id")]
    )
    return (
        decisions.filter(
            (pl.col("outcome") == Outcome.ELIGIBLE.value) & pl.col("area").is_in(open_areas)
        )
        .join(members, on=_CLIENT, how="anti")
        .sort(_CLIENT)
    )


def _reason_of_leaving() -> pl.Expr:
    return pl.col("fate").replace_strict(
        {
            "left": EndReason.MUNICIPALITY.value,
            "double": EndReason.MEMBER_ELSEWHERE.value,
            "away": EndReason.MOVED.value,
        },
        return_dtype=pl.String,
    )


def _left(leaving: pl.DataFrame) -> pl.DataFrame:
    to = pl.when(pl.col("fate") == "double").then(pl.col("now"))
    return events_of(leaving, EventKind.LEFT, why=facts(reason=_reason_of_leaving(), to=to))


def _moved_out(moving: pl.DataFrame) -> pl.DataFrame:
    return events_of(moving, EventKind.MOVED_OUT, why=facts(to=pl.col("now")))


def _moved_in(moving: pl.DataFrame) -> pl.DataFrame:
    grounds = pl.col("grounds").str.json_decode(pl.List(pl.String))
    arriving = moving.with_columns(
        facts(**{"from": pl.col("area")}, grounds=grounds).alias("facts"), area=pl.col("now")
    ).sort(_CLIENT)
    return events_of(arriving, EventKind.MOVED_IN, why=pl.col("facts"))


def _joined(joining: pl.DataFrame) -> pl.DataFrame:
    why = facts(
        grounds=pl.col("grounds"),
        rules=pl.col("rules"),
        rules_from=pl.col("rules_from").dt.to_string("iso"),
        decided_by=pl.col("decided_by"),
    )
    return events_of(joining, EventKind.JOINED, why=why)
