"""A small file that unpacks to more than the memory holds is refused before it is unpacked."""

import gzip
import io
from contextlib import suppress
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from builders import client_row

from kuntactl.domain.types import Language
from kuntactl.errors import ExitCode, InputError
from kuntactl.ingest.clients import ReadOptions, read_clients
from kuntactl.ingest.packed import ALWAYS_ALLOWED, MOST_TIMES, MOST_UNPACKED, gunzip
from kuntactl.ingest.parquet_size import unpacked_size

TOO_MUCH = "unpacks to more than 200 times its size or 2 GiB"


def parquet(frame: pl.DataFrame, compression: str = "zstd") -> bytes:
    """Return the frame as a Parquet file."""
    out = io.BytesIO()
    frame.write_parquet(out, compression=compression)  # type: ignore[arg-type]
    return out.getvalue()


def one_long_text() -> bytes:
    """Return a page that unpacks to more than is always allowed."""
    row = client_row(lahiosoite="x" * (ALWAYS_ALLOWED + 1))
    return parquet(pl.DataFrame([row]))


def one_text_in_each_row() -> bytes:
    """Return a column that holds one text, and that text in each of its rows."""
    rows = 40_000
    text = "x" * 4_000
    return parquet(
        pl.DataFrame([client_row()])
        .select(pl.all().repeat_by(rows).explode(empty_as_null=True))
        .with_columns(lahiosoite=pl.lit(text))
    )


def rows_without_content() -> bytes:
    """Return rows upon rows of nothing, which take no room in the file."""
    return parquet(pl.select(asiakasnumero=pl.repeat(None, 40_000_000)))


def text_in_every_cell() -> bytes:
    """Return a workbook whose every cell is the same long text, which stands there once."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, (name, value) in enumerate(client_row().items()):
            sheet.write_string(0, place, name)
            sheet.write_string(1, place, value)
        for row in range(2, 3_002):
            sheet.write_string(row, 0, "x" * 30_000)
    return out.getvalue()


BOMBS = [
    ("e.csv.gz", lambda: gzip.compress(bytes(ALWAYS_ALLOWED + 1)), "gzip"),
    ("e.parquet", one_long_text, "a long text"),
    ("e.parquet", one_text_in_each_row, "a text repeated"),
    ("e.parquet", rows_without_content, "rows of nothing"),
    ("e.xlsx", text_in_every_cell, "a shared text repeated"),
]


@pytest.mark.parametrize(("name", "make", "reason"), BOMBS, ids=[case[2] for case in BOMBS])
def test_a_bomb_is_refused(name: str, make: object, reason: str, tmp_path: Path) -> None:
    """The machine of the night run has other work; nobody can stop it with one mail."""
    assert reason
    assert callable(make)
    path = tmp_path / name
    path.write_bytes(make())
    assert path.stat().st_size < ALWAYS_ALLOWED / MOST_TIMES

    with pytest.raises(InputError) as error:
        read_clients([path], on=date(2021, 3, 1), language=Language.FI, options=ReadOptions())

    assert error.value.problem == f"{name}: {TOO_MUCH}"
    assert error.value.exit_code == ExitCode.INPUT == 10
    assert error.value.hint


def test_the_limits_are_those_of_the_readme() -> None:
    """Who sends an honest export can look up what is allowed."""
    readme = (Path(__file__).parent.parent / "docs/operations.md").read_text("utf-8")

    assert f"{MOST_TIMES} times its size" in readme
    assert f"{ALWAYS_ALLOWED >> 20} MiB" in readme
    assert f"{MOST_UNPACKED >> 30} GiB" in readme


@pytest.mark.parametrize("compression", ["zstd", "snappy", "gzip", "uncompressed"])
def test_the_pages_of_a_parquet_file_are_added_up(compression: str) -> None:
    """The account is the pages' own, not the footer's sum, and is right for honest files."""
    frame = pl.DataFrame({"a": ["x" * 100_000, "y" * 100_000], "b": [1, None], "c": [["z"], None]})

    size = unpacked_size(parquet(frame, compression))

    assert size.cells == 6
    assert 200_000 <= size.bytes < 201_000


def test_a_damaged_parquet_file_is_not_taken_for_a_bomb(tmp_path: Path) -> None:
    """Every cut and every changed byte of the footer is one sentence, and never a fault."""
    content = parquet(pl.DataFrame([client_row()]))
    path = tmp_path / "e.parquet"
    for place in range(len(content) - 400, len(content), 7):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
        with suppress(InputError):  # any other error is a fault
            read_clients([path], on=date(2021, 3, 1), language=Language.FI, options=ReadOptions())


def test_many_small_members_are_read_in_one_pass() -> None:
    """A gzip file of members of one letter once took hours: each member copied all the rest."""
    assert gunzip("e.csv.gz", gzip.compress(b"a") * 200_000) == b"a" * 200_000
