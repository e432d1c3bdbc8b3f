"""Whatever the rows and the dialect: the same clients come out, and the same are rejected."""

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
from builders import client_row, xlsx_export
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ingesting import ON
from polars.testing import assert_frame_equal

from kuntactl.domain.types import Language
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients
from kuntactl.ingest.columns import CLIENT_COLUMNS

NAMES = [column.name for column in CLIENT_COLUMNS]
SPOKEN = str.maketrans({"_": " "})
ENCODINGS = ("utf-8-sig", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1")
LATIN = st.text("aáåäöÅÄÖéü-' ", min_size=1, max_size=8)
ANY_LETTER = st.one_of(LATIN, st.text("šžŊǥдяệ", min_size=1, max_size=4))
CELLS = {
    "sukunimi": st.just("Esimerkki") | ANY_LETTER,
    "lahiosoite": st.sampled_from(["Tie 1", "Tie 1; as 2", "Tie 1, ovi A", 'Tie "1"', "a\tb"]),
    "osoitelisa": st.sampled_from(["", "c/o Esimerkki\nkolmas kerros", "c/o X\r\n\r\nY"]),
    "kotikunta": st.sampled_from(["638", "49", "Borgå", "Koski", "Atlantis", ""]),
    "turvakielto": st.sampled_from(["E", "K", "ei", "", "?"]),
    "etuus": st.sampled_from(["03", "3", "", "05"]),
    "tyonhaku_alkoi": st.sampled_from(["1.2.2021", "2021-02-01", "31.2.2021", ""]),
    "puhelin": st.sampled_from(["", "040 123", "="]),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One way to write a table as text."""

    delimiter: str
    encoding: str
    line_end: str
    quoting: int
    trailing: str  # nothing, "rows" or "all"
    is_spoken: bool
    is_packed: bool
    last_line_ends: bool
    said: bool


DIALECTS = st.builds(
    Dialect,
    delimiter=st.sampled_from(";,\t"),
    encoding=st.sampled_from(ENCODINGS),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    trailing=st.sampled_from(["", "rows", "all"]),
    is_spoken=st.booleans(),
    is_packed=st.booleans(),
    last_line_ends=st.booleans(),
    said=st.booleans(),
)
ROWS = st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=6).map(
    lambda rows: [client_row(asiakasnumero=f"A{n}") | row for n, row in enumerate(rows)]
)
QUIET = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def written(rows: Sequence[Mapping[str, str]], dialect: Dialect) -> bytes:
    """Return the rows in the dialect; what its encoding lacks is written as a question mark."""
    header = [name.translate(SPOKEN).upper() if dialect.is_spoken else name for name in NAMES]
    return joined([header, *([row[name] for name in NAMES] for row in rows)], dialect)


def joined(lines: Sequence[Sequence[str]], dialect: Dialect) -> bytes:
    """Return the lines in the dialect."""
    out = io.StringIO(newline="")
    for number, cells in enumerate(lines):
        line = io.StringIO(newline="")
        csv.writer(line, delimiter=dialect.delimiter, quoting=dialect.quoting).writerow(cells)
        ends = dialect.trailing == "all" or (dialect.trailing == "rows" and number)
        end = (dialect.delimiter if ends else "") + dialect.line_end
        out.write(line.getvalue().removesuffix("\r\n") + end)
    text = out.getvalue() if dialect.last_line_ends else out.getvalue()[: -len(dialect.line_end)]
    if dialect.said:
        text = f"sep={dialect.delimiter}{dialect.line_end}{text}"
    bom = "\ufeff" if dialect.encoding in {"utf-16-le", "utf-16-be"} else ""
    content = (bom + text).encode(dialect.encoding, "replace")
    return gzip.compress(content) if dialect.is_packed else content


def read(folder: Path, *contents: bytes) -> Ingested:
    """Read the files as one export."""
    paths = []
    for number, content in enumerate(contents):
        paths.append(folder / f"{number}.csv")
        paths[-1].write_bytes(content)
    return read_clients(paths, on=ON, language=Language.FI, options=ReadOptions())


def clean(rows: Sequence[Mapping[str, str]], encoding: str) -> list[dict[str, str]]:
    """Return the rows with what the encoding lacks as question marks."""
    return [
        {name: cell.encode(encoding, "replace").decode(encoding) for name, cell in row.items()}
        for row in rows
    ]


def plain(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return the rows as a workbook of text: no delimiter, quote or encoding plays a part."""
    return xlsx_export([{name: row[name] or None for name in NAMES} for row in rows])


def without_file(frame: pl.DataFrame) -> pl.DataFrame:
    """Return what does not depend on how the file was written."""
    return frame.drop("file", "sha256", "value", "message", strict=False)


@QUIET
@given(rows=ROWS, dialect=DIALECTS)
def test_every_dialect_and_encoding_reads_the_same(
    tmp_path: Path, rows: list[dict[str, str]], dialect: Dialect
) -> None:
    """CSV in each dialect equals the sheet with the same cells, row for row."""
    said = int(dialect.said)
    expected = read(tmp_path, plain(clean(rows, dialect.encoding)))

    result = read(tmp_path, written(rows, dialect))

    moved = pl.col("row") - pl.lit(said, pl.UInt32)
    assert_frame_equal(
        without_file(result.accepted).with_columns(moved), without_file(expected.accepted)
    )
    assert_frame_equal(
        without_file(result.rejected).with_columns(moved), without_file(expected.rejected)
    )
    assert result.inputs[0].delimiter == dialect.delimiter
    assert result.rows_read == len(rows)


@QUIET
@given(
    rows=ROWS,
    more=st.lists(st.integers(-5, 5), min_size=6, max_size=6),
    dialect=DIALECTS,
)
def test_a_ragged_row_is_neither_dropped_nor_padded(
    tmp_path: Path, rows: list[dict[str, str]], more: list[int], dialect: Dialect
) -> None:
    """Each row with a cell too many or too few is rejected with its number of cells."""
    dialect = replace(dialect, trailing="", said=False)
    lines = [list(row.values()) for row in clean(rows, dialect.encoding)]
    cells = [
        line + ["x"] * count if count >= 0 else line[:count]
        for line, count in zip(lines, more, strict=False)
    ]

    result = read(tmp_path, joined([NAMES, *cells], dialect))

    ragged = result.rejected.filter(pl.col("code") == "row_ragged").select("row", "message")
    assert ragged.rows() == [
        (at, f"rivillä on {len(line)} solua ja otsikossa 28; niitä pitää olla yhtä monta")
        for at, line in enumerate(cells, start=2)
        if len(line) != len(NAMES)
    ]
    assert result.rows_read == len(rows)


@QUIET
@given(rows=ROWS, dialect=DIALECTS, other=DIALECTS, cut=st.integers(0, 6))
def test_an_export_in_several_files_is_one_export(
    tmp_path: Path, rows: list[dict[str, str]], dialect: Dialect, other: Dialect, cut: int
) -> None:
    """Offices split a large export, and the parts come from different machines."""
    unicode = [replace(one, encoding="utf-8") for one in (dialect, other)]
    parts = [part for part in (rows[:cut], rows[cut:]) if part]
    expected = read(tmp_path, plain(rows))

    result = read(
        tmp_path,
        *(written(part, how) for part, how in zip(parts, unicode, strict=False)),
    )

    columns = [name for name in expected.accepted.columns if name not in {"file", "row"}]
    assert_frame_equal(result.accepted.select(columns), expected.accepted.select(columns))
    assert result.rejected["code"].to_list() == expected.rejected["code"].to_list()
    assert result.rows_read == len(rows)
