"""What stands above the header of a CSV file is told from clients, and counted."""

from pathlib import Path

import pytest
from builders import client_row, csv_export
from ingesting import ingest_bytes
from polars.testing import assert_frame_equal

from kuntactl.errors import InputError
from kuntactl.ingest.clients import ReadOptions

ROWS = [client_row(sukunimi="Mäki"), client_row(asiakasnumero="A2")]


@pytest.mark.parametrize("said", ["sep=;", '"sep=;"', "SEP=;;;;", "sep=|", "sep=\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_first_line_may_say_the_delimiter(tmp_path: Path, said: str, encoding: str) -> None:
    """Excel takes the delimiter from there; the line takes a row of the sheet."""
    delimiter = said.strip('"')[4]
    plain = csv_export(ROWS, delimiter=delimiter, encoding="utf-8").decode()

    result = ingest_bytes(tmp_path, f"{said}\r\n{plain}".encode(encoding))

    assert result.inputs[0].delimiter == delimiter
    assert result.accepted["row"].to_list() == [3, 4]
    assert result.accepted["family_name"].to_list() == ["Mäki", "Esimerkki"]


def test_the_delimiter_of_the_command_line_beats_the_one_in_the_file(tmp_path: Path) -> None:
    """The user has the last word."""
    content = b"sep=;\r\n" + csv_export(ROWS, delimiter=",", encoding="utf-8")

    result = ingest_bytes(tmp_path, content, options=ReadOptions(delimiter=","))

    assert (result.rows_read, result.rows_rejected) == (2, 0)


def test_a_title_above_the_header_is_no_row(tmp_path: Path) -> None:
    """Registers write what the table is and from which day, and leave a line blank."""
    plain = csv_export(ROWS, encoding="utf-8")
    above = b'Vienti;;;\r\n\r\n"1.3.2021\r\nklo 9";TE-toimisto\r\n'

    result = ingest_bytes(tmp_path, above + plain)

    assert result.inputs[0].header_row == 4
    assert result.accepted["row"].to_list() == [5, 6]
    assert_frame_equal(
        result.accepted.drop("row"), ingest_bytes(tmp_path, plain).accepted.drop("row")
    )


def test_a_client_above_the_header_is_not_skipped(tmp_path: Path) -> None:
    """Somebody sorted the file, and the header went down; nobody may be lost above it."""
    header, first, *rest = csv_export(ROWS, encoding="utf-8").splitlines(keepends=True)

    with pytest.raises(InputError, match="the first line is not a header"):
        ingest_bytes(tmp_path, b"".join([first, header, *rest]))


def test_a_line_that_only_looks_like_a_delimiter_is_not_one(tmp_path: Path) -> None:
    """A sign that cannot part cells is no reason to stop."""
    with pytest.raises(InputError, match="the first line is not a header"):
        ingest_bytes(tmp_path, b"sep=x\r\nA1;B1;C1\r\n")
