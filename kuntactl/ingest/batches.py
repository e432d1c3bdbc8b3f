"""Rows of the exports, as many at a time as memory is to hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from kuntactl.ingest.ahead import Handed
from kuntactl.ingest.correcting import correct, places_of, refuse_misplaced
from kuntactl.ingest.exponents import RoundedNumbers
from kuntactl.ingest.handed_in import names_of
from kuntactl.ingest.shape import Shape
from kuntactl.ingest.source import InputFile, Table, read_tables

# Lines of one file that are looked at together, or four times as many if there are no more;
# those take about 1.4 GB meanwhile.
ROWS_AT_ONCE = 1 << 18


@dataclass(slots=True)
class Batch:
    """Rows that are looked at together."""

    rows: pl.DataFrame  # see ``put_together``
    loose: frozenset[str]  # columns in which a cell has space to trim or to make one
    is_alone: bool  # whether there is no other batch

    def take(self) -> pl.DataFrame:
        """Return the rows, which then are the receiver's alone."""
        rows, self.rows = self.rows, pl.DataFrame()
        return rows


class Exports:
    """The exports of a run, from the first row to the last, read once."""

    def __init__(
        self,
        paths: Sequence[Path],
        shape: Shape,
        corrections: pl.DataFrame,
        *,
        ahead: Handed | None,
        at_once: int,
    ) -> None:
        """Take note of the files; nothing is read yet."""
        self.files: dict[int, InputFile] = {}  # by the place among the files, as far as read
        self._paths = paths
        self._shape = shape
        self._corrections = corrections
        self._ahead = ahead
        self._at_once = at_once
        self._corrected: list[pl.DataFrame] = []

    @property
    def checksums(self) -> dict[int, str]:
        """Return the SHA-256 of each file read so far."""
        return {place: file.sha256 for place, file in self.files.items()}

    def batches(self) -> Iterator[Batch]:
        """Yield all rows, corrected, in the order of the files: at least one batch.

        What a batch holds depends on the files and on ``at_once`` alone.

        Raises:
            InputError: If a file cannot be read or is no export, each of its client numbers
                has been rounded, or a correction is of a cell that is not there.
            SettingsError: If there is no such encoding or delimiter.
        """
        waiting: list[pl.DataFrame] = []
        loose: frozenset[str] = frozenset()
        order, given = 0, False
        for place, table in self._tables():
            rows = put_together(table, place=place, first=order)
            is_end = table.is_last and place == len(self._paths) - 1
            order += rows.height
            loose |= table.loose
            del table
            waiting.append(rows)
            del rows
            if is_end or sum(one.height for one in waiting) >= self._at_once:
                yield _as_batch(waiting, loose, is_alone=is_end and not given)
                loose, given = frozenset(), True
        refuse_misplaced(self._corrections, self._corrected, self.checksums.values())

    def _tables(self) -> Iterator[tuple[int, Table]]:
        for place, (path, name) in enumerate(zip(self._paths, names_of(self._paths), strict=True)):
            rounded = RoundedNumbers()
            for table in read_tables(
                path, self._shape, called=name, ahead=self._ahead, at_once=self._at_once
            ):
                rounded.look_at(table)
                self._count(place, table.file)
                if not self._corrections.is_empty():
                    self._corrected.append(places_of(table, self._corrections))
                yield place, correct(table, self._corrections)
                del table
            rounded.refuse()

    def _count(self, place: int, part: InputFile) -> None:
        above = self.files.get(place)
        rows = part.rows + (above.rows if above else 0)
        self.files[place] = replace(part, rows=rows)


def put_together(table: Table, *, place: int, first: int) -> pl.DataFrame:
    """Return the rows of a part with ``order``, ``file``, ``width`` and ``input`` beside them.

    Args:
        table: A part of an export.
        place: Of the file among the files, from 0: the ``input``.
        first: The ``order`` of the first row.
    """
    return table.rows.with_columns(
        file=pl.lit(table.file.name),
        width=pl.lit(table.width, pl.UInt32),
        input=pl.lit(place, pl.UInt32),
    ).with_row_index("order", offset=first)


def _as_batch(waiting: list[pl.DataFrame], loose: frozenset[str], *, is_alone: bool) -> Batch:
    rows = pl.concat(waiting)
    waiting.clear()
    return Batch(rows, loose, is_alone)
