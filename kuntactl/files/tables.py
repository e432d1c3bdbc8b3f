"""Tables as CSV in the dialect that a Finnish spreadsheet opens with a double click."""

import csv
import io
from datetime import date

import polars as pl

_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_table(frame: pl.DataFrame) -> bytes:
    """Return the frame as CSV: UTF-8 with BOM, ``;``, CRLF, one header line.

    Decimal comma, ISO dates, lists parted by ``, ``, true as ``K`` and false as ``E``,
    null as an empty cell. A text cell that a spreadsheet would run as a formula gets an
    apostrophe before it; numbers, negative ones too, stay as they are.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows([_cell(value) for value in row] for row in frame.iter_rows())
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    text: str
    match value:
        case None:
            text = ""
        case bool():
            text = "K" if value else "E"
        case float():
            text = f"{value:.6g}".replace(".", ",")
        case date():
            text = value.isoformat()
        case list():
            text = harmless(", ".join(str(part) for part in value))
        case str():
            text = harmless(value)
        case _:
            text = str(value)
    return text


def harmless(text: str) -> str:
    """Return the text so that no spreadsheet runs it as a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_RUNS_AS_FORMULA) else text


def as_typed(text: str) -> str:
    """Return the text without the apostrophe that ``harmless`` put before it."""
    bare = text.removeprefix("'")
    return bare if text == harmless(bare) else text
