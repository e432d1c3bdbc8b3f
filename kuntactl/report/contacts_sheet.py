"""The sheet of a coach's workbook with the first contacts by working day."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.report.book import lay_on_a4
from kuntactl.report.cells import SheetFormats, write_cell
from kuntactl.report.columns import COLUMNS, Column
from kuntactl.report.contacts_calendar import TITLE
from kuntactl.report.numbers import written_day

_HEADER_LINE = 3  # of the table, counted from 0; above it the plan in words
LATE = Words(fi="myöhässä", sv="för sent", en="late")

_OF_CLIENTS = {column.key: column for column in COLUMNS}


def _like(key: str, *, width: int, heading: Words | None = None) -> Column:
    """Return the column of the clients' sheet, as wide as it is to be here."""
    column = _OF_CLIENTS[key]
    return replace(column, width=width, heading=heading or column.heading)


_COLUMNS = (
    _like("first_contact", width=16, heading=Words(fi="Päivä", sv="Dag", en="Day")),
    _like("client_id", width=16),
    _like("family_name", width=22),
    _like("given_names", width=22),
    _like("phone", width=18),
    _like("service_language", width=14),
    _like("age", width=8),
    _like("unemployed_from", width=18),
    Column(
        key="first_contact_by",
        heading=Words(fi="Viimeistään", sv="Senast", en="At the latest"),
        width=13,
        kind="day",
    ),
    Column(key="late", heading=LATE, width=12),
)
_NONE = Words(
    fi="Ei ensimmäisiä yhteydenottoja.", sv="Inga första kontakter.", en="No first contacts."
)
_PLAN = Words(
    fi="Ensimmäisiä yhteydenottoja {count}: {first}–{last}, enintään {most} päivässä.",
    sv="Första kontakter: {count}, {first}–{last}, högst {most} per dag.",
    en="{count} first contacts: {first} to {last}, at most {most} a day.",
)
_OVERLOAD = Words(
    fi="Ajoissa ehtii {in_time}, myöhässä on {late}. Päiviin ei mahdu enempää: puhu asiasta "
    "esihenkilösi kanssa.",
    sv="{in_time} ryms i tid, {late} kommer för sent. Dagarna rymmer inte fler: tala med din "
    "chef.",
    en="{in_time} fit in time, {late} come late. The days hold no more: talk to your manager.",
)


def write_contacts(book: Any, rows: pl.DataFrame, *, language: Language, on: date) -> None:
    """Add the sheet with what is planned from the day on, by day and name.

    Args:
        book: The xlsxwriter workbook.
        rows: As ``workbook_rows`` gives them, with ``age`` and codes in words.
        language: Of every word on the sheet.
        on: Contacts of earlier days are left out.
    """
    sheet = book.add_worksheet(TITLE.in_language(language))
    late = pl.col("first_contact") > pl.col("first_contact_by")
    planned = (
        rows.filter(pl.col("first_contact") >= on)
        .with_columns(late=pl.when(late).then(pl.lit(LATE.in_language(language))))
        .sort("first_contact", maintain_order=True)
    )
    _write_summary(book, sheet, planned, language=language)
    formats = SheetFormats.of(book, language=language)
    for place, column in enumerate(_COLUMNS):
        sheet.set_column(place, place, column.width)
        heading = column.heading.in_language(language)
        sheet.write_string(_HEADER_LINE, place, heading[0].upper() + heading[1:], formats.heading)
        style = formats.cells["marked" if column.key == "late" else column.kind]
        for line, value in enumerate(planned.get_column(column.key), start=_HEADER_LINE + 1):
            write_cell(
                sheet, (line, place), value, formats.cells["text"] if value is None else style
            )
    _set_page(sheet, height=planned.height)


def _write_summary(book: Any, sheet: Any, planned: pl.DataFrame, *, language: Language) -> None:
    title = book.add_format({"bold": True, "font_size": 14, "font_color": "#0B3D5C"})
    strong = book.add_format({"bold": True, "font_color": "#A3302B"})
    sheet.write_string(0, 0, TITLE.in_language(language), title)
    if planned.is_empty():
        sheet.write_string(1, 0, _NONE.in_language(language))
        return
    days = planned.get_column("first_contact")
    late = planned.get_column("late").count()
    said = _PLAN.in_language(language).format(
        count=planned.height,
        first=written_day(days[0], language=language),
        last=written_day(days[-1], language=language),
        most=days.value_counts().get_column("count").max(),
    )
    sheet.write_string(1, 0, said)
    if late:
        overload = _OVERLOAD.in_language(language)
        sheet.write_string(2, 0, overload.format(in_time=planned.height - late, late=late), strong)


def _set_page(sheet: Any, *, height: int) -> None:
    sheet.freeze_panes(_HEADER_LINE + 1, 0)
    sheet.autofilter(_HEADER_LINE, 0, _HEADER_LINE + height, len(_COLUMNS) - 1)
    sheet.set_row(_HEADER_LINE, 32)
    sheet.hide_gridlines(2)
    sheet.repeat_rows(_HEADER_LINE)
    lay_on_a4(sheet, pages_wide=1)
