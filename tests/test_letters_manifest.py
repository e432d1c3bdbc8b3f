"""The list of letters only grows."""

import polars as pl
import pytest

from kuntactl.domain.schema import LettersDone
from kuntactl.errors import DeliveryError
from kuntactl.letters.manifest import merge_manifest


def lines(*letters: tuple[str, str]) -> pl.DataFrame:
    """Return lines of ``LettersDone`` with these ids and statuses."""
    known = {"pages": 1, "file": "letters/x.pdf", "sha256": "ab", "bundle": None, "first_page": 1}
    return LettersDone.validate(
        pl.DataFrame(
            [
                {
                    "letter_id": letter,
                    "client_id": "=A1",
                    "area": "porvoo",
                    "kind": "transfer",
                    "lang": "fi",
                    "status": status,
                }
                | known
                for letter, status in letters
            ]
        ),
        cast=True,
    )


def test_new_lines_come_after_the_old_ones() -> None:
    """What once was printed stays on the list as it was, with the run that wrote it."""
    first = merge_manifest(None, lines(("p-1", "written"), ("p-2", "undeliverable")), run=1)

    both = merge_manifest(first, lines(("p-2", "written"), ("p-3", "written")), run=2)

    assert both.startswith(first)
    rows = [line.split(";") for line in both.decode("utf-8-sig").splitlines()]
    assert [(row[0], row[9], row[10]) for row in rows[1:]] == [
        ("p-1", "written", "1"),
        ("p-2", "undeliverable", "1"),
        ("p-2", "written", "2"),
        ("p-3", "written", "2"),
    ]


def test_the_same_lines_twice_change_nothing() -> None:
    """A run that was killed after its files were in place can be run again."""
    once = merge_manifest(None, lines(("p-1", "written")), run=1)

    assert merge_manifest(once, lines(("p-1", "written")), run=2) == once


def test_an_edited_list_is_not_grown() -> None:
    """Letters could be counted twice or lost if we guessed what the cells were."""
    once = merge_manifest(None, lines(("p-1", "written")), run=1)

    with pytest.raises(DeliveryError, match=r"letters\.csv"):
        merge_manifest(once.replace(b"sha256;", b""), lines(("p-2", "written")), run=2)
