"""Why rows were rejected, one sentence a reason."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedFor:
    """One reason, with how many rows it holds for and where the first of them is."""

    code: str
    column: str | None  # none: the row as a whole
    rows: int
    message: str  # what would be right, in the language of the run
    file: str
    row: int


def reasons_of(rejected: pl.DataFrame) -> tuple[RejectedFor, ...]:
    """Return the reasons, those of most rows first.

    Args:
        rejected: Schema ``Rejected``, in input order.
    """
    reasons = (
        rejected.group_by("code", "column", maintain_order=True)
        .agg(
            pl.struct("file", "row").n_unique().alias("rows"),
            pl.col("message", "file", "row").first(),
        )
        .sort("rows", "code", "column", descending=[True, False, False], maintain_order=True)
    )
    return tuple(RejectedFor(**reason) for reason in reasons.iter_rows(named=True))
