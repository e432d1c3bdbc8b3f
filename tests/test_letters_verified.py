"""Letters that were changed, lost or added after a run are found and named."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from conftest import RunCli
from finished import write_finished

from kuntactl.letters.verify import FAULTS
from kuntactl.typeset.joining import joined

FI_RUN = "porvoo/print/porvoo-transfer-fi-1.pdf"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished folder in which nothing was changed."""
    return write_finished(tmp_path_factory.mktemp("sound"))


def test_nothing_is_wrong_after_a_run(kuntactl: RunCli, sound: Path) -> None:
    """An alarm that always rings is not listened to."""
    ended = kuntactl("letters", "verify", sound)

    assert ended.code == 0
    assert ended.out.split()[-4:] == ["porvoo", "5", "3", "0"]


def _change(folder: Path) -> None:
    file = folder / "porvoo/letters/porvoo-000001.pdf"
    file.write_bytes(file.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6"))


def _lose(folder: Path) -> None:
    (folder / "porvoo/protected/porvoo-000004.pdf").unlink()


def _add(folder: Path) -> None:
    (folder / "porvoo/print/porvoo-000004.pdf").write_bytes(b"x")


def _swap_pages(folder: Path) -> None:
    with pikepdf.open(folder / FI_RUN, allow_overwriting_input=True) as pdf:
        pdf.pages.reverse()
        pdf.save(folder / FI_RUN)


def _add_page(folder: Path) -> None:
    run = folder / FI_RUN
    run.write_bytes(joined([run.read_bytes(), run.read_bytes()], title="x", language="fi"))


def _lose_run(folder: Path) -> None:
    (folder / FI_RUN).unlink()


def _edit(folder: Path, old: str, new: str) -> None:
    file = folder / "porvoo/letters.csv"
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode())


# what happened, the faults found, why this row is here
DAMAGES: list[tuple[Callable[[Path], None], list[tuple[str, str | None]], str]] = [
    (_change, [("file_changed", "porvoo-000001")], "a byte was changed"),
    (_lose, [("file_missing", "porvoo-000004")], "a letter was removed"),
    (_add, [("file_unlisted", None)], "a letter was put among the print runs"),
    (
        _swap_pages,
        [("print_run_differs", "porvoo-000001"), ("print_run_differs", "porvoo-000006")],
        "the pages of a print run changed places",
    ),
    (_add_page, [("print_run_has_more", None)], "a print run holds a letter twice"),
    (_lose_run, [("print_run_missing", None)], "a print run was removed"),
    (
        lambda folder: _edit(
            folder, "porvoo-000002;A2;transfer;sv;1;", "porvoo-000002;A2;transfer;sv;9;"
        ),
        [("pages_differ", "porvoo-000002")],
        "the list has another number of pages",
    ),
    (
        lambda folder: _edit(folder, "letters/porvoo-000002", "letters/../porvoo-000002"),
        [("file_elsewhere", "porvoo-000002"), ("file_unlisted", None)],
        "the list names another file",
    ),
    (
        lambda folder: _edit(folder, ";;;protected", ";porvoo-transfer-fi-1.pdf;9;protected"),
        [("protected_in_print_run", "porvoo-000004"), ("print_run_differs", "porvoo-000004")],
        "the list puts a protected client into a print run",
    ),
    (
        lambda folder: _edit(folder, "letter_id;", "id;"),
        [("list_damaged", None)],
        "the list lost a column's name",
    ),
]


@pytest.mark.parametrize(
    ("damage", "faults"), [pytest.param(*row[:2], id=row[2]) for row in DAMAGES]
)
def test_what_was_changed_is_found_and_named(
    kuntactl: RunCli,
    sound: Path,
    tmp_path: Path,
    damage: Callable[[Path], None],
    faults: list[tuple[str, str | None]],
) -> None:
    """Months later somebody asks which letter was sent: the answer must be the true one."""
    folder = tmp_path / "out"
    shutil.copytree(sound, folder)
    damage(folder)

    ended = kuntactl("letters", "verify", folder, "--json")

    found = json.loads(ended.out)["faults"]
    assert ended.code == 13
    assert [(fault["code"], fault["letter_id"]) for fault in found] == faults
    assert not any(name in ended.out for name in ("Ensimmäinen", "Toinen", "Neljäs"))


def test_the_faults_are_told_in_the_language_of_the_run(
    kuntactl: RunCli, sound: Path, tmp_path: Path
) -> None:
    """Whoever reads the list need not know our codes."""
    folder = tmp_path / "out"
    shutil.copytree(sound, folder)
    _lose(folder)

    ended = kuntactl("letters", "verify", folder, "--lang", "sv")

    assert FAULTS["file_missing"].sv in ended.out


def test_a_folder_without_letters_is_refused(kuntactl: RunCli, tmp_path: Path) -> None:
    """A typing error in the path must not pass for a folder in which all is well."""
    ended = kuntactl("letters", "verify", tmp_path)

    assert ended.code == 13
    assert ended.err.startswith(f"error: {tmp_path}: no letters are here\nhint: ")
