"""Text of a CSV file parted into rows and cells, none lost, none made up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kuntactl.ingest.careful import BLANK, Record, record_at
from kuntactl.ingest.careful_rows import (
    BROKEN_IN,
    blank_as_null,
    part_careful,
    read_carefully,
    with_known,
)
from kuntactl.ingest.decoding import readable
from kuntactl.ingest.distinct import spread
from kuntactl.ingest.plain import CELLS_FOUND, is_neat, part_lines
from kuntactl.ingest.straight import HELD, NO_ROW, STRAIGHT, is_straight, read_straight
from kuntactl.ingest.survey import Flags, Survey, survey
from kuntactl.ingest.text_lines import TextLines
from kuntactl.ingest.values import loose_columns

DELIMITERS = (";", ",", "\t")

_PARTS_AT_LEAST = 4

ROW = "row"  # UInt32: line as a spreadsheet counts, header = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The line that names the columns."""

    cells: tuple[str, ...]  # without the empty one that a trailing delimiter makes
    row: int  # as a spreadsheet counts, the first is 1
    next_line: int  # the line after it, from 0


def read_headers(lines: Sequence[str], delimiter: str, *, start: int = 0) -> Iterator[Header]:
    """Yield the lines that are not blank, each as if it were the header.

    It ends at the first whose quotes do not pair.

    Args:
        lines: Of the whole file.
        delimiter: One character.
        start: The line to begin with, from 0.
    """
    number, row = start, start
    while number < len(lines):
        row += 1
        record = record_at(lines, number, delimiter=delimiter, width=None)
        number += 1
        if not lines[number - 1].strip(BLANK + delimiter):
            continue
        if record.cells is None:
            return
        number = record.next_line
        cells = [readable(cell).strip(BLANK) for cell in record.cells]
        if len(cells) > 1 and not cells[-1]:
            cells.pop()
        yield Header(cells=tuple(cells), row=row, next_line=number)


Lines = NDArray[np.int64]  # numbers of lines, from 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """The rows below the header."""

    rows: pl.DataFrame  # see ``read_parts``
    loose: frozenset[str]  # our columns in which a cell has space to trim or to make one
    after: int  # the line after the last row
    breaks: int  # line breaks inside the rows


def read_parts(
    lines: TextLines, header: Header, places: Mapping[str, int], delimiter: str, *, at_once: int
) -> Iterator[Parted]:
    r"""Yield every row below the header that is not blank, in file order, some at a time.

    A row number counts as a spreadsheet does: a blank line takes a row, a line break inside
    quotes does not. One trailing delimiter a line is let pass. Straight lines are read by
    Polars where they stand, neat quoted ones are parted all at once, the others one by one.

    Args:
        lines: Of the whole file.
        header: Where the rows begin and how wide they must be.
        places: Our column -> its place in the header.
        delimiter: One character.
        at_once: Lines that are read together, or all if there are at most four times as many; the
            last row of a part may take in more, up to its closing quote. The parts put
            together are the same, however many there are.

    Yields:
        ``row``, ``cells_found``, ``broken_in`` and one String column for each of ``places``;
        a blank cell is null, a cell with broken bytes has them written out (``\xe4``). At
        least one part, if an empty one.
    """
    known = survey(lines, delimiter)
    straight = is_straight(known, width=len(header.cells))
    straight[: header.next_line] = False
    whole = _Whole(
        lines=lines,
        known=known,
        straight=straight,
        width=len(header.cells),
        places=places,
        delimiter=delimiter,
    )
    first, before = header.next_line, header.next_line - header.row
    if len(lines) - first <= _PARTS_AT_LEAST * at_once:
        at_once = len(lines)  # few parts would take longer than one
    while True:
        part = _read_part(whole, first, min(first + at_once, len(lines)), before=before)
        first, before = part.after, before + part.breaks
        box = [part]
        del part  # what is passed on is the receiver's alone
        yield box.pop()
        if first >= len(lines):
            return


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Whole:
    """A file with what is known of its lines."""

    lines: TextLines
    known: Survey
    straight: Flags  # a line
    width: int  # cells of the header
    places: Mapping[str, int]  # our column -> its place in the header
    delimiter: str


