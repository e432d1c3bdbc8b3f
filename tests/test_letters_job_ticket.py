"""The printer is told what to print, on how many sheets, for which envelopes."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from conftest import RunCli
from night_exports import CHANGED_NIGHT, FIRST_NIGHT, NEWCOMER, write_coaches, write_export

from kuntactl.letters.job_ticket import print_runs_of
from kuntactl.typeset.written import page_count


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, kuntactl_of_module: RunCli) -> Path:
    """Two nights of the same office, the first in Finnish."""
    place = tmp_path_factory.mktemp("tickets")
    coaches = write_coaches(place / "coaches.csv")
    for day, rows in (("2021-03-01", (*FIRST_NIGHT, NEWCOMER)), ("2021-03-03", CHANGED_NIGHT)):
        export = write_export(place / "export.csv", rows)
        common = ("run", export, "--coaches", coaches, "--on", day, "--workers", 1)
        kuntactl_of_module(*common, "--out", place / "out", "--lang", "fi")
    return place / "out"


def ticket(folder: Path, area: str, run: int) -> dict[str, Any]:
    """Return the ticket of a run as a machine reads it."""
    file = folder / area / f"print/job-ticket-{run}.json"
    facts: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return facts


def test_the_ticket_is_true_of_the_print_runs(folder: Path) -> None:
    """The printer counts what comes out; the numbers must be those of the file."""
    facts = ticket(folder, "porvoo", 1)

    assert facts["run"] == 1
    assert facts["sides"] == 1
    assert {one["print_run"] for one in facts["print_runs"]} == {
        path.name for path in (folder / "porvoo/print").glob("porvoo-transfer-*-1.pdf")
    }
    for one in facts["print_runs"]:
        pdf = (folder / "porvoo/print" / one["print_run"]).read_bytes()
        assert one["pages"] == one["sheets"] == page_count(pdf)
        by_sheets = one["letters_by_sheets"].items()
        assert sum(letters for _, letters in by_sheets) == one["letters"]
        assert sum(int(sheets) * letters for sheets, letters in by_sheets) == one["sheets"]


def test_list_and_ticket_say_the_same(folder: Path) -> None:
    """One is for a spreadsheet, the other for a machine."""
    text = (folder / "porvoo/print/job-ticket-1.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))

    for row, one in zip(rows, ticket(folder, "porvoo", 1)["print_runs"], strict=True):
        for name in ("print_run", "letters", "pages", "sheets", "first_letter", "last_letter"):
            assert row[name] == str(one[name])
        for size, fitting in one["envelopes"].items():
            assert row[size] == str(fitting["letters"])


def test_a_person_reads_it_too(folder: Path) -> None:
    """Whoever stands at the printer has no program that reads JSON."""
    text = (folder / "porvoo/print/job-ticket-1.txt").read_text("utf-8")

    assert text.startswith("Työmääräin painolle\nPorvoo, ajo 1, 2021-03-01\n")
    assert "porvoo-transfer-fi+en-1.pdf\n  kirjeitä 1, sivuja 2, arkkeja 2\n" in text
    assert "ikkunakuoreen C5 sopii" in text


def test_tickets_only_grow(folder: Path) -> None:
    """The ticket of an earlier run is the proof of what was ordered then."""
    found = {path.name for path in (folder / "porvoo/print").glob("job-ticket-*.txt")}

    assert "job-ticket-1.txt" in found
    assert ticket(folder, "porvoo", 1)["day"] == "2021-03-01"
    assert all(
        ticket(folder, "porvoo", int(name.split("-")[-1].split(".")[0]))["print_runs"]
        for name in found
    )


def test_nobody_under_non_disclosure_is_on_a_ticket(folder: Path) -> None:
    """Their letters are no business of the printer."""
    text = (folder / "porvoo/letters.csv").read_text("utf-8")
    (protected,) = [line.split(";")[0] for line in text.splitlines() if ";protected;" in line]

    tickets = [path.read_text("utf-8") for path in folder.glob("*/print/job-ticket-*")]

    assert len(tickets) >= 3
    assert not any(protected in one for one in tickets)


def test_tickets_are_no_strangers(kuntactl: RunCli, folder: Path) -> None:
    """`letters verify` knows them, but not one of a run that never was."""
    assert kuntactl("letters", "verify", folder).code == 0
    stranger = folder / "porvoo/print/job-ticket-99.txt"
    stranger.write_text("x")

    ended = kuntactl("letters", "verify", folder)
    stranger.unlink()

    assert ended.code == 13
    assert "job-ticket-99.txt" in ended.out


def test_a_dry_run_names_the_tickets(kuntactl: RunCli, tmp_path: Path) -> None:
    """Whoever looks first sees every file that would come."""
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT[:1])
    coaches = write_coaches(tmp_path / "coaches.csv")

    ended = kuntactl(
        *("run", export, "--coaches", coaches, "--on", "2021-03-01", "--dry-run"),
        *("--out", tmp_path / "out"),
    )

    assert "would write porvoo/print/job-ticket-1.txt" in ended.out.splitlines()


DONE = pl.DataFrame(
    {
        "letter_id": ["x-000001", "x-000002", "x-000003", "x-000004"],
        "pages": [1, 4, 5, 9],
        "bundle": ["x-1.pdf"] * 4,
    }
)
LINES = pl.DataFrame({"letter_id": DONE["letter_id"], "lines": [5, 3, 4, 3]})


def test_envelopes_follow_sheets_and_lines() -> None:
    """Folded in three goes what has three sheets and four lines; the rest wants C5."""
    (one_side,) = print_runs_of(DONE, LINES, sides=1)
    (two_sides,) = print_runs_of(DONE, LINES, sides=2)

    def suits(size: str, run: Any) -> list[str]:
        return [letter_id[-1] for letter_id in run.suits[size]]

    assert one_side.sheets == (1, 4, 5, 9)
    assert suits("c5", one_side) == ["1", "2", "3"]
    assert suits("c65", one_side) == []
    assert two_sides.sheets == (1, 2, 3, 5)
    assert suits("c5", two_sides) == ["1", "2", "3", "4"]
    assert suits("e5", two_sides) == ["1", "2", "3", "4"]
    assert suits("c65", two_sides) == ["2", "3"]
    assert suits("e65", two_sides) == ["2", "3"]
