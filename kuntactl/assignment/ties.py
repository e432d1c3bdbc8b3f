"""Pins and bans put beside the clients whom they are about."""

import polars as pl

from kuntactl.domain.types import TieKind

PINNED_TO = "pinned_to"  # coach id; null: no person has pinned the client
BANNED = "banned"  # ids of coaches, parted by line breaks; empty: none
_BREAK = "\n"  # no id of a coach holds one


def with_ties(rows: pl.DataFrame, ties: pl.DataFrame | None) -> pl.DataFrame:
    """Return the rows with ``pinned_to`` and ``banned``, in the same order.

    Args:
        rows: One row a client, with ``client_id``.
        ties: ``domain.schema.Ties``; none: nobody has said anything.
    """
    if ties is None:
        return rows.with_columns(
            pl.lit(None, pl.String).alias(PINNED_TO), pl.lit("").alias(BANNED)
        )
    kind = pl.col("kind")
    pins = ties.filter(kind == TieKind.PIN.value).select(
        "client_id", pl.col("coach_id").alias(PINNED_TO)
    )
    bans = (
        ties.filter(kind == TieKind.BAN.value)
        .group_by("client_id")
        .agg(pl.col("coach_id").sort().str.join(_BREAK).alias(BANNED))
    )
    return (
        rows.join(pins, on="client_id", how="left", maintain_order="left")
        .join(bans, on="client_id", how="left", maintain_order="left")
        .with_columns(pl.col(BANNED).fill_null(""))
    )


def coaches_in(banned: str) -> frozenset[str]:
    """Return the ids that a cell of ``banned`` holds."""
    return frozenset(banned.split(_BREAK)) if banned else frozenset()
