"""Age and calendar months, as expressions over whole columns."""

from datetime import date

import polars as pl


def completed_years(born: pl.Expr, *, on: date) -> pl.Expr:
    """Return the completed years of age on the day, as Int32; null where ``born`` is null.

    The year difference, less one while (month, day) is before the birth (month, day): who was
    born on 29 February completes a year on 1 March of a common year (assumption, no source).
    """
    difference = pl.lit(on.year, pl.Int32) - born.dt.year()
    month, day = born.dt.month(), born.dt.day()
    birthday_to_come = (month > on.month) | ((month == on.month) & (day > on.day))
    return difference - birthday_to_come.cast(pl.Int32)


def months_later(start: pl.Expr, months: int) -> pl.Expr:
    """Return ``start`` moved by calendar months, or that month's last day, as Date."""
    return start.dt.offset_by(f"{months}mo")
