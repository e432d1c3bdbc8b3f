"""Lines of a CSV file that can be parted all at once."""

import re
from collections.abc import Mapping

import polars as pl

from kuntactl.ingest.careful import BLANK
from kuntactl.ingest.straight import read_cells

CELLS_FOUND = "cells_found"  # UInt32: of a ragged row; null: the row has as many as the header

_QUOTED = '"[^"]*"'


def is_neat(text: pl.Expr, delimiter: str) -> pl.Expr:
    """Return whether each quoted cell begins and ends on the line and holds no quote itself."""
    parted_at = re.escape(delimiter)
    cell = f'(?:{_QUOTED}|[^"{parted_at}]*)'
    return text.str.strip_suffix("\r").str.contains(f"^{cell}(?:{parted_at}{cell})*$")


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
    body = whole["text"].str.join("\n").item().encode()
    cells = read_cells(body, rows=whole.height, width=width, places=places, delimiter=delimiter)
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
