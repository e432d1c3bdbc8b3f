"""Protection set after a letter was printed: the files that still hold the address are named."""

from pathlib import Path

import pytest
from area_lists import lines
from builders import client_row
from conftest import Ended, RunCli
from night_exports import write_coaches, write_export

STREET = "Salapolku 5"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kuntactl: RunCli) -> Path:
    """Work where A1, A2 and A3 were written to, in a print run, and A2 is protected since."""
    monkeypatch.chdir(tmp_path)
    write_coaches(tmp_path / "coaches.csv")
    assert night(kuntactl, 1, protected="E").code == 0
    assert night(kuntactl, 2, protected="K").code == 20
    return tmp_path


def night(kuntactl: RunCli, day: int, *, protected: str) -> Ended:
    """Run a night of March 2021 in which A2 is protected or not."""
    own = {"A2": {"turvakielto": protected, "lahiosoite": STREET}}
    of_day = {"puhelin": f"000 000 {day}"}  # no two nights have the same export
    rows = [
        client_row(asiakasnumero=number, **of_day, **own.get(number, {}))
        for number in ("A1", "A2", "A3")
    ]
    write_export(Path("export.csv"), rows)
    words = ("run", "export.csv", "--coaches", "coaches.csv", "--out", "out", "--workers", 1)
    return kuntactl(*words, "--on", f"2021-03-{day:02}")


def test_the_letter_and_the_pages_of_the_print_run_are_named(here: Path) -> None:
    """Whoever clears them away finds each by name, and the sheets in the pile by page."""
    written = {line["client_id"]: line for line in lines(here / "out", "letters.csv")}
    first, pages = int(written["A2"]["first_page"]), int(written["A2"]["pages"])

    assert lines(here / "out", "to_remove.csv") == [
        {
            "client_id": "A2",
            "letter_id": written["A2"]["letter_id"],
            "file": written["A2"]["file"],
            "pages": "",
        },
        {
            "client_id": "A2",
            "letter_id": written["A2"]["letter_id"],
            "file": f"print/{written['A2']['bundle']}",
            "pages": f"{first}-{first + pages - 1}" if pages > 1 else f"{first}",
        },
    ]
    assert first > 1


def test_the_list_does_not_tell_the_address(here: Path) -> None:
    """It is read by those who must not know it."""
    assert STREET not in (here / "out" / "porvoo" / "to_remove.csv").read_text("utf-8-sig")


def test_it_waits_for_a_person_until_the_files_are_gone(here: Path, kuntactl: RunCli) -> None:
    """It is said once, and the list empties as the work is done."""
    again = night(kuntactl, 3, protected="K")
    for line in lines(here / "out", "to_remove.csv"):
        (here / "out" / "porvoo" / line["file"]).unlink()

    cleared = night(kuntactl, 4, protected="K")

    assert (again.code, cleared.code) == (0, 0)
    assert lines(here / "out", "to_remove.csv") == []


def test_nobody_is_named_while_nobody_is_protected(here: Path, kuntactl: RunCli) -> None:
    """A protection that has ended makes the old letters harmless again."""
    night(kuntactl, 3, protected="E")

    assert lines(here / "out", "to_remove.csv") == []


def test_a_letter_that_was_protected_from_the_start_is_not_named(
    here: Path, kuntactl: RunCli
) -> None:
    """It lies in protected/, where it belongs, and was in no print run."""
    rows = [client_row(asiakasnumero="A4", turvakielto="K")]
    write_export(here / "export.csv", rows)
    words = ("run", "export.csv", "--coaches", "coaches.csv", "--out", "out", "--workers", 1)
    kuntactl(*words, "--on", "2021-03-03")

    assert "A4" not in {line["client_id"] for line in lines(here / "out", "to_remove.csv")}
