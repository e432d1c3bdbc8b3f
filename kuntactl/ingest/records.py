"""Text of a CSV file parted into rows and cells, none lost, none made up."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

import polars as pl

from kuntactl.ingest.decoding import CONTROL, SURROGATE, UNDECODABLE, readable

DELIMITERS = (";", ",", "\t")
BREAKS_IN_A_ROW = 200  # lines that one quoted row may span; past that the quote is a stray one

_BLANK = " \t\r\n\v\f\xa0\ufeff"
# Lines that only the careful reader may part: quotes, broken bytes, a stray carriage return.
_ODD = f'["{CONTROL}]|\\r[^\n]'
_ODD_OR_BROKEN = re.compile(f"{_ODD}|[{SURROGATE}]")
_BROKEN = re.compile(UNDECODABLE)

# Beside our columns, what is known of a row.
ROW = "row"  # UInt32: line as a spreadsheet counts, header = 1
CELLS_FOUND = "cells_found"  # UInt32: of a ragged row; null: the row has as many as the header
BROKEN_IN = "broken_in"  # List[String]: our columns with undecodable bytes; null: none at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first line that is not blank."""

    cells: tuple[str, ...]  # without the empty one that a trailing delimiter makes
    first_line: int  # from 0
    next_line: int  # the line after it, from 0


@dataclass(frozen=True, slots=True)
class _Record:
    """One row as the careful reader found it."""

    cells: list[str] | None  # none: quotes do not pair
    first_line: int
    next_line: int


def split_lines(text: str) -> list[str]:
    """Return the lines of the text, without LF; a CR before it stays."""
    end = "\n" if "\n" in text else "\r"
    lines = text.split(end)
    if not lines[-1]:
        lines.pop()
    return lines


def read_header(lines: Sequence[str], delimiter: str) -> Header | None:
    """Return the header, or none when every line is blank or its quotes do not pair."""
    for number, line in enumerate(lines):
        if not line.strip(_BLANK + delimiter):
            continue
        record = _record_at(lines, number, delimiter=delimiter, width=None)
        if record.cells is None:
            return None
        cells = [readable(cell).strip(_BLANK) for cell in record.cells]
        if len(cells) > 1 and not cells[-1]:
            cells.pop()
        return Header(cells=tuple(cells), first_line=number, next_line=record.next_line)
    return None


