"""The outcome and its three lists for each combination of answers that a rule set may get."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from kuntactl.domain.types import Outcome
from kuntactl.eligibility.rules import Criterion, RuleVersion

_UNKNOWN_DIGIT = 2


def packed(criteria: Sequence[Criterion], *, on: date) -> pl.Expr:
    """Return the answers of all criteria as one Int64: a digit each, false 0, true 1, null 2."""
    digits = [
        criterion.holds(on=on).cast(pl.Int64).fill_null(_UNKNOWN_DIGIT) * 3**place
        for place, criterion in enumerate(criteria)
    ]
    return pl.sum_horizontal(digits)


def count_packed(criteria: Sequence[Criterion]) -> int:
    """Return how many different answers ``packed`` can give: all are below it."""
    count: int = 3 ** len(criteria)
    return count


def _unpacked(place: int) -> pl.Expr:
    """Return one criterion's answer from the packed ones, as Boolean."""
    digit = pl.col("answers") // 3**place % 3
    return pl.when(digit != _UNKNOWN_DIGIT).then(digit == 1)


def judge(version: RuleVersion, answers: pl.Series) -> pl.DataFrame:
    """Return the outcome and the three lists for each packed combination of answers."""
    codes = [criterion.code for criterion in version.criteria]
    conditions = [criterion.code for criterion in version.conditions]
    grounds = [criterion.code for criterion in version.grounds]
    belongs = pl.all_horizontal(conditions) & pl.any_horizontal(grounds)
    return (
        pl.LazyFrame({"answers": answers})
        .with_columns(_unpacked(place).alias(code) for place, code in enumerate(codes))
        .select(
            "answers",
            pl.when(belongs)
            .then(pl.lit(Outcome.ELIGIBLE.value))
            .when(belongs.is_null())
            .then(pl.lit(Outcome.REVIEW.value))
            .otherwise(pl.lit(Outcome.NOT_ELIGIBLE.value))
            .alias("outcome"),
            _codes_where({code: pl.col(code) for code in grounds}).alias("grounds"),
            _codes_where({code: ~pl.col(code) for code in codes}).alias("failed"),
            _codes_where({code: pl.col(code).is_null() for code in codes}).alias("missing"),
        )
        .collect()
    )


def _codes_where(picked: Mapping[str, pl.Expr]) -> pl.Expr:
    """Return the codes whose expression is true, in the mapping's order."""
    return pl.concat_list(
        pl.when(is_picked).then(pl.lit(code)) for code, is_picked in picked.items()
    ).list.drop_nulls()
