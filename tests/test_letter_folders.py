"""No folder of letters gets too full: each ten thousand stand in one of their own."""

from pathlib import Path

import polars as pl
import pytest
from client_frames import clients
from letters_due import due_for, facts_for

from kuntactl.domain.letter_places import letter_place, letter_places, older_place
from kuntactl.errors import RegisterError
from kuntactl.files.staging import staged
from kuntactl.letters.manifest import merge_manifest
from kuntactl.letters.verify import Verified, verify_area
from kuntactl.letters.write import Written, write_letters
from kuntactl.pipeline.evidence import refuse_strangers
from kuntactl.pipeline.removal import removals

PLACES = [
    ("helsinki-000001", False, "letters/helsinki-000001.pdf"),
    ("helsinki-010000", False, "letters/helsinki-010000.pdf"),
    ("helsinki-010001", False, "letters/10001/helsinki-010001.pdf"),
    ("helsinki-020000", False, "letters/10001/helsinki-020000.pdf"),
    ("helsinki-1234567", False, "letters/1230001/helsinki-1234567.pdf"),
    ("salo-marttila-koski-010001", True, "protected/salo-marttila-koski-010001.pdf"),
]
PEOPLE = clients(protected=[False, False, True])
IDS = {"porvoo-000001": "porvoo-010000", "porvoo-000002": "porvoo-010001"}
DUE = due_for(PEOPLE).with_columns(pl.col("letter_id").replace(IDS))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where three letters were written, the second of which is an area's ten thousand first."""
    return tmp_path_factory.mktemp("out")


@pytest.fixture(scope="module")
def written(folder: Path) -> Written:
    """What became of them."""
    with staged(folder) as staging:
        done = write_letters(DUE, facts_for(PEOPLE), staging=staging, workers=1)
        staging.publish()
    (folder / "porvoo/letters.csv").write_bytes(merge_manifest(None, done.done, run=1))
    return done


def verified(folder: Path) -> Verified:
    """Return what a look at the area's folder finds."""
    return verify_area(folder / "porvoo")


@pytest.mark.parametrize(("letter_id", "protected", "place"), PLACES)
def test_the_place_follows_from_the_number(letter_id: str, *, protected: bool, place: str) -> None:
    """The same letter has the same place in every run, whatever else was written."""
    frame = pl.DataFrame({"id": [letter_id], "protected": [protected]})

    assert letter_place(letter_id, protected=protected) == place
    assert frame.select(letter_places(pl.col("id"), pl.col("protected"))).item() == place


def test_the_list_names_the_place(written: Written, folder: Path) -> None:
    """``file`` is the path of record: every letter stands where it says, and nowhere else."""
    files = written.done["file"].to_list()

    assert files == [
        "letters/porvoo-010000.pdf",
        "letters/10001/porvoo-010001.pdf",
        "protected/porvoo-000003.pdf",
    ]
    assert all((folder / "porvoo" / file).is_file() for file in files)
    assert verified(folder).faults == ()


def test_a_letter_of_before_is_right_where_it_stands(written: Written, tmp_path: Path) -> None:
    """A folder that was written before there were such folders is not found at fault."""
    area = tmp_path / "porvoo"
    (area / "letters").mkdir(parents=True)
    old = older_place("porvoo-010001")
    line = written.done.filter(pl.col("letter_id") == "porvoo-010001").with_columns(
        file=pl.lit(old), bundle=pl.lit(None, pl.String), first_page=pl.lit(None, pl.UInt32)
    )
    (area / old).write_bytes(b"another")
    (area / "letters.csv").write_bytes(merge_manifest(None, line, run=1))

    assert [fault.code for fault in verify_area(area).faults] == ["file_changed"]


def test_a_letter_in_such_a_folder_is_seen(written: Written, folder: Path) -> None:
    """It is not written over by another register, and named where it has to be removed."""
    printed = written.done.filter(pl.col("letter_id") == "porvoo-010001").select(
        "area", "client_id", "letter_id", "bundle", "first_page", "pages"
    )

    found = removals(printed.with_columns(bundle=pl.lit(None, pl.String)), target=folder)

    assert found["file"].to_list() == ["letters/10001/porvoo-010001.pdf"]


@pytest.mark.usefixtures("written")
def test_another_register_does_not_write_over_it(folder: Path) -> None:
    """The proof of a letter that was sent is kept, also without its list."""
    listed = (folder / "porvoo/letters.csv").read_bytes()
    (folder / "porvoo/letters.csv").unlink()
    due = DUE.filter(pl.col("letter_id") == "porvoo-010001").with_columns(bundle_number=pl.lit(9))

    with pytest.raises(RegisterError, match="does not know"):
        refuse_strangers(due, target=folder, register="other.db")

    (folder / "porvoo/letters.csv").write_bytes(listed)
