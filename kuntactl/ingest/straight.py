"""Lines of a CSV file that need no care, read by Polars as they stand."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kuntactl.ingest.survey import Flags, Survey
from kuntactl.ingest.text_lines import LF, Part


def is_straight(survey: Survey, *, width: int) -> Flags:
    """Return for each line whether it is a row by itself and parts at its delimiters alone.

    It has as many cells as the header, or an empty one more, no quote and nothing that is no
    text. No quote of another line can take hold of it, for it is a row as it stands.
    """
    fits: Flags = survey.delimiters == width - 1
    fits |= (survey.delimiters == width) & survey.ends_in_delimiter
    return fits & ~survey.has_quote & ~survey.is_odd


def read_straight(
    part: Part, kinds: NDArray[np.uint8], *, width: int, places: Mapping[str, int], delimiter: str
) -> pl.DataFrame:
    """Return the cells of the straight lines, and a row of anything where another is to stand.

    Args:
        part: The lines.
        kinds: For each of them ``STRAIGHT``, ``HELD`` (a row to be written over) or ``NO_ROW``.
        width: Cells that a row must have; one blank one more is let pass.
        places: Our column -> its place in the header.
        delimiter: One character.
    """
    rows = int(np.count_nonzero(kinds != NO_ROW))
    if part.is_sound and part.is_most and rows == len(kinds):
        # Polars would take for a file what is not plain bytes.
        body, skipped = part.lines.content[:], part.first
    else:
        # Not every line becomes a row: those that do are copied out of the file.
        held = (delimiter * (width - 1) + "\n").encode()
        body, skipped = b"".join(_pieces(part, kinds, held)), 0
    return read_cells(
        body,
        rows=rows,
        width=width,
        places=places,
        delimiter=delimiter,
        skip_lines=skipped,
        quote_char=None,
        extra_columns="ignore",
        truncate_ragged_lines=True,
    )


NO_ROW, STRAIGHT, HELD = 0, 1, 2


def _pieces(part: Part, kinds: NDArray[np.uint8], held: bytes) -> Iterator[bytes | memoryview]:
    changes = np.flatnonzero(np.diff(kinds)) + 1
    bounds = [0, *changes.tolist(), len(kinds)]
    for first, after in pairwise(bounds):
        if first == after:
            return  # there are no lines at all
        if kinds[first] == STRAIGHT:
            piece = part.bytes_of(first, after)
            yield piece
            if piece[-1] != LF:  # the text ends without one
                yield b"\n"
        elif kinds[first] == HELD:
            yield held * (after - first)


def read_cells(
    body: bytes, *, rows: int, width: int, places: Mapping[str, int], delimiter: str, **more: Any
) -> pl.DataFrame:
    """Return the cells of rows that are known to be sound: none ends on another line.

    Args:
        body: The rows, each of ``width`` cells or one more, parted by LF or CRLF.
        rows: How many there are.
        width: Cells of the header.
        places: Our column -> its place in the header.
        delimiter: One character.
        more: What else ``pl.read_csv`` is told.

    Returns:
        One String column for each of ``places``; an empty cell is null.
    """
    if not rows:
        return pl.DataFrame(schema=dict.fromkeys(places, pl.String))
    names = {f"cell_{place}": name for name, place in places.items()}
    cells = pl.read_csv(
        body,
        has_header=False,
        separator=delimiter,
        schema={f"cell_{place}": pl.String for place in range(width + 1)},
        missing_columns="insert",
        columns=sorted(places.values()),
        **more,
    )
    if cells.height != rows:
        raise AssertionError(f"{rows} lines became {cells.height} rows")
    # In one piece: what comes after would put the pieces together again and again.
    return cells.rename(names).rechunk()
