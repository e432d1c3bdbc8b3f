"""Which letters are stamped and which laid out whole does not show in what is written."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from client_frames import clients
from conftest import files_of
from engines import looks_the_same
from letters_due import due_for, facts_for
from read_aloud import faults_of

from kuntactl.files.staging import staged
from kuntactl.letters.write import Engine, Printing, Written, write_letters

# Seven of one layout, which pays for a master, the last of them under non-disclosure; two of
# others, which do not.
PEOPLE = clients(
    family_name=["Yksi", "Kaksi", "Kolme", "Neljä", "Viisi", "Kuusi", "Nolla", "Kaksi", "Ек"],
    given_names=["Aino", "Bo", "Åke", "Щ", "Eeva", "Ulla", "Salla", "Tove", "Иван"],
    address_extra=["c/o Testi", *[None] * 8],
    protected=[*[False] * 6, True, False, False],
    contact_address=[*[None] * 6, "PL 12, 06101 PORVOO", None, None],
    mother_tongue=["fi", "fi", "fi", "fi", "fi", "fi", "fi", "sv", "ru"],
    service_language=["fi", "fi", "fi", "fi", "fi", "fi", "fi", "sv", "fi"],
)


def _mark(letter_id: str, page: int, pages: int) -> bytes:
    """Draw a square into the lower left corner, as wide as the letter's number is high."""
    return b"%d 800 %d %d re f" % (page * 10, int(letter_id[-1]) + pages, 9)


def write(
    folder: Path,
    *,
    people: pl.DataFrame = PEOPLE,
    printing: Printing = Printing(),  # noqa: B008  # it is frozen
    workers: int = 1,
) -> tuple[Written, Mapping[str, bytes]]:
    """Write the letters; return what became of them, and the files by path."""
    with staged(folder) as staging:
        written = write_letters(
            due_for(people), facts_for(people), staging=staging, workers=workers, printing=printing
        )
        staging.publish()
    return written, files_of(folder)


@pytest.fixture(scope="module")
def stamped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Written, Mapping[str, bytes]]:
    """The letters, stamped where that is possible and pays."""
    return write(tmp_path_factory.mktemp("stamped"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Written, Mapping[str, bytes]]:
    """The same letters, all of them laid out whole."""
    printing = Printing(engine=Engine.WHOLE)
    return write(tmp_path_factory.mktemp("whole"), printing=printing)


def test_each_letter_is_counted_as_stamped_or_whole(
    stamped: tuple[Written, Mapping[str, bytes]], whole: tuple[Written, Mapping[str, bytes]]
) -> None:
    """A rare layout does not pay for a master; Pango alone knows how to set two scripts."""
    assert (stamped[0].stamped, stamped[0].whole) == (6, 3)
    assert stamped[0].not_stamped == ()
    assert (whole[0].stamped, whole[0].whole) == (0, 9)


def test_both_engines_write_the_same_letters(
    stamped: tuple[Written, Mapping[str, bytes]], whole: tuple[Written, Mapping[str, bytes]]
) -> None:
    """``--engine whole`` is a way out at any time: all that changes is the time it takes."""
    assert stamped[1].keys() == whole[1].keys()
    assert "porvoo/protected/porvoo-000007.pdf" in stamped[1]
    assert stamped[0].done.drop("sha256").equals(whole[0].done.drop("sha256"))
    for path, content in stamped[1].items():
        assert looks_the_same(content, whole[1][path]), path
        assert faults_of(content) == faults_of(whole[1][path]) == [], path


def test_bytes_do_not_depend_on_the_number_of_workers(
    stamped: tuple[Written, Mapping[str, bytes]], tmp_path: Path
) -> None:
    """Masters travel to other processes and make the same letters there."""
    assert write(tmp_path, workers=2)[1] == stamped[1]


def test_what_is_drawn_over_the_pages_is_no_part_of_the_text(tmp_path: Path) -> None:
    """Marks for machines are on every page, whichever engine made it, and are not read out."""
    over = {
        engine: write(tmp_path / engine, printing=Printing(engine=engine, overlay=_mark))[1]
        for engine in Engine
    }
    _, plain = write(tmp_path / "plain")

    for path, content in over[Engine.STAMP].items():
        assert looks_the_same(content, over[Engine.WHOLE][path]), path
        assert not looks_the_same(content, plain[path]), path
        assert faults_of(content) == [], path
