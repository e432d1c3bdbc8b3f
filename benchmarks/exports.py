"""The exports that the benches read: made by the product's own sample, kept in build/."""

import hashlib
import os
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from frame import CACHE, ROOT, say

ON = date(2021, 3, 1)
SEED = 1
MOST_IN_A_PART = 700_000  # rows: about as many identity codes 900-999 as one sign leaves room for

# Each part has a sign of its own: a number that is free in one part is free in all.
_SIGNS = ("-YXWVU", "ABCDEF")


def export(rows: int) -> Path:
    """Return an export of so many artificial clients of all areas, made once.

    Three rows of a hundred have a fault of the kinds that ``rejected.csv`` knows, but for bytes
    that are no UTF-8: such rows are left out, for ``polars.read_csv`` stops at them.
    """
    path = CACHE / f"export-{rows}-{_version()}.csv"
    if not path.exists():
        say(f"making an export of {rows:,} rows")
        CACHE.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        with beside.open("wb") as file:
            file.writelines(_parts(rows))
        beside.replace(path)
    return path


def _parts(rows: int) -> list[bytes]:
    parts = -(-rows // MOST_IN_A_PART)
    bounds = [rows * part // parts for part in range(parts + 1)]
    sizes = [after - first for first, after in pairwise(bounds)]
    if parts == 1:
        return [_part(rows, 0)]
    with ProcessPoolExecutor(min(parts, os.cpu_count() or 1), get_context("spawn")) as pool:
        return list(pool.map(_part, sizes, range(parts)))


def _part(rows: int, number: int) -> bytes:
    from kuntactl.domain.areas import load_areas  # noqa: PLC0415 - only where a part is made
    from kuntactl.sample.exports import SampleOrder, sample_export  # noqa: PLC0415 - the same

    areas = tuple(area.id for area in load_areas().values() if area.trial.runs(on=ON))
    content = sample_export(SampleOrder(rows=rows, seed=SEED + number, on=ON, areas=areas))
    header, *lines = content.splitlines(keepends=True)
    turned = [_turned(line, number) for line in lines if _is_text(line)]
    return b"".join(turned if number else [header, *turned])


def _is_text(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _turned(line: bytes, number: int) -> bytes:
    """Return the line with the sign of its identity code, the second cell, turned by so many."""
    at = line.find(b";") + 7
    sign = line[at : at + 1].decode("latin-1")  # a shifted row may be cut within a letter
    for signs in _SIGNS:
        if sign and sign in signs:
            other = signs[(signs.index(sign) + number) % len(signs)]
            return line[:at] + other.encode() + line[at + 1 :]
    return line


def _version() -> str:
    """Return what changes when the sample does."""
    files = [*sorted((ROOT / "kuntactl" / "sample").glob("*.py")), Path(__file__)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
