"""The exports that the benches read: made by the product's own sample, kept in build/."""

import hashlib
import os
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
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
    path = CACHE / f"export-{rows}-{version()}.csv"
    if not path.exists():
        say(f"making an export of {rows:,} rows")
        CACHE.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}")
        with beside.open("wb") as file:
            file.writelines(_parts(rows))
        beside.replace(path)
    return path


def _parts(rows: int) -> Iterator[bytes]:
    """Yield the sample, then the same clients under other numbers and signs as often as it takes.

    Making a client takes twenty times as long as deciding about one.
    """
    from kuntactl.domain.areas import load_areas  # noqa: PLC0415 - only where an export is made
    from kuntactl.sample.exports import SampleOrder, sample_export  # noqa: PLC0415 - the same

    parts = -(-rows // MOST_IN_A_PART)
    bounds = [rows * part // parts for part in range(parts + 1)]
    sizes = [after - first for first, after in pairwise(bounds)]
    areas = tuple(area.id for area in load_areas().values() if area.trial.runs(on=ON))
    order = SampleOrder(rows=max(sizes), seed=SEED, on=ON, areas=areas)
    header, *lines = sample_export(order).splitlines(keepends=True)
    lines = [line for line in lines if _is_text(line)]
    yield header
    yield from lines
    for number in range(1, parts):
        yield from (_turned(line, number) for line in lines[: sizes[number]])


def _is_text(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _turned(line: bytes, number: int) -> bytes:
    """Return the line of another client: a digit more, and the sign turned by so many."""
    client, semicolon, rest = line.partition(b";")
    line = client + (b"%d" % number if client else b"") + semicolon + rest
    at = line.find(b";") + 7  # the identity code is the second cell
    sign = line[at : at + 1].decode("latin-1")  # a shifted row may be cut within a letter
    for signs in _SIGNS:
        if sign and sign in signs:
            other = signs[(signs.index(sign) + number) % len(signs)]
            return line[:at] + other.encode() + line[at + 1 :]
    return line


def version() -> str:
    """Return what changes when the sample does."""
    files = [*sorted((ROOT / "kuntactl" / "sample").glob("*.py")), Path(__file__)]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
