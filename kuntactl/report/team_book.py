"""The workbook of a team's leader: what each coach carries, as a table with charts."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from kuntactl.domain.areas import Area
from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.report.book import lay_on_a4, new_book
from kuntactl.report.cells import SheetFormats, write_cell
from kuntactl.report.codes import TEAMS
from kuntactl.report.columns import Column
from kuntactl.report.numbers import written_day, written_number
from kuntactl.report.staffing import CoachLoad, Staffing
from kuntactl.report.texts import TEXTS

SHEET = Words(fi="Työmäärät", sv="Arbetsmängder", en="Workloads")

_HEADER_LINE = 3  # of the table, counted from 0; above it what the table is about
_BLUE, _INK, _RED = "#0B5C8A", "#1D2B36", "#A3302B"
_CHART_LINES = 18  # rows that a chart takes
_CHART_HEIGHT = 340  # pixels
_WIDTH_OF_COACH = 30  # pixels
_LEAST_WIDTH, _MOST_WIDTH = 560, 1600  # pixels of a chart
_HALF_OF_TABLE, _GAP = 670, 20  # pixels: two charts that fit stand side by side
_MEAN_CLIENTS = Words(fi="Asiakkaita keskimäärin", sv="Kunder i medeltal", en="Clients on average")
_MEAN_LOAD = Words(
    fi="Kokoaikaista kohden keskimäärin", sv="Per heltid i medeltal", en="Per full time on average"
)
_SUMS = Words(
    fi="{day}. Valmentaja nimetty {assigned} asiakkaalle, ilman valmentajaa {unassigned}.",
    sv="{day}. Coach utsedd för {assigned} kunder, utan coach {unassigned}.",
    en="{day}. With a coach {assigned} clients, without one {unassigned}.",
)
_COLUMNS = (
    Column(key="name", heading=TEXTS["coach"], width=28),
    Column(key="team", heading=TEXTS["team"], width=18),
    Column(key="share", heading=TEXTS["work_share"], width=15, kind="percent"),
    Column(key="clients", heading=TEXTS["clients"], width=12, kind="number"),
    Column(key="limit", heading=TEXTS["limit"], width=12, kind="number"),
    Column(key="resting", heading=TEXTS["resting"], width=14, kind="number"),
    Column(key="weight", heading=TEXTS["meetings"], width=16, kind="decimal"),
    Column(key="per_share", heading=TEXTS["per_full_time"], width=16, kind="decimal"),
    Column(key="contacts", heading=TEXTS["contacts"], width=18, kind="number"),
    Column(key="late_contacts", heading=TEXTS["late"], width=12, kind="number"),
    Column(key="last_contact", heading=TEXTS["contacts_last"], width=17, kind="weekday"),
    Column(key="mean_clients", heading=_MEAN_CLIENTS, width=16, kind="decimal"),
    Column(key="mean_load", heading=_MEAN_LOAD, width=18, kind="decimal"),
)
_PLACES = {column.key: place for place, column in enumerate(_COLUMNS)}


def team_workbook(staffing: Staffing, *, area: Area, language: Language, on: date) -> bytes:
    """Return the loads of an area's coaches as xlsx, the same bytes for the same values.

    Args:
        staffing: The coaches' loads, as the area's report has them.
        area: Named in the heading.
        language: Of headings and words.
        on: The day of the split.

    Returns:
        One sheet: a line a coach, the heaviest load first, then two charts that the office
        program draws from these lines, of meetings and of clients, with means and limits. It
        names no client. No cell is ever a formula or a link.
    """
    out = io.BytesIO()
    title = f"{SHEET.in_language(language)} · {area.name.in_language(language)}"
    book = new_book(out, on=on, told={"title": title})
    sheet = book.add_worksheet(SHEET.in_language(language))
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, _sums(staffing, language=language, on=on))
    _write_table(book, sheet, staffing, language=language)
    if staffing.loads:
        _draw(book, sheet, staffing, language=language)
    _set_page(sheet)
    book.close()
    return out.getvalue()


def _sums(staffing: Staffing, *, language: Language, on: date) -> str:
    return _SUMS.in_language(language).format(
        day=written_day(on, language=language),
        assigned=written_number(staffing.assigned, language=language),
        unassigned=written_number(staffing.unassigned, language=language),
    )


def _write_table(book: Any, sheet: Any, staffing: Staffing, *, language: Language) -> None:
    formats = SheetFormats.of(book, language=language)
    for place, column in enumerate(_COLUMNS):
        sheet.set_column(place, place, column.width)
        heading = column.heading.in_language(language)
        heading = heading[:1].upper() + heading[1:]
        sheet.write_string(_HEADER_LINE, place, heading, formats.heading)
    for line, load in enumerate(staffing.by_load, start=_HEADER_LINE + 1):
        values = _values(load, staffing, language=language)
        for place, column in enumerate(_COLUMNS):
            value = values[column.key]
            is_late = column.key == "late_contacts" and bool(value)
            style = formats.cells["marked" if is_late else column.kind]
            write_cell(sheet, (line, place), value, style)
    sheet.set_row(_HEADER_LINE, 48)
    sheet.freeze_panes(_HEADER_LINE + 1, 1)
    last = _HEADER_LINE + len(staffing.loads)
    sheet.autofilter(_HEADER_LINE, 0, last, len(_COLUMNS) - 1)


def _values(load: CoachLoad, staffing: Staffing, *, language: Language) -> Mapping[str, object]:
    return {
        "name": load.name,
        "team": TEAMS[load.team].in_language(language),
        "share": load.share,
        "clients": load.clients,
        "limit": load.limit,
        "resting": load.resting,
        "weight": load.weight,
        "per_share": load.per_share,
        "contacts": load.contacts,
        "late_contacts": load.late_contacts,
        "last_contact": load.last_contact,
        "mean_clients": staffing.mean_clients,
        "mean_load": staffing.mean_per_share,
    }


def _draw(book: Any, sheet: Any, staffing: Staffing, *, language: Language) -> None:
    """Add a chart of meetings and one of clients below the table."""
    charts = (
        ("loads_chart", "per_share", "per_full_time", {"mean_load": "mean"}),
        ("clients_chart", "clients", "clients", {"mean_clients": "mean", "limit": "limit"}),
    )
    count = len(staffing.loads)
    width = min(max(_LEAST_WIDTH, _WIDTH_OF_COACH * count), _MOST_WIDTH)
    for place, (title, bars, name, marks) in enumerate(charts):
        chart = book.add_chart({"type": "column"})
        said = {key: TEXTS[key].in_language(language) for key in (title, name, *marks.values())}
        chart.add_series(
            {
                **_range(sheet, bars, count=count),
                "name": said[name],
                "fill": {"color": _BLUE},
                "gap": 60,
            }
        )
        lines = book.add_chart({"type": "line"})
        for key, word in marks.items():
            lines.add_series(
                {**_range(sheet, key, count=count), "name": said[word], **_LOOKS[word]}
            )
        chart.combine(lines)
        chart.set_title({"name": said[title], "overlay": False, "name_font": {"size": 12}})
        chart.set_legend({"position": "bottom"})
        chart.set_y_axis(
            {"min": 0, "major_gridlines": {"visible": True, "line": {"color": "#C9D2D9"}}}
        )
        chart.set_x_axis({"num_font": {"rotation": -45}})
        chart.set_size({"width": width, "height": _CHART_HEIGHT})
        is_beside = width <= _HALF_OF_TABLE
        top = _HEADER_LINE + count + 2 + (0 if is_beside else place * _CHART_LINES)
        left = place * (width + _GAP) if is_beside else 0
        sheet.insert_chart(top, 0, chart, {"x_offset": left, "description": said[title]})


_LOOKS: Mapping[str, Mapping[str, object]] = {
    "mean": {"line": {"color": _INK, "width": 1.5, "dash_type": "dash"}},
    "limit": {
        "line": {"none": True},
        "marker": {
            "type": "long_dash",
            "size": 12,
            "fill": {"color": _RED},
            "border": {"color": _RED},
        },
    },
}


def _range(sheet: Any, key: str, *, count: int) -> Mapping[str, object]:
    """Return where the coaches' names and the values of a column stand."""
    first, last = _HEADER_LINE + 1, _HEADER_LINE + count
    place = _PLACES[key]
    return {
        "categories": [sheet.get_name(), first, 0, last, 0],
        "values": [sheet.get_name(), first, place, last, place],
    }


def _set_page(sheet: Any) -> None:
    sheet.hide_gridlines(2)
    sheet.repeat_rows(_HEADER_LINE)
    lay_on_a4(sheet, pages_wide=1)
