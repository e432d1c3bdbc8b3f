"""A run that is stopped half-way: its letters are neither lost, nor written twice, nor mixed."""

import csv
import io
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from builders import client_row
from conftest import RunCli, files_of
from night_exports import write_coaches, write_export

from kuntactl.files.seal import Seal

LETTERS = "out/porvoo/letters"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder with coaches and two exports; the second has an earlier client."""
    monkeypatch.chdir(tmp_path)
    write_coaches(tmp_path / "coaches.csv")
    write_export(tmp_path / "one.csv", [client_row(asiakasnumero="B1")])
    write_export(
        tmp_path / "two.csv", [client_row(asiakasnumero="A2"), client_row(asiakasnumero="B1")]
    )
    return tmp_path


def command(export: str, *more: object) -> tuple[object, ...]:
    """Return the words of a run."""
    day = ("--on", "2021-03-01")
    return ("run", export, "--coaches", "coaches.csv", *day, "--out", "out", "--workers", 1, *more)


def sent(here: Path) -> list[tuple[str, str]]:
    """Return the lines of letters.csv: letter and client."""
    text = (here / "out" / "porvoo" / "letters.csv").read_text("utf-8-sig")
    lines = csv.DictReader(io.StringIO(text), delimiter=";")
    return [(line["letter_id"], line["client_id"]) for line in lines]


def test_what_the_register_remembers_is_put_in_place_by_the_next_run(
    here: Path, kuntactl: RunCli
) -> None:
    """The kill came right after the register had committed; the next night has another export."""
    kuntactl(*command("one.csv"))
    back_to_the_moment_of_the_kill(here / "out")
    assert not (here / LETTERS).exists()

    ended = kuntactl(*command("two.csv"))

    assert ended.code == 0
    assert "not moved all its files" in ended.err
    assert sent(here) == [("porvoo-000001", "B1"), ("porvoo-000002", "A2")]
    assert sent_files(here) == ["porvoo-000001.pdf", "porvoo-000002.pdf"]
    assert not (here / "out" / ".kuntactl-new").exists()


def back_to_the_moment_of_the_kill(out: Path) -> None:
    """Put what the run published back under its seal, and leave the register as it is."""
    register = out / "register.db"
    seal = Seal(
        run=sha256((out / "run.json").read_bytes()).hexdigest(),
        register=f"sqlite:///{register}",
        retired=(),
    )
    published = [path for path in out.iterdir() if not path.name.startswith(register.name)]
    folder = out / ".kuntactl-new"
    folder.mkdir()
    for path in published:
        path.rename(folder / path.name)
    seal.write(folder)


@pytest.mark.parametrize("obstacle", ["run.json/", "porvoo/letters", "porvoo"])
def test_what_is_in_the_way_stops_the_run_before_it_is_remembered(
    obstacle: str, here: Path, kuntactl: RunCli
) -> None:
    """A folder for a file, a file for a folder: said while nothing is changed."""
    path = here / "out" / obstacle
    path.parent.mkdir(parents=True, exist_ok=True)
    if obstacle.endswith("/"):
        path.mkdir()
    else:
        path.write_text("in the way")
    before = sorted(here.rglob("*"))

    ended = kuntactl(*command("one.csv"))

    assert ended.code == 14
    assert "in the way" in ended.err
    assert sorted(here.rglob("*")) == before


def sent_files(here: Path) -> list[str]:
    """Return the names of the letters in their place."""
    return sorted(path.name for path in (here / LETTERS).glob("*.pdf"))


@pytest.mark.parametrize("lost", ["nothing", "letters", "list"])
def test_a_new_register_does_not_write_over_an_old_folder(
    lost: str, here: Path, kuntactl: RunCli
) -> None:
    """Its numbers begin at 1 again, and everybody would be written to once more."""
    kuntactl(*command("one.csv"))
    if lost == "letters":  # handed to the printer, say
        shutil.rmtree(here / LETTERS)
    if lost == "list":
        (here / "out" / "porvoo" / "letters.csv").unlink()
    before = files_of(here / "out")

    ended = kuntactl(*command("two.csv", "--register", "other.db"))

    assert ended.code == 12
    assert "does not know" in ended.err
    assert files_of(here / "out") == before
    assert not (here / "other.db").exists()


def test_an_old_register_goes_on_in_a_fresh_folder(here: Path, kuntactl: RunCli) -> None:
    """The register tells who has had a letter, wherever the letters are now."""
    kuntactl(*command("one.csv", "--register", "memory/of/porvoo.db"))
    shutil.rmtree(here / "out")

    ended = kuntactl(*command("two.csv", "--register", f"sqlite:///{here}/memory/of/porvoo.db"))

    assert ended.code == 0
    assert sent(here) == [("porvoo-000002", "A2")]


def test_a_dry_run_after_a_real_one_touches_nothing(here: Path, kuntactl: RunCli) -> None:
    """Not even the note in the register's lock, or a time of change."""
    kuntactl(*command("one.csv"))
    before = files_of(here / "out")
    times = {path: path.stat().st_mtime_ns for path in here.rglob("*")}

    ended = kuntactl(*command("two.csv", "--dry-run"))

    assert ended.code == 0
    assert "would write porvoo/letters/porvoo-000002.pdf" in ended.out
    assert files_of(here / "out") == before
    assert {path: path.stat().st_mtime_ns for path in here.rglob("*")} == times


def test_two_exports_in_turn_find_their_matters_known(here: Path, kuntactl: RunCli) -> None:
    """Cron mails only when a person has something new to do, also with one register for two."""
    review = {"henkilotunnus": "010170-903E", "etuus": "04", "asiakasnumero": "A3"}
    wrong = {"asiakasnumero": "A4", "turvakielto": ""}
    salo = {"kotikunta": "734", "asiakasnumero": "S1", "lahiosoite": ""}
    write_export(here / "porvoo.csv", [client_row(**wrong), client_row(**review)])
    write_export(
        here / "later.csv",
        [client_row(asiakasnumero="A1"), client_row(**review), client_row(**wrong)],
    )
    write_export(here / "salo.csv", [client_row(**salo)])

    nights = ["porvoo.csv", "salo.csv", "later.csv", "salo.csv"]

    assert [kuntactl(*command(night)).code for night in nights] == [20, 20, 0, 0]
