"""The rows of a small table, one by one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from kuntactl.errors import InputError
from kuntactl.ingest.careful_rows import BROKEN_IN
from kuntactl.ingest.plain import CELLS_FOUND
from kuntactl.ingest.records import ROW
from kuntactl.ingest.source import Table
from kuntactl.ingest.values import trimmed
from kuntactl.locale import Phrase, joined, phrase


@dataclass(frozen=True, slots=True)
class Line:
    """One row, its cells trimmed."""

    row: int  # as a spreadsheet counts, header = 1
    cells: Mapping[str, str]  # our column -> text, blank as an empty text


def whole_lines(table: Table) -> list[Line]:
    """Return the rows that have as many cells as the header, in file order."""
    names = [name for name in table.rows.columns if name not in {ROW, CELLS_FOUND, BROKEN_IN}]
    rows = table.rows.filter(pl.col(CELLS_FOUND).is_null()).select(
        ROW, *(trimmed(pl.col(name)).fill_null("").alias(name) for name in names)
    )
    return [Line(row.pop(ROW), row) for row in rows.iter_rows(named=True)]


def broken_lines(table: Table) -> Iterator[tuple[int, Phrase]]:
    """Yield row and fault of the rows of the wrong width, or with bytes that are no text."""
    for row, found, broken in table.rows.select(ROW, CELLS_FOUND, BROKEN_IN).iter_rows():
        if found == 0:
            yield row, phrase("its quotes do not pair")
        elif found is not None:
            yield (
                row,
                phrase("has {cells} cells and the header {width}", cells=found, width=table.width),
            )
        elif broken is not None:
            yield row, phrase("has bytes that are no text, or a formula that was not worked out")


def refuse_faults(file: str, faults: Iterable[tuple[int, Phrase]], *, hint: Phrase) -> None:
    """Stop if there is any fault, and name them all by row.

    Raises:
        InputError: If there is a fault.
    """
    by_row = sorted(faults, key=lambda fault: fault[0])
    if by_row:
        named = joined(
            [phrase("row {row}: {fault}", row=row, fault=fault) for row, fault in by_row], "; "
        )
        raise InputError(phrase("{file}: {named}", file=file, named=named), hint=hint)
