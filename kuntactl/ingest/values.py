"""Cells read as what they mean: dates, flags, numbers, codes, as expressions over columns.

Every function takes trimmed text and returns null both for a blank and for what cannot be
read; a check tells the two apart by the text.
"""

from collections.abc import Iterable
from datetime import date

import polars as pl

OPEN_END = date(2222, 11, 11)  # the register's way to write "no end"
UNKNOWN_DATE = date(1900, 1, 1)  # the register's way to write "not known"
FIRST_YEAR = 1800  # no client was born before; an earlier year is a slip of the pen
MOST_DAYS = 99_999  # of labour market support; more than anyone can have been paid for

YES = ("k", "1", "kyllä", "kylla", "true")
NO = ("e", "0", "ei", "false")
# All that Unicode calls white space, and the byte order mark.
SPACES = (
    " \t\r\n\v\f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)


def trimmed(cell: pl.Expr) -> pl.Expr:
    """Return the cell without surrounding space of any kind; null when nothing is left."""
    text = cell.str.strip_chars(SPACES)
    return pl.when(text != "").then(text)


def one_line(text: pl.Expr) -> pl.Expr:
    """Return the text with line breaks and runs of space as one space each."""
    return text.str.replace_all(rf"[{SPACES}]+", " ")


def loose_columns(rows: pl.DataFrame, columns: Iterable[str]) -> frozenset[str]:
    """Return the columns with a cell that is empty, or not trimmed and on one line."""
    loose = rows.select(pl.col(name).str.contains(_LOOSE).any() for name in columns)
    return frozenset(name for name in loose.columns if loose[name].item())


_LOOSE = rf"^$|^ | $|  |[{SPACES[1:]}]"  # the first of them is the ordinary one


def day(text: pl.Expr) -> pl.Expr:
    """Return ``1.3.2021``, ``01.03.2021`` or ``2021-03-01`` as Date, if the day exists."""
    parts = text.str.extract_groups(_FINNISH)
    day_of, month, year = (parts.struct.field(str(part)) for part in (1, 2, 3))
    finnish = pl.concat_str(
        [year, month.str.zfill(2), day_of.str.zfill(2)], separator="-", ignore_nulls=False
    )
    iso = pl.when(text.str.contains(_ISO)).then(text)
    # `pl.date` would stop at the first day that does not exist.
    read = pl.coalesce(finnish, iso).str.to_date("%Y-%m-%d", strict=False)
    return pl.when(read.dt.year() >= FIRST_YEAR).then(read)


_FINNISH = r"^([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})$"
_ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def is_known_day(text: pl.Expr, *, end: bool) -> pl.Expr:
    """Return whether a cell that is not blank holds a day, or a word for one.

    ``11.11.2222`` is a word for an open end, so that no start may hold it.
    """
    read = day(text)
    return read.is_not_null() & (pl.lit(end) | (read != OPEN_END))


def known_day(text: pl.Expr) -> pl.Expr:
    """Return the day; null as well for the day that means unknown."""
    read = day(text)
    return pl.when((read != UNKNOWN_DATE) & (read != OPEN_END)).then(read)


def open_ended(text: pl.Expr) -> pl.Expr:
    """Return whether a period has no end: true also for a blank; null for an unknown end."""
    read = day(text)
    return (
        pl.when(text.is_null() | (read == OPEN_END))
        .then(pl.lit(value=True))
        .when(read != UNKNOWN_DATE)
        .then(pl.lit(value=False))
    )


def flag(text: pl.Expr) -> pl.Expr:
    """Return ``K``/``E``, ``1``/``0``, ``kyllä``/``ei`` or ``true``/``false`` as Boolean."""
    word = text.str.to_lowercase()
    return (
        pl.when(word.is_in(list(YES)))
        .then(pl.lit(value=True))
        .when(word.is_in(list(NO)))
        .then(pl.lit(value=False))
    )


def whole_number(text: pl.Expr) -> pl.Expr:
    """Return a whole number from 0 to ``MOST_DAYS`` as Int32; ``1 200`` is 1200."""
    grouped = text.str.contains(r"^[0-9]{1,3}(?:[ \x{a0}\x{202f}][0-9]{3})+$")
    digits = pl.when(grouped).then(text.str.replace_all(r"[^0-9]", "")).otherwise(text)
    number = (
        pl.when(digits.str.contains(r"^[0-9]{1,9}$")).then(digits).cast(pl.Int32, strict=False)
    )
    return pl.when(number <= MOST_DAYS).then(number)


def padded(text: pl.Expr, *, digits: int) -> pl.Expr:
    """Return a code of digits with the leading zeros that a spreadsheet took away."""
    fits = text.str.contains(rf"^[0-9]{{1,{digits}}}$")
    return pl.when(fits).then(text.str.zfill(digits))


def one_of(codes: pl.Expr, known: Iterable[str]) -> pl.Expr:
    """Return the code if it is known, else null."""
    return pl.when(codes.is_in(sorted(known))).then(codes)
