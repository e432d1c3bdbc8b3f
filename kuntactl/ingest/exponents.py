"""Client numbers that a spreadsheet has rounded: ``3,3E+08``."""

import polars as pl

from kuntactl.errors import InputError
from kuntactl.ingest.source import Table
from kuntactl.locale import phrase

_FORM = r"^\s*[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{1,3}\s*$"
_NUMBER = "asiakasnumero"


def is_in_exponent_form(number: pl.Expr) -> pl.Expr:
    """Return whether a spreadsheet has written the number so, and rounded it by that."""
    return number.str.contains(_FORM)


def refuse_rounded_numbers(table: Table) -> None:
    """Stop if each client number of the file has been rounded: which client is which is lost.

    Raises:
        InputError: If so. Where some numbers are sound, the others' rows are rejected instead.
    """
    numbers = table.rows.lazy().select(pl.col(_NUMBER).drop_nulls())
    rounded = numbers.select(is_in_exponent_form(pl.col(_NUMBER)))
    if not rounded.head(1).collect().to_series().any():
        return  # looked at first: nearly every file ends here
    if rounded.collect().to_series().all():
        raise InputError(
            phrase(
                "{file}: each `{number}` is in exponent form, such as "
                "3,3E+08: a spreadsheet has rounded them",
                file=table.file.name,
                number=_NUMBER,
            ),
            hint=phrase(
                "take the file as it was before it was opened in a "
                "spreadsheet; there, import `{number}` as text",
                number=_NUMBER,
            ),
        )
