"""The manuals for staff say what works: their commands are run, one after the other."""

import re
import shlex
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from builders import client_row, csv_export, identity_code
from conftest import REPOSITORY, SAMPLES, RunCli

# manual, a municipality of the area in it
MANUALS = [("kayttoohje.md", "734"), ("bruksanvisning.md", "710")]
WAITING = 20


def text_of(name: str) -> str:
    """Return the manual."""
    return (REPOSITORY / "docs" / name).read_text("utf-8")


def commands_of(name: str) -> list[list[str]]:
    """Return the commands of the manual, as words."""
    blocks = re.findall(r"```sh\n(.*?)```", text_of(name), re.DOTALL)
    return [shlex.split(line)[1:] for block in blocks for line in block.splitlines()]


def _answer(workbook: Path) -> None:
    """Fill the first line of review.xlsx in, as the manual says."""
    book = openpyxl.load_workbook(workbook)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for head, value in (("kuuluu", "K"), ("kuka", "Testaaja"), ("peruste", "soitto")):
        sheet.cell(2, heads.index(head) + 1).value = value
    book.save(workbook)


def _few_clients(home: str, explained: str) -> bytes:
    """Return an export of a few clients of the town, of each sort that the manual tells of."""
    bad, secret, asked = {"henkilotunnus": "1"}, {"turvakielto": "K"}, {"etuus": "04"}
    asked["henkilotunnus"] = identity_code(date(1970, 1, 1), 903)
    rows = [
        client_row(asiakasnumero=explained, kotikunta=home, **asked),
        *(client_row(asiakasnumero=f"A{number}", kotikunta=home) for number in (1, 2, 3)),
        client_row(asiakasnumero="A4", kotikunta=home, **bad),
        client_row(asiakasnumero="A5", kotikunta=home, **secret),
        client_row(asiakasnumero="A6", kotikunta=home, lahiosoite=""),
    ]
    return csv_export(rows)


@pytest.mark.parametrize(("name", "home"), MANUALS)
def test_every_command_of_the_manual_works(
    name: str, home: str, tmp_path: Path, kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A member of staff who types what stands there gets what it says."""
    commands = commands_of(name)
    explained, export = next(words[1:3] for words in commands if words[0] == "explain")
    assert (REPOSITORY / export).is_file()
    (tmp_path / "sample_data").mkdir()
    (tmp_path / export).write_bytes(_few_clients(home, explained))
    (tmp_path / "sample_data" / "coaches-2021.csv").symlink_to(SAMPLES / "coaches-2021.csv")
    monkeypatch.chdir(tmp_path)
    letters = []

    for words in commands:
        if "--reviewed" in words:
            _answer(Path(words[words.index("--reviewed") + 1]))
        result = kuntactl(*words)
        assert result.code in {0, WAITING}, (words, result.err)
        letters.append(len(list(tmp_path.glob("*/*/letters/*.pdf"))))

    first = next(place for place, words in enumerate(commands) if words[0] == "run")
    assert (letters[first - 1], letters[first], letters[-1]) == (0, 3, 4)  # one was answered for
    named = re.findall(r"`((?:salo|raseborg)/[^`]+)`", text_of(name))
    assert [path for path in named if not Path(path).exists()] == []


def test_the_manuals_take_the_same_steps() -> None:
    """Finnish and Swedish are both first languages: neither manual is the shorter one."""
    steps, chapters = [], []
    for name, _ in MANUALS:
        steps.append([words[0] for words in commands_of(name)])
        lines = text_of(name).splitlines()
        chapters.append([line.split(".")[0] for line in lines if line.startswith("## ")])

    assert steps[0] == steps[1]
    assert chapters[0] == chapters[1]
