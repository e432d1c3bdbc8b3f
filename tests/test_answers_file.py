"""What people wrote into the review list comes back as it was meant."""

from pathlib import Path

import pytest
from builders import csv_export

from kuntactl.errors import InputError
from kuntactl.ingest.answers import read_answers


def answer(client: str, kuuluu: str = "", kuka: str = "", peruste: str = "") -> dict[str, str]:
    """Return one row of ``review.csv``."""
    return {
        "client_id": client,
        "area": "porvoo",
        "puuttuu": "työllisyyskoodi",
        "kuuluu": kuuluu,
        "kuka": kuka,
        "peruste": peruste,
    }


def read(folder: Path, content: bytes) -> list[tuple[object, ...]]:
    """Write the list and read the answers."""
    path = folder / "review.csv"
    path.write_bytes(content)
    return list(read_answers(path).iter_rows())


def refusal(folder: Path, *rows: dict[str, str]) -> str:
    """Return what is said of the rows."""
    with pytest.raises(InputError) as error:
        read(folder, csv_export(rows))
    assert error.value.hint == "mend these rows; no answer was taken over"
    return error.value.problem


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_answers_come_back_in_any_dialect(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """A spreadsheet saves the list as it pleases."""
    rows = [
        answer("A1", "K", "Päivi Mäki", "on alle 30; nähty"),
        answer("A2"),
        answer("A3", "e", "Päivi Mäki", "ei ole"),
    ]

    found = read(tmp_path, csv_export(rows, delimiter=delimiter, encoding=encoding))

    assert found == [
        ("A1", True, "Päivi Mäki", "on alle 30; nähty", "porvoo"),
        ("A3", False, "Päivi Mäki", "ei ole", "porvoo"),
    ]


def test_a_blank_answer_is_no_answer(tmp_path: Path) -> None:
    """Who and why may be filled in beforehand; nothing is decided by that."""
    assert read(tmp_path, csv_export([answer("A1", " ", "Päivi", "kesken")])) == []


def test_a_list_without_rows_has_no_answers(tmp_path: Path) -> None:
    """Nobody had to be looked at; the list may still be handed in."""
    assert read(tmp_path, csv_export([answer("A1")]).split(b"\r\n")[0] + b"\r\n") == []


def test_a_number_that_was_kept_from_being_a_formula_is_itself_again(tmp_path: Path) -> None:
    """We write '-7 so that no spreadsheet counts with it; the client is -7."""
    rows = [answer("'-7", "K", "P", "x"), answer("'7", "K", "P", "x")]

    assert [found[0] for found in read(tmp_path, csv_export(rows))] == ["-7", "'7"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([answer("A1", "ehkä", "P", "x")], "row 2: `kuuluu` is neither K (yes) nor E (no)"),
        ([answer("A1", "K", "", "x")], "row 2: `kuka` is blank"),
        ([answer("A1", "K", "P", "")], "row 2: `peruste` is blank"),
        ([answer("", "K", "P", "x")], "row 2: `client_id` is blank"),
        (
            [answer("A1", "K", "P", "passi, 010190-903x, nähty")],
            "row 2: `peruste` holds an identity code: the register must not",
        ),
        (
            [answer("A1", "K", "P", "x"), answer("A2"), *[answer("A1", "K", "P", "x")] * 2],
            (
                "row 4: its client is answered for in row 2 as well; "
                "row 5: its client is answered for in row 2 as well"
            ),
        ),
        (
            [answer("A1", "x"), answer("A2", "K", "P", "")],
            (
                "row 2: `kuuluu` is neither K (yes) nor E (no); row 2: `kuka` is blank; "
                "row 2: `peruste` is blank; row 3: `peruste` is blank"
            ),
        ),
    ],
    ids=["neither", "nobody", "no reason", "no client", "identity code", "twice", "several"],
)
def test_half_an_answer_is_refused(
    tmp_path: Path, rows: list[dict[str, str]], problem: str
) -> None:
    """A decision about a person needs its maker and its reason."""
    assert refusal(tmp_path, *rows) == f"review.csv: {problem}"


def test_missing_columns_are_named(tmp_path: Path) -> None:
    """Somebody deleted the columns that looked empty."""
    content = csv_export([answer("A1")], header=["client_id", "area", "kuuluu"])

    with pytest.raises(InputError, match="columns `kuka`, `peruste` are missing"):
        read(tmp_path, content)
