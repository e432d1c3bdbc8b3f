"""Rows are parted as a spreadsheet parts them; a broken one spoils no other."""

from pathlib import Path

import pytest
from builders import client_row, csv_export
from ingesting import codes, ingest_bytes, ingest_rows, problems

HEADER, A1, A2, A3 = (
    csv_export([client_row(asiakasnumero=f"A{n}") for n in (1, 2, 3)], encoding="ascii")
    .decode()
    .splitlines()
)


def export(*lines: str) -> bytes:
    """Return the lines below the header as a file."""
    return ("\r\n".join([HEADER, *lines]) + "\r\n").encode()


def test_blank_rows_are_not_rows_but_take_a_line(tmp_path: Path) -> None:
    """The row number must be the one that the office sees in its spreadsheet."""
    blank = ";" * HEADER.count(";")
    result = ingest_bytes(tmp_path, export("", A1, blank, "  ", '"";""', A2, ";;", A3, ""))

    assert result.rows_read == 3
    assert result.accepted["row"].to_list() == [3, 7, 9]


def test_a_line_break_inside_quotes_takes_no_line(tmp_path: Path) -> None:
    """A spreadsheet shows the cell in one row, however many lines the file has."""
    broken = A1.replace("Esimerkkikatu 1 A 2", '"c/o Esimerkki\r\n\r\nEsimerkkikatu 1"')

    result = ingest_bytes(tmp_path, export(broken, A2, broken.replace("A1", "A4"), A3))

    assert result.accepted["row"].to_list() == [2, 3, 4, 5]
    assert result.accepted["street"].to_list()[0] == "c/o Esimerkki Esimerkkikatu 1"


def test_a_row_may_break_in_its_first_and_its_last_cell(tmp_path: Path) -> None:
    """The line between the breaks has the delimiters of a whole row, and is none."""
    broken = A1.replace("A1;", '"A1\n";', 1).removesuffix(";") + ';"040\n123"'

    result = ingest_bytes(tmp_path, export(broken, A2))

    assert result.accepted.select("row", "client_id", "phone").rows() == [
        (2, "A1", "040 123"),
        (3, "A2", None),
    ]


def test_too_many_and_too_few_cells_reject_the_row_alone(tmp_path: Path) -> None:
    """Nothing is cut off and nothing is filled in."""
    result = ingest_bytes(tmp_path, export(A1 + ";x", A2.rsplit(";", 2)[0], A3, "A4", A1 + ";;"))

    assert problems(result) == [(row, "row_ragged") for row in (2, 3, 5, 6)]
    assert result.rejected["message"].to_list()[0] == (
        "the row has 29 cells and the header 28; they must be as many"
    )
    assert result.rejected.select("client_id", "column", "value").null_count().row(0) == (4, 4, 4)
    assert result.accepted["client_id"].to_list() == ["A3"]


@pytest.mark.parametrize("last", ['"x"', '";"', '"x;"', "x"])
def test_a_filled_cell_after_the_last_is_not_cut_off(tmp_path: Path, last: str) -> None:
    """A trailing delimiter is let pass, a cell that holds something is not, quoted or bare."""
    result = ingest_bytes(tmp_path, export(f"{A1};{last}", A2 + ';""', A3 + ';" "'))

    assert problems(result) == [(2, "row_ragged")]
    assert result.accepted["client_id"].to_list() == ["A2", "A3"]


def test_a_quote_that_is_never_closed_spoils_its_own_row_only(tmp_path: Path) -> None:
    """A reader that looks for the end of the quote would swallow the rest of the file."""
    open_quote = A1.replace("Esimerkkikatu", '"Esimerkkikatu')

    result = ingest_bytes(tmp_path, export(open_quote, A2, A3))

    assert problems(result) == [(2, "row_ragged")]
    assert "quotes" in result.rejected["message"].item()
    assert result.accepted["client_id"].to_list() == ["A2", "A3"]


