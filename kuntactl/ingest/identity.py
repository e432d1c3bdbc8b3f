"""The personal identity code (henkilötunnus), read as expressions over whole columns."""

import polars as pl

from kuntactl.ingest.distinct import by_distinct

# Decree in force since 1.1.2023: new signs beside the old ones. The sign is part of the
# identity, so that nothing here changes it.
CENTURIES = {"+": "18"} | dict.fromkeys("-YXWVU", "19") | dict.fromkeys("ABCDEF", "20")
CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
FIRST_NUMBER = 2  # 000 and 001 are never given
FIRST_ARTIFICIAL = 900  # 900-999: artificial or temporary, no real person

# A code is parted into what many people share: some ten thousand days with a sign, and some
# ten thousand numbers with a check character.
_DAY_LENGTH = 7
_DAY = r"^([0-9]{6})[-+YXWVUABCDEF]$"
_NUMBER = r"^([0-9]{3})[0-9A-Y]$"


def birth_date(code: pl.Expr) -> pl.Expr:
    """Return the date of birth in the code, as Date; null unless the code is valid.

    Valid is: the form ``DDMMYYCZZZQ``, a date that exists, an individual number from 002, and
    the check character that the nine digits give.
    """
    return code.map_batches(_birth_dates, return_dtype=pl.Date)


def _birth_dates(codes: pl.Series) -> pl.Series:
    day, number = pl.col("day"), pl.col("number")
    of_day = by_distinct(
        codes.str.slice(0, _DAY_LENGTH).alias("day"),
        {"born": _written_day(day), "rest": _digits(day, _DAY) * 1000 % len(CHECK_CHARACTERS)},
    )
    of_number = by_distinct(
        codes.str.slice(_DAY_LENGTH).alias("number"),
        {"number": _digits(number, _NUMBER), "place": _place_of_check_character(number)},
    )
    checks = (pl.col("rest") + number) % len(CHECK_CHARACTERS) == pl.col("place")
    return (
        pl.concat([of_day, of_number], how="horizontal")
        .select(pl.when(checks & (number >= FIRST_NUMBER)).then(pl.col("born")))
        .to_series()
        .alias(codes.name)
    )


def _written_day(text: pl.Expr) -> pl.Expr:
    """Return the day of ``DDMMYYC``, null if it does not exist."""
    shaped = pl.when(text.str.contains(_DAY)).then(text)
    day, month, year, sign = (
        shaped.str.slice(start, length) for start, length in ((0, 2), (2, 2), (4, 2), (6, 1))
    )
    century = sign.replace_strict(CENTURIES, default=None, return_dtype=pl.String)
    # `pl.date` would stop at the first day that does not exist.
    return (century + year + month + day).str.to_date("%Y%m%d", strict=False)


def _digits(text: pl.Expr, form: str) -> pl.Expr:
    """Return the digits of what has the form, as Int64."""
    return text.str.extract(form).cast(pl.Int64)


def _place_of_check_character(text: pl.Expr) -> pl.Expr:
    places = {sign: place for place, sign in enumerate(CHECK_CHARACTERS)}
    return text.str.slice(3, 1).replace_strict(places, default=None, return_dtype=pl.Int64)


def is_artificial(code: pl.Expr) -> pl.Expr:
    """Return whether the individual number of a valid code is of an artificial person."""
    return code.str.slice(7, 3) >= str(FIRST_ARTIFICIAL)  # three digits: the same as text
