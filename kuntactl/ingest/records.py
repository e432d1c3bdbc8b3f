"""Text of a CSV file parted into rows and cells, none lost, none made up."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import polars as pl

from kuntactl.ingest.careful import BLANK, Record, fits, record_at
from kuntactl.ingest.decoding import UNDECODABLE, readable
from kuntactl.ingest.plain import CELLS_FOUND, odd_lines, part_lines

DELIMITERS = (";", ",", "\t")
_BROKEN = re.compile(UNDECODABLE)

# Beside our columns, what is known of a row.
ROW = "row"  # UInt32: line as a spreadsheet counts, header = 1
BROKEN_IN = "broken_in"  # List[String]: our columns with undecodable bytes; null: none at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The line that names the columns."""

    cells: tuple[str, ...]  # without the empty one that a trailing delimiter makes
    row: int  # as a spreadsheet counts, the first is 1
    next_line: int  # the line after it, from 0


def split_lines(text: str) -> list[str]:
    """Return the lines of the text, without LF; a CR before it stays."""
    end = "\n" if "\n" in text else "\r"
    lines = text.split(end)
    if not lines[-1]:
        lines.pop()
    return lines


def read_headers(lines: Sequence[str], delimiter: str, *, start: int = 0) -> Iterator[Header]:
    """Yield the lines that are not blank, each as if it were the header.

    It ends at the first whose quotes do not pair.

    Args:
        lines: Of the whole file.
        delimiter: One character.
        start: The line to begin with, from 0.
    """
    number, row = start, start
    while number < len(lines):
        row += 1
        record = record_at(lines, number, delimiter=delimiter, width=None)
        number += 1
        if not lines[number - 1].strip(BLANK + delimiter):
            continue
        if record.cells is None:
            return
        number = record.next_line
        cells = [readable(cell).strip(BLANK) for cell in record.cells]
        if len(cells) > 1 and not cells[-1]:
            cells.pop()
        yield Header(cells=tuple(cells), row=row, next_line=number)


def read_rows(
    lines: Sequence[str], header: Header, places: Mapping[str, int], delimiter: str
) -> pl.DataFrame:
    r"""Return every row below the header that is not blank, in file order.

    A row number counts as a spreadsheet does: a blank line takes a row, a line break inside
    quotes does not. One trailing delimiter a line is let pass. Lines without quotes are parted
    all at once; the others one by one.

    Args:
        lines: Of the whole file.
        header: Where the rows begin and how wide they must be.
        places: Our column -> its place in the header.
        delimiter: One character.

    Returns:
        ``row``, ``cells_found``, ``broken_in`` and one String column for each of ``places``;
        a blank cell is null, a cell with broken bytes has them written out (``\xe4``).
    """
    width = len(header.cells)
    odd = odd_lines(lines, delimiter)
    careful = list(_careful(lines, odd, header, delimiter=delimiter))
    plain = _plain_lines(lines, header, careful)
    # Line breaks inside quotes: each moves the rows below up by one.
    swallowed = {record.first_line: record.next_line - record.first_line - 1 for record in careful}
    frame = pl.concat(
        [
            _with_known(
                part_lines(plain, width=width, places=places, delimiter=delimiter), places
            ),
            _part_careful(careful, width=width, places=places),
        ]
    ).sort("line")
    return _number_rows(frame, swallowed, before=header.next_line - header.row)


def _number_rows(
    frame: pl.DataFrame, swallowed: Mapping[int, int], *, before: int
) -> pl.DataFrame:
    """Return the frame with ``row`` in the place of ``line`` (from 0)."""
    breaks = pl.DataFrame(
        {"line": list(swallowed), "breaks": list(swallowed.values())},
        schema={"line": pl.UInt32, "breaks": pl.UInt32},
    ).filter(pl.col("breaks") > 0)
    if breaks.is_empty():
        row = pl.col("line") + 1 - before
        return frame.select(row.cast(pl.UInt32).alias(ROW), pl.exclude("line"))
    passed = breaks.sort("line").select(
        (pl.col("line") + 1).alias("line"), pl.col("breaks").cum_sum()
    )
    row = pl.col("line") + 1 - before - pl.col("breaks").fill_null(0)
    return frame.join_asof(passed, on="line").select(
        row.cast(pl.UInt32).alias(ROW), pl.exclude("line", "breaks")
    )


def _careful(
    lines: Sequence[str], odd: Sequence[int], header: Header, *, delimiter: str
) -> Iterator[Record]:
    """Yield the rows of lines that cannot be parted at the delimiter alone."""
    taken = header.next_line
    for number in odd:
        if number >= taken:
            record = record_at(lines, number, delimiter=delimiter, width=len(header.cells))
            taken = record.next_line
            yield record


def _plain_lines(lines: Sequence[str], header: Header, careful: Sequence[Record]) -> pl.DataFrame:
    """Return the lines that no careful row took: ``line`` (from 0), ``text``."""
    left = bytearray(b"\1") * len(lines)
    left[: header.next_line] = bytes(header.next_line)
    for record in careful:
        left[record.first_line : record.next_line] = bytes(record.next_line - record.first_line)
    return pl.DataFrame(
        {"line": list(compress(range(len(lines)), left)), "text": list(compress(lines, left))},
        schema={"line": pl.UInt32, "text": pl.String},
    )


def _part_careful(
    records: Sequence[Record], *, width: int, places: Mapping[str, int]
) -> pl.DataFrame:
    rows = [
        _careful_row(record, width=width, places=places)
        for record in records
        if record.cells is None or any(cell.strip(BLANK) for cell in record.cells)
    ]
    return _with_known(pl.DataFrame(rows, schema=_schema(places)), places)


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


def _with_known(frame: pl.DataFrame, places: Mapping[str, int]) -> pl.DataFrame:
    """Return the frame with every column of ``_schema``, blank cells as null."""
    schema = _schema(places)
    absent = [
        pl.lit(None, dtype).alias(name)
        for name, dtype in schema.items()
        if name not in frame.columns
    ]
    blank = [
        pl.when(pl.col(name).str.strip_chars(BLANK) != "").then(pl.col(name)).alias(name)
        for name in places
    ]
    return frame.with_columns(absent).select(list(schema)).with_columns(blank)