def read_rows(
    lines: Sequence[str], header: Header, places: Mapping[str, int], delimiter: str
) -> pl.DataFrame:
    r"""Return every row below the header that is not blank, in file order.

    A row number counts as a spreadsheet does: a blank line takes a row, a line break inside
    quotes does not. One trailing delimiter a line is let pass. Lines without quotes are parted
    all at once; the others one by one, so that a quote that is never closed spoils its own
    line and not those below it.

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
    odd = _odd_lines(lines)
    careful = list(_careful(lines, odd, header, delimiter=delimiter))
    plain = _plain_lines(lines, header, careful)
    # Line breaks inside quotes: each moves the rows below up by one.
    swallowed = {record.first_line: record.next_line - record.first_line - 1 for record in careful}
    frame = pl.concat(
        [
            _part_plain(plain, width=width, places=places, delimiter=delimiter),
            _part_careful(careful, width=width, places=places),
        ]
    ).sort("line")
    return _number_rows(frame, swallowed, before=_breaks_in(header))


def _breaks_in(header: Header) -> int:
    return header.next_line - header.first_line - 1


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


def _odd_lines(lines: Sequence[str]) -> Sequence[int]:
    """Return the numbers (from 0) of the lines that only the careful reader may part."""
    try:
        text = pl.Series(lines, dtype=pl.String)
    except UnicodeEncodeError:  # broken bytes stand in Python's text, and in no other
        return [number for number, line in enumerate(lines) if _ODD_OR_BROKEN.search(line)]
    return text.str.contains(_ODD).arg_true().to_list()


def _careful(
    lines: Sequence[str], odd: Sequence[int], header: Header, *, delimiter: str
) -> Iterator[_Record]:
    """Yield the rows of lines that cannot be parted at the delimiter alone."""
    taken = header.next_line
    for number in odd:
        if number >= taken:
            record = _record_at(lines, number, delimiter=delimiter, width=len(header.cells))
            taken = record.next_line
            yield record


def _record_at(lines: Sequence[str], first: int, *, delimiter: str, width: int | None) -> _Record:
    """Return the row that begins on the line, with the lines that its quotes hold together."""
    alone = _Record(_cells(lines[first], delimiter), first, first + 1)
    text = lines[first]
    after = first + 1
    while _is_open(text, delimiter):
        if after == len(lines) or after - first > BREAKS_IN_A_ROW:
            return alone
        text = f"{text}\n{lines[after]}"
        if _is_open(text, delimiter) and _is_row(lines[after], delimiter, width):
            return alone
        after += 1
    cells = _cells(text, delimiter)
    fits = cells is not None and (width is None or _fits(cells, width))
    if after > first + 1 and not fits and _is_row(lines[after - 1], delimiter, width):
        return alone
    return _Record(cells, first, after)


def _cells(text: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([text.removesuffix("\r")], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):  # a quote inside a quoted cell, or one never closed
        return None


def _is_open(text: str, delimiter: str) -> bool:
    """Return whether a quoted cell goes on after the text: then a further line is part of it."""
    try:
        return len(list(csv.reader([f"{text}\n", "x"], delimiter=delimiter))) == 1
    except csv.Error:
        return False


def _is_row(line: str, delimiter: str, width: int | None) -> bool:
    return width is not None and line.count(delimiter) >= width - 1


def _fits(cells: Sequence[str], width: int) -> bool:
    return len(cells) == width or (len(cells) == width + 1 and not cells[-1].strip(_BLANK))


def _plain_lines(lines: Sequence[str], header: Header, careful: Sequence[_Record]) -> pl.DataFrame:
    """Return the lines that no careful row took: ``line`` (from 0), ``text``."""
    left = bytearray(b"\1") * len(lines)
    left[: header.next_line] = bytes(header.next_line)
    for record in careful:
        left[record.first_line : record.next_line] = bytes(record.next_line - record.first_line)
    return pl.DataFrame(
        {"line": list(compress(range(len(lines)), left)), "text": list(compress(lines, left))},
        schema={"line": pl.UInt32, "text": pl.String},
    )


def _part_plain(
    plain: pl.DataFrame, *, width: int, places: Mapping[str, int], delimiter: str
) -> pl.DataFrame:
    text = pl.col("text")
    lines = (
        plain.with_columns(text.str.strip_suffix("\r"))
        .filter(text.str.strip_chars(_BLANK + delimiter) != "")
        .with_columns(found=text.str.count_matches(delimiter, literal=True) + 1)
    )
    trailing = (pl.col("found") == width + 1) & text.str.strip_chars_end(
        _BLANK.replace(delimiter, "")
    ).str.ends_with(delimiter)
    fits = (pl.col("found") == width) | trailing
    whole = lines.filter(fits)
    ragged = lines.filter(~fits).select("line", pl.col("found").cast(pl.UInt32).alias(CELLS_FOUND))
    cells = _part_at_delimiter(whole["text"], width=width, places=places, delimiter=delimiter)
    known = pl.concat(
        [
            pl.DataFrame({"line": whole["line"]}).hstack(cells),
            ragged,
        ],
        how="diagonal",
    )
    return _with_known(known, places)


def _part_at_delimiter(
    text: pl.Series, *, width: int, places: Mapping[str, int], delimiter: str
) -> pl.DataFrame:
    """Return the cells of lines that are known to have ``width`` of them (or one more)."""
    if text.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(places, pl.String))
    names = {place: name for name, place in places.items()}
    cells = pl.read_csv(
        io.BytesIO("\n".join(text.to_list()).encode()),
        has_header=False,
        separator=delimiter,
        quote_char=None,
        schema={f"cell_{place}": pl.String for place in range(width + 1)},
        missing_columns="insert",
        columns=sorted(names),
    )
    if cells.height != len(text):
        raise AssertionError(f"{len(text)} lines became {cells.height} rows")
    return cells.rename({f"cell_{place}": name for place, name in names.items()})


def _part_careful(
    records: Sequence[_Record], *, width: int, places: Mapping[str, int]
) -> pl.DataFrame:
    rows = [
        _careful_row(record, width=width, places=places)
        for record in records
        if record.cells is None or any(cell.strip(_BLANK) for cell in record.cells)
    ]
    return _with_known(pl.DataFrame(rows, schema=_schema(places)), places)


def _careful_row(record: _Record, *, width: int, places: Mapping[str, int]) -> dict[str, object]:
    if record.cells is None or not _fits(record.cells, width):
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
        pl.when(pl.col(name).str.strip_chars(_BLANK) != "").then(pl.col(name)).alias(name)
        for name in places
    ]
    return frame.with_columns(absent).select(list(schema)).with_columns(blank)
