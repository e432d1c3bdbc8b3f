"""Parquet holds values of many kinds; each becomes the text that a CSV file would hold."""

import io
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from builders import client_row
from ingesting import ON, codes

from kuntactl.domain.types import Language
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients

ROWS = [client_row(asiakasnumero=f"A{n}") for n in (1, 2)]


def ingest(folder: Path, frame: pl.DataFrame) -> Ingested:
    """Write the frame as one export and read it."""
    out = io.BytesIO()
    frame.write_parquet(out)
    path = folder / "export.parquet"
    path.write_bytes(out.getvalue())
    return read_clients([path], on=ON, language=Language.EN, options=ReadOptions())


@pytest.mark.parametrize(
    ("numbers", "texts"),
    [
        (
            pl.Series(
                [Decimal(12345678901234567), Decimal(12345678901234568)],
                dtype=pl.Decimal(38, 10),
            ),
            ["12345678901234567", "12345678901234568"],
        ),
        (pl.Series([100, 2000], dtype=pl.Decimal(20, 0)), ["100", "2000"]),
        (pl.Series([Decimal("1.50"), Decimal("0.05")], dtype=pl.Decimal(9, 2)), ["1.5", "0.05"]),
        (pl.Series([2**70, 5], dtype=pl.Int128), [str(2**70), "5"]),
        (pl.Series([12.0, 1.5]), ["12", "1.5"]),
    ],
    ids=["long decimal", "whole decimal", "parts", "128 bits", "float"],
)
def test_a_number_keeps_every_digit(tmp_path: Path, numbers: pl.Series, texts: list[str]) -> None:
    """A client number rounded to 15 digits would be the number of somebody else."""
    result = ingest(tmp_path, pl.DataFrame(ROWS).with_columns(asiakasnumero=numbers))

    assert result.accepted["client_id"].to_list() == texts


def test_a_float_too_large_for_its_digits_is_rejected(tmp_path: Path) -> None:
    """It holds sixteen digits of the number at most: whose number it was is lost."""
    result = ingest(
        tmp_path, pl.DataFrame(ROWS).with_columns(asiakasnumero=pl.Series([1e20, 3.0]))
    )

    assert result.rejected.select("row", "value", "code").rows() == [
        (2, "1.0E+20", "client_id_in_exponent_form")
    ]
    assert result.accepted["client_id"].to_list() == ["3"]


@pytest.mark.parametrize(
    ("number", "dtype", "said"),
    [(2**53, pl.Float64, "9.01E+15"), (2**24, pl.Float32, "1.68E+7")],
    ids=["64 bits", "32 bits"],
)
def test_the_first_float_that_may_be_rounded_is_rejected(
    tmp_path: Path, number: int, dtype: type[pl.DataType], said: str
) -> None:
    """The next client's number is the same float: a letter would go to one of the two."""
    numbers = pl.Series([number - 1, number]).cast(dtype)

    result = ingest(tmp_path, pl.DataFrame(ROWS).with_columns(asiakasnumero=numbers))

    assert result.accepted["client_id"].to_list() == [str(number - 1)]
    assert result.rejected.select("value", "code").rows() == [(said, "client_id_in_exponent_form")]


def test_an_endless_number_is_not_taken_for_unknown(tmp_path: Path) -> None:
    """NaN is how some tools write a gap; infinity is a fault of the export."""
    days = pl.Series([float("nan"), float("inf")])

    result = ingest(tmp_path, pl.DataFrame(ROWS).with_columns(tyomarkkinatukipaivat=days))

    assert result.accepted["support_days"].to_list() == [None]
    assert codes(result) == ["number_invalid"]


def test_letters_written_as_two_characters_become_one(tmp_path: Path) -> None:
    """A Mac writes ä as a and two dots; a town must be known, and a row repeat, all the same."""
    frame = pl.DataFrame(ROWS).with_columns(kotikunta=pl.lit("Jyva\u0308skyla\u0308"))

    result = ingest(tmp_path, frame)

    assert result.accepted["municipality"].to_list() == ["179"] * 2


def test_a_row_is_blank_only_when_every_column_is(tmp_path: Path) -> None:
    """A row that holds something elsewhere is counted, as in a CSV file, and not left out."""
    blank = [dict.fromkeys(ROWS[0]), dict.fromkeys(ROWS[0], " ")]
    frame = pl.DataFrame([*ROWS, *blank]).with_columns(
        muu=pl.Series(["x", None, "x", ""]),
        paino=pl.Series([1.0, None, None, float("nan")]),
    )

    result = ingest(tmp_path, frame)

    assert (result.rows_read, result.rows_rejected) == (3, 1)
