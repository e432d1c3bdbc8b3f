"""Corrections put in the place of the cells they correct."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import polars as pl

from kuntactl.ingest.careful_rows import BROKEN_IN
from kuntactl.ingest.corrections import MEND
from kuntactl.ingest.lines import refuse_faults
from kuntactl.ingest.plain import CELLS_FOUND
from kuntactl.ingest.records import ROW
from kuntactl.ingest.source import Table
from kuntactl.locale import Phrase, counted, phrase

_CORRECTED = "corrected"


def correct(table: Table, corrections: pl.DataFrame) -> Table:
    """Return the table with the corrected cells; nothing else of it changes.

    Args:
        table: A part of an export as read, before any check.
        corrections: ``domain.schema.Corrections``. One is known by the checksum of its export,
            so that it never hits another night's file of the same name.
    """
    own = _of(table, corrections)
    if own.is_empty():
        return table
    # Nobody trimmed what was typed in.
    return replace(table, rows=_correct(table.rows, own), loose=table.loose.union(own["column"]))


def _of(table: Table, corrections: pl.DataFrame) -> pl.DataFrame:
    return corrections.filter(pl.col("sha256") == table.file.sha256)


def _correct(rows: pl.DataFrame, corrections: pl.DataFrame) -> pl.DataFrame:
    for (column,), cells in corrections.group_by("column", maintain_order=True):
        name = str(column)
        mended = rows.join(
            cells.select(ROW, _CORRECTED, pl.lit(value=True).alias("is_corrected")),
            on=ROW,
            how="left",
            maintain_order="left",
        )
        left = pl.col(BROKEN_IN).list.set_difference(pl.lit([name]))
        rows = mended.with_columns(
            pl.when("is_corrected").then(_CORRECTED).otherwise(name).alias(name),
            pl.when("is_corrected")
            .then(pl.when(left.list.len() > 0).then(left))
            .otherwise(BROKEN_IN)
            .alias(BROKEN_IN),
        ).drop(_CORRECTED, "is_corrected")
    return rows


def places_of(table: Table, corrections: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the table that are to be corrected: sha256, row, is_ragged."""
    return table.rows.join(_of(table, corrections), on=ROW, how="semi").select(
        pl.lit(table.file.sha256).alias("sha256"),
        ROW,
        pl.col(CELLS_FOUND).is_not_null().alias("is_ragged"),
    )


def refuse_misplaced(
    corrections: pl.DataFrame, places: Sequence[pl.DataFrame], given: Collection[str]
) -> None:
    """Stop if a correction has no cell that it could be of.

    Args:
        corrections: ``domain.schema.Corrections``.
        places: Of every part of every export (``places_of``).
        given: The checksums of the exports.

    Raises:
        InputError: If a correction is of an export that was not given, of a row that is not
            there, or of one whose cells cannot be told apart; every such line is named.
    """
    schema = {"sha256": pl.String, ROW: pl.UInt32, "is_ragged": pl.Boolean}
    there = pl.concat([pl.DataFrame(schema=schema), *places]).unique()
    found = corrections.join(there, on=["sha256", ROW], how="left", maintain_order="left")
    for (source,), lines in found.group_by("source", maintain_order=True):
        refuse_faults(str(source), _misplaced(lines, given), hint=MEND)


def _misplaced(lines: pl.DataFrame, given: Collection[str]) -> Iterator[tuple[int, Phrase]]:
    of_others = ~pl.col("sha256").is_in(list(given))
    strange = lines.filter(of_others).group_by("sha256", maintain_order=True)
    for line, file, more in (
        strange.agg(pl.first("line", "file"), (pl.len() - 1).alias("more"))
        .drop("sha256")
        .iter_rows()
    ):
        export = file or phrase("an export")
        yield (
            line,
            counted(
                "`{file}` with this checksum is not among the exports "
                "(of {count} further row, too)",
                "`{file}` with this checksum is not among the exports "
                "(of {count} further rows, too)",
                more,
                file=export,
            )
            if more
            else phrase("`{file}` with this checksum is not among the exports", file=export),
        )
    for line in lines.filter(~of_others).iter_rows(named=True):
        file = line["file"] or phrase("an export")
        if line["is_ragged"] is None:
            yield line["line"], phrase("`{file}` has no row {line}", file=file, line=line[ROW])
        elif line["is_ragged"]:
            yield (
                line["line"],
                phrase(
                    "row {line} of `{file}` is ragged: mend it in the export",
                    line=line[ROW],
                    file=file,
                ),
            )
