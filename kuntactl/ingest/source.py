"""Files turned into rows of text cells, whatever their dialect."""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from kuntactl.errors import InputError
from kuntactl.ingest.ahead import Handed, hand_in
from kuntactl.ingest.careful_rows import BROKEN_IN
from kuntactl.ingest.columns import Column, match_headers
from kuntactl.ingest.decoding import decode
from kuntactl.ingest.handed_in import STDIN, name_of
from kuntactl.ingest.headers import choose_header, find_header
from kuntactl.ingest.packed import GZIP, ZIP, gunzip
from kuntactl.ingest.plain import CELLS_FOUND
from kuntactl.ingest.records import ROW, Parted, read_parts
from kuntactl.ingest.roomy import Content, give_back
from kuntactl.ingest.shape import Shape
from kuntactl.ingest.sheet import read_sheet
from kuntactl.ingest.sheet_rows import sheet_headers, sheet_rows
from kuntactl.ingest.text_lines import TextLines
from kuntactl.ingest.typed import as_text, broken_in, holds_anything, read_parquet, written_out
from kuntactl.ingest.values import loose_columns
from kuntactl.locale import phrase

_PARQUET = b"PAR1"
_AGAIN = phrase("have it sent again")
_EMPTY_PIPE = phrase("nothing came through it; it can be read once, so name `-` in one place only")
_SOMETHING = re.compile(rb"[^ \t\r\n\0\xef\xbb\xbf\xff\xfe]")


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file that was read, as ``run.json`` names it."""

    name: str  # without its folder, unless another file has the same
    sha256: str  # of the file's bytes
    format: str  # "csv", "parquet" or "xlsx"
    rows: int  # blank ones not counted
    ignored_columns: tuple[str, ...]  # headers that are none of ours
    encoding: str | None = None  # none: not CSV
    delimiter: str | None = None  # none: not CSV
    sheet: str | None = None  # none: not a workbook
    header_row: int = 1  # as a spreadsheet counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One file's rows, in file order.

    ``rows`` has ``row``, ``cells_found``, ``broken_in`` (see ``records``) and a String column
    for each of the shape's columns, also for those without a header; blank is null.
    """

    file: InputFile
    rows: pl.DataFrame
    loose: frozenset[str]  # columns in which a cell has space to trim or to make one
    width: int  # cells in the header
    is_last: bool = True  # whether no further part of the file follows


@dataclass(frozen=True, slots=True, kw_only=True)
class _Handed:
    """A file as it came."""

    name: str
    content: Content  # unpacked, unless it is a workbook; as bytes, unless it is CSV
    checksum: Callable[[], str]  # SHA-256 of the file, worked out while it is read


def read_table(path: Path, shape: Shape, *, called: str | None = None) -> Table:
    """Return the table in the file, read as a whole: see ``read_tables``."""
    (table,) = read_tables(path, shape, called=called)
    return table


def read_tables(
    path: Path,
    shape: Shape,
    *,
    called: str | None = None,
    ahead: Handed | None = None,
    at_once: int = sys.maxsize,
) -> Iterator[Table]:
    """Yield the table in the file part by part: CSV (also gzip), Parquet or .xlsx, by content.

    Args:
        path: The file; ``-`` is standard input.
        shape: The columns to look for, and how.
        called: How messages and lists name it; none: by its name alone.
        ahead: A file that is being read already; none: there is none.
        at_once: Lines in a part. Each part's ``file`` counts the rows of that part.

    Raises:
        InputError: If the file is missing, a folder, unreadable, empty, no table, without a
            header, without rows, or without a column that must be there.
        SettingsError: If the encoding or the delimiter asked for does not exist.
    """
    handed, name = hand_in(path, ahead), called or name_of(path)
    data = handed.take()
    content = gunzip(name, data[:]) if data[: len(GZIP)] == GZIP else data
    del data
    if not _SOMETHING.search(content):
        raise InputError(
            phrase("{name}: the file is empty", name=name),
            hint=_EMPTY_PIPE if path == STDIN else _AGAIN,
        )
    heights: list[int] = []

    def counted(table: Table) -> Table:
        heights.append(table.rows.height)
        return table

    file = _Handed(name=name, content=content, checksum=handed.checksum)
    # By way of `map`, which holds on to no part that was passed on.
    yield from map(counted, _reader(content)(file, shape, at_once))
    if not any(heights) and not shape.may_be_empty:
        raise InputError(
            phrase("{name}: there is a header and no rows", name=name),
            hint=phrase("have the file sent again"),
        )


