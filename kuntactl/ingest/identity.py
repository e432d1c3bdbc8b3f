"""The personal identity code (henkilötunnus), read as expressions over whole columns."""

import polars as pl

# Decree in force since 1.1.2023: new signs beside the old ones. The sign is part of the
# identity, so that nothing here changes it.
CENTURIES = {"+": "18"} | dict.fromkeys("-YXWVU", "19") | dict.fromkeys("ABCDEF", "20")
CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
FIRST_NUMBER = 2  # 000 and 001 are never given
FIRST_ARTIFICIAL = 900  # 900-999: artificial or temporary, no real person

_FORM = r"^[0-9]{6}[-+YXWVUABCDEF][0-9]{3}[0-9A-Y]$"


def birth_date(code: pl.Expr) -> pl.Expr:
    """Return the date of birth in the code, as Date; null unless the code is valid.

    Valid is: the form ``DDMMYYCZZZQ``, a date that exists, an individual number from 002, and
    the check character that the nine digits give.
    """
    shaped = pl.when(code.str.contains(_FORM)).then(code)
    century = shaped.str.slice(6, 1).replace_strict(
        CENTURIES, default=None, return_dtype=pl.String
    )
    year = century + shaped.str.slice(4, 2)
    written = year + shaped.str.slice(2, 2) + shaped.str.slice(0, 2)
    # `pl.date` would stop at the first day that does not exist.
    date = written.str.to_date("%Y%m%d", strict=False)
    return pl.when(_checks(shaped) & (_number(shaped) >= FIRST_NUMBER)).then(date)


def is_artificial(code: pl.Expr) -> pl.Expr:
    """Return whether the individual number of a valid code is of an artificial person."""
    return _number(code) >= FIRST_ARTIFICIAL


def _number(code: pl.Expr) -> pl.Expr:
    return code.str.slice(7, 3).cast(pl.Int32, strict=False)


def _checks(shaped: pl.Expr) -> pl.Expr:
    digits = (shaped.str.slice(0, 6) + shaped.str.slice(7, 3)).cast(pl.Int64)
    expected = (digits % len(CHECK_CHARACTERS)).replace_strict(
        dict(enumerate(CHECK_CHARACTERS)), default=None, return_dtype=pl.String
    )
    return shaped.str.slice(10, 1) == expected
