"""A large file gives its memory back line by line, and is read as any other."""

import gzip
import mmap
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from builders import client_row, csv_export
from ingesting import ON

from kuntactl.domain.types import Language
from kuntactl.ingest.ahead import Handed
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients
from kuntactl.ingest.handed_in import read_bytes
from kuntactl.ingest.roomy import read_content
from kuntactl.ingest.text_lines import TextLines

ROWS = [
    client_row(asiakasnumero=f"P{number}", sukunimi="Mäki", lahiosoite="Katu  7", osoitelisa="“C”")
    for number in range(40)
]
BREAK = client_row(asiakasnumero="B", lahiosoite="Pitkä\nKatu\n\n7")
TEXT = csv_export([*ROWS[:20], BREAK, *ROWS[20:], ROWS[0]]).decode("utf-8-sig")


def _parquet(rows: list[dict[str, str]]) -> bytes:
    out = BytesIO()
    pl.DataFrame(rows).write_parquet(out)
    return out.getvalue()


# what the file is -> its bytes
FILES = {
    "UTF-8 with BOM": TEXT.encode("utf-8-sig"),
    "UTF-8 without BOM": TEXT.encode(),
    "UTF-8 with a byte that is none": TEXT.encode().replace("Mäki".encode(), b"M\xe4ki", 1),
    "letters in two pieces": TEXT.replace("ä", "a\u0308").encode(),
    "Windows-1252": TEXT.encode("cp1252"),
    "UTF-16": TEXT.encode("utf-16"),
    "CR alone": TEXT.replace("\r\n", "\r").replace("\n", " ").encode(),
    "packed": gzip.compress(TEXT.encode()),
    "Parquet": _parquet(ROWS),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_large_file_is_read_as_any_other(tmp_path: Path, content: bytes) -> None:
    """How a file is held is a matter of memory: rows, lists and checksum do not show it."""
    path = tmp_path / "export"
    path.write_bytes(content)

    def read(handed: Handed, at_once: int = 9) -> Ingested:
        options = ReadOptions(ahead=handed, at_once=at_once)
        return read_clients([path], on=ON, language=Language.FI, options=options)

    large = read(Handed(path, beside=True, large=1))
    in_one_part = read(Handed(path, beside=False, large=1), len(ROWS) * 2)
    plain = read(Handed(path, beside=False), len(ROWS) * 2)

    for frame in ("accepted", "rejected", "warnings"):
        assert getattr(large, frame).equals(getattr(plain, frame)), frame
        assert getattr(in_one_part, frame).equals(getattr(plain, frame)), frame
    assert large.inputs == in_one_part.inputs == plain.inputs
    assert large.rows_read == plain.rows_read >= len(ROWS)


def test_what_was_looked_at_is_given_back(tmp_path: Path) -> None:
    """Ten million rows are 1.6 GB: they and what is kept of them must not both be in memory."""
    path = tmp_path / "export.csv"
    path.write_bytes(b"0123456\n" * mmap.PAGESIZE)
    content = read_bytes(path, large=1)
    lines = TextLines(content)

    lines.give_back(mmap.PAGESIZE // 2 + 1)

    assert not any(content[: 4 * mmap.PAGESIZE])
    assert lines[mmap.PAGESIZE // 2 + 1 :] == ["0123456"] * (mmap.PAGESIZE // 2 - 1)


def test_a_small_file_is_plain_bytes(tmp_path: Path) -> None:
    """What is looked at as a whole anyway has nothing to give back."""
    path = tmp_path / "export.csv"
    path.write_bytes(b"asiakasnumero\n1\n")

    with path.open("rb") as file:
        assert read_content(file) == b"asiakasnumero\n1\n"
