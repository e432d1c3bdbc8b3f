"""The dialects in which offices write one table: bytes, headers, dates, codes."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import polars as pl
import xlsxwriter

from kuntactl.sample.faults import UNDECODABLE, Cell, Cells

DATE_STYLES = {
    "d.m.yyyy": "{0.day}.{0.month}.{0.year}",
    "dd.mm.yyyy": "{0:%d.%m.%Y}",
    "iso": "{0}",
}
_CODES = ("kotikunta", "postinumero", "tyollisyyskoodi", "etuus", "palvelulinja")
_NUMBERS = ("tyomarkkinatukipaivat",)
_DATES = ("syntymaaika", "tyonhaku_alkoi", "tyonhaku_paattyi", "tyottomyys_alkoi")
_BOM = "\ufeff"
_SHEET = "Vienti"
_MADE = datetime(2021, 3, 1)  # noqa: DTZ001 - xlsx has no zone; the same bytes on every day
_NO_SUCH_BYTE = {"utf-8": b"\xe4", "cp1252": b"\x81"}  # cannot be decoded


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How one office writes its export."""

    format: Literal["csv", "parquet", "xlsx"] = "csv"
    delimiter: str = ";"
    encoding: str = (
        "utf-8"  # or utf-8-sig (with BOM, whatever ``bom`` says), utf-16, cp1252, latin-1
    )
    line_end: str = "\r\n"
    trailing_delimiter: bool = False  # after the last cell of each line
    bom: bool = True  # where the encoding has one; UTF-16 always
    date_style: str = "d.m.yyyy"  # a key of DATE_STYLES; Parquet and xlsx have real dates
    spoken_headers: bool = False  # "Työnhaku alkoi" instead of tyonhaku_alkoi
    municipality_names: bool = False  # "Koski Tl" instead of 284
    zeros_lost: bool = False  # 91 and 100: the file has been through a spreadsheet
    open_end_marked: bool = False  # 11.11.2222 instead of blank
    finnish_blank: bool = False  # blank for Finnish as mother tongue and citizenship

    @property
    def codec(self) -> str:
        """The name by which Python encodes a letter of the file."""
        return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(self.encoding, self.encoding)

    @property
    def has_undecodable(self) -> bool:
        """Whether there are bytes that the encoding cannot decode."""
        return self.format == "csv" and self.codec in _NO_SUCH_BYTE


def write_rows(rows: Sequence[Cells], columns: Mapping[str, str], dialect: Dialect) -> bytes:
    """Return the table as bytes.

    Args:
        rows: By column; one that lacks the last columns is cut short (a blank but in CSV).
        columns: Column -> the header that people read.
        dialect: How to write it.
    """
    if dialect.zeros_lost:
        rows = [_without_zeros(row) for row in rows]
    match dialect.format:
        case "parquet":
            return _parquet(rows, columns)
        case "xlsx":
            return _xlsx(rows, columns, dialect)
        case "csv":
            return _csv(rows, columns, dialect)


def _csv(rows: Sequence[Cells], columns: Mapping[str, str], dialect: Dialect) -> bytes:
    out = io.StringIO(newline="")
    end = (dialect.delimiter if dialect.trailing_delimiter else "") + dialect.line_end
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator=end)
    writer.writerow(columns.values() if dialect.spoken_headers else columns)
    style = DATE_STYLES[dialect.date_style]
    writer.writerows([_text(cell, style) for cell in row.values()] for row in rows)
    unicode = dialect.codec.startswith("utf")
    bom = unicode and (dialect.bom or dialect.encoding != "utf-8")
    parts = f"{_BOM if bom else ''}{out.getvalue()}".split(UNDECODABLE)
    return _NO_SUCH_BYTE.get(dialect.codec, b"").join(part.encode(dialect.codec) for part in parts)


def _text(cell: Cell, date_style: str) -> str:
    if cell is None:
        return ""
    return date_style.format(cell) if isinstance(cell, date) else str(cell)


def _parquet(rows: Sequence[Cells], columns: Mapping[str, str]) -> bytes:
    special = dict.fromkeys(_DATES, pl.Date()) | dict.fromkeys(_NUMBERS, pl.Int32())
    schema = {name: special.get(name, pl.String()) for name in columns}
    out = io.BytesIO()
    pl.DataFrame(list(rows), schema=schema).write_parquet(out, compression="uncompressed")
    return out.getvalue()


def _xlsx(rows: Sequence[Cells], columns: Mapping[str, str], dialect: Dialect) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": _MADE})
    sheet = book.add_worksheet(_SHEET)
    day = book.add_format({"num_format": "d.m.yyyy"})
    for place, header in enumerate(columns.values() if dialect.spoken_headers else columns):
        sheet.write_string(0, place, header)
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row.values()):
            match value:
                case None:
                    continue
                case date():
                    sheet.write_datetime(line, place, value, day)
                case int():
                    sheet.write_number(line, place, value)
                case str():
                    sheet.write_string(line, place, value)
    book.close()
    return out.getvalue()


def _without_zeros(row: Cells) -> Cells:
    return row | {name: _without_zero(row[name]) for name in _CODES if name in row}


def _without_zero(cell: Cell) -> Cell:
    return str(int(cell)) if isinstance(cell, str) and cell.isdigit() else cell
