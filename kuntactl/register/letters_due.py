"""Which letters the memberships ask for: each tells of one event not heard of yet."""

import polars as pl

from kuntactl.domain.types import LetterKind, LetterReason
from kuntactl.register.events import EndReason

WANTED = pl.Schema(  # letters that somebody has yet to get
    {
        "area": pl.String,
        "client_id": pl.String,
        "event": pl.Int64,  # what it tells of
        "kind": pl.String,
        "reason": pl.String,  # a value of LetterReason; null: the kind says it all
        "other_area": pl.String,  # where the client moves to or from; null: nowhere
    }
)
FORMER = pl.Schema(  # memberships that ended and whose end has yet to be told
    {
        "area": pl.String,
        "client_id": pl.String,
        "ended_event": pl.Int64,
        "end_reason": pl.String,
        "to_area": pl.String,
    }
)
# why a membership ended -> the letter that says so; by agreement: it does not say why
_FAREWELLS = {
    EndReason.MUNICIPALITY: (LetterKind.MOVE, LetterReason.OUT_OF_TRIALS),
    EndReason.MEMBER_ELSEWHERE: (LetterKind.MOVE, LetterReason.TO_AREA),
    EndReason.MOVED: (LetterKind.MOVE, LetterReason.TO_AREA),
    EndReason.OWN_REQUEST: (LetterKind.RETURN, LetterReason.AT_REQUEST),
    EndReason.LANGUAGE: (LetterKind.RETURN, LetterReason.BY_AGREEMENT),
    EndReason.CONFLICT: (LetterKind.RETURN, LetterReason.BY_AGREEMENT),
    EndReason.SAFETY: (LetterKind.RETURN, LetterReason.BY_AGREEMENT),
    EndReason.TRIAL_END: (LetterKind.RETURN, LetterReason.TRIAL_END),
}


def wanted_letters(active: pl.DataFrame, former: pl.DataFrame) -> pl.DataFrame:
    """Return the letters that these members and former members have yet to get.

    A member gets at most one: a letter that says where the services are names the coach too.

    Args:
        active: ``ACTIVE``.
        former: ``FORMER``.

    Returns:
        ``WANTED``; the order is not fixed.
    """
    knows_services = pl.col("told_event").is_not_null()
    has_moved = (pl.col("moved_event") > pl.col("told_event")).fill_null(value=False)
    has_new_coach = pl.col("coach_id").is_not_null() & pl.col("coach_id").ne_missing(
        pl.col("told_coach_id")
    )
    return pl.concat(
        [
            _arrivals(active.filter(~knows_services)),
            _moves_within(active.filter(knows_services & has_moved)),
            _coaches(active.filter(knows_services & ~has_moved & has_new_coach)),
            _farewells(former),
        ]
    )


def _arrivals(active: pl.DataFrame) -> pl.DataFrame:
    moved_in = pl.col("from_area").is_not_null()
    return _letters(
        active,
        event=pl.col("joined_event"),
        kind=pl.when(moved_in)
        .then(pl.lit(LetterKind.MOVE.value))
        .otherwise(pl.lit(LetterKind.TRANSFER.value)),
        reason=pl.when(moved_in).then(pl.lit(LetterReason.FROM_AREA.value)),
        other_area=pl.col("from_area"),
    )


def _moves_within(active: pl.DataFrame) -> pl.DataFrame:
    return _letters(
        active,
        event=pl.col("moved_event"),
        kind=pl.lit(LetterKind.MOVE.value),
        reason=pl.lit(LetterReason.WITHIN_AREA.value),
    )


def _coaches(active: pl.DataFrame) -> pl.DataFrame:
    return _letters(
        active,
        event=pl.col("coach_event"),
        kind=pl.lit(LetterKind.COACH.value),
        reason=pl.when(pl.col("told_coach_id").is_null())
        .then(pl.lit(LetterReason.FIRST_COACH.value))
        .otherwise(pl.lit(LetterReason.NEW_COACH.value)),
    )


def _farewells(former: pl.DataFrame) -> pl.DataFrame:
    kinds = {end.value: kind.value for end, (kind, _) in _FAREWELLS.items()}
    reasons = {end.value: reason.value for end, (_, reason) in _FAREWELLS.items()}
    return _letters(
        former,
        event=pl.col("ended_event"),
        kind=pl.col("end_reason").replace_strict(kinds, return_dtype=pl.String),
        reason=pl.col("end_reason").replace_strict(reasons, return_dtype=pl.String),
        other_area=pl.col("to_area"),
    )


def _letters(
    frame: pl.DataFrame,
    *,
    event: pl.Expr,
    kind: pl.Expr,
    reason: pl.Expr,
    other_area: pl.Expr | None = None,
) -> pl.DataFrame:
    return frame.select(
        "area",
        "client_id",
        event=event,
        kind=kind,
        reason=reason,
        other_area=pl.lit(None, pl.String) if other_area is None else other_area,
    ).cast(WANTED)
