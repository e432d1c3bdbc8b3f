"""A client number that a spreadsheet has rounded is told from a wrong one."""

from pathlib import Path

import pytest
from builders import client_row, csv_export
from ingesting import ingest_bytes

from kuntactl.errors import InputError


@pytest.mark.parametrize("number", ["3,3E+08", "3.3E+08", "1E+14", " 3,30004E+08 ", "3,3e+08"])
def test_a_rounded_number_rejects_its_row(tmp_path: Path, number: str) -> None:
    """Two clients under one such number do not contradict each other: both are nobody."""
    rows = [
        client_row(),
        client_row(asiakasnumero=number),
        client_row(asiakasnumero=number, etuus="02"),
    ]

    result = ingest_bytes(tmp_path, csv_export(rows))

    assert result.rejected.select("row", "column", "value", "code").rows() == [
        (3, "asiakasnumero", number, "client_id_in_exponent_form"),
        (4, "asiakasnumero", number, "client_id_in_exponent_form"),
    ]


@pytest.mark.parametrize("number", ["3E08", "E+08", "330000204", "33E+08", "3,3E-08"])
def test_a_number_that_only_looks_like_it_is_sound(tmp_path: Path, number: str) -> None:
    """A number is text; only the form that a spreadsheet writes is known to be rounded."""
    result = ingest_bytes(tmp_path, csv_export([client_row(asiakasnumero=number)]))

    assert result.accepted["client_id"].to_list() == [number]


def test_a_file_of_rounded_numbers_is_refused(tmp_path: Path) -> None:
    """Nobody mends thousands of numbers: the file from before the spreadsheet is needed."""
    rows = [client_row(asiakasnumero="3,3E+08"), client_row(asiakasnumero="3,4E+08")]

    with pytest.raises(InputError) as error:
        ingest_bytes(tmp_path, csv_export(rows))

    assert error.value.problem == (
        "export-1.csv: each `asiakasnumero` is in exponent form, such as 3,3E+08: "
        "a spreadsheet has rounded them"
    )
    assert error.value.hint
    assert "before it was opened in a spreadsheet" in error.value.hint
