"""Text of a CSV file parted into rows and cells, none lost, none made up."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kuntactl.ingest.careful import BLANK, Record, fits, record_at
from kuntactl.ingest.decoding import UNDECODABLE, readable
from kuntactl.ingest.distinct import spread
from kuntactl.ingest.plain import CELLS_FOUND, is_neat, part_lines
from kuntactl.ingest.straight import HELD, NO_ROW, STRAIGHT, is_straight, read_straight
from kuntactl.ingest.survey import Flags, Survey, survey
from kuntactl.ingest.text_lines import TextLines
from kuntactl.ingest.values import loose_columns

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


Lines = NDArray[np.int64]  # numbers of lines, from 0
Kinds = NDArray[np.uint8]  # of lines: ``STRAIGHT``, ``HELD`` or ``NO_ROW``


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """The rows below the header."""

    rows: pl.DataFrame  # see ``read_rows``
    loose: frozenset[str]  # our columns in which a cell has space to trim or to make one


def read_rows(
    lines: TextLines, header: Header, places: Mapping[str, int], delimiter: str
) -> Parted:
    r"""Return every row below the header that is not blank, in file order.

    A row number counts as a spreadsheet does: a blank line takes a row, a line break inside
    quotes does not. One trailing delimiter a line is let pass. Straight lines are read by
    Polars where they stand, neat quoted ones are parted all at once, the others one by one.

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
    known = survey(lines, delimiter)
    straight = is_straight(known, width=width)
    straight[: header.next_line] = False
    records, others = _read_others(lines, known, straight, header, places, delimiter)
    kinds = np.where(straight, STRAIGHT, NO_ROW).astype(np.uint8)
    kinds[others["line"].to_numpy()] = HELD
    line = np.flatnonzero(kinds)
    held = pl.Series(np.flatnonzero(kinds[line] == HELD), dtype=pl.UInt32)
    loose = loose_columns(others, places) | _loose_straight(known, places)
    cells = _blank_as_null(
        read_straight(
            lines, kinds, width=width, places=places, delimiter=delimiter, is_text=known.is_text
        ),
        loose,
    )
    blank = _blank_lines(cells, lines, line, kinds, delimiter)
    frame = pl.DataFrame(
        [
            pl.Series(ROW, _row_numbers(line, records, before=header.next_line - header.row)),
            spread(others[CELLS_FOUND], held, height=len(line)),
            spread(others[BROKEN_IN], held, height=len(line)),
            *_write_over(cells, held, others, places),
        ]
    )
    rows = frame.filter(~pl.Series(blank)) if blank.any() else frame
    return Parted(rows=rows, loose=loose)


def _loose_straight(known: Survey, places: Mapping[str, int]) -> frozenset[str]:
    loose = known.loose_places
    return frozenset(name for name, place in places.items() if loose is None or place in loose)


def _blank_as_null(cells: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """Return the cells, blank ones as null; other columns are known to hold no blank."""
    return cells.with_columns(
        pl.when(pl.col(name).str.strip_chars(BLANK) != "").then(pl.col(name)).alias(name)
        for name in sorted(columns)
    )


def _blank_lines(
    cells: pl.DataFrame, lines: TextLines, line: Lines, kinds: Kinds, delimiter: str
) -> Flags:
    """Return for each row whether its line is blank, in columns that are not ours as well."""
    blank = cells.select(pl.all_horizontal(pl.all().is_null())).to_series().to_numpy(writable=True)
    for row in np.flatnonzero(blank):
        at = int(line[row])
        blank[row] = kinds[at] == STRAIGHT and not lines[at].strip(BLANK + delimiter)
    return blank


def _write_over(
    cells: pl.DataFrame, held: pl.Series, others: pl.DataFrame, columns: Iterable[str]
) -> Iterator[pl.Series]:
    """Yield the columns with the others in the places held for them (from 0).

    A column that nobody else has is written over where it is; so it is taken out of ``cells``.
    """
    for name in columns:
        column = cells.drop_in_place(name)
        yield column.scatter(held, others[name]) if len(held) else column


def _row_numbers(line: Lines, records: Sequence[Record], *, before: int) -> NDArray[np.uint32]:
    """Return the rows as a spreadsheet counts: a break inside quotes moves those below up by one.

    Args:
        line: From 0, of each row.
        records: The rows that were read with care, in order.
        before: Line breaks inside the header.
    """
    firsts = np.array([record.first_line for record in records], np.int64)
    breaks = [record.next_line - record.first_line - 1 for record in records]
    passed = np.cumsum([0, *breaks])[np.searchsorted(firsts, line)]
    rows: NDArray[np.int64] = line + 1 - before - passed
    return rows.astype(np.uint32)


def _read_others(
    lines: TextLines,
    known: Survey,
    straight: Flags,
    header: Header,
    places: Mapping[str, int],
    delimiter: str,
) -> tuple[list[Record], pl.DataFrame]:
    """Return the rows that are not straight: read with care, and all of them as a frame."""
    rest = np.flatnonzero(~straight[header.next_line :]) + header.next_line
    sound = rest[~known.is_odd[rest]]
    texts = pl.Series("text", [lines.raw(at) for at in sound.tolist()], dtype=pl.Binary)
    plain = pl.DataFrame([pl.Series("line", sound, dtype=pl.UInt32), texts.cast(pl.String)])
    quoted = plain.filter(pl.Series(known.has_quote[sound]))
    stray = quoted.filter(~is_neat(pl.col("text"), delimiter))["line"].to_numpy()
    odd = np.sort(np.concatenate([rest[known.is_odd[rest]], stray]))
    records = list(_careful(lines, odd.tolist(), header, delimiter=delimiter))
    taken = np.zeros(len(lines), np.bool_)
    for record in records:
        taken[record.first_line : record.next_line] = True
    if bool(np.any(taken & straight)):
        raise AssertionError("a quote took hold of a row")
    width = len(header.cells)
    parted = part_lines(
        plain.filter(~pl.Series(taken[sound])), width=width, places=places, delimiter=delimiter
    )
    careful = _part_careful(records, width=width, places=places)
    return records, pl.concat([_with_known(parted, places), careful]).sort("line")


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
    return _blank_as_null(frame.with_columns(absent).select(list(schema)), places)
