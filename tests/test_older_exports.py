"""An export older than the last one is refused: it would move people back to where they were."""

from pathlib import Path

import pytest
from builders import client_row
from conftest import Ended, RunCli
from night_exports import write_coaches, write_export

DAY = "2021-03-01"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with coaches, two exports of Porvoo and one of Salo."""
    monkeypatch.chdir(tmp_path)
    write_coaches(tmp_path / "coaches.csv")
    first, second = client_row(asiakasnumero="A1"), client_row(asiakasnumero="A2")
    write_export(tmp_path / "old.csv", [first])
    write_export(tmp_path / "new.csv", [first, second])
    visitor = client_row(asiakasnumero="A3")  # of Porvoo, in the export of Salo's office
    salo = [client_row(asiakasnumero=f"S{number}", kotikunta="734") for number in range(1, 3)]
    write_export(tmp_path / "salo.csv", [*salo, visitor])
    return tmp_path


def run(kuntactl: RunCli, *words: object, on: str = DAY) -> Ended:
    """Run the night."""
    night = ("--coaches", "coaches.csv", "--out", "out", "--workers", 1, "--on", on)
    return kuntactl("run", *words, *night)


@pytest.mark.usefixtures("here")
def test_an_export_that_a_newer_one_has_overtaken_is_refused(kuntactl: RunCli) -> None:
    """Somebody takes the wrong file from the folder of the week."""
    codes = [run(kuntactl, name).code for name in ("old.csv", "new.csv")]

    refused = run(kuntactl, "old.csv")

    assert (codes, refused.code) == ([0, 0], 12)
    assert refused.err.splitlines()[-2:] == [
        "error: old.csv: an older export: the run of 2021-03-01 has read a newer one",
        "hint: give the newest export; --older takes this one all the same",
    ]


def test_nothing_of_a_refused_run_stays(here: Path, kuntactl: RunCli) -> None:
    """The night before stands as it was, the register too."""
    for name in ("old.csv", "new.csv"):
        run(kuntactl, name)
    before = {path: path.read_bytes() for path in here.rglob("*") if path.suffix != ".lock"
              and path.is_file()}  # fmt: skip

    run(kuntactl, "old.csv")

    after = {path: path.read_bytes() for path in here.rglob("*") if path.suffix != ".lock"
             and path.is_file()}  # fmt: skip
    assert after == before


@pytest.mark.usefixtures("here")
def test_older_takes_it_all_the_same(kuntactl: RunCli) -> None:
    """The newer one may have been the mistake; a person says so."""
    for name in ("old.csv", "new.csv"):
        run(kuntactl, name)

    assert run(kuntactl, "old.csv", "--older").code == 0
    assert run(kuntactl, "old.csv").code == 0


@pytest.mark.usefixtures("here")
def test_the_same_export_night_after_night_is_not_older(kuntactl: RunCli) -> None:
    """The export of a Sunday is that of the Saturday."""
    assert [run(kuntactl, "new.csv").code for _ in range(3)] == [0, 0, 0]


@pytest.mark.usefixtures("here")
def test_the_exports_of_two_offices_do_not_overtake_each_other(kuntactl: RunCli) -> None:
    """Run by turns into one register, with a client of the other's area among the rows."""
    nights = ["old.csv", "salo.csv", "old.csv", "salo.csv", "new.csv", "salo.csv"]

    assert [run(kuntactl, name).code for name in nights] == [0] * 6


@pytest.mark.usefixtures("here")
def test_a_day_before_the_last_run_is_refused(kuntactl: RunCli) -> None:
    """A clock that jumped back, or an old line of the shell's history."""
    run(kuntactl, "old.csv", on="2021-03-05")

    back = run(kuntactl, "old.csv", on="2021-03-04")
    wanted = run(kuntactl, "old.csv", "--older", on="2021-03-04")

    assert (back.code, wanted.code) == (12, 0)
    assert back.err.splitlines()[-2:] == [
        "error: 2021-03-04 is before the day of the last run, 2021-03-05",
        "hint: look at --on, or at the clock of this machine; --older takes it all the same",
    ]


@pytest.mark.usefixtures("here")
def test_a_purge_tells_nothing_of_exports(kuntactl: RunCli) -> None:
    """Letting go of old letters today must not stop tonight's run of yesterday's export."""
    run(kuntactl, "old.csv")
    purge = ("purge", "out", "--register", "out/register.db", "--before", "2030-01-01")
    assert kuntactl(*purge, "--on", "2026-01-01").code == 0

    assert run(kuntactl, "new.csv", on="2021-03-02").code == 0
