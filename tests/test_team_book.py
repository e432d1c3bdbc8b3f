"""The team's leader opens one sheet and sees who carries what."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from report_people import AREA, ON
from report_run import figures_of_area

from kuntactl.domain.types import Language
from kuntactl.report.staffing import Staffing
from kuntactl.report.team_book import team_workbook

STAFFING = figures_of_area().staffing


def make(staffing: Staffing = STAFFING, *, language: Language = Language.FI) -> bytes:
    """Return the workbook."""
    return team_workbook(staffing, area=AREA, language=language, on=ON)


def opened(content: bytes) -> Any:
    """Return the sheet as a spreadsheet sees it."""
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def unpacked(content: bytes) -> dict[str, str]:
    """Return the parts of the file."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def test_table_has_the_figures_of_the_report() -> None:
    """Two papers with two numbers would be worse than none; the heaviest load comes first."""
    late = replace(STAFFING.loads[0], contacts=5, late_contacts=2, last_contact=date(2021, 3, 10))
    sheet = opened(make(replace(STAFFING, loads=(late, *STAFFING.loads[1:]))))
    header, first, second = sheet.iter_rows(min_row=4, max_row=6)
    line = {cell.value: found for cell, found in zip(header, first, strict=True)}

    assert [first[0].value, second[0].value] == ["Testi Valmentaja", "Toinen Valmentaja"]
    assert line["Asiakkaita"].value == 2
    assert (line["Työaikaosuus"].value, line["Työaikaosuus"].number_format) == (0.8, "0%")
    assert line["Kokoaikaista kohden"].value == 1.25
    assert line["Enintään"].value == 60
    assert line["Asiakkaita keskimäärin"].value == 1.5
    assert (line["Ensimmäisiä yhteydenottoja"].value, line["Myöhässä"].value) == (5, 2)
    assert line["Viimeinen"].value == datetime(2021, 3, 10)  # noqa: DTZ001 - xlsx has no zone
    assert sheet["A2"].value == "1.3.2021. Valmentaja nimetty 3 asiakkaalle, ilman valmentajaa 1."


@pytest.mark.parametrize("language", Language)
def test_charts_are_the_programs_own_and_read_the_table(language: Language) -> None:
    """A picture pasted in would not follow when the leader moves a client."""
    parts = unpacked(make(language=language))
    loads, clients = parts["xl/charts/chart1.xml"], parts["xl/charts/chart2.xml"]
    sheet = {Language.FI: "Työmäärät", Language.SV: "Arbetsmängder", Language.EN: "Workloads"}

    assert f"{sheet[language]}!$H$5:$H$6" in loads  # meetings for full time
    assert f"{sheet[language]}!$M$5:$M$6" in loads  # their mean
    assert f"{sheet[language]}!$D$5:$D$6" in clients
    assert f"{sheet[language]}!$E$5:$E$6" in clients  # the limits
    assert f"{sheet[language]}!$L$5:$L$6" in clients  # the mean
    assert "<c:barChart>" in loads
    assert "<c:lineChart>" in clients


def test_no_name_becomes_a_formula() -> None:
    """A coaches file comes from somewhere else, too."""
    odd = replace(STAFFING.loads[0], name='=HYPERLINK("http://example.org")')
    content = make(replace(STAFFING, loads=(odd,)))

    assert opened(content)["A5"].data_type == "s"
    assert "<f>" not in unpacked(content)["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("language", Language)
def test_same_bytes_twice_in_any_order_of_coaches(language: Language) -> None:
    """Whoever compares two runs sees a difference only where there is one."""
    other = replace(STAFFING, loads=STAFFING.loads[::-1])

    assert make(language=language) == make(other, language=language)


def test_area_without_coaches_has_a_sheet_without_charts() -> None:
    """A chart of nothing is a fault to Excel."""
    parts = unpacked(make(Staffing(loads=(), assigned=0, unassigned=4)))

    assert not [name for name in parts if "chart" in name]
    assert "ilman valmentajaa 4" in parts["xl/sharedStrings.xml"]
