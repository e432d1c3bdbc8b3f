"""The cells that people corrected in ``rejected.xlsx``, when it comes back."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from kuntactl.domain.schema import Corrections
from kuntactl.files.tables import as_typed
from kuntactl.ingest.columns import CLIENT_COLUMNS, CORRECTION_COLUMNS
from kuntactl.ingest.handed_in import name_of
from kuntactl.ingest.lines import Line, broken_lines, refuse_faults, whole_lines
from kuntactl.ingest.shape import Shape
from kuntactl.ingest.source import read_table
from kuntactl.ingest.values import trimmed
from kuntactl.locale import Phrase, phrase

# The workbook calls the column `corrected` in every language; people may translate it.
HEADERS = {"korjattu": "corrected", "rättat": "corrected"}
BLANK_WORDS = ("(tyhjä)", "(tom)", "(blank)")  # what is written where the cell must be blank

MEND = phrase("mend these rows; no correction was taken over")
_SHA_256 = re.compile("[0-9a-f]{64}")
_ROW = re.compile("[1-9][0-9]{0,8}")
_SCHEMA = Corrections.create_empty().schema
_CELL = ("sha256", "row", "column")


def read_corrections(paths: Sequence[Path]) -> pl.DataFrame:
    """Return the corrections in the files.

    Args:
        paths: ``rejected.xlsx`` as we wrote it, or any table with its columns. A line whose
            ``corrected`` is blank is no correction.

    Returns:
        ``domain.schema.Corrections``, one line a cell, in the order of the files.

    Raises:
        InputError: If a file cannot be read, a line does not say which cell it corrects, or
            two lines correct one cell in two ways; every fault is named with its row.
    """
    found = [_read(path) for path in paths]
    merged = pl.concat([Corrections.create_empty(), *found])
    _refuse_two_ways(merged)
    return Corrections.validate(merged.unique(_CELL, keep="first", maintain_order=True))


def _read(path: Path) -> pl.DataFrame:
    table = read_table(path, Shape(columns=CORRECTION_COLUMNS, aliases=HEADERS, may_be_empty=True))
    typed = table.rows.filter(trimmed(pl.col("corrected")).is_not_null())
    lines = whole_lines(replace(table, rows=typed))
    file = name_of(path)
    refuse_faults(file, [*broken_lines(table), *_faults(lines)], hint=MEND)
    return pl.DataFrame(
        [
            {
                "file": line.cells["export"],
                "sha256": line.cells["sha256"].lower(),
                "row": int(line.cells["export_row"]),
                "column": line.cells["column"].lower(),
                "corrected": _corrected(line),
                "source": file,
                "line": line.row,
            }
            for line in lines
        ],
        schema=_SCHEMA,
    )


def _corrected(line: Line) -> str | None:
    text = as_typed(line.cells["corrected"])
    return None if text.lower() in BLANK_WORDS else text


def _faults(lines: Sequence[Line]) -> Iterator[tuple[int, Phrase]]:
    known = [column.name for column in CLIENT_COLUMNS]
    for line in lines:
        column = line.cells["column"]
        if not column:
            yield line.row, phrase("it is the row as a whole that is wrong: mend it in the export")
        elif column.lower() not in known:
            yield line.row, phrase("no column `{column}`", column=column)
        if not _SHA_256.fullmatch(line.cells["sha256"].lower()):
            yield line.row, phrase("`sha256` is not the checksum of an export")
        if not _ROW.fullmatch(line.cells["export_row"]):
            yield line.row, phrase("`row` is not the number of a row")


def _refuse_two_ways(corrections: pl.DataFrame) -> None:
    """Stop if one cell is corrected in two ways.

    Raises:
        InputError: If so.
    """
    by_cell = corrections.with_columns(
        pl.col("source").first().over(_CELL).alias("first_source"),
        pl.col("line").first().over(_CELL).alias("first_line"),
        (pl.col("corrected").n_unique().over(_CELL) > 1).alias("differ"),
        pl.col("corrected").eq_missing(pl.col("corrected").first().over(_CELL)).alias("same"),
    )
    for (source,), lines in by_cell.filter(pl.col("differ") & ~pl.col("same")).group_by(
        "source", maintain_order=True
    ):
        refuse_faults(
            str(source),
            [
                (
                    line,
                    phrase(
                        "its cell is corrected otherwise in {first_source} row {first_line}",
                        first_source=first_source,
                        first_line=first_line,
                    ),
                )
                for line, first_source, first_line in lines.select(
                    "line", "first_source", "first_line"
                ).iter_rows()
            ],
            hint=MEND,
        )
