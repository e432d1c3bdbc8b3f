"""Where a letter stands in its area's folder; many are parted, so that no folder gets too full."""

import polars as pl

LETTERS_IN_A_FOLDER = 10_000
_LETTERS = "letters/"
_PROTECTED = "protected/"
_NUMBER = r"-(\d+)$"


def letter_place(letter_id: str, *, protected: bool = False) -> str:
    """Return the letter's file relative to its area's folder.

    The first 10,000 stand in ``letters/``, each further 10,000 in a folder there, which is named
    by the first of their numbers: ``letters/10001/helsinki-010002.pdf``. The place follows from
    the id alone, so that it is the same in every run. Protected letters are few, and stand in
    ``protected/``.

    Args:
        letter_id: Of the letter.
        protected: Whether it is of a client under non-disclosure.
    """
    if protected:
        return f"{_PROTECTED}{letter_id}.pdf"
    digits = letter_id.rpartition("-")[2]
    number = int(digits) if digits.isdecimal() else 1
    first = (number - 1) // LETTERS_IN_A_FOLDER * LETTERS_IN_A_FOLDER + 1
    return f"{_LETTERS}{first}/{letter_id}.pdf" if first > 1 else older_place(letter_id)


def letter_places(letter_id: pl.Expr, protected: pl.Expr) -> pl.Expr:
    """Return the same for each letter, as String."""
    number = letter_id.str.extract(_NUMBER).cast(pl.Int64).fill_null(1)
    first = (number - 1) // LETTERS_IN_A_FOLDER * LETTERS_IN_A_FOLDER + 1
    part = pl.when(first > 1).then(first.cast(pl.String) + "/").otherwise(pl.lit(""))
    folder = pl.when(protected).then(pl.lit(_PROTECTED)).otherwise(pl.lit(_LETTERS) + part)
    return folder + letter_id + ".pdf"


def older_place(letter_id: str) -> str:
    """Return where letters of any number stood before there were such folders."""
    return f"{_LETTERS}{letter_id}.pdf"
