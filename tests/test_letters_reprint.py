"""After a paper jam the same letters come out once more, from the same bytes."""

import hashlib
import shutil
from pathlib import Path

import pikepdf
import pytest
from conftest import Ended, RunCli
from finished import write_finished
from read_aloud import syntax_of

from kuntactl.typeset.written import page_texts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished folder: letters 1, 2, 3 and 6 were printed, 4 is protected, 5 undeliverable."""
    return write_finished(tmp_path_factory.mktemp("out"))


def reprint(kuntactl: RunCli, folder: Path, *words: str, out: Path) -> Ended:
    """Print letters of the folder once more."""
    return kuntactl("letters", "reprint", *words, "--from", folder, "--out", out)


def contents(file: Path) -> list[bytes]:
    """Return what is drawn on each page, as it stands in the file."""
    with pikepdf.open(file) as pdf:
        return [
            b"|".join(
                part.read_raw_bytes()
                for part in (
                    page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
                )
            )
            for page in pdf.pages
        ]


def test_pages_have_the_bytes_of_the_letters_in_the_order_asked(
    kuntactl: RunCli, folder: Path, tmp_path: Path
) -> None:
    """What is posted is what the list vouches for, not a letter made anew."""
    out = tmp_path / "again.pdf"
    letters = [folder / f"porvoo/letters/porvoo-00000{number}.pdf" for number in (6, 1, 2, 3)]

    ended = reprint(kuntactl, folder, "6,1-2", "porvoo-000003", out=out)

    assert (ended.code, ended.out) == (0, f"{out}: 4 letters, 5 pages\n")
    assert contents(out) == [page for letter in letters for page in contents(letter)]
    assert page_texts(out.read_bytes()) == [
        text for letter in letters for text in page_texts(letter.read_bytes())
    ]
    assert (out.stat().st_mode & 0o777) == 0o600


def test_the_file_is_sound_and_claims_no_more_than_it_is(
    kuntactl: RunCli, folder: Path, tmp_path: Path
) -> None:
    """A printer must be able to read it; who needs tags has the letters themselves."""
    out = tmp_path / "again.pdf"

    reprint(kuntactl, folder, "1-3", "6", "1", out=out)

    assert syntax_of(out.read_bytes()) == []
    with pikepdf.open(out) as pdf:
        assert "/MarkInfo" not in pdf.Root
        assert "/Metadata" not in pdf.Root


def test_the_same_letters_have_the_same_bytes_twice(
    kuntactl: RunCli, folder: Path, tmp_path: Path
) -> None:
    """No clock and no chance, here neither."""
    for name in ("one.pdf", "two.pdf"):
        reprint(kuntactl, folder, "1-3", out=tmp_path / name)

    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_font_with_the_same_bytes_stands_once(
    kuntactl: RunCli, folder: Path, tmp_path: Path
) -> None:
    """A pile of one letter ten times must not weigh ten letters."""
    once, often = tmp_path / "once.pdf", tmp_path / "often.pdf"
    reprint(kuntactl, folder, "1", out=once)
    reprint(kuntactl, folder, *["1"] * 10, out=often)

    assert often.stat().st_size < 6 * once.stat().st_size


def test_letters_under_non_disclosure_are_left_out_of_a_range(
    kuntactl: RunCli, folder: Path, tmp_path: Path
) -> None:
    """The printer never had them; the range was read off the pile."""
    out = tmp_path / "again.pdf"

    ended = reprint(kuntactl, folder, "6-3", out=out)

    assert ended.code == 0
    assert ended.err.splitlines() == [
        "left out porvoo-000005: undeliverable, never written",
        "left out porvoo-000004: under non-disclosure, and never in a print run",
    ]
    assert "Neljäs" not in " ".join(page_texts(out.read_bytes()))


# what is asked, code, what the message says, why this row is here
REFUSALS = [
    pytest.param("4", 13, "letter porvoo-000004: under non-disclosure", id="a protected client"),
    pytest.param("5", 13, "letter porvoo-000005: undeliverable", id="one that was never written"),
    pytest.param("4-5", 13, "none of these letters", id="a range with nothing to print"),
    pytest.param("7", 13, "letter porvoo-000007: not in", id="a number too large"),
    pytest.param("1-", 13, "`1-` is no letter of porvoo", id="half a range"),
    pytest.param("salo-000001", 13, "`salo-000001` is no letter", id="another area's letter"),
]


@pytest.mark.parametrize(("asked", "code", "says"), REFUSALS)
def test_what_cannot_be_printed_again_is_refused(
    kuntactl: RunCli, folder: Path, tmp_path: Path, asked: str, code: int, says: str
) -> None:
    """Half a pile that looks whole is worse than none."""
    ended = reprint(kuntactl, folder, asked, out=tmp_path / "again.pdf")

    assert ended.code == code
    assert says in ended.err
    assert not (tmp_path / "again.pdf").exists()


def test_a_changed_file_is_not_printed(kuntactl: RunCli, folder: Path, tmp_path: Path) -> None:
    """The list says which bytes were the letter; others are somebody else's."""
    copy = tmp_path / "out"
    shutil.copytree(folder, copy)
    file = copy / "porvoo/letters/porvoo-000002.pdf"
    file.write_bytes(file.read_bytes() + b"\n")

    ended = reprint(kuntactl, copy, "1-3", out=tmp_path / "again.pdf")

    assert ended.code == 13
    assert "letter porvoo-000002: its file is gone or has changed" in ended.err


def test_an_area_must_be_named_where_there_are_two(
    kuntactl: RunCli, folder: Path, tmp_path: Path
) -> None:
    """Letter 412 of the wrong town goes to the wrong person."""
    copy = tmp_path / "out"
    shutil.copytree(folder, copy)
    shutil.copytree(copy / "porvoo", copy / "salo")

    ended = reprint(kuntactl, copy, "1", out=tmp_path / "again.pdf")

    assert ended.code == 11
    assert "--area: porvoo, salo" in ended.err


def test_nothing_of_the_folder_changes(kuntactl: RunCli, folder: Path, tmp_path: Path) -> None:
    """A reprint is no second letter: lists and files stay as they are."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    before = [hashlib.sha256(path.read_bytes()).digest() for path in files]

    reprint(kuntactl, folder, "1", out=tmp_path / "again.pdf")

    assert [hashlib.sha256(path.read_bytes()).digest() for path in files] == before
    assert sorted(path for path in folder.rglob("*") if path.is_file()) == files
