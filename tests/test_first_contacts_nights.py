"""Night after night a first contact stays on its day, and newcomers go around it."""

import io
from datetime import date

import openpyxl
import pytest
from builders import client_row
from conftest import RunCli
from icalendar import Calendar
from night_exports import COACHES, write_coaches, write_export

KNOWN = [client_row(asiakasnumero=f"A{number}") for number in (1, 2, 3)]
YOUNGER = client_row(asiakasnumero="B1")
DAYS = {"A1": date(2021, 3, 2), "A2": date(2021, 3, 3), "A3": date(2021, 3, 4)}


@pytest.fixture(scope="module")
def nights(
    tmp_path_factory: pytest.TempPathFactory, kuntactl_of_module: RunCli
) -> dict[int, dict[str, bytes]]:
    """Return the files of the only coach after the nights of 1 and 3 March 2021."""
    folder = tmp_path_factory.mktemp("nights")
    write_coaches(folder / "coaches.csv", COACHES[:1])
    found = {}
    for day, rows in ((1, KNOWN), (3, [YOUNGER, *KNOWN])):
        of_day = {"puhelin": f"000 000 {day}"}  # no two nights have the same export
        write_export(folder / "export.csv", [row | of_day for row in rows])
        words = ("run", folder / "export.csv", "--coaches", folder / "coaches.csv")
        more = ("--out", folder / "out", "--workers", 1, "--lang", "fi")
        kuntactl_of_module(*words, *more, "--on", f"2021-03-{day:02}")
        of_coach = (folder / "out" / "porvoo" / "coaches").iterdir()
        found[day] = {path.suffix: path.read_bytes() for path in of_coach}
    return found


def days_in_workbook(content: bytes) -> dict[str, date]:
    """Return the day of each client on the first sheet."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    place = next(cell.column for cell in sheet[1] if cell.value == "Ensimmäinen yhteydenotto")
    return {
        row[0].value: row[place - 1].value.date()
        for row in sheet.iter_rows(min_row=2)
        if row[place - 1].value
    }


def days_in_calendar(content: bytes) -> dict[str, date]:
    """Return the day of each client's entry."""
    return {
        str(entry["SUMMARY"])[-2:]: entry["DTSTART"].dt
        for entry in Calendar.from_ical(content).walk("VEVENT")
    }


def test_first_night_plans_one_a_day(nights: dict[int, dict[str, bytes]]) -> None:
    """Three clients and three months: one a day, from the day after the split."""
    assert days_in_workbook(nights[1][".xlsx"]) == DAYS
    assert days_in_calendar(nights[1][".ics"]) == DAYS


def test_newcomer_moves_nobody(nights: dict[int, dict[str, bytes]]) -> None:
    """Who was told Thursday is met on Thursday; Friday was free."""
    assert days_in_workbook(nights[3][".xlsx"]) == {**DAYS, "B1": date(2021, 3, 5)}


def test_calendar_leaves_out_what_is_over(nights: dict[int, dict[str, bytes]]) -> None:
    """The workbook remembers when it was; a calendar looks ahead."""
    assert sorted(days_in_calendar(nights[3][".ics"])) == ["A2", "A3", "B1"]
    assert days_in_workbook(nights[3][".xlsx"])["A1"] == DAYS["A1"]


def test_entry_of_another_night_is_the_same_entry(nights: dict[int, dict[str, bytes]]) -> None:
    """A calendar that reads the file every night must not see a change where there is none."""
    then, now = (
        {str(entry["SUMMARY"]): entry.to_ical() for entry in _entries(nights[day][".ics"])}
        for day in (1, 3)
    )
    shared = then.keys() & now.keys()

    assert len(shared) == 2
    assert all(then[summary] == now[summary] for summary in shared)


def _entries(content: bytes) -> list[Calendar]:
    return list(Calendar.from_ical(content).walk("VEVENT"))
