"""Rows that repeat or contradict each other, over all files."""

import polars as pl

from kuntactl.ingest.columns import CLIENT_COLUMNS

_PLACES_SHOWN = 5  # rows that a message names


def mark_repeats(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with ``repeats`` and ``conflicts``, in the same order.

    Content is the export's columns as trimmed text, whatever the file's format.

    Args:
        cells: ``order``, ``file``, ``row`` and the export's columns, trimmed; ragged rows,
            whose cells cannot be trusted, left out.

    Returns:
        Beside the columns given:

        - ``repeats`` (String): the place of the first row with the same content, for every
          row but that first; null for the others;
        - ``conflicts`` (String): the places of all rows with the same client number, when
          their contents differ; null for the others.
    """
    number = pl.col("asiakasnumero")
    twins = cells.filter(number.is_null() | number.is_duplicated())
    content = pl.struct(column.name for column in CLIENT_COLUMNS)
    place = pl.format("{} {}", "file", "row")
    marked = twins.select(
        "order",
        pl.when(pl.col("order") != pl.col("order").min().over(content))
        .then(place.sort_by("order").first().over(content))
        .alias("repeats"),
        pl.when(number.is_not_null() & (content.n_unique().over(number) > 1))
        .then(_places(place).over(number))
        .alias("conflicts"),
    )
    return cells.join(marked, on="order", how="left", maintain_order="left")


def _places(place: pl.Expr) -> pl.Expr:
    """Return the first places of a group as one text, and whether there are more."""
    shown = place.sort_by("order").head(_PLACES_SHOWN).str.join(", ")
    more = pl.when(pl.len() > _PLACES_SHOWN).then(pl.lit(" …")).otherwise(pl.lit(""))
    return shown + more
