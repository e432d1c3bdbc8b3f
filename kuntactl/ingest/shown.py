"""What is shown of single cells, and what must stay hidden."""

from collections.abc import Sequence

import polars as pl

from kuntactl.domain.schema import Corrected, Rejected
from kuntactl.ingest.columns import CLIENT_COLUMNS
from kuntactl.ingest.corrections import BLANK_WORDS
from kuntactl.ingest.source import Table

# Cells that tell where a person is or how to reach them: not shown for a client who is, or
# may be, under non-disclosure.
PRIVATE_COLUMNS = (
    "kotikunta",
    "lahiosoite",
    "postinumero",
    "postitoimipaikka",
    "osoitelisa",
    "maa",
    "yhteysosoite",
    "sahkoposti",
    "puhelin",
)


def show_problems(
    problems: pl.DataFrame, raw: pl.DataFrame, facts: pl.DataFrame, tables: Sequence[Table]
) -> pl.DataFrame:
    """Return the problems as ``Rejected``: each with the one cell, unless it must be hidden.

    Args:
        problems: ``order``, ``code``, ``column``, ``message``.
        raw: The rows as they stood, by ``order``, with ``file``, ``row`` and ``input``.
        facts: ``order``, ``client_id`` and ``protected`` of the same rows.
        tables: The exports, to which ``input`` points.
    """
    people = facts.select("order", "client_id", "protected")
    lines = problems.join(
        raw.select("order", "file", "row", "input", *_names()),
        on="order",
        how="left",
        maintain_order="left",
    ).join(people, on="order", how="left", maintain_order="left")
    cell = pl.coalesce(pl.when(pl.col("column") == name).then(pl.col(name)) for name in _names())
    return Rejected.validate(
        lines.select(
            "file",
            "row",
            "client_id",
            "column",
            pl.when(~_is_hidden()).then(cell).alias("value"),
            "code",
            "message",
            _checksum(tables),
        )
    )


def _is_hidden() -> pl.Expr:
    """Return whether the cell of ``column`` must not be shown, over ``protected``."""
    private = pl.col("column").is_in(list(PRIVATE_COLUMNS)).fill_null(value=False)
    return private & pl.col("protected").fill_null(value=True)


def _checksum(tables: Sequence[Table]) -> pl.Expr:
    by_input = {place: table.file.sha256 for place, table in enumerate(tables)}
    return pl.col("input").replace_strict(by_input, return_dtype=pl.String).alias("sha256")


def show_corrections(
    corrections: pl.DataFrame | None, facts: pl.DataFrame, tables: Sequence[Table]
) -> pl.DataFrame:
    """Return the corrections as ``Corrected``, in the order of the rows that they were of."""
    if corrections is None or corrections.is_empty():
        return Corrected.create_empty()
    applied = (
        facts.select("order", "file", "row", "client_id", "protected", "input")
        .with_columns(_checksum(tables))
        .join(corrections.drop("file"), on=["sha256", "row"], maintain_order="left_right")
    )
    text = pl.col("corrected").fill_null(BLANK_WORDS[-1])
    shown = pl.when(~_is_hidden()).then(text).alias("corrected")
    return Corrected.validate(
        applied.select("file", "row", "client_id", "column", shown, "sha256")
    )


def _names() -> list[str]:
    return [column.name for column in CLIENT_COLUMNS]
