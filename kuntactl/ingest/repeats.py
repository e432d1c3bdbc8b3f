"""Rows that repeat or contradict each other, over all files."""

from collections.abc import Sequence

import polars as pl

from kuntactl.domain.uniqueness import is_repeated
from kuntactl.ingest.columns import CLIENT_COLUMNS
from kuntactl.ingest.distinct import spread
from kuntactl.ingest.plain import CELLS_FOUND

_PLACES_SHOWN = 5  # rows that a message names


CONTENT = tuple(column.name for column in CLIENT_COLUMNS)


def mark_repeats(cells: pl.DataFrame, content: Sequence[str] = CONTENT) -> pl.DataFrame:
    """Return which rows repeat or contradict others, in the order of the rows.

    Content is the export's columns as trimmed text, whatever the file's format. Ragged rows,
    whose cells cannot be trusted, neither repeat nor contradict.

    Args:
        cells: ``order``, ``file``, ``row``, ``cells_found`` and the export's columns,
            trimmed.
        content: The columns that are the same in rows of the same content, and only in those.

    Returns:
        - ``repeats`` (String): the place of the first row with the same content, for every
          row but that first; null for the others;
        - ``conflicts`` (String): the places of all rows with the same client number, when
          their contents differ; null for the others.
    """
    number = pl.col("asiakasnumero")
    numbers = cells["asiakasnumero"]
    is_twin = numbers.is_null() | is_repeated(numbers)
    # In one piece: Polars 2.1 breaks down where texts of several files are put together.
    is_twin &= cells[CELLS_FOUND].is_null()
    twins, places = cells.filter(is_twin).rechunk(), is_twin.arg_true()
    same = pl.struct(content)
    place = pl.format("{} {}", "file", "row")
    marked = twins.select(
        pl.when(pl.col("order") != pl.col("order").min().over(same))
        .then(place.sort_by("order").first().over(same))
        .alias("repeats"),
        pl.when(number.is_not_null() & (same.n_unique().over(number) > 1))
        .then(_places(place).over(number))
        .alias("conflicts"),
    )
    return pl.DataFrame(
        spread(marked[name], places, height=cells.height) for name in ("repeats", "conflicts")
    )


def _places(place: pl.Expr) -> pl.Expr:
    """Return the first places of a group as one text, and whether there are more."""
    shown = place.sort_by("order").head(_PLACES_SHOWN).str.join(", ")
    more = pl.when(pl.len() > _PLACES_SHOWN).then(pl.lit(" …")).otherwise(pl.lit(""))
    return shown + more


def print_content(cells: pl.DataFrame) -> pl.DataFrame:
    """Return two numbers (``print_1``, ``print_2``) a row for its content.

    Two rows with the same content have the same numbers, two with different content have not,
    but for a chance of one in 2 to the 128th; they are the same in one run only.

    Args:
        cells: The export's columns, trimmed.
    """
    own = cells.select(CONTENT)
    return pl.DataFrame(
        own.hash_rows(seed=seed).alias(name) for seed, name in enumerate(PRINTS, start=1)
    )


PRINTS = ("print_1", "print_2")
