"""What is shown of single cells, and what must stay hidden."""

from collections.abc import Mapping

import polars as pl

from kuntactl.ingest.columns import CLIENT_COLUMNS
from kuntactl.ingest.corrections import BLANK_WORDS

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
    problems: pl.DataFrame, raw: pl.DataFrame, facts: pl.DataFrame, checksums: Mapping[int, str]
) -> pl.DataFrame:
    """Return ``order``, ``check`` and the columns of ``Rejected``: each problem with its cell.

    The cell is null where it must be hidden.

    Args:
        problems: ``order``, ``check``, ``code``, ``column``, ``message``.
        raw: The rows as they stood, by ``order``, with ``file``, ``row`` and ``input``.
        facts: ``order``, ``client_id`` and ``protected`` of the same rows.
        checksums: The SHA-256 of each export to which ``input`` points.
    """
    people = facts.select("order", "client_id", "protected")
    lines = problems.join(
        raw.select("order", "file", "row", "input", *_names()),
        on="order",
        how="left",
        maintain_order="left",
    ).join(people, on="order", how="left", maintain_order="left")
    cell = pl.coalesce(pl.when(pl.col("column") == name).then(pl.col(name)) for name in _names())
    return lines.select(
        "order",
        "check",
        "file",
        "row",
        "client_id",
        "column",
        pl.when(~_is_hidden()).then(cell).alias("value"),
        "code",
        "message",
        _checksum(checksums),
    )


def _is_hidden() -> pl.Expr:
    """Return whether the cell of ``column`` must not be shown, over ``protected``."""
    private = pl.col("column").is_in(list(PRIVATE_COLUMNS)).fill_null(value=False)
    return private & pl.col("protected").fill_null(value=True)


def _checksum(checksums: Mapping[int, str]) -> pl.Expr:
    return pl.col("input").replace_strict(checksums, return_dtype=pl.String).alias("sha256")


def show_corrections(
    corrections: pl.DataFrame, facts: pl.DataFrame, checksums: Mapping[int, str]
) -> pl.DataFrame:
    """Return ``order`` and the columns of ``Corrected``, in the order of the corrected rows."""
    applied = (
        facts.select("order", "file", "row", "client_id", "protected", "input")
        .with_columns(_checksum(checksums))
        .join(corrections.drop("file"), on=["sha256", "row"], maintain_order="left_right")
    )
    text = pl.col("corrected").fill_null(BLANK_WORDS[-1])
    shown = pl.when(~_is_hidden()).then(text).alias("corrected")
    return applied.select("order", "file", "row", "client_id", "column", shown, "sha256")


def _names() -> list[str]:
    return [column.name for column in CLIENT_COLUMNS]
