"""An export may come through a pipe; it is read like a file."""

import gzip
import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from builders import client_row, csv_export, xlsx_export
from conftest import RunCli
from ingesting import ON

from kuntactl.domain.types import Language
from kuntactl.errors import InputError
from kuntactl.ingest.clients import ReadOptions, read_clients

DAY = ("--on", "2021-03-01")
ROWS = [client_row(), client_row(asiakasnumero="A2", etuus="05")]


def _parquet() -> bytes:
    out = io.BytesIO()
    pl.DataFrame(ROWS).write_parquet(out)
    return out.getvalue()


def through_a_pipe(
    content: bytes, command: Sequence[object]
) -> subprocess.CompletedProcess[bytes]:
    """Return how the command ended with the content on standard input."""
    return subprocess.run(
        [sys.executable, "-m", "kuntactl", *map(str, command)],
        input=content,
        capture_output=True,
        check=False,
        env=os.environ | {"COLUMNS": "200"},
    )


@pytest.mark.parametrize(
    ("content", "dialect"),
    [
        (csv_export(ROWS), "csv utf-8 ;"),
        (csv_export(ROWS, encoding="utf-16", delimiter="\t"), "csv utf-16 \\t"),
        (gzip.compress(csv_export(ROWS)), "csv utf-8 ;"),
        (_parquet(), "parquet"),
        (xlsx_export(ROWS), "xlsx, sheet Vienti"),
    ],
    ids=["csv", "utf-16", "gzip", "parquet", "xlsx"],
)
def test_every_form_of_an_export_may_come_through_a_pipe(
    content: bytes, dialect: str, tmp_path: Path
) -> None:
    """A cron job that decrypts an export must not put it on a disk first."""
    out = tmp_path / "out"
    ended = through_a_pipe(content, ("check", "-", *DAY, "--out", out))

    assert ended.returncode == 20
    assert ended.stdout.decode().startswith(f"stdin: {dialect}, 2 rows\n")
    assert "stdin;3;A2;etuus;05;benefit_unknown" in (out / "rejected.csv").read_text("utf-8")


def test_standard_input_is_read_once() -> None:
    """Its second reading would be empty, and the clients of the first counted alone."""
    with pytest.raises(InputError) as error:
        read_clients([Path("-"), Path("-")], on=ON, language=Language.FI, options=ReadOptions())

    assert error.value.problem == "stdin: named twice"


def test_corrections_may_come_through_a_pipe(tmp_path: Path) -> None:
    """They are read once, also where the folder is searched for those that were left out."""
    export = tmp_path / "export.csv"
    export.write_bytes(csv_export(ROWS))
    sha = hashlib.sha256(export.read_bytes()).hexdigest()
    listed = f"row;column;corrected;sha256\n3;etuus;03;{sha}\n".encode()

    command = ("check", export, "--corrections", "-", *DAY, "--out", tmp_path / "out")
    ended = through_a_pipe(listed, command)

    assert ended.returncode == 0
    assert "error" not in ended.stderr.decode()
    assert ended.stdout.decode().splitlines()[1:4] == ["rows", "read      2", "rejected  0"]


@pytest.mark.parametrize(
    "words",
    [
        ("-", "--reviewed", "-", "--coaches", "c.csv"),
        ("e.csv", "--reviewed", "-", "--corrections", "-", "--coaches", "c.csv"),
        ("-", "--coaches", "-"),
    ],
    ids=["export and answers", "answers and corrections", "export and coaches"],
)
def test_a_pipe_that_two_files_are_read_from_says_so(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    """The second finds nothing, and must not be taken for an export that lost its rows."""
    command = ("assign", *words, *DAY, "--out", tmp_path / "out")
    ended = through_a_pipe(csv_export(ROWS), command)

    assert ended.returncode == 10
    assert ended.stderr.decode().splitlines() == [
        "error: stdin: named twice",
        "hint: standard input can be read once; name `-` once",
    ]


def test_a_terminal_is_told_that_it_is_read(
    kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that waits in silence looks as if it hung."""
    master, slave = os.openpty()
    os.write(master, b"\x04")
    with os.fdopen(slave) as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        ended = kuntactl("check", "-", "--on", "2021-03-01")
    os.close(master)

    assert ended.code == 10
    assert ended.err.splitlines() == [
        "reading an export from standard input; Ctrl-D ends it",
        "error: stdin: the file is empty",
        "hint: nothing came through it; it can be read once, so name `-` in one place only",
    ]
