"""Where a client stands on a day, as three-valued expressions over Clients."""

from collections.abc import Sequence
from datetime import date

import polars as pl

UNEMPLOYED = ("02", "03")  # employment codes: unemployed, laid off
SERVED = ("00", "07", "08")  # in subsidised work, in a service, in training
OPEN_MARKET = "01"  # in work on the open labour market
TELLS_NOTHING = ("09",)  # part-time work in one register, unknown in another (CONTRACT section 2)


def job_search_in_force(*, on: date) -> pl.Expr:
    """Return whether the search has started and lasts; one side that is false decides."""
    started = pl.col("search_from") <= on
    lasts = pl.when(pl.col("search_open")).then(True).otherwise(pl.col("search_to") >= on)  # noqa: FBT003 - a Polars literal
    return started & lasts


def has_code(codes: Sequence[str]) -> pl.Expr:
    """Return whether the employment code is one of these; null where it is not known."""
    code = pl.col("employment_code")
    return pl.when(~code.is_in(TELLS_NOTHING)).then(code.is_in(list(codes)))
