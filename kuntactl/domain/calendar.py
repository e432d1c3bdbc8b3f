"""Age and calendar months, as expressions over whole columns and as plain functions."""

import calendar
from datetime import date

import polars as pl

AGE_SOURCE = (
    "completed years: a person born on 29 February completes a year on 1 March "
    "of a common year (assumption, no source)"
)


def completed_years(born: pl.Expr, *, on: date) -> pl.Expr:
    """Return the completed years of age on the day, as Int32; null where ``born`` is null.

    The year difference, less one while (month, day) is before the birth (month, day).
    """
    difference = pl.lit(on.year, pl.Int32) - born.dt.year()
    month, day = born.dt.month(), born.dt.day()
    birthday_to_come = (month > on.month) | ((month == on.month) & (day > on.day))
    return difference - birthday_to_come.cast(pl.Int32)


def add_months(day: date, months: int) -> date:
    """Return the same day ``months`` calendar months later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def months_later(start: pl.Expr, months: int) -> pl.Expr:
    """Return ``start`` moved by calendar months, or that month's last day, as Date."""
    return start.dt.offset_by(f"{months}mo")
