"""Who is decided otherwise under other rules, with the criteria whose answers moved that way."""

from collections.abc import Mapping
from itertools import product

import polars as pl

from kuntactl.domain.types import Outcome
from kuntactl.eligibility.rules import RuleVersion

CHANGES = ("enters", "leaves", "to_review", "from_review")
_COLUMNS = ("client_id", "area", "before", "after", "codes")
_RANKS = {Outcome.NOT_ELIGIBLE.value: 0, Outcome.REVIEW.value: 1, Outcome.ELIGIBLE.value: 2}
_FALSE, _UNKNOWN, _TRUE = 0, 1, 2
_PART = ", "


def compare(
    before: pl.DataFrame,
    after: pl.DataFrame,
    *,
    old: Mapping[str, RuleVersion],
    new: Mapping[str, RuleVersion],
) -> pl.DataFrame:
    """Return whom the two decide otherwise.

    Args:
        before: As ``domain.schema.Decisions``.
        after: The same clients, in the same order.
        old: The versions that ``before`` rests on, by rule set.
        new: The versions that ``after`` rests on, by rule set.

    Returns:
        One row a client whose outcome differs, in their order; who has no area on either side is
        left out. Columns: ``client_id``, ``area`` (the one before), ``before`` and ``after``
        (outcomes), ``codes`` (List[String]): the criteria whose answers moved the way the outcome
        did, in the tables' order, the old ones first. A ground that a rule set lacks counts as
        false there, a condition that it lacks as true.
    """
    pairs = pl.concat(
        [
            before.select(
                "client_id",
                "area",
                before="outcome",
                failed="failed",
                missing="missing",
                old="rules",
            ),
            after.select(after="outcome", new_failed="failed", new_missing="missing", new="rules"),
        ],
        how="horizontal",
    ).filter(
        pl.col("old").is_not_null()
        & pl.col("new").is_not_null()
        & (pl.col("before") != pl.col("after"))
    )
    parts = [
        pairs.lazy()
        .with_row_index("place")
        .filter((pl.col("old") == one) & (pl.col("new") == other))
        .with_columns(_moved(old[one], new[other]).alias("codes"))
        for one, other in product(old, new)
    ]
    return pl.concat(parts).sort("place").select(_COLUMNS).collect()


def _moved(old: RuleVersion, new: RuleVersion) -> pl.Expr:
    """Return the codes whose answers moved the way the outcome did."""
    up = _rank("after") > _rank("before")
    kinds = {one.code: one.kind for version in (old, new) for one in version.criteria}
    moved = []
    for code, kind in kinds.items():
        then = _answer(code, kind, old, failed="failed", missing="missing")
        now = _answer(code, kind, new, failed="new_failed", missing="new_missing")
        same_way = pl.when(up).then(now > then).otherwise(now < then)
        moved.append(pl.when(same_way).then(pl.lit(code)))
    return pl.concat_list(moved).list.drop_nulls()


def _rank(outcome: str) -> pl.Expr:
    return pl.col(outcome).replace_strict(_RANKS, return_dtype=pl.Int8)


def _answer(code: str, kind: str, version: RuleVersion, *, failed: str, missing: str) -> pl.Expr:
    """Return the answer under the version: false 0, unknown 1, true 2."""
    if code not in {one.code for one in version.criteria}:
        return pl.lit(_TRUE if kind == "condition" else _FALSE)
    return (
        pl.when(pl.col(failed).list.contains(code))
        .then(_FALSE)
        .when(pl.col(missing).list.contains(code))
        .then(_UNKNOWN)
        .otherwise(_TRUE)
    )


def count_changes(changed: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """Return how many enter, leave, come under review or out of it, in order of the groups.

    Who enters belongs after and not before, whether or not they were under review; so the
    counts are the differences of the sets of those who belong, and of those under review.

    Args:
        changed: Rows with ``before`` and ``after``.
        by: The columns to count by.
    """
    eligible, review = Outcome.ELIGIBLE.value, Outcome.REVIEW.value
    came_to = {"enters": eligible, "to_review": review}
    went_from = {"leaves": eligible, "from_review": review}
    counts = {
        **{name: pl.col("after") == outcome for name, outcome in came_to.items()},
        **{name: pl.col("before") == outcome for name, outcome in went_from.items()},
    }
    return changed.group_by(by).agg(counts[name].sum().alias(name) for name in CHANGES).sort(by)


def count_criteria(changed: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """Return how many of the changed clients each criterion moved, in order of the groups.

    Args:
        changed: Rows with ``codes``; a client counts under each of theirs.
        by: The columns to count by, beside the criterion.
    """
    groups = [*by, "code"]
    each = changed.explode("codes").rename({"codes": "code"})
    return each.group_by(groups).agg(clients=pl.len()).sort(groups)


def count_reasons(changed: pl.DataFrame, by: tuple[str, ...]) -> pl.DataFrame:
    """Return how many clients each change with the same codes has, the largest groups first.

    Args:
        changed: Rows with ``before``, ``after`` and ``codes``.
        by: The columns to count by, beside the change.
    """
    groups = [*by, "before", "after", "codes"]
    return (
        changed.with_columns(pl.col("codes").list.join(_PART))
        .group_by(groups)
        .agg(clients=pl.len())
        .sort(groups)
        .sort(*by, -pl.col("clients").cast(pl.Int64), maintain_order=True)
        .with_columns(pl.col("codes").str.split(_PART))
    )
