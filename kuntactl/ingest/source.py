"""A table in a file, as text columns with our names for them."""

import gzip
import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from kuntactl.errors import InputError, SettingsError
from kuntactl.ingest.columns import Column, count_known, match_headers
from kuntactl.ingest.decoding import decode
from kuntactl.ingest.plain import CELLS_FOUND
from kuntactl.ingest.records import (
    BROKEN_IN,
    DELIMITERS,
    ROW,
    Header,
    read_header,
    read_rows,
    split_lines,
)
from kuntactl.ingest.typed import as_text, broken_in, holds_anything, read_parquet

_GZIP = b"\x1f\x8b"
_PARQUET = b"PAR1"
_DELIMITER_NAMES = {"tab": "\t", "\\t": "\t"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a table must look like, and what is said of it beforehand."""

    columns: Sequence[Column]
    aliases: Mapping[str, str] = field(default_factory=dict)  # another header -> our column
    encoding: str | None = None  # none: found
    delimiter: str | None = None  # none: found
    may_be_empty: bool = False  # whether a header without rows is right


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file that was read, as ``run.json`` names it."""

    name: str  # without its folder
    sha256: str  # of the file's bytes
    format: str  # "csv" or "parquet"
    encoding: str | None  # none: Parquet
    delimiter: str | None  # none: Parquet
    rows: int  # blank ones not counted
    ignored_columns: tuple[str, ...]  # headers that are none of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One file's rows, in file order.

    ``rows`` has ``row``, ``cells_found``, ``broken_in`` (see ``records``) and a String column
    for each of the shape's columns, also for those without a header; blank is null.
    """

    file: InputFile
    rows: pl.DataFrame
    width: int  # cells in the header


def read_table(path: Path, shape: Shape) -> Table:
    """Return the table in the file, CSV (also gzip) or Parquet by its content.

    Raises:
        InputError: If the file is missing, a folder, unreadable, empty, no table, without a
            header, without rows, or without a column that must be there.
        SettingsError: If the encoding or the delimiter asked for does not exist.
    """
    data = read_bytes(path)
    content = _unzipped(path.name, data)
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise InputError(f"{path.name}: the file is empty", hint="have it sent again")
    read = _read_parquet if content.startswith(_PARQUET) else _read_csv
    table = read(path.name, content, hashlib.sha256(data).hexdigest(), shape)
    if table.rows.is_empty() and not shape.may_be_empty:
        raise InputError(
            f"{path.name}: there is a header and no rows", hint="have the file sent again"
        )
    return table


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes.

    Raises:
        InputError: If it is missing, a folder, or may not be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file", hint="check the path") from error
    except IsADirectoryError as error:
        raise InputError(
            f"{path}: is a folder, not a file", hint="name the files in it one by one"
        ) from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="check who may read it") from error


def _unzipped(file: str, data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(
            f"{file}: is not a whole gzip file", hint="have it packed or sent again"
        ) from error


def _read_parquet(file: str, content: bytes, sha256: str, shape: Shape) -> Table:
    table = read_parquet(file, content)
    matched = match_headers(file, table.columns, shape.columns, shape.aliases)
    columns = [
        as_text(file, table.to_series(place)).alias(name) for name, place in matched.places.items()
    ]
    # The rows below the header count from 2, as if the file were a sheet.
    numbers = pl.Series(ROW, range(2, table.height + 2), dtype=pl.UInt32)
    rows = pl.DataFrame([numbers, *columns]).with_columns(
        broken_in([column.name for column in columns]).alias(BROKEN_IN)
    )
    rows = rows.filter(holds_anything(table))
    return Table(
        file=InputFile(
            name=file,
            sha256=sha256,
            format="parquet",
            encoding=None,
            delimiter=None,
            rows=rows.height,
            ignored_columns=matched.ignored,
        ),
        rows=_complete(rows, shape.columns),
        width=table.width,
    )


def _read_csv(file: str, content: bytes, sha256: str, shape: Shape) -> Table:
    text = decode(file, content, encoding=shape.encoding)
    lines = split_lines(text.content)
    header, delimiter = _find_header(file, lines, shape)
    matched = match_headers(file, header.cells, shape.columns, shape.aliases)
    rows = read_rows(lines, header, matched.places, delimiter)
    return Table(
        file=InputFile(
            name=file,
            sha256=sha256,
            format="csv",
            encoding=text.encoding,
            delimiter=delimiter,
            rows=rows.height,
            ignored_columns=tuple(name for name in matched.ignored if name),
        ),
        rows=_complete(rows, shape.columns),
        width=len(header.cells),
    )


def _find_header(file: str, lines: Sequence[str], shape: Shape) -> tuple[Header, str]:
    """Return the header, parted at the delimiter under which most of it is known."""
    found = [
        (header, delimiter)
        for delimiter in _delimiters(shape.delimiter)
        if (header := read_header(lines, delimiter))
    ]
    if not found:
        raise InputError(f"{file}: the first line is not a header", hint="its quotes do not pair")
    return max(
        found,
        key=lambda pair: (
            count_known(pair[0].cells, shape.columns, shape.aliases),
            len(pair[0].cells),
        ),
    )


def _delimiters(asked: str | None) -> Sequence[str]:
    if asked is None:
        return DELIMITERS
    delimiter = _DELIMITER_NAMES.get(asked, asked)
    if (
        len(delimiter) != 1
        or not delimiter.isascii()
        or delimiter.isalnum()
        or delimiter in '"\r\n'
    ):
        raise SettingsError(f"no delimiter `{asked}`", hint="one of `;`, `,` and `tab`")
    return (delimiter,)


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
