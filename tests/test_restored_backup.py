"""A register restored from its backup: last night is done again, the same, or refused."""

import shutil
from pathlib import Path

import pytest
from builders import client_row
from conftest import Ended, RunCli
from night_exports import write_coaches, write_export

GROWING = ("letters.csv", "letters/*", "protected/*", "print/*")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kuntactl: RunCli) -> Path:
    """Work where A1 joined on the first night, when both were backed up, and A2 on the second."""
    monkeypatch.chdir(tmp_path)
    write_coaches(tmp_path / "coaches.csv")
    rows = [client_row(asiakasnumero="A1"), client_row(asiakasnumero="A2")]
    write_export(tmp_path / "1.csv", rows[:1])
    write_export(tmp_path / "2.csv", rows)
    assert night(kuntactl, 1).code == 0
    backup = ("register", "backup", "backup.db", "--register", "register.db")
    assert kuntactl(*backup).code == 0
    shutil.copytree("out", "backup")
    assert night(kuntactl, 2).code == 0
    for part in tmp_path.glob("register.db*"):
        part.unlink()
    shutil.copy("backup.db", "register.db")
    return tmp_path


def night(kuntactl: RunCli, number: int) -> Ended:
    """Run a night of March 2021."""
    words = ("run", f"{number}.csv", "--coaches", "coaches.csv", "--on", f"2021-03-0{number}")
    return kuntactl(*words, "--register", "register.db", "--out", "out", "--workers", 1)


def files(out: Path) -> dict[str, bytes]:
    """Return what only grows."""
    found = [path for pattern in GROWING for path in sorted(out.glob(f"*/{pattern}"))]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


def test_restored_with_its_folder_it_does_last_night_again(here: Path, kuntactl: RunCli) -> None:
    """The letters get the same ids and bytes: what went to the printer is known by its name."""
    lost = files(here / "out")
    shutil.rmtree("out")
    shutil.copytree("backup", "out")

    ended = night(kuntactl, 2)

    assert ended.code == 0
    assert files(here / "out") == lost


def test_restored_alone_it_does_not_write_over_letters(here: Path, kuntactl: RunCli) -> None:
    """The letter of last night stands there; nobody else gets its number."""
    before = files(here / "out")

    ended = night(kuntactl, 2)

    assert ended.code == 12
    assert "holds letters that the register register.db does not know" in ended.err
    assert files(here / "out") == before
