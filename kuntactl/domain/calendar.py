"""Age and calendar months, as expressions over whole columns, and the days on which they turn."""

from datetime import date, timedelta

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


def completed_months(start: pl.Expr, *, on: date) -> pl.Expr:
    """Return how many calendar months are full on the day, as Int32, below 0 for a later start.

    A month is full on the day that ``months_later`` gives; null where ``start`` is null.
    """
    between = (on.year - start.dt.year()) * 12 + on.month - start.dt.month().cast(pl.Int32)
    is_early = start.dt.offset_by(pl.format("{}mo", between)) > on
    return between - is_early.cast(pl.Int32)


def latest_birth(years: int, *, on: date) -> date:
    """Return the last day on which one can be born and have completed the years on the day."""
    year = on.year - years
    try:
        return on.replace(year=year)
    except ValueError:  # 29 February: whoever is born on 1 March completes the year a day later
        return date(year, 2, 28)


def first_start_within(months: int, *, on: date) -> date:
    """Return the first day that, moved by the months, is not before the day."""
    earliest = on - timedelta(days=31 * months + 3)
    starts = pl.select(start=pl.date_range(earliest, on)).lazy()
    within = starts.filter(months_later(pl.col("start"), months) >= on).collect()
    first: date = within["start"][0]
    return first
