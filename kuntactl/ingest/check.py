"""One check of an exported row, as a record with its message."""

import re
from dataclasses import dataclass

import polars as pl

from kuntactl.domain.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that must not be wrong with a row."""

    code: str  # as CONTRACT section 2 names it
    column: str | None  # whose cell is shown; none: the row as a whole
    fails: pl.Expr  # Boolean over ``reading.read_facts``; null passes
    message: Words  # {name} stands for the row's value of that column: never personal data
    of_ragged: bool = False  # whether a row of the wrong width is looked at


def filled(message: str) -> pl.Expr:
    """Return the message with each ``{name}`` replaced by the row's value of that column."""
    parts = re.split(r"\{(\w+)\}", message)
    return pl.concat_str(
        pl.col(part).cast(pl.String) if place % 2 else pl.lit(part)
        for place, part in enumerate(parts)
    )
