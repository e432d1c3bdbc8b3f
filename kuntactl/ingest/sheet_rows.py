"""The rows of a sheet, none lost, none made up."""

from collections.abc import Iterator, Mapping

import polars as pl

from kuntactl.ingest.careful import BLANK
from kuntactl.ingest.careful_rows import BROKEN_IN
from kuntactl.ingest.plain import CELLS_FOUND
from kuntactl.ingest.records import ROW, Header
from kuntactl.ingest.sheet import NO_VALUE
from kuntactl.ingest.typed import broken_in, written_out


def sheet_headers(cells: pl.DataFrame) -> Iterator[Header]:
    """Yield the rows that are not blank, each as if it were the header.

    Args:
        cells: As ``sheet.Sheet`` has them.
    """
    for row, values in enumerate(cells.iter_rows(), start=1):
        names = [(value or "").strip(BLANK + NO_VALUE) for value in values]
        while names and not names[-1]:
            names.pop()
        if names:
            yield Header(cells=tuple(names), row=row, next_line=row)


def sheet_rows(cells: pl.DataFrame, header: Header, places: Mapping[str, int]) -> pl.DataFrame:
    """Return every row below the header that is not blank, in the sheet's order.

    A row with a filled cell to the right of the header is as ragged as one of CSV with a
    cell too many; one with fewer cells has blank ones in their place, as a sheet has.

    Args:
        cells: As ``sheet.Sheet`` has them.
        header: Where the rows begin and how wide they may be.
        places: Our column -> its place in the header.

    Returns:
        As ``records.read_parts`` does.
    """
    width = len(header.cells)
    last_filled = pl.max_horizontal(
        pl.when(pl.col(name).str.strip_chars(BLANK) != "").then(pl.lit(place, pl.UInt32))
        for place, name in enumerate(cells.columns, start=1)
    )
    rows = (
        cells.with_columns(last_filled.alias(CELLS_FOUND))
        .with_row_index(ROW, offset=1)
        .slice(header.next_line)
        .filter(pl.col(CELLS_FOUND).is_not_null())
        .select(
            ROW,
            pl.when(pl.col(CELLS_FOUND) > width).then(pl.col(CELLS_FOUND)),
            *(pl.col(str(place)).alias(name) for name, place in places.items()),
        )
    )
    whole = pl.col(CELLS_FOUND).is_null()
    rows = rows.with_columns(
        pl.when(whole & (pl.col(name).str.strip_chars(BLANK) != "")).then(pl.col(name)).alias(name)
        for name in places
    )
    rows = rows.with_columns(broken_in(list(places)).alias(BROKEN_IN)).with_columns(
        pl.col(name).str.strip_prefix(NO_VALUE) for name in places
    )
    return written_out(rows, list(places))
