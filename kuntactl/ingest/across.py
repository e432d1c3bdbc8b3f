"""Rows that repeat or contradict rows of another batch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from kuntactl.domain.uniqueness import is_repeated
from kuntactl.ingest.check import filled
from kuntactl.ingest.looking import Found, Glass
from kuntactl.ingest.plain import CELLS_FOUND
from kuntactl.ingest.repeats import PRINTS, mark_repeats
from kuntactl.ingest.source import InputFile

_CODES = ("row_repeated", "client_id_conflict")  # what is told of rows beside each other


def look_across(
    found: Sequence[Found], glass: Glass, files: Mapping[int, InputFile]
) -> Sequence[Found]:
    """Return what is found when rows of one client number in several batches are seen together.

    Of each row its keys stay in memory: the client number, and two numbers for its content.
    They tell which rows repeat or contradict each other; no row is looked at a second time.

    Args:
        found: In each batch, in order.
        glass: How they were looked at.
        files: The exports by ``input``.
    """
    rows = _in_several(found)
    if rows.is_empty():
        return found
    marked = _marked(rows, files)
    lines = _lines(marked, glass)
    return [_with(one, marked["order"], lines) for one in found]


def _in_several(found: Sequence[Found]) -> pl.DataFrame:
    """Return the keys of each row whose client number, or its lack, is in several batches."""
    keys = pl.concat(
        one.keys.with_columns(batch=pl.lit(place, pl.UInt32)) for place, one in enumerate(found)
    )
    number = keys["number"]
    twins = keys.filter(number.is_null() | is_repeated(number)).rechunk()
    return twins.filter(pl.col("batch").n_unique().over("number") > 1)


def _marked(rows: pl.DataFrame, files: Mapping[int, InputFile]) -> pl.DataFrame:
    """Return the rows with what the checks of ``_CODES`` and their lines look at."""
    names = {place: file.name for place, file in files.items()}
    sums = {place: file.sha256 for place, file in files.items()}
    facts = rows.with_columns(
        pl.col("input").replace_strict(names, return_dtype=pl.String).alias("file"),
        pl.col("input").replace_strict(sums, return_dtype=pl.String).alias("sha256"),
        pl.col("number").alias("client_id"),
        pl.col("number").alias("asiakasnumero"),
        pl.lit(None, pl.UInt32).alias(CELLS_FOUND),
    )
    return facts.hstack(mark_repeats(facts, PRINTS))


def _lines(marked: pl.DataFrame, glass: Glass) -> pl.DataFrame:
    """Return the lines of ``_CODES``, as in ``Found.rejected``."""
    of_number = pl.coalesce(pl.col("written").cast(pl.String), "number")
    return pl.concat(
        marked.filter(
            check.fails & ~(pl.lit(check.column is not None) & pl.col("is_broken"))
        ).select(
            "order",
            pl.lit(place, pl.Int32).alias("check"),
            "file",
            "row",
            "client_id",
            pl.lit(check.column, pl.String).alias("column"),
            (of_number if check.column else pl.lit(None, pl.String)).alias("value"),
            pl.lit(check.code).alias("code"),
            filled(check.message.in_language(glass.language)).alias("message"),
            "sha256",
        )
        for place, check in enumerate(glass.checks)
        if check.code in _CODES
    )


def _with(found: Found, orders: pl.Series, lines: pl.DataFrame) -> Found:
    """Return what was found in a batch with these lines in place of its own of these rows."""
    if found.keys.is_empty():
        return found
    own = lines.filter(pl.col("order").is_between(found.keys["order"][0], found.keys["order"][-1]))
    seen = pl.col("order").is_in(orders.implode()) & pl.col("code").is_in(_CODES)
    rejected = pl.concat([found.rejected.filter(~seen), own])
    gone = pl.col("order").is_in(own["order"].unique().implode())
    return replace(
        found,
        rejected=rejected.sort("order", "check", maintain_order=True),
        people=found.people.filter(~gone),
        kept=found.kept.filter(~gone),
        odd=found.odd.filter(~gone),
    )


def put_together(found: Sequence[Found]) -> Found:
    """Return what was found in all batches, by ``order``.

    Raises:
        AssertionError: If a client is accepted in two of them.
    """
    together = Found(
        rows=sum(one.rows for one in found),
        keys=found[0].keys.clear(),
        rejected=pl.concat([one.rejected for one in found]),
        people=pl.concat([one.people for one in found]),
        kept=pl.concat([one.kept for one in found]),
        odd=pl.concat([one.odd for one in found]),
        corrected=pl.concat([one.corrected for one in found]),
    )
    if len(found) > 1 and is_repeated(together.people["client_id"]).any():
        raise AssertionError("a client is accepted twice")
    return together
