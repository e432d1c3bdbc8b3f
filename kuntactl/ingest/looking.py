"""What is found in a batch of exported rows, and what is kept of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from kuntactl.domain.schema import Clients
from kuntactl.domain.types import Language
from kuntactl.ingest.batches import Batch
from kuntactl.ingest.careful_rows import BROKEN_IN
from kuntactl.ingest.check import Check, filled
from kuntactl.ingest.checks import BROKEN_BYTES
from kuntactl.ingest.distinct import spread
from kuntactl.ingest.oddities import odd_by_themselves
from kuntactl.ingest.plain import CELLS_FOUND
from kuntactl.ingest.profile import Profile
from kuntactl.ingest.reading import read_facts, trim
from kuntactl.ingest.repeats import PRINTS, mark_repeats, print_content
from kuntactl.ingest.shown import show_corrections, show_problems

Keep = Callable[[pl.DataFrame], pl.DataFrame]  # of ``Clients``: what is kept of each row


def as_it_is(clients: pl.DataFrame) -> pl.DataFrame:
    """Return all that is known of the clients."""
    return clients


@dataclass(frozen=True, slots=True, kw_only=True)
class Glass:
    """How the rows are looked at."""

    profile: Profile | None
    checks: Sequence[Check]
    on: date
    language: Language
    corrections: pl.DataFrame  # domain.schema.Corrections
    keep: Keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found in a batch; every frame has ``order`` and stands in it."""

    rows: int
    keys: pl.DataFrame  # see ``_keys``; empty if the batch is alone
    rejected: pl.DataFrame  # order, check and domain.schema.Rejected: one line a problem
    people: pl.DataFrame  # order, file, row, client_id, identity_code of the accepted
    kept: pl.DataFrame  # order, and what is kept of the accepted
    odd: pl.DataFrame  # order and domain.schema.Warnings
    corrected: pl.DataFrame  # order and domain.schema.Corrected


def look(batch: Batch, glass: Glass, checksums: Mapping[int, str]) -> Found:
    """Return what is found in the rows.

    Rows that repeat or contradict each other are found within the batch only; ``across`` finds
    the others.

    Args:
        batch: Its rows are taken: the cells make room for those that are accepted.
        glass: How to look.
        checksums: The SHA-256 of each export that a row may be of.
    """
    raw, loose = batch.take(), batch.loose
    cells = trim(raw, loose)
    keys = _NO_KEYS if batch.is_alone else _keys(raw, cells)
    marked = cells.hstack(mark_repeats(cells))
    profile = glass.profile
    facts = read_facts(profile.translate(marked) if profile else marked, on=glass.on, loose=loose)
    problems = _find_problems(facts, glass.checks, language=glass.language)
    rejected = show_problems(problems, raw, facts, checksums)
    corrected = show_corrections(glass.corrections, facts, checksums)
    rows = raw.height
    clients = facts.select("order", *Clients.column_names())
    del raw, cells, marked, facts
    accepted = _without(clients, problems["order"])
    del clients
    return Found(
        rows=rows,
        keys=keys,
        rejected=rejected,
        people=accepted.select(
            "order", pl.col("file").cast(pl.Categorical), "row", "client_id", "identity_code"
        ),
        kept=accepted.select("order").hstack(glass.keep(Clients.validate(accepted.drop("order")))),
        odd=odd_by_themselves(accepted, language=glass.language),
        corrected=corrected,
    )


def _keys(raw: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Return what tells rows of several batches apart, of the rows that are not ragged.

    ``order``, ``input``, ``row``, ``number`` (the client number, trimmed), ``written`` (as it
    stood, where that is something else), ``is_broken`` (whether it has bytes that are no text)
    and the prints of the content.
    """
    number, written = cells["asiakasnumero"], raw["asiakasnumero"]
    is_broken = raw[BROKEN_IN].list.contains("asiakasnumero").fill_null(value=False)
    other = pl.select(
        pl.when(written.ne_missing(number)).then(written).cast(pl.Categorical)
    ).to_series()
    # What is nearly always the same, or nothing, takes a fourth of the room as a category.
    return (
        raw.select("order", "input", "row", CELLS_FOUND)
        .with_columns(number.alias("number"), other.alias("written"), is_broken.alias("is_broken"))
        .hstack(print_content(cells))
        .filter(pl.col(CELLS_FOUND).is_null())
        .drop(CELLS_FOUND)
    )


_NO_KEYS = pl.DataFrame(
    schema={
        **dict.fromkeys(("order", "input", "row"), pl.UInt32),
        "number": pl.String,
        "written": pl.Categorical,
        "is_broken": pl.Boolean,
        **dict.fromkeys(PRINTS, pl.UInt64),
    }
)


def _without(rows: pl.DataFrame, orders: pl.Series) -> pl.DataFrame:
    """Return the rows but for those of these ``order``; all of them are there."""
    if orders.is_empty():
        return rows
    places = rows["order"].search_sorted(orders)
    return rows.filter(spread(places, places, height=rows.height).is_null())


def _find_problems(
    facts: pl.DataFrame, table: Sequence[Check], *, language: Language
) -> pl.DataFrame:
    """Return one line a problem: order, check (its place in the table), code, column, message.

    What a cell with broken bytes would mean is not looked into.
    """
    suspects = _suspects(facts, table)
    whole = suspects.filter(pl.col(CELLS_FOUND).is_null())
    found = [
        (suspects if check.of_ragged else whole)
        .lazy()  # of the columns, only those that a check looks at are filtered
        .filter(check.fails)
        .select(
            "order",
            pl.lit(number, pl.Int32).alias("check"),
            pl.lit(check.code).alias("code"),
            pl.lit(check.column, pl.String).alias("column"),
            filled(check.message.in_language(language)).alias("message"),
        )
        for number, check in enumerate(table)
    ]
    broken = whole.filter(pl.col(BROKEN_IN).is_not_null()).select("order", BROKEN_IN)
    broken = broken.explode(BROKEN_IN, empty_as_null=True).rename({BROKEN_IN: "column"})
    seen = pl.concat(pl.collect_all(found)).join(
        broken, on=["order", "column"], how="anti", maintain_order="left"
    )
    bytes_undecodable = broken.select(
        "order",
        pl.lit(-1, pl.Int32).alias("check"),
        pl.lit("bytes_undecodable").alias("code"),
        "column",
        pl.lit(BROKEN_BYTES.in_language(language)).alias("message"),
    )
    return pl.concat([seen, bytes_undecodable]).sort("order", "check", maintain_order=True)


def _suspects(facts: pl.DataFrame, table: Sequence[Check]) -> pl.DataFrame:
    """Return the few rows that any check stops at: the checks are then told apart on them."""
    stops = [check.fails.fill_null(value=False) for check in table]
    broken = pl.any_horizontal(pl.col(CELLS_FOUND, BROKEN_IN).is_not_null())
    # Lazily, so that what two checks have in common is worked out once.
    places = facts.lazy().select(pl.any_horizontal(broken, *stops).arg_true()).collect()
    return facts[places.to_series()]
