"""From 1.3.2023 a client may be without a home municipality: a person says to which area."""

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import client_row
from conftest import RunCli
from night_exports import ORDINARY, TO_REVIEW, write_coaches, write_export
from test_run_nights import read_table

NOWHERE = client_row(asiakasnumero="A2", kotikunta="")
SALO = client_row(asiakasnumero="A3", kotikunta="734")
AREAS = ("--area", "porvoo", "--area", "salo-marttila-koski")
REVIEW = "review.csv"


@pytest.fixture
def night(tmp_path: Path, kuntactl: RunCli) -> Any:
    """Return a function that runs a night on the rows, and returns the code and run.json."""
    coaches = write_coaches(tmp_path / "coaches.csv")

    def run(day: str, *rows: dict[str, str], reviewed: Path | None = None) -> tuple[int, Any]:
        export = write_export(tmp_path / "export.csv", rows)
        ended = kuntactl(
            *("run", export, "--coaches", coaches, "--on", day, "--out", tmp_path / "out"),
            *AREAS,
            *("--workers", 1),
            *(() if reviewed is None else ("--reviewed", reviewed)),
        )
        return ended.code, json.loads((tmp_path / "out/run.json").read_text("utf-8"))

    return run


def answered(folder: Path, area: str) -> Path:
    """Return the review list of the last night with a yes for its one client, and the area."""
    path = folder / "out" / REVIEW
    (line,) = read_table(path)
    line |= {"area": area, "kuuluu": "K", "kuka": "V. Virkailija", "peruste": "suojelu"}
    typed = folder / "answers.csv"
    typed.write_text("\n".join(";".join(cells) for cells in (line, line.values())), "utf-8")
    return typed


def test_a_yes_with_an_area_is_a_letter_and_stays(tmp_path: Path, night: Any) -> None:
    """Each later night knows the answer without being told, and asks nobody again."""
    first, before = night("2023-03-01", ORDINARY, NOWHERE, SALO)
    second, after = night(
        "2023-03-02", ORDINARY, NOWHERE, SALO, reviewed=answered(tmp_path, "Borgå")
    )
    third, later = night("2023-03-03", ORDINARY, NOWHERE, SALO)

    assert (first, before["rows"]["review"], before["joined"]) == (20, 1, 2)
    assert (second, after["rows"]["review"], after["joined"]) == (0, 0, 1)
    assert after["areas"]["porvoo"]["rows"]["eligible"] == 2
    assert (third, later["rows"]["review"], later["stayed"]) == (0, 0, 3)
    assert (later["warnings"], later["letters"]["written"]) == (0, 0)
    letters = read_table(tmp_path / "out/porvoo/letters.csv")
    assert [(one["client_id"], one["status"]) for one in letters] == [
        ("A1", "written"),
        ("A2", "written"),
    ]


@pytest.mark.parametrize(
    ("typed", "code"), [("", "answer_lacks_area"), ("espoo", "answer_area_unknown")]
)
def test_a_yes_to_nowhere_is_a_warning(
    typed: str, code: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """It is neither used nor forgotten: the client waits on, and warnings.csv says why."""
    export = write_export(tmp_path / "export.csv", [NOWHERE])
    decide = ("decide", export, "--on", "2023-03-01", "--out", tmp_path / "out", *AREAS)
    kuntactl(*decide)
    (tmp_path / "answers.csv").write_bytes(answered(tmp_path, typed).read_bytes())

    ended = kuntactl(*decide, "--reviewed", tmp_path / "answers.csv")

    assert ended.code == 20
    (warning,) = read_table(tmp_path / "out/warnings.csv")
    assert (warning["client_id"], warning["code"]) == ("A2", code)
    assert "area" in warning["message"] or "alue" in warning["message"]


@pytest.mark.parametrize(
    ("areas", "offered"),
    [
        (AREAS, ['"porvoo,salo-marttila-koski"', '"K,E"']),
        (AREAS[:2], ['"porvoo"', '"K,E"']),
        ((), ['"K,E"']),  # a drop-down list has no room for all 25
    ],
    ids=["two", "one", "all"],
)
def test_the_workbook_offers_the_areas(
    areas: tuple[str, ...], offered: list[str], tmp_path: Path, kuntactl: RunCli
) -> None:
    """Whoever answers picks the area from a list, in the cell that is blank."""
    export = write_export(tmp_path / "export.csv", [NOWHERE])

    kuntactl("decide", export, "--on", "2023-03-01", "--out", tmp_path / "out", *areas)

    content = (tmp_path / "out/review.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rules = sheet.data_validations.dataValidation
    assert [rule.formula1 for rule in rules if rule.type == "list"] == offered


def test_known_areas_are_not_asked_for(tmp_path: Path, kuntactl: RunCli) -> None:
    """A list that offered to change an area would promise what it does not do."""
    export = write_export(tmp_path / "export.csv", [TO_REVIEW])

    kuntactl("decide", export, "--on", "2023-03-01", "--out", tmp_path / "out", *AREAS)

    content = (tmp_path / "out/review.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == [
        "D2",
        "E2",
        "F2",
    ]
