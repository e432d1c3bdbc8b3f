"""Lines of a CSV file that can be parted all at once."""

import io
import re
from collections.abc import Mapping, Sequence

import polars as pl

from kuntactl.ingest.careful import BLANK
from kuntactl.ingest.decoding import CONTROL, SURROGATE

CELLS_FOUND = "cells_found"  # UInt32: of a ragged row; null: the row has as many as the header

_QUOTED = '"[^"]*"'
_BROKEN = f"[{CONTROL}]|\\r[^\n]"  # no text, or a carriage return inside a line
_BROKEN_IN_PYTHON = re.compile(f"{_BROKEN}|[{SURROGATE}]")


def odd_lines(lines: Sequence[str], delimiter: str) -> Sequence[int]:
    """Return the numbers (from 0) of the lines that must be read with care.

    Those are lines with bytes that are no text, and lines with quotes unless each quoted cell
    begins and ends on the line and holds no quote itself.
    """
    parted_at = re.escape(delimiter)
    cell = f'(?:{_QUOTED}|[^"{parted_at}]*)'
    neat = f"^{cell}(?:{parted_at}{cell})*$"
    try:
        text = pl.Series(lines, dtype=pl.String)
    except UnicodeEncodeError:  # broken bytes stand in Python's text, and in no other
        found = re.compile(neat)
        return [
            number
            for number, line in enumerate(lines)
            if _BROKEN_IN_PYTHON.search(line)
            or ('"' in line and not found.match(line.removesuffix("\r")))
        ]
    stray = text.str.contains('"', literal=True)
    if stray.any():
        stray &= ~text.str.strip_suffix("\r").str.contains(neat)
    return (stray | text.str.contains(_BROKEN)).arg_true().to_list()


def part_lines(
    lines: pl.DataFrame, *, width: int, places: Mapping[str, int], delimiter: str
) -> pl.DataFrame:
    """Return the cells of the lines that are not blank.

    Args:
        lines: ``line`` (from 0) and ``text``, none of them odd.
        width: Cells that a row must have; one trailing delimiter more is let pass.
        places: Our column -> its place in the header.
        delimiter: One character.

    Returns:
        ``line``, ``cells_found`` and one String column for each of ``places``; for a ragged
        row only the first two.
    """
    # What is quoted may hold the delimiter.
    text, bare = pl.col("text"), pl.col("text").str.replace_all(_QUOTED, "")
    filled = (
        lines.with_columns(text.str.strip_suffix("\r"))
        .filter(text.str.strip_chars(f'{BLANK}{delimiter}"') != "")
        .with_columns(found=bare.str.count_matches(delimiter, literal=True) + 1)
    )
    fits = _fits(filled, width=width, delimiter=delimiter)
    whole = filled.filter(fits)
    ragged = filled.filter(~fits).select("line", pl.col("found").alias(CELLS_FOUND))
    cells = _cells(whole["text"], width=width, places=places, delimiter=delimiter)
    return pl.concat([whole.select("line").hstack(cells), ragged], how="diagonal")


def _fits(filled: pl.DataFrame, *, width: int, delimiter: str) -> pl.Series:
    """Return which lines have ``width`` cells, or one blank one more: a trailing delimiter."""
    found = filled["found"]
    longer = filled.filter(found == width + 1)
    if longer.is_empty():
        return found == width
    space = BLANK.replace(delimiter, "")
    # A quoted cell ends in a quote, so that a delimiter at the end stands outside of quotes.
    bare = pl.col("text").str.strip_chars_end(space).str.ends_with(delimiter)
    quoted = pl.col("text").str.contains(
        f'{re.escape(delimiter)}[{space}]*"[{BLANK}]*"[{space}]*$'
    )
    trailing = longer.filter(bare | quoted)["line"]
    return (found == width) | filled["line"].is_in(trailing.implode())


def _cells(
    text: pl.Series, *, width: int, places: Mapping[str, int], delimiter: str
) -> pl.DataFrame:
    """Return the cells of lines that are known to have ``width`` of them (or one more)."""
    if text.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(places, pl.String))
    names = {f"cell_{place}": name for name, place in places.items()}
    cells = pl.read_csv(
        io.BytesIO("\n".join(text.to_list()).encode()),
        has_header=False,
        separator=delimiter,
        quote_char='"' if text.str.contains('"', literal=True).any() else None,
        schema={f"cell_{place}": pl.String for place in range(width + 1)},
        missing_columns="insert",
        columns=sorted(places.values()),
    )
    if cells.height != len(text):
        raise AssertionError(f"{len(text)} lines became {cells.height} rows")
    return cells.rename(names)
