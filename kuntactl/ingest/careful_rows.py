"""Rows of a CSV file that were read one at a time, as a frame."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from kuntactl.ingest.careful import BLANK, Record, fits, record_at
from kuntactl.ingest.decoding import UNDECODABLE, readable
from kuntactl.ingest.plain import CELLS_FOUND

_BROKEN = re.compile(UNDECODABLE)

BROKEN_IN = "broken_in"  # List[String]: our columns with undecodable bytes; null: none at all


def read_carefully(
    lines: Sequence[str], odd: Sequence[int], *, delimiter: str, width: int
) -> Iterator[Record]:
    """Yield the rows of lines that cannot be parted at the delimiter alone."""
    taken = 0
    for number in odd:
        if number >= taken:
            record = record_at(lines, number, delimiter=delimiter, width=width)
            taken = record.next_line
            yield record


def part_careful(
    records: Sequence[Record], *, width: int, places: Mapping[str, int]
) -> pl.DataFrame:
    """Return the rows that are not blank; of a ragged one only the line and its cells' number."""
    rows = [
        _careful_row(record, width=width, places=places)
        for record in records
        if record.cells is None or any(cell.strip(BLANK) for cell in record.cells)
    ]
    return with_known(pl.DataFrame(rows, schema=_schema(places)), places)


def _careful_row(record: Record, *, width: int, places: Mapping[str, int]) -> dict[str, object]:
    if record.cells is None or not fits(record.cells, width):
        found = len(record.cells) if record.cells is not None else 0
        return {"line": record.first_line, CELLS_FOUND: found}
    broken = [place for place, cell in enumerate(record.cells) if _BROKEN.search(cell)]
    return {
        "line": record.first_line,
        BROKEN_IN: [name for name, at in places.items() if at in broken] if broken else None,
        **{name: readable(record.cells[place]) for name, place in places.items()},
    }


def _schema(places: Mapping[str, int]) -> dict[str, pl.DataType | type[pl.DataType]]:
    return {
        "line": pl.UInt32,
        CELLS_FOUND: pl.UInt32,
        BROKEN_IN: pl.List(pl.String),
        **dict.fromkeys(places, pl.String),
    }


def with_known(frame: pl.DataFrame, places: Mapping[str, int]) -> pl.DataFrame:
    """Return the frame with every column of ``_schema``, blank cells as null."""
    schema = _schema(places)
    absent = [
        pl.lit(None, dtype).alias(name)
        for name, dtype in schema.items()
        if name not in frame.columns
    ]
    return blank_as_null(frame.with_columns(absent).select(list(schema)), places)


def blank_as_null(cells: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """Return the cells, blank ones as null; other columns are known to hold no blank."""
    return cells.with_columns(
        pl.when(pl.col(name).str.strip_chars(BLANK) != "").then(pl.col(name)).alias(name)
        for name in sorted(columns)
    )
