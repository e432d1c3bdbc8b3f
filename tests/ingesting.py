"""Exports written to a folder and read back, for the tests of ingest."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
from builders import client_row, csv_export

from kuntactl.domain.types import Language
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients

ON = date(2021, 3, 1)


def ingest_bytes(
    folder: Path,
    *files: bytes,
    on: date = ON,
    language: Language = Language.EN,
    options: ReadOptions | None = None,
) -> Ingested:
    """Write the files as export-1.csv, export-2.csv ... and read them."""
    paths = []
    for number, content in enumerate(files, start=1):
        path = folder / f"export-{number}.csv"
        path.write_bytes(content)
        paths.append(path)
    return read_clients(paths, on=on, language=language, options=options or ReadOptions())


def ingest_rows(folder: Path, *rows: dict[str, str], on: date = ON) -> Ingested:
    """Write the rows as one export in our usual dialect and read it."""
    return ingest_bytes(folder, csv_export(rows), on=on)


def ingest_one(folder: Path, *, on: date = ON, **changes: str) -> Ingested:
    """Read an export of one client."""
    return ingest_rows(folder, client_row(**changes), on=on)


def codes(result: Ingested) -> list[str]:
    """Return the codes of what was rejected, in order."""
    return result.rejected["code"].to_list()


def problems(result: Ingested) -> list[tuple[int, str]]:
    """Return row and code of what was rejected, in order."""
    return list(result.rejected.select("row", "code").iter_rows())


def facts(result: Ingested, columns: Sequence[str]) -> pl.DataFrame:
    """Return some columns of what was accepted."""
    return result.accepted.select(columns)