def _read_part(whole: _Whole, first: int, after: int, *, before: int) -> Parted:
    """Return the rows that begin on the lines from ``first`` to before ``after``."""
    lines, places, delimiter = whole.lines, whole.places, whole.delimiter
    records, others = _read_others(whole, first, after)
    after = max(after, records[-1].next_line) if records else after
    kinds = np.where(whole.straight[first:after], STRAIGHT, NO_ROW).astype(np.uint8)
    kinds[others["line"].to_numpy() - first] = HELD
    line = np.flatnonzero(kinds)
    held = pl.Series(np.flatnonzero(kinds[line] == HELD), dtype=pl.UInt32)
    loose = loose_columns(others, places) | _loose_straight(whole.known, places)
    cells = blank_as_null(
        read_straight(
            lines.part(first, after, is_sound=whole.known.is_text),
            kinds,
            width=whole.width,
            places=places,
            delimiter=delimiter,
        ),
        loose,
    )
    is_candidate = kinds[line] == STRAIGHT
    blank = _blank_lines(cells, lines, line + first, is_candidate, delimiter)
    frame = pl.DataFrame(
        [
            pl.Series(ROW, _row_numbers(line + first, records, before=before)),
            spread(others[CELLS_FOUND], held, height=len(line)),
            spread(others[BROKEN_IN], held, height=len(line)),
            *_write_over(cells, held, others, places),
        ]
    )
    rows = frame.filter(~pl.Series(blank)) if blank.any() else frame
    return Parted(rows=rows, loose=loose, after=after, breaks=sum(_breaks(records)))


def _loose_straight(known: Survey, places: Mapping[str, int]) -> frozenset[str]:
    loose = known.loose_places
    return frozenset(name for name, place in places.items() if loose is None or place in loose)


def _blank_lines(
    cells: pl.DataFrame, lines: TextLines, line: Lines, is_straight: Flags, delimiter: str
) -> Flags:
    """Return for each row whether its line is blank, in columns that are not ours as well."""
    blank = cells.select(pl.all_horizontal(pl.all().is_null())).to_series().to_numpy(writable=True)
    for row in np.flatnonzero(blank):
        stripped = lines[int(line[row])].strip(BLANK + delimiter)
        blank[row] = bool(is_straight[row]) and not stripped
    return blank


def _write_over(
    cells: pl.DataFrame, held: pl.Series, others: pl.DataFrame, columns: Iterable[str]
) -> Iterator[pl.Series]:
    """Yield the columns with the others in the places held for them (from 0).

    A column that nobody else has is written over where it is; so it is taken out of ``cells``.
    """
    for name in columns:
        column = cells.drop_in_place(name)
        yield column.scatter(held, others[name]) if len(held) else column


def _row_numbers(line: Lines, records: Sequence[Record], *, before: int) -> NDArray[np.uint32]:
    """Return the rows as a spreadsheet counts: a break inside quotes moves those below up by one.

    Args:
        line: From 0, of each row.
        records: The rows that were read with care, in order.
        before: Line breaks inside the header and the rows above.
    """
    firsts = np.array([record.first_line for record in records], np.int64)
    passed = np.cumsum([0, *_breaks(records)])[np.searchsorted(firsts, line)]
    rows: NDArray[np.int64] = line + 1 - before - passed
    return rows.astype(np.uint32)


def _breaks(records: Sequence[Record]) -> list[int]:
    """Return how many line breaks each of the rows has inside."""
    return [record.next_line - record.first_line - 1 for record in records]


def _read_others(whole: _Whole, first: int, after: int) -> tuple[list[Record], pl.DataFrame]:
    """Return the rows that are not straight: read with care, and all of them as a frame."""
    lines, known, delimiter = whole.lines, whole.known, whole.delimiter
    rest = np.flatnonzero(~whole.straight[first:after]) + first
    sound = rest[~known.is_odd[rest]]
    texts = pl.Series("text", [lines.raw(at) for at in sound.tolist()], dtype=pl.Binary)
    plain = pl.DataFrame([pl.Series("line", sound, dtype=pl.UInt32), texts.cast(pl.String)])
    quoted = plain.filter(pl.Series(known.has_quote[sound]))
    stray = quoted.filter(~is_neat(pl.col("text"), delimiter))["line"].to_numpy()
    odd = np.sort(np.concatenate([rest[known.is_odd[rest]], stray]))
    records = list(read_carefully(lines, odd.tolist(), delimiter=delimiter, width=whole.width))
    taken = _taken(records, first, after)
    if bool(np.any(taken & whole.straight[first : first + len(taken)])):
        raise AssertionError("a quote took hold of a row")
    parted = part_lines(
        plain.filter(~pl.Series(taken[sound - first])),
        width=whole.width,
        places=whole.places,
        delimiter=delimiter,
    )
    careful = part_careful(records, width=whole.width, places=whole.places)
    return records, pl.concat([with_known(parted, whole.places), careful]).sort("line")


def _taken(records: Sequence[Record], first: int, after: int) -> Flags:
    """Return for each line from ``first`` on whether one of these rows holds it."""
    taken = np.zeros(max([after, *(record.next_line for record in records)]) - first, np.bool_)
    for record in records:
        taken[record.first_line - first : record.next_line - first] = True
    return taken
