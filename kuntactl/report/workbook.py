"""One workbook a coach: their clients on a sheet that opens ready to use."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.codes import BENEFITS, EMPLOYMENT, SERVICE_LINES
from kuntactl.domain.languages import LANGUAGES
from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.report.book import lay_on_a4, new_book
from kuntactl.report.caseload import with_coach_facts
from kuntactl.report.cells import SheetFormats, row_height, write_cell
from kuntactl.report.codes import TEAMS
from kuntactl.report.columns import COLUMNS, COLUMNS_THAT_STAY, Column
from kuntactl.report.contacts_sheet import write_contacts
from kuntactl.report.legend import write_legend
from kuntactl.report.lists import say_codes
from kuntactl.report.numbers import written_day
from kuntactl.report.short import GROUNDS, short_names
from kuntactl.report.vocabulary import Vocabulary

CLIENTS_SHEET = Words(fi="Asiakkaat", sv="Kunder", en="Clients")
PROTECTED = Words(fi="TURVAKIELTO", sv="SPÄRRMARKERAD", en="NON-DISCLOSURE")
YES = Words(fi="kyllä", sv="ja", en="yes")

_FILTER_BUTTON = 3  # characters that the button of the filter covers
_PAGES_WIDE = 2
_WEEKDAY = 15  # characters: "Tue 21 Jun 2022"; a date that does not fit is shown as ###
_FOOTERS: Mapping[Language, str] = {
    Language.FI: "sivu &P / &N",
    Language.SV: "sida &P / &N",
    Language.EN: "page &P / &N",
}


def coach_workbook(
    coach: Coach,
    rows: pl.DataFrame,
    *,
    area: Area,
    vocabulary: Vocabulary,
    language: Language,
    on: date,
) -> bytes:
    """Return the workbook of one coach as xlsx, the same bytes for the same values.

    Args:
        coach: Whose clients these are.
        rows: As ``caseloads`` gives them, in the order in which they are written.
        area: Named in the page header and in the document's properties.
        vocabulary: Grounds and reasons in words.
        language: Of headings and words; names of people stay as they are.
        on: The day of the decision; ages are as of this day.

    Returns:
        A workbook with the clients' sheet (header in row 1, frozen, with a filter), the first
        contacts by day, and a sheet that explains them. No cell is ever a formula or a link.
    """
    out = io.BytesIO()
    day = written_day(on, language=language)
    told = {
        "title": f"{CLIENTS_SHEET.in_language(language)} · {coach.name}",
        "subject": f"{area.name.in_language(language)} · {day}",
    }
    book = new_book(out, on=on, told=told)
    shown = _in_words(
        with_coach_facts(rows, coach=coach, on=on), vocabulary=vocabulary, language=language, on=on
    )
    cells = shown.select(column.key for column in COLUMNS)
    sheet = book.add_worksheet(CLIENTS_SHEET.in_language(language))
    _write_rows(book, sheet, cells, language=language)
    _lay_out(sheet, cells, language=language)
    _set_page(
        sheet,
        header=f"{area.name.in_language(language)} · {coach.name}",
        day=day,
        footer=_FOOTERS[language],
    )
    write_contacts(book, shown, language=language, on=on)
    write_legend(book, coach, vocabulary=vocabulary, language=language)
    book.close()
    return out.getvalue()


def _in_words(
    rows: pl.DataFrame, *, vocabulary: Vocabulary, language: Language, on: date
) -> pl.DataFrame:
    """Return the rows as they are shown: codes in words."""

    def said(column: str, words: Mapping[str, Words]) -> pl.Expr:
        return pl.col(column).replace(
            {code: text.in_language(language) for code, text in words.items()}
        )

    municipalities = {
        str(code): municipality.name.in_language(language)
        for code, municipality in municipalities_of(on.year).items()
    }
    return rows.with_columns(
        said("service_language", LANGUAGES),
        said("mother_tongue", LANGUAGES),
        said("employment_code", EMPLOYMENT),
        said("benefit", BENEFITS),
        said("service_line", SERVICE_LINES),
        said("team", TEAMS),
        pl.col("municipality").replace(municipalities),
        _mark("protected", PROTECTED.in_language(language)),
        _mark("former_officer", YES.in_language(language)),
        _lines("grounds", short_names(GROUNDS, vocabulary.grounds), language=language),
        _lines("why", vocabulary.reasons, language=language),
    )


def _mark(column: str, word: str) -> pl.Expr:
    return pl.when(pl.col(column)).then(pl.lit(word)).alias(column)


def _lines(column: str, words: Mapping[str, Words], *, language: Language) -> pl.Expr:
    return say_codes(column, words, language=language).list.join("\n").replace("", None)


def _write_rows(book: Any, sheet: Any, cells: pl.DataFrame, *, language: Language) -> None:
    formats = SheetFormats.of(book, language=language)
    for index, column in enumerate(COLUMNS):
        sheet.write_string(0, index, column.heading.in_language(language), formats.heading)
        for line, value in enumerate(cells.get_column(column.key), start=1):
            marked = column.key == "protected" and value is not None
            style = formats.cells["marked" if marked else column.kind]
            write_cell(sheet, (line, index), value, style)


def _lay_out(sheet: Any, cells: pl.DataFrame, *, language: Language) -> None:
    """Fit widths and heights, fold the background columns into a group, freeze, filter."""
    widths = {}
    for index, column in enumerate(COLUMNS):
        options = {"level": 1} if column.background else {}
        heading = column.heading.in_language(language)
        width = _fitted(cells.get_column(column.key), column=column, heading=heading)
        sheet.set_column(index, index, width, None, options)
        widths[column.key] = width
    sheet.freeze_panes(1, COLUMNS_THAT_STAY)
    sheet.autofilter(0, 0, cells.height, len(COLUMNS) - 1)
    sheet.set_row(0, 48)
    wrapped = [column.key for column in COLUMNS if column.kind == "text"]
    for line, texts in enumerate(cells.select(wrapped).iter_rows(), start=1):
        row = zip(texts, (widths[key] for key in wrapped), strict=True)
        height = row_height((text, width) for text, width in row if text)
        sheet.set_row(line, height)


def _fitted(values: pl.Series, *, column: Column, heading: str) -> float:
    """Return the width of the longest line or word of the heading, within the column's limit."""
    lines = values.cast(pl.String).str.split("\n").explode().str.len_chars()
    longest_word = max(len(word) for word in heading.split())
    written = _WEEKDAY if column.kind == "weekday" else int(lines.max() or 0)  # type: ignore[arg-type]
    longest = max(written, longest_word + _FILTER_BUTTON)
    return min(longest + 2, max(column.width, longest_word + _FILTER_BUTTON))


def _set_page(sheet: Any, *, header: str, day: str, footer: str) -> None:
    """Set landscape A4: two pages wide, the header row and the names on each of them."""
    lay_on_a4(sheet, pages_wide=_PAGES_WIDE)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, COLUMNS_THAT_STAY - 1)
    sheet.set_header(f"&L{_plain(header)}&R{_plain(day)}")
    sheet.set_footer(f"&R{footer}")


def _plain(text: str) -> str:
    """Return the text with the header's own sign doubled, so that it is printed as it is."""
    return text.replace("&", "&&")
