"""A list as a workbook in which a person fills in what is missing."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.report.book import lay_on_a4, new_book
from kuntactl.report.sheet_lines import insert_lines

MOST_LINES = 100_000  # nobody fills in more by hand; the CSV file has them all
MOST_LETTERS = 32_000  # of a cell; a sheet holds 32,767
MOST_OF_CHOICES = 255  # letters of a drop-down list, with the commas between them

_WIDEST = 60  # characters; longer text is wrapped
_LEAST = 10
_MORE_LINES = Words(
    fi="vielä {count} riviä tiedostossa {file}",
    sv="ytterligare {count} rader i filen {file}",
    en="{count} more lines in {file}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A column that a person fills in."""

    column: str
    note: Words  # shown beside the cell; at most 255 characters
    choices: tuple[str, ...] = ()  # what may be filled in; empty: anything
    unless_blank: str | None = None  # no filling in where this column is blank
    where_blank: bool = False  # only the cells that are blank are there to be filled in


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBook:
    """How a list becomes a workbook."""

    title: Words  # of the sheet; at most 31 characters
    file: str  # the CSV file with the same lines
    blanks: tuple[Blank, ...]
    narrow: frozenset[str] = frozenset()  # columns that nobody reads


def list_workbook(book: ListBook, frame: pl.DataFrame, *, language: Language, on: date) -> bytes:
    """Return the list as xlsx, the same bytes for the same values.

    Every cell is text, so that no spreadsheet takes a zero away or makes a date of it; none is
    a formula or a link. The header stays in view. Lines beyond ``MOST_LINES`` are counted in
    the last line.

    Args:
        book: The sheet's title and the columns to fill in.
        frame: The list; cells of any type but lists, null as an empty cell.
        language: Of title and notes.
        on: The day of the decision, as the day on which the workbook was made.
    """
    out = io.BytesIO()
    title = book.title.in_language(language)
    workbook = new_book(out, on=on, told={"title": title})
    sheet = workbook.add_worksheet(title)
    cells = frame.head(MOST_LINES).select(pl.all().cast(pl.String).str.slice(0, MOST_LETTERS))
    looks = _write(workbook, sheet, cells, book=book)
    more = frame.height - cells.height
    if more:
        words = _MORE_LINES.in_language(language).format(count=more, file=book.file)
        sheet.write_string(MOST_LINES + 1, 0, words)
    for blank in book.blanks:
        _invite(sheet, blank, cells, language=language)
    styles = [look.numbers() for look in looks]
    workbook.close()
    return insert_lines(out.getvalue(), cells, styles, row=2) if cells.height else out.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """How the cells of a column look."""

    which: pl.Series  # Boolean, a line each; null: there is no cell
    if_true: Any  # a format of the workbook
    if_false: Any

    def numbers(self) -> pl.Series:
        """Return the number that the workbook knows each cell's format by."""
        true, false = (one._get_xf_index() for one in (self.if_true, self.if_false))  # noqa: SLF001 - xlsxwriter tells it nowhere else
        return pl.select(
            pl.when(self.which).then(pl.lit(true)).when(~self.which).then(pl.lit(false))
        ).to_series()


def _write(workbook: Any, sheet: Any, cells: pl.DataFrame, *, book: ListBook) -> list[_Look]:
    """Write all but the lines, of which the last is blank so far; return how they look."""
    text = {"num_format": "@", "text_wrap": True, "valign": "top"}
    plain = workbook.add_format(text)
    background = workbook.add_format({"num_format": "@", "font_color": "#7F7F7F"})
    open_cell = workbook.add_format({**text, "bg_color": "#FFF8DC", "border": 4})
    closed = workbook.add_format({**text, "bg_color": "#D9D9D9"})
    heading = workbook.add_format(
        {"bold": True, "valign": "vcenter", "bg_color": "#0B3D5C", "font_color": "#FFFFFF"}
    )
    to_fill = {blank.column: blank for blank in book.blanks}
    looks = []
    for place, name in enumerate(cells.columns):
        values = cells.get_column(name)
        width = _LEAST if name in book.narrow else _width(name, values)
        sheet.set_column(place, place, width, background if name in book.narrow else plain)
        sheet.write_string(0, place, name, heading)
        style = background if name in book.narrow else plain
        there = values.is_not_null()
        look = _Look(which=there.replace(False, None), if_true=style, if_false=style)  # noqa: FBT003 - a value to replace
        if name in to_fill:
            is_open = _is_open(to_fill[name], cells)
            shut = plain if to_fill[name].where_blank else closed
            look = _Look(which=is_open, if_true=open_cell, if_false=shut)
        looks.append(look)
        if cells.height:
            sheet.write_blank(cells.height, place, None, style)
    lay_on_a4(sheet, pages_wide=1)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(cells.height, 1), cells.width - 1)
    return looks


def _is_open(blank: Blank, cells: pl.DataFrame) -> pl.Series:
    if blank.where_blank:
        return cells.get_column(blank.column).is_null()
    if blank.unless_blank is None:
        return pl.repeat(value=True, n=cells.height, eager=True)
    return cells.get_column(blank.unless_blank).is_not_null()


def _width(name: str, values: pl.Series) -> int:
    longest = values.str.len_chars().max() or 0
    return min(max(int(str(longest)), len(name) + 3, _LEAST) + 2, _WIDEST)


def _invite(sheet: Any, blank: Blank, cells: pl.DataFrame, *, language: Language) -> None:
    """Say beside the cell what to fill in, and offer the choices, if they fit."""
    place = cells.columns.index(blank.column)
    if blank.where_blank and not cells.get_column(blank.column).null_count():
        return
    rule: Mapping[str, object] = (
        {"validate": "list", "source": list(blank.choices)}
        if blank.choices and len(",".join(blank.choices)) <= MOST_OF_CHOICES
        else {"validate": "any"}
    )
    sheet.data_validation(
        *(1, place, max(cells.height, 1), place),
        {**rule, "input_title": blank.column, "input_message": blank.note.in_language(language)},
    )
