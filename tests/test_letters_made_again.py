"""Letters of the newest run can be made again, byte for byte the same."""

import json
from pathlib import Path

import pytest
from builders import client_row
from conftest import Ended, RunCli
from night_exports import CHANGED_NIGHT, FIRST_NIGHT, NEWCOMER, write_coaches, write_export

# Five letters of one layout and more, so that some are stamped and some are laid out whole.
MORE = tuple(client_row(asiakasnumero=f"B{number}") for number in range(51, 57))
FIRST = (*FIRST_NIGHT, NEWCOMER)
SECOND = (*CHANGED_NIGHT, *MORE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, kuntactl_of_module: RunCli) -> Path:
    """What two nights left, the second with a changed export; with coaches and both exports."""
    place = tmp_path_factory.mktemp("again")
    coaches = write_coaches(place / "coaches.csv")
    for night, (day, rows) in enumerate((("2021-03-01", FIRST), ("2021-03-03", SECOND)), 1):
        export = write_export(place / f"export-{night}.csv", rows)
        ended = kuntactl_of_module(
            *("run", export, "--coaches", coaches, "--on", day, "--out", place / "out"),
            *("--workers", 1, "--marks"),
        )
        assert ended.code in {0, 20}
    return place


def verify(kuntactl: RunCli, folder: Path, *more: object) -> Ended:
    """Make all letters of the second night again."""
    return kuntactl(
        *("letters", "verify", folder / "out", folder / "export-2.csv"),
        *("--coaches", folder / "coaches.csv", "--on", "2021-03-03"),
        *("--sample", 99, "--workers", 1, "--json", *more),
    )


def test_letters_come_out_the_same(kuntactl: RunCli, folder: Path) -> None:
    """Whoever doubts a letter can make it again and lay the two side by side."""
    ended = verify(kuntactl, folder, "--marks")

    facts = json.loads(ended.out)
    assert facts["faults"] == []
    assert facts["sample"]["run"] == 2
    assert {letter.rsplit("-", 1)[0] for letter in facts["sample"]["letters"]} == {
        "porvoo",
        "salo-marttila-koski",
    }
    assert ended.code == 0


def test_another_option_is_another_letter(kuntactl: RunCli, folder: Path) -> None:
    """Without the marks of the run no letter is the same: the comparison can fail."""
    ended = verify(kuntactl, folder)

    facts = json.loads(ended.out)
    assert ended.code == 13
    assert [fault["letter_id"] for fault in facts["faults"]] == facts["sample"]["letters"]
    assert {fault["code"] for fault in facts["faults"]} == {"rendered_differently"}


def test_the_sample_is_the_same_each_time(kuntactl: RunCli, folder: Path) -> None:
    """Nobody can draw until the outcome pleases."""
    first, second = (
        json.loads(verify(kuntactl, folder, "--marks", "--sample", 2).out)["sample"]["letters"]
        for _ in range(2)
    )

    assert first == second
    assert len(first) == 2


def test_the_folder_and_the_register_stay(kuntactl: RunCli, folder: Path) -> None:
    """It looks, and changes nothing."""
    out = folder / "out"
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}

    verify(kuntactl, folder, "--marks")

    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_the_exports_of_another_run_are_refused(kuntactl: RunCli, folder: Path) -> None:
    """Letters cannot be made again from people who are not there."""
    other = write_export(folder / "other.csv", FIRST[:1])
    lacking = kuntactl(
        *("letters", "verify", folder / "out", other, "--sample", 1),
        *("--coaches", folder / "coaches.csv", "--on", "2021-03-03"),
    )

    assert lacking.code == 10
    assert "clients of run 2 are not in these exports" in lacking.err


def test_a_sample_wants_exports_and_coaches(kuntactl: RunCli, folder: Path) -> None:
    """Without them nothing can be made again; to say nothing would look like success."""
    ended = kuntactl("letters", "verify", folder / "out", "--sample", 1)

    assert ended.code == 2
    assert "--sample wants the exports" in ended.err