def _reader(content: Content) -> Callable[[_Handed, Shape, int], Iterator[Table]]:
    readers = {_PARQUET: _read_parquet, ZIP: _read_workbook}
    return next(
        (read for start, read in readers.items() if content[: len(start)] == start), _read_csv
    )


def _parts_of(table: Table, at_once: int) -> Iterator[Table]:
    if table.rows.height <= at_once:
        yield table
        return
    for first in range(0, table.rows.height, at_once):
        rows = table.rows[first : first + at_once]
        file = replace(table.file, rows=rows.height)
        is_last = first + at_once >= table.rows.height
        yield replace(table, rows=rows, file=file, is_last=is_last)


def _read_parquet(handed: _Handed, shape: Shape, at_once: int) -> Iterator[Table]:
    parquet = read_parquet(handed.name, handed.content[:])
    matched = match_headers(handed.name, parquet.columns, shape.columns, shape.aliases)
    columns = [
        as_text(handed.name, parquet.to_series(place)).alias(name)
        for name, place in matched.places.items()
    ]
    # The rows below the header count from 2, as if the file were a sheet.
    numbers = pl.Series(ROW, range(2, parquet.height + 2), dtype=pl.UInt32)
    rows = pl.DataFrame([numbers, *columns]).with_columns(
        broken_in([column.name for column in columns]).alias(BROKEN_IN)
    )
    rows = written_out(rows.filter(holds_anything(parquet)), list(matched.places))
    table = Table(
        file=InputFile(
            name=handed.name,
            sha256=handed.checksum(),
            format="parquet",
            rows=rows.height,
            ignored_columns=matched.ignored,
        ),
        rows=_complete(rows, shape.columns),
        loose=loose_columns(rows, matched.places),
        width=parquet.width,
    )
    yield from _parts_of(table, at_once)


def _read_workbook(handed: _Handed, shape: Shape, at_once: int) -> Iterator[Table]:
    sheet = read_sheet(handed.name, handed.content[:])
    header = choose_header(sheet_headers(sheet.cells), shape)
    if header is None:
        raise InputError(
            phrase("{handed}: the first visible sheet is empty", handed=handed.name),
            hint=phrase("move the table to it"),
        )
    matched = match_headers(handed.name, header.cells, shape.columns, shape.aliases)
    rows = sheet_rows(sheet.cells, header, matched.places)
    table = Table(
        file=InputFile(
            name=handed.name,
            sha256=handed.checksum(),
            format="xlsx",
            sheet=sheet.name,
            header_row=header.row,
            rows=rows.height,
            ignored_columns=tuple(name for name in matched.ignored if name),
        ),
        rows=_complete(rows, shape.columns),
        loose=loose_columns(rows, matched.places),
        width=len(header.cells),
    )
    yield from _parts_of(table, at_once)


def _read_csv(handed: _Handed, shape: Shape, at_once: int) -> Iterator[Table]:
    text = decode(handed.name, handed.content, encoding=shape.encoding)
    if text.content is not handed.content:
        handed.checksum()  # the file's own bytes are gone through
        give_back(handed.content, len(handed.content))
    lines = TextLines(text.content, begin=text.begin, is_sound=text.is_sound)
    header, delimiter = find_header(handed.name, lines, shape)
    matched = match_headers(handed.name, header.cells, shape.columns, shape.aliases)

    def as_table(parted: Parted) -> Table:
        return Table(
            file=InputFile(
                name=handed.name,
                sha256=handed.checksum(),
                format="csv",
                encoding=text.encoding,
                delimiter=delimiter,
                header_row=header.row,
                rows=parted.rows.height,
                ignored_columns=tuple(name for name in matched.ignored if name),
            ),
            rows=_complete(parted.rows, shape.columns),
            loose=parted.loose,
            width=len(header.cells),
            is_last=parted.after >= len(lines),
        )

    for parted in read_parts(lines, header, matched.places, delimiter, at_once=at_once):
        box = [as_table(parted)]  # which waits until the whole file has been summed up
        lines.give_back(parted.after)
        del parted  # what is passed on is the receiver's alone
        yield box.pop()


def _complete(rows: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Return the rows with a column for each of ours, null where the file has none."""
    dtypes: dict[str, pl.DataType | type[pl.DataType]] = {
        ROW: pl.UInt32,
        CELLS_FOUND: pl.UInt32,
        BROKEN_IN: pl.List(pl.String),
    }
    dtypes |= {column.name: pl.String for column in columns}
    absent = [
        pl.lit(None, dtype).alias(name)
        for name, dtype in dtypes.items()
        if name not in rows.columns
    ]
    return rows.with_columns(absent).select(list(dtypes))
