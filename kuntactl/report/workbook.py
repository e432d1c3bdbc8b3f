"""One workbook a coach: their clients on a sheet that opens ready to use."""

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import polars as pl
import xlsxwriter

from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.codes import BENEFITS, EMPLOYMENT, SERVICE_LINES
from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.report.caseload import with_coach_facts
from kuntactl.report.codes import LANGUAGES, TEAMS
from kuntactl.report.columns import COLUMNS, COLUMNS_THAT_STAY, Column
from kuntactl.report.legend import write_legend
from kuntactl.report.lists import say_codes
from kuntactl.report.numbers import written_day
from kuntactl.report.short import GROUNDS, short_names
from kuntactl.report.vocabulary import Vocabulary

CLIENTS_SHEET = Words(fi="Asiakkaat", sv="Kunder", en="Clients")
PROTECTED = Words(fi="TURVAKIELTO", sv="SPÄRRMARKERAD", en="NON-DISCLOSURE")
YES = Words(fi="kyllä", sv="ja", en="yes")

_FILTER_BUTTON = 3  # characters that the button of the filter covers
_A4 = 9
_PRINT_SCALE = 72  # per cent: the columns about the person fill one landscape page
_DATE_FORMATS: Mapping[Language, str] = {
    Language.FI: "d.m.yyyy",
    Language.SV: "d.m.yyyy",
    Language.EN: "d mmm yyyy",
}
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
        A workbook with the clients' sheet (header in row 1, frozen, with a filter) and a
        sheet that explains it. No cell is ever a formula or a link.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    _describe(book, coach, area=area, language=language, on=on)
    cells = _cells(
        with_coach_facts(rows, coach=coach, on=on), vocabulary=vocabulary, language=language, on=on
    )
    sheet = book.add_worksheet(CLIENTS_SHEET.in_language(language))
    _write_rows(book, sheet, cells, language=language)
    _lay_out(sheet, cells, language=language)
    _set_page(
        sheet,
        header=f"{area.name.in_language(language)} · {coach.name}",
        day=written_day(on, language=language),
        footer=_FOOTERS[language],
    )
    write_legend(book, coach, vocabulary=vocabulary, language=language)
    book.close()
    return out.getvalue()


def _describe(book: Any, coach: Coach, *, area: Area, language: Language, on: date) -> None:
    day = written_day(on, language=language)
    book.set_properties(
        {
            "title": f"{CLIENTS_SHEET.in_language(language)} · {coach.name}",
            "subject": f"{area.name.in_language(language)} · {day}",
            "author": "kuntactl",
            "created": datetime(on.year, on.month, on.day),  # noqa: DTZ001 - xlsx has no zone
        }
    )


def _cells(
    rows: pl.DataFrame, *, vocabulary: Vocabulary, language: Language, on: date
) -> pl.DataFrame:
    """Return the rows as they are shown: one column a ``Column``, codes in words."""

    def said(column: str, words: Mapping[str, Words]) -> pl.Expr:
        return pl.col(column).replace(
            {code: text.in_language(language) for code, text in words.items()}
        )

    municipalities = {
        str(code): municipality.name.in_language(language)
        for code, municipality in municipalities_of(on.year).items()
    }
    shown = rows.with_columns(
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
    return shown.select(column.key for column in COLUMNS)


def _mark(column: str, word: str) -> pl.Expr:
    return pl.when(pl.col(column)).then(pl.lit(word)).alias(column)


def _lines(column: str, words: Mapping[str, Words], *, language: Language) -> pl.Expr:
    return say_codes(column, words, language=language).list.join("\n").replace("", None)


def _write_rows(book: Any, sheet: Any, cells: pl.DataFrame, *, language: Language) -> None:
    common = {"valign": "top", "bottom": 4, "bottom_color": "#B8C4CE", "font_size": 11}
    formats = {
        "text": book.add_format({**common, "text_wrap": True}),
        "day": book.add_format({**common, "num_format": _DATE_FORMATS[language], "align": "left"}),
        "number": book.add_format({**common, "num_format": "0", "align": "left"}),
        "decimal": book.add_format({**common, "num_format": "0.0", "align": "left"}),
        "protected": book.add_format({**common, "bold": True, "bg_color": "#FCE8D5"}),
    }
    heading = book.add_format(
        {
            "bold": True,
            "text_wrap": True,
            "valign": "vcenter",
            "bg_color": "#0B3D5C",
            "font_color": "#FFFFFF",
            "font_size": 11,
        }
    )
    for index, column in enumerate(COLUMNS):
        sheet.write_string(0, index, column.heading.in_language(language), heading)
        for line, value in enumerate(cells.get_column(column.key), start=1):
            _write_cell(sheet, (line, index), value, _format_of(column, value, formats))


def _format_of(column: Column, value: object, formats: Mapping[str, Any]) -> Any:
    marked = column.key == "protected" and value is not None
    return formats["protected" if marked else column.kind]


def _write_cell(sheet: Any, place: tuple[int, int], value: object, style: Any) -> None:
    match value:
        case None:
            sheet.write_blank(*place, None, style)
        case str():
            sheet.write_string(*place, value, style)
        case date():
            sheet.write_datetime(*place, value, style)
        case _:
            sheet.write_number(*place, value, style)


def _lay_out(sheet: Any, cells: pl.DataFrame, *, language: Language) -> None:
    """Fit the widths, fold the background columns into a group, freeze, filter."""
    for index, column in enumerate(COLUMNS):
        options = {"level": 1} if column.background else {}
        heading = column.heading.in_language(language)
        width = _fitted(cells.get_column(column.key), column=column, heading=heading)
        sheet.set_column(index, index, width, None, options)
    sheet.freeze_panes(1, COLUMNS_THAT_STAY)
    sheet.autofilter(0, 0, cells.height, len(COLUMNS) - 1)
    sheet.set_row(0, 48)


def _fitted(values: pl.Series, *, column: Column, heading: str) -> float:
    """Return the width of the longest line or word of the heading, within the column's limit."""
    lines = values.cast(pl.String).str.split("\n").explode().str.len_chars()
    longest_word = max(len(word) for word in heading.split())
    longest = max(int(lines.max() or 0), longest_word + _FILTER_BUTTON)  # type: ignore[arg-type]
    return min(longest + 2, max(column.width, longest_word + _FILTER_BUTTON))


def _set_page(sheet: Any, *, header: str, day: str, footer: str) -> None:
    """Set landscape A4: two pages wide, the header row and the names on each of them."""
    first_of_background = next(index for index, column in enumerate(COLUMNS) if column.background)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.set_print_scale(_PRINT_SCALE)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, COLUMNS_THAT_STAY - 1)
    sheet.set_v_pagebreaks([first_of_background])
    sheet.set_header(f"&L{_plain(header)}&R{_plain(day)}")
    sheet.set_footer(f"&R{footer}")


def _plain(text: str) -> str:
    """Return the text with the header's own sign doubled, so that it is printed as it is."""
    return text.replace("&", "&&")
