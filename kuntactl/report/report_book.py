"""The workbook of a report: every table of the page, a sheet each."""

import io
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from kuntactl.domain.types import Language
from kuntactl.report.book import lay_on_a4, new_book
from kuntactl.report.cells import SheetFormats, write_cell
from kuntactl.report.shown import in_words
from kuntactl.report.table import Column, Share, Table, Value

_HEADER_LINE = 2  # counted from 0; above it the caption
_NAME, _NUMBER = 44, 16  # widths in characters
_LONGEST_NAME = 31  # of a sheet, as Excel takes it
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_FORMATS = {"head": "text", "text": "text", "code": "text", "share": "percent", "change": "number"}


def report_workbook(
    tables: Mapping[str, Table], *, title: str, language: Language, on: date
) -> bytes:
    """Return the tables of a report as xlsx, the same bytes for the same values.

    Args:
        tables: At least one, in the order of the sheets.
        title: Of the report.
        language: Of headings and words.
        on: The day of the report.

    Returns:
        A sheet a table: its caption, its headings, its lines, its total. Numbers are numbers,
        shares are parts of one; a count that may not be shown is ``…``. No cell is ever a
        formula or a link.
    """
    out = io.BytesIO()
    book = new_book(out, on=on, told={"title": title})
    formats = SheetFormats.of(book, language=language)
    bold = book.add_format({"bold": True, "font_size": 13})
    for number, table in enumerate(tables.values(), start=1):
        caption = table.caption.in_language(language)
        sheet = book.add_worksheet(sheet_name(number, caption))
        sheet.write_string(0, 0, caption, bold)
        _write(sheet, table, formats, language=language)
    book.close()
    return out.getvalue()


def sheet_name(number: int, caption: str) -> str:
    """Return a name that no other sheet has and that Excel takes."""
    return f"{number} {_NOT_IN_NAMES.sub(' ', caption)}"[:_LONGEST_NAME].strip()


def _write(sheet: Any, table: Table, formats: SheetFormats, *, language: Language) -> None:
    for place, column in enumerate(table.columns):
        heading = column.heading.in_language(language)
        sheet.set_column(place, place, _NAME if column.kind in {"head", "code"} else _NUMBER)
        sheet.write_string(_HEADER_LINE, place, heading[:1].upper() + heading[1:], formats.heading)
    for row, line in enumerate(table.every_line, start=_HEADER_LINE + 1):
        for place, column in enumerate(table.columns):
            value = _plain(line.values[place], language=language)
            write_cell(sheet, (row, place), value, _format(formats, column, value))
    sheet.set_row(_HEADER_LINE, 32)
    sheet.freeze_panes(_HEADER_LINE + 1, 0)
    sheet.hide_gridlines(2)
    lay_on_a4(sheet, pages_wide=1)


def _plain(value: Value, *, language: Language) -> str | float | date | None:
    """Return the value as a cell holds it."""
    if isinstance(value, Share):
        return value.part / value.whole if value.whole else None
    if value is None or isinstance(value, int | float | date):
        return value
    return in_words(value, language=language)


def _format(formats: SheetFormats, column: Column, value: object) -> Any:
    if column.kind == "number" and isinstance(value, float):
        return formats.cells["decimal"]
    return formats.cells[_FORMATS.get(column.kind, column.kind)]
