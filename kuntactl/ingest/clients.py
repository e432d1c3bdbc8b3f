"""The exports of the TE offices, read and parted into accepted and rejected rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from kuntactl.domain.schema import Clients, Corrections
from kuntactl.domain.types import Language
from kuntactl.ingest.ahead import Handed
from kuntactl.ingest.careful_rows import BROKEN_IN
from kuntactl.ingest.check import Check, filled
from kuntactl.ingest.checks import BROKEN_BYTES, checks
from kuntactl.ingest.columns import CLIENT_COLUMNS
from kuntactl.ingest.correcting import correct
from kuntactl.ingest.distinct import spread
from kuntactl.ingest.exponents import refuse_rounded_numbers
from kuntactl.ingest.handed_in import names_of, refuse_stdin_twice
from kuntactl.ingest.identity import is_artificial
from kuntactl.ingest.oddities import find_oddities
from kuntactl.ingest.plain import CELLS_FOUND
from kuntactl.ingest.profile import Profile, find_profile
from kuntactl.ingest.reading import read_facts, trim
from kuntactl.ingest.repeats import mark_repeats
from kuntactl.ingest.shape import Shape
from kuntactl.ingest.shown import show_corrections, show_problems
from kuntactl.ingest.source import InputFile, Table, read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What is said beforehand of the files to be read."""

    profile: str | None = None  # none: headers and codes as in CONTRACT section 1
    encoding: str | None = None  # none: found
    delimiter: str | None = None  # none: found
    reject_artificial: bool = False  # identity codes 900-999: rejected, else only counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """The exports parted in two; together the parts hold every row once."""

    accepted: pl.DataFrame  # domain.schema.Clients
    rejected: pl.DataFrame  # domain.schema.Rejected: one line a problem, not a row
    warnings: pl.DataFrame  # domain.schema.Warnings
    rows_read: int
    rows_rejected: int
    artificial: int  # accepted clients with an artificial identity code
    inputs: tuple[InputFile, ...]
    corrections: pl.DataFrame  # domain.schema.Corrections: all that were handed in
    corrected: pl.DataFrame  # domain.schema.Corrected: the corrections that were applied


def read_clients(
    paths: Sequence[Path],
    *,
    on: date,
    language: Language,
    options: ReadOptions,
    corrections: pl.DataFrame | None = None,
    ahead: Handed | None = None,
) -> Ingested:
    """Return the clients in the exports, and the rows that cannot be trusted.

    ``rows_read`` is always ``rows_rejected`` and the height of ``accepted`` together.

    Args:
        paths: One export each; their rows come in this order.
        on: The decision day: its municipalities count, and nobody is born after it.
        language: Of the messages in ``rejected`` and ``warnings``.
        options: What is known of the files.
        corrections: ``domain.schema.Corrections``, applied before any check; none: there are
            none.
        ahead: A file that is being read already; none: there is none.

    Raises:
        InputError: If a file cannot be read or is no export, stdin is named twice, or a
            correction is of a cell that is not there.
        SettingsError: If there is no such profile, encoding or delimiter.
    """
    profile = find_profile(options.profile)
    shape = Shape(
        columns=CLIENT_COLUMNS,
        aliases=profile.columns if profile else {},
        encoding=options.encoding,
        delimiter=options.delimiter,
    )
    refuse_stdin_twice(paths)
    tables = [
        _read_export(path, shape, called=name, ahead=ahead)
        for path, name in zip(paths, names_of(paths), strict=True)
    ]
    if corrections is not None:
        tables = correct(tables, corrections)
    raw = _put_together(tables)
    loose = frozenset().union(*(table.loose for table in tables))
    facts = _read(raw, profile, on=on, loose=loose)
    table = checks(on=on, reject_artificial=options.reject_artificial)
    problems = _find_problems(facts, table, language=language)
    rejected = show_problems(problems, raw, facts, tables)
    corrected = show_corrections(corrections, facts, tables)
    inputs, rows_read = tuple(table.file for table in tables), raw.height
    clients = facts.select(Clients.column_names())
    # The cells as text are no longer needed: the accepted rows take their room.
    del tables, raw, facts
    accepted = _without(clients, problems["order"])
    return Ingested(
        accepted=Clients.validate(accepted),
        rejected=rejected,
        warnings=find_oddities(accepted, language=language),
        rows_read=rows_read,
        rows_rejected=rows_read - accepted.height,
        artificial=accepted.select(is_artificial(pl.col("identity_code")).sum()).item(),
        inputs=inputs,
        corrections=Corrections.create_empty() if corrections is None else corrections,
        corrected=corrected,
    )


def _read_export(path: Path, shape: Shape, *, called: str, ahead: Handed | None) -> Table:
    table = read_table(path, shape, called=called, ahead=ahead)
    refuse_rounded_numbers(table)
    return table


def _without(rows: pl.DataFrame, places: pl.Series) -> pl.DataFrame:
    """Return the rows but for those in the places (from 0)."""
    if places.is_empty():
        return rows
    return rows.filter(spread(places, places, height=rows.height).is_null())


def _put_together(tables: Sequence[Table]) -> pl.DataFrame:
    """Return the rows of all files with ``order`` (from 0), ``file``, ``width`` and ``input``.

    ``input`` is the place of the file among the files, from 0.
    """
    return pl.concat(
        table.rows.with_columns(
            file=pl.lit(table.file.name),
            width=pl.lit(table.width, pl.UInt32),
            input=pl.lit(place, pl.UInt32),
        )
        for place, table in enumerate(tables)
    ).with_row_index("order")


def _read(
    raw: pl.DataFrame, profile: Profile | None, *, on: date, loose: Collection[str]
) -> pl.DataFrame:
    cells = trim(raw, loose)
    marked = cells.hstack(mark_repeats(cells))
    return read_facts(profile.translate(marked) if profile else marked, on=on, loose=loose)


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
