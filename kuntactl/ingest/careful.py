"""One row of a CSV file at a time: quotes, line breaks inside them, bytes that are no text."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass

BREAKS_IN_A_ROW = 200  # lines that one quoted row may span; past that the quote is a stray one
BLANK = " \t\r\n\v\f\xa0\ufeff"


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it was found."""

    cells: list[str] | None  # none: quotes do not pair
    first_line: int
    next_line: int


def record_at(lines: Sequence[str], first: int, *, delimiter: str, width: int | None) -> Record:
    """Return the row that begins on the line, with the lines that its quotes hold together.

    A quote that is never closed, or only by way of a line that is a row by itself, spoils its
    own line and not those below it.

    Args:
        lines: Of the whole file, without LF.
        first: The line, from 0.
        delimiter: One character.
        width: Cells that a row must have; none: of the header, not known yet.
    """
    alone = Record(_cells(lines[first], delimiter), first, first + 1)
    text = lines[first]
    after = first + 1
    while _is_open(text, delimiter):
        if after == len(lines) or after - first > BREAKS_IN_A_ROW:
            return alone
        text = f"{text}\n{lines[after]}"
        if _is_open(text, delimiter) and _is_row(lines[after], delimiter, width):
            return alone
        after += 1
    cells = _cells(text, delimiter)
    whole = cells is not None and (width is None or fits(cells, width))
    if not whole and any(_is_long(line, delimiter, width) for line in lines[first + 1 : after]):
        return alone
    return Record(cells, first, after)


def _cells(text: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([text.removesuffix("\r")], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):  # a quote inside a quoted cell, or one never closed
        return None


def _is_open(text: str, delimiter: str) -> bool:
    """Return whether a quoted cell goes on after the text: then a further line is part of it."""
    try:
        return len(list(csv.reader([f"{text}\n", "x"], delimiter=delimiter))) == 1
    except csv.Error:
        return False


def _is_row(line: str, delimiter: str, width: int | None) -> bool:
    """Return whether the line is a row by itself, its own quotes paired."""
    if width is None or not _is_long(line, delimiter, width):
        return False
    cells = _cells(line, delimiter)
    return cells is not None and fits(cells, width)


def _is_long(line: str, delimiter: str, width: int | None) -> bool:
    """Return whether the line has delimiters enough for a row."""
    return width is not None and line.count(delimiter) >= width - 1


def fits(cells: Sequence[str], width: int) -> bool:
    """Return whether there are ``width`` cells, or one blank one more: a trailing delimiter."""
    return len(cells) == width or (len(cells) == width + 1 and not cells[-1].strip(BLANK))
