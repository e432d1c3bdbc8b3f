"""Corrections put in the place of the cells they correct."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from kuntactl.ingest.careful_rows import BROKEN_IN
from kuntactl.ingest.corrections import MEND
from kuntactl.ingest.lines import refuse_faults
from kuntactl.ingest.plain import CELLS_FOUND
from kuntactl.ingest.records import ROW
from kuntactl.ingest.source import Table
from kuntactl.locale import Phrase, phrase

_CORRECTED = "corrected"


def correct(tables: Sequence[Table], corrections: pl.DataFrame) -> list[Table]:
    """Return the tables with the corrected cells; nothing else of them changes.

    Args:
        tables: The exports as read, before any check.
        corrections: ``domain.schema.Corrections``. One is known by the checksum of its export,
            so that it never hits another night's file of the same name.

    Raises:
        InputError: If a correction is of an export that was not given, of a row that is not
            there, or of one whose cells cannot be told apart; every such line is named.
    """
    if corrections.is_empty():
        return list(tables)
    _refuse_misplaced(tables, corrections)
    return [_corrected(table, _of(table, corrections)) for table in tables]


def _corrected(table: Table, corrections: pl.DataFrame) -> Table:
    loose = table.loose.union(corrections["column"])  # nobody trimmed what was typed in
    return replace(table, rows=_correct(table.rows, corrections), loose=loose)


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


def _refuse_misplaced(tables: Sequence[Table], corrections: pl.DataFrame) -> None:
    places = pl.concat(
        [
            pl.DataFrame(schema={"sha256": pl.String, ROW: pl.UInt32, "is_ragged": pl.Boolean}),
            *(
                table.rows.join(_of(table, corrections), on=ROW, how="semi").select(
                    pl.lit(table.file.sha256).alias("sha256"),
                    ROW,
                    pl.col(CELLS_FOUND).is_not_null().alias("is_ragged"),
                )
                for table in tables
            ),
        ]
    ).unique()
    found = corrections.join(places, on=["sha256", ROW], how="left", maintain_order="left")
    given = {table.file.sha256 for table in tables}
    for (source,), lines in found.group_by("source", maintain_order=True):
        refuse_faults(str(source), _misplaced(lines, given), hint=MEND)


def _misplaced(lines: pl.DataFrame, given: set[str]) -> Iterator[tuple[int, Phrase]]:
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
            phrase(
                "`{file}` with this checksum is not among the exports "
                "(of {more} further rows, too)",
                file=export,
                more=more,
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
