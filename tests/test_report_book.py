"""Every table of a report is in its workbook, as numbers that nobody has to type again."""

import io
import re
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from report_people import COACH, ON
from report_run import figures_of_area, figures_of_run, results

from kuntactl.domain.types import Language
from kuntactl.report.area_tables import area_tables
from kuntactl.report.html import area_report, run_report
from kuntactl.report.report_book import report_workbook, sheet_name
from kuntactl.report.run_tables import run_tables
from kuntactl.report.table import Hidden, Table


def sheets(tables: dict[str, Table], language: Language = Language.FI) -> dict[str, list[Any]]:
    """Return the rows of each sheet, by its name."""
    book = report_workbook(tables, title="Raportti", language=language, on=ON)
    opened = openpyxl.load_workbook(io.BytesIO(book))
    return {sheet.title: list(sheet.iter_rows()) for sheet in opened.worksheets}


@pytest.mark.parametrize("language", Language)
def test_every_table_of_the_page_has_a_sheet(language: Language) -> None:
    """Whoever makes a slide of a figure finds it in the workbook."""
    pages = [
        (area_report(figures_of_area(), language=language), area_tables(figures_of_area())),
        (run_report(figures_of_run(), language=language), run_tables(figures_of_run())),
    ]
    for page, tables in pages:
        captions = re.findall(
            r"<caption>(?:<span class=\"hidden\">)?([^<]+)<", page.decode("utf-8")
        )

        found = [rows[0][0].value for rows in sheets(dict(tables), language).values()]

        assert len(captions) > 5
        assert sorted(found) == sorted(captions)


def test_numbers_are_numbers() -> None:
    """A count can be added up, a share is a part of one, a mean keeps its decimals."""
    found = sheets(dict(area_tables(figures_of_area())))
    rows = next(rows for name, rows in found.items() if "Jokainen luettu" in name)
    loads = next(rows for name, rows in found.items() if "valmentajittain" in name)

    assert [cell.value for cell in rows[3]] == ["Kuuluu kohderyhmään", 4, pytest.approx(4 / 15)]
    assert rows[3][2].number_format == "0%"
    assert loads[-1][3].value == 1.5
    assert loads[-1][3].number_format == "0.0"


def test_no_cell_is_ever_a_formula() -> None:
    """A coach who calls himself =1+1 is a name."""
    named = replace(COACH, name='=HYPERLINK("http://example.org")')
    found = sheets(dict(area_tables(figures_of_area(replace(results(), coaches=[named])))))
    cells = [cell for rows in found.values() for row in rows for cell in row]

    assert [cell for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert named.name in {cell.value for cell in cells}


def test_what_may_not_be_shown_is_not_in_the_workbook() -> None:
    """A sheet is opened by as many as the page."""
    (name, table), *_ = area_tables(figures_of_area()).items()
    first, *others = table.lines
    hidden = replace(first, values=(first.values[0], Hidden.HIDDEN, None))

    (rows,) = sheets({name: replace(table, lines=(hidden, *others))}).values()

    assert [cell.value for cell in rows[3]] == ["Kuuluu kohderyhmään", "…", None]


def test_names_of_sheets_are_taken_by_every_program() -> None:
    """Excel refuses a name that is too long or holds a slash."""
    assert sheet_name(12, "A/B: [c] " + "x" * 40) == "12 A B   c  xxxxxxxxxxxxxxxxxxxx"[:31]
    assert len({sheet_name(number, "same") for number in range(20)}) == 20


def test_same_workbook_twice() -> None:
    """Whoever compares two runs sees a difference only where there is one."""
    tables = run_tables(figures_of_run())
    books = [report_workbook(tables, title="R", language=Language.SV, on=ON) for _ in range(2)]

    assert books[0] == books[1]
