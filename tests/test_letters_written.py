"""Letters become files: one a letter, print runs, a place apart for protected clients."""

import hashlib
import re
from io import BytesIO
from pathlib import Path

import pdfplumber
import polars as pl
import pytest
from client_frames import clients
from conftest import files_of
from letters_due import due_for, facts_for, text_of

from kuntactl.files.staging import DryStaging, staged
from kuntactl.letters.write import LetterFacts, Written, plan_letters, write_letters

PEOPLE = clients(
    family_name=["Ensimmäinen", "Toinen", "Kolmas", "Neljäs", "Viides", "Kuudes"],
    service_language=["fi", "sv", "fi", "fi", "fi", "fi"],
    mother_tongue=["fi", "sv", "ru", "fi", "fi", "99"],
    protected=[False, False, False, True, False, False],
    postal_code=["06100", "06100", "06100", "06100", "99998", "06100"],
)


def write(folder: Path, due: pl.DataFrame, facts: LetterFacts, *, workers: int = 1) -> Written:
    """Write the letters into the folder."""
    with staged(folder) as staging:
        written = write_letters(due, facts, staging=staging, workers=workers)
        staging.publish()
    return written


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the letters to ``PEOPLE`` were written."""
    return tmp_path_factory.mktemp("out")


@pytest.fixture(scope="module")
def written(folder: Path) -> Written:
    """What became of the letters to ``PEOPLE``."""
    return write(folder, due_for(PEOPLE, first_run=3), facts_for(PEOPLE))


def test_each_letter_due_is_accounted_for(written: Written) -> None:
    """Whoever is due a letter gets one, is handed one, or stands on the list of the rest."""
    assert written.done.select("letter_id", "lang", "status", "bundle").rows() == [
        ("porvoo-000001", "fi", "written", "porvoo-transfer-fi-3.pdf"),
        ("porvoo-000002", "sv", "written", "porvoo-transfer-sv-3.pdf"),
        ("porvoo-000003", "fi+en", "written", "porvoo-transfer-fi+en-3.pdf"),
        ("porvoo-000004", "fi", "protected", None),
        ("porvoo-000005", "fi", "undeliverable", None),
        ("porvoo-000006", "fi", "written", "porvoo-transfer-fi-3.pdf"),
    ]
    assert written.undeliverable.rows() == [
        ("A5", "porvoo", "postal_code_unknown", "Postinumeroa ei ole olemassa.")
    ]


def test_the_list_is_true_of_the_files(written: Written, folder: Path) -> None:
    """The printer and the archive find each letter by what the list says of it."""
    files = files_of(folder)
    listed = written.done.drop_nulls("file")

    assert {f"porvoo/{file}" for file in listed["file"]} == {
        name for name in files if "/print/" not in name
    }
    for row in listed.iter_rows(named=True):
        content = files[f"porvoo/{row['file']}"]
        assert row["sha256"] == hashlib.sha256(content).hexdigest()
        with pdfplumber.open(BytesIO(content)) as letter:
            assert row["pages"] == len(letter.pages)


def test_a_print_run_holds_its_letters_in_order(written: Written, folder: Path) -> None:
    """A letter is found in the pile by its first page."""
    run = (folder / "porvoo/print/porvoo-transfer-fi-3.pdf").read_bytes()
    rows = written.done.filter(pl.col("bundle") == "porvoo-transfer-fi-3.pdf")

    with pdfplumber.open(BytesIO(run)) as pages:
        assert len(pages.pages) == rows["pages"].sum()
        for row in rows.iter_rows(named=True):
            assert row["letter_id"] in pages.pages[row["first_page"] - 1].extract_text()


@pytest.mark.usefixtures("written")
def test_page_numbers_start_anew_with_each_letter_of_a_run(folder: Path) -> None:
    """In the pile, too, each letter counts its own pages."""
    alone = text_of((folder / "porvoo/letters/porvoo-000006.pdf").read_bytes())
    in_run = text_of((folder / "porvoo/print/porvoo-transfer-fi-3.pdf").read_bytes())

    numbers = re.findall(r"\b\d \(\d\)", alone)

    assert numbers
    assert re.findall(r"\b\d \(\d\)", in_run) == numbers * 2


@pytest.mark.usefixtures("written")
def test_protected_clients_are_in_no_print_run(folder: Path) -> None:
    """The print house is an outsider: not even the name may reach it."""
    runs = [text_of(content) for name, content in files_of(folder).items() if "/print/" in name]
    apart = text_of((folder / "porvoo/protected/porvoo-000004.pdf").read_bytes())

    assert len(runs) == 3
    assert not any("Neljäs" in run or "porvoo-000004" in run for run in runs)
    assert "Luovutetaan henkilökohtaisesti" in apart
    assert "Esimerkkikatu" not in apart


@pytest.mark.usefixtures("written")
def test_bytes_do_not_depend_on_the_number_of_workers(folder: Path, tmp_path: Path) -> None:
    """A faster machine writes the same letters."""
    again = write(tmp_path, due_for(PEOPLE, first_run=3), facts_for(PEOPLE), workers=2)

    assert files_of(tmp_path) == files_of(folder)
    assert again.done.height == PEOPLE.height


def test_a_plan_says_the_same_without_writing(
    written: Written, folder: Path, tmp_path: Path
) -> None:
    """A dry run tells which files there will be, and of whom something is missing."""
    staging = DryStaging(tmp_path / "out")
    planned = plan_letters(due_for(PEOPLE, first_run=3), facts_for(PEOPLE), staging=staging)

    assert list(staging.planned) == sorted(files_of(folder))
    assert files_of(tmp_path) == {}

    known = ["letter_id", "client_id", "area", "kind", "lang", "file", "status"]
    assert planned.done.select(known).equals(written.done.select(known))
    assert planned.done["sha256"].null_count() == PEOPLE.height
    assert planned.undeliverable.equals(written.undeliverable)


def test_no_letters_due_is_no_work(tmp_path: Path) -> None:
    """A night without news writes nothing."""
    none = PEOPLE.clear()

    assert write(tmp_path, due_for(none), facts_for(none)).done.is_empty()
    assert files_of(tmp_path) == {}
