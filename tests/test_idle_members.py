"""Members who vanish, or end their job search: kept, weighing nothing, and listed."""

import json
from pathlib import Path

import pytest
from area_lists import lines
from builders import client_row
from conftest import Ended, RunCli
from night_exports import write_coaches, write_export

EVERYBODY = [client_row(asiakasnumero=f"A{number}") for number in range(1, 5)]
ENDED = client_row(asiakasnumero="A2", tyonhaku_paattyi="1.3.2021")
UNREADABLE = client_row(asiakasnumero="A3", tyollisyyskoodi="77")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kuntactl: RunCli) -> Path:
    """Work where A1 to A4 have joined; by the second night only A1 is as before."""
    monkeypatch.chdir(tmp_path)
    write_coaches(tmp_path / "coaches.csv")
    night(kuntactl, EVERYBODY, 1)
    night(kuntactl, [EVERYBODY[0], ENDED, UNREADABLE], 2)
    return tmp_path


def night(kuntactl: RunCli, rows: list[dict[str, str]], day: int, *more: object) -> Ended:
    """Run a night of March 2021 with these rows."""
    of_day = {"puhelin": f"000 000 {day}"}  # no two nights have the same export
    write_export(Path("export.csv"), [row | of_day for row in rows])
    words = ("run", "export.csv", "--coaches", "coaches.csv", "--out", "out", "--workers", 1)
    return kuntactl(*words, "--on", f"2021-03-{day:02}", "--lang", "fi", *more)


def test_they_are_listed_with_the_reason(here: Path) -> None:
    """Somebody has to ring them, or the office that sent the export."""
    listed = lines(here / "out", "absent.csv")

    assert [(line["client_id"], line["why"]) for line in listed] == [
        ("A2", "työnhaku on päättynyt"),
        ("A3", "rivi on hylätty, ks. rejected.csv"),
        ("A4", "ei ole aineistossa"),
    ]
    assert {line["since"] for line in listed} == {"2021-03-01"}
    assert all(line["coach_id"] for line in listed)


def test_they_stay_members(here: Path, kuntactl: RunCli) -> None:
    """Only a move, a return or the end of the trial ends a membership."""
    facts = json.loads((here / "out" / "run.json").read_text("utf-8"))
    shown = kuntactl(
        "register", "members", "--register", "out/register.db", "--on", "2021-03-02", "--json"
    )

    assert (facts["stayed"], facts["left"], facts["absent"]) == (2, 0, 2)
    assert [row["client_id"] for row in json.loads(shown.out)] == ["A1", "A2", "A3", "A4"]


def test_who_does_not_search_weighs_nothing(here: Path) -> None:
    """Others can be taken on in their place; their coach stays theirs."""
    weights = {line["client_id"]: line for line in lines(here / "out", "assignments.csv")}

    assert (weights["A2"]["weight"], weights["A1"]["weight"] > "0") == ("0", True)
    assert weights["A2"]["coach_id"]
    assert "työnhaku on päättynyt" in weights["A2"]["why"]


def test_who_comes_back_has_the_same_coach_and_no_letter(here: Path, kuntactl: RunCli) -> None:
    """For the client nothing has happened."""
    before = {line["client_id"]: line["coach_id"] for line in lines(here / "out", "absent.csv")}

    ended = night(kuntactl, EVERYBODY, 3)

    facts = json.loads((here / "out" / "run.json").read_text("utf-8"))
    after = {one["client_id"]: one["coach_id"] for one in lines(here / "out", "assignments.csv")}
    assert ended.code == 0
    assert {client: after[client] for client in before} == before
    assert (facts["letters"]["written"], facts["letters"]["already_sent"]) == (0, 4)
    assert lines(here / "out", "absent.csv") == []


@pytest.mark.usefixtures("here")
def test_the_list_speaks_the_language_of_the_run(kuntactl: RunCli) -> None:
    """A Swedish-speaking office reads Swedish."""
    night(kuntactl, EVERYBODY[:3], 3, "--lang", "sv")

    assert [line["why"] for line in lines(Path("out"), "absent.csv")] == [
        "finns inte i materialet"
    ]