def test_two_open_quotes_do_not_swallow_the_rows_between(tmp_path: Path) -> None:
    """The second stray quote would close the first, and two clients would be gone."""
    first = A1.replace("Esimerkkikatu", '"Esimerkkikatu')
    last = A3.replace("Esimerkkikatu", 'Esimerkkikatu"')

    result = ingest_bytes(tmp_path, export(first, A2, last))

    assert problems(result) == [(2, "row_ragged")]
    assert result.accepted["client_id"].to_list() == ["A2", "A3"]


def test_quotes_at_two_ends_of_lines_do_not_swallow_the_rows_between(tmp_path: Path) -> None:
    """From the one to the other they would hold a cell of three lines, in a row that fits."""
    opens, closes = f'{A1}"x', f'{A3}y"'

    result = ingest_bytes(tmp_path, export(opens, A2, closes, A2.replace("A2", "A4")))

    assert result.rows_read == 4
    assert result.accepted["client_id"].to_list() == ["A2", "A3", "A4"]
    assert problems(result) == [(2, "row_ragged")]


def test_a_quote_inside_a_plain_cell_is_a_character(tmp_path: Path) -> None:
    """Names are written with quotes by people, not by programs only."""
    result = ingest_bytes(tmp_path, export(A1.replace("Aino Maria", 'Aino "Aikku" Maria')))

    assert result.accepted["given_names"].to_list() == ['Aino "Aikku" Maria']


def test_bytes_that_are_no_text_are_shown_escaped(tmp_path: Path) -> None:
    """The office must find the cell, and nobody must guess the letter."""
    content = csv_export([client_row(), client_row(asiakasnumero="A2", sukunimi="Mäki")])

    result = ingest_bytes(tmp_path, content.replace("Mäki".encode(), b"M\xe4ki"))

    assert result.rejected.select("row", "client_id", "column", "value", "code").row(0) == (
        3,
        "A2",
        "sukunimi",
        "M\\xe4ki",
        "bytes_undecodable",
    )
    assert codes(result) == ["bytes_undecodable"]


def test_windows_1252_has_five_bytes_that_are_no_letter(tmp_path: Path) -> None:
    """They are not read as control characters, as Latin-1 would."""
    content = csv_export([client_row(sukunimi="Mäki")], encoding="cp1252")

    result = ingest_bytes(tmp_path, content.replace(b"M\xe4ki", b"M\x81ki"))

    assert codes(result) == ["bytes_undecodable"]


def test_a_control_character_is_no_text(tmp_path: Path) -> None:
    """A name with a zero byte in it cannot be printed; it is broken, not odd."""
    result = ingest_rows(
        tmp_path, client_row(), client_row(asiakasnumero="A2", etunimet="Ai\x00no")
    )

    assert problems(result) == [(3, "bytes_undecodable")]
    assert result.rejected["value"].to_list() == ["Ai\\x00no"]


def test_broken_bytes_in_a_column_that_is_kept_out_reject_the_row(tmp_path: Path) -> None:
    """The row was damaged on its way; which cells were, nobody knows."""
    content = csv_export([{**client_row(sukunimi="Mäki"), "lisä": "hyvä"}], encoding="utf-8-sig")

    result = ingest_bytes(tmp_path, content.replace("hyvä".encode(), b"hyv\xe4"))

    assert result.rejected.select("column", "value", "code").row(0) == (
        None,
        None,
        "bytes_undecodable",
    )


def test_half_a_character_of_utf_16_rejects_its_row(tmp_path: Path) -> None:
    """A file cut off in the middle must not lose its last row in silence."""
    content = csv_export([client_row(), client_row(asiakasnumero="A2")], encoding="utf-16")

    result = ingest_bytes(tmp_path, content.rstrip(b"\r\n\0") + b"\0x\0" + b"\x00")

    assert result.rows_read == 2
    assert codes(result) == ["bytes_undecodable"]


def test_rows_of_several_files_keep_their_order_and_numbers(tmp_path: Path) -> None:
    """Each row can be found in its own file."""
    result = ingest_bytes(tmp_path, export(A1, A2), export(A3))

    assert list(result.accepted.select("file", "row", "client_id").iter_rows()) == [
        ("export-1.csv", 2, "A1"),
        ("export-1.csv", 3, "A2"),
        ("export-2.csv", 2, "A3"),
    ]
    assert [file.rows for file in result.inputs] == [2, 1]
