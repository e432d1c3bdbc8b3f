"""Bytes thrown at the reader, in every form that an export can have."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
from builders import client_row, csv_export, xlsx_export
from hypothesis import strategies as st
from ingesting import ON

from kuntactl.domain.types import Language
from kuntactl.errors import InputError
from kuntactl.ingest.careful import BLANK
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients

ROWS = [client_row(asiakasnumero=f"A{number}", sukunimi="Mäki") for number in range(1, 6)]
HEAD = list(ROWS[0])


def _parquet() -> bytes:
    out = io.BytesIO()
    pl.DataFrame(ROWS).write_parquet(out, compression="uncompressed")
    return out.getvalue()


def _mutations(good: bytes) -> st.SearchStrategy[bytes]:
    """Return the bytes with a few places overwritten, cut or filled in."""
    change = st.tuples(
        st.integers(0, len(good) - 1),
        st.binary(max_size=6) | st.sampled_from([b'"', b";", b"\r", b"\n", b"\0", b"\xff\xfe"]),
        st.integers(0, 4),
    )

    def mutated(changes: list[tuple[int, bytes, int]]) -> bytes:
        content = bytearray(good)
        for place, inserted, removed in changes:
            content[place : place + removed] = inserted
        return bytes(content)

    return st.lists(change, min_size=1, max_size=12).map(mutated)


def _parts_mutated(good: bytes) -> st.SearchStrategy[bytes]:
    """Return the workbook with one of its parts changed, packed as whole as before."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    def packed(name: str, part: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for other, content in (parts | {name: part}).items():
                archive.writestr(other, content)
        return out.getvalue()

    return st.sampled_from(sorted(parts)).flatmap(
        lambda name: _mutations(parts[name]).map(lambda part: packed(name, part))
    )


_CSV = csv_export(ROWS)
_XLSX = xlsx_export(ROWS)
_HEADER = _CSV[: _CSV.index(b"\n") + 1]
_LINES = _CSV[len(_HEADER) :].decode().splitlines()

# Form of an export -> bytes that are one, or nearly one, or none at all.
FORMS: dict[str, st.SearchStrategy[bytes]] = {
    "any bytes": st.binary(max_size=2_000),
    "csv": _mutations(_CSV),
    "csv, windows-1252": _mutations(csv_export(ROWS, encoding="cp1252")),
    "csv, utf-16": _mutations(csv_export(ROWS, encoding="utf-16")),
    "gzip": _mutations(gzip.compress(_CSV)),
    "csv in gzip": _mutations(_CSV).map(gzip.compress),
    "parquet": _mutations(_parquet()),
    "xlsx": _mutations(_XLSX),
    "part of xlsx": _parts_mutated(_XLSX),
}


def read_or_refuse(content: bytes, folder: Path, *, at_least: Callable[[], int] = int) -> None:
    """Read the bytes as an export; fail unless they are refused in words or every row counts.

    Args:
        content: The bytes.
        folder: Where to put them.
        at_least: How many rows there must be, if they are read.
    """
    export = folder / "export.csv"
    export.write_bytes(content)
    try:
        read = read_clients([export], on=ON, language=Language.FI, options=ReadOptions())
    except InputError as error:
        assert error.problem.startswith("export.csv: ")  # noqa: PT017 one of two right ends
        assert error.hint  # noqa: PT017 the same
        return
    assert read.rows_read == read.rows_rejected + read.accepted.height
    assert read.rows_read == read.inputs[0].rows >= at_least()
    rejected = read.rejected.get_column("row").n_unique()
    assert rejected == read.rows_rejected
    if content.startswith(_HEADER):
        _hold_against_a_plain_reading(content, read)


def _hold_against_a_plain_reading(content: bytes, read: Ingested) -> None:
    """Fail unless each line that nobody touched is the client it was, and no line is lost.

    A client may only be rejected for what the rows say of each other. The lines are told
    without the reader: where no quote stands, a row is a line with anything in it.
    """
    lines = content.decode("utf-8-sig", "surrogateescape").split("\n")[1:]
    stand = {line.removesuffix("\r") for line in lines}
    names = dict(read.accepted.select("client_id", "family_name").iter_rows())
    codes = dict(read.rejected.select("client_id", "code").iter_rows())
    for client, line in zip(ROWS, _LINES, strict=True):
        if line in stand:
            number = client["asiakasnumero"]
            as_it_was = names.get(number) == client["sukunimi"]
            assert as_it_was or codes.get(number) in {"client_id_conflict", "row_repeated"}
    if '"' not in content.decode("utf-8", "replace"):
        assert read.rows_read == sum(bool(line.strip(f"{BLANK};")) for line in lines)
