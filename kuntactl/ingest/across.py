"""Rows that repeat or contradict rows of another batch."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from kuntactl.domain.uniqueness import is_repeated
from kuntactl.ingest.batches import Batch, Exports
from kuntactl.ingest.looking import Found, Glass, look


def look_across(found: Sequence[Found], exports: Exports, glass: Glass) -> Sequence[Found]:
    """Return what is found when rows of one client number in several batches are seen together.

    Of each row the client number stays in memory. Where one stands in more than one batch, the
    exports are read once more, and the few rows that have it are looked at as a batch of
    their own, in place of what was found in them alone.

    Args:
        found: In each batch, in order.
        exports: To read them again.
        glass: How they were looked at.

    Raises:
        InputError: If a file has changed since.
    """
    orders = _in_several(found)
    if orders.is_empty():
        return found
    rows, loose = [], frozenset[str]()
    for batch in exports.again():
        loose |= batch.loose
        rows.append(batch.take().filter(pl.col("order").is_in(orders.implode())))
    together = look(Batch(pl.concat(rows), loose), glass, exports.checksums)
    return [*(_without(one, orders) for one in found), replace(together, rows=0)]


def _in_several(found: Sequence[Found]) -> pl.Series:
    """Return the ``order`` of each row whose client number, if any, is in several batches."""
    if len(found) == 1:
        return pl.Series(dtype=pl.UInt32)
    numbers = pl.concat(
        one.numbers.with_columns(batch=pl.lit(place, pl.UInt32)) for place, one in enumerate(found)
    )
    number = numbers["number"]
    twins = numbers.filter(number.is_null() | is_repeated(number))
    return twins.filter(pl.col("batch").n_unique().over("number") > 1)["order"]


def _without(found: Found, orders: pl.Series) -> Found:
    rows = ~pl.col("order").is_in(orders.implode())
    return replace(
        found,
        numbers=found.numbers.filter(rows),
        rejected=found.rejected.filter(rows),
        people=found.people.filter(rows),
        kept=found.kept.filter(rows),
        odd=found.odd.filter(rows),
        corrected=found.corrected.filter(rows),
    )


def put_together(found: Sequence[Found]) -> Found:
    """Return what was found in all batches, by ``order``."""
    if len(found) == 1:
        return found[0]
    return Found(
        rows=sum(one.rows for one in found),  # those looked at again count where they stand
        numbers=_in_order([one.numbers for one in found]),
        rejected=_in_order([one.rejected for one in found]),
        people=_in_order([one.people for one in found]),
        kept=_in_order([one.kept for one in found]),
        odd=_in_order([one.odd for one in found]),
        corrected=_in_order([one.corrected for one in found]),
    )


def _in_order(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(frames).sort("order", maintain_order=True)
