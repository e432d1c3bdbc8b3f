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


class RoundedNumbers:
    """Whether each client number of a file has been rounded: then who is who is lost."""

    def __init__(self) -> None:
        """Begin with a file of which nothing is known."""
        self._file: str | None = None
        self._some_are_whole = False

    def look_at(self, table: Table) -> None:
        """Take the next part of the file."""
        if self._some_are_whole:
            return
        numbers = table.rows.lazy().select(pl.col(_NUMBER).drop_nulls())
        whole = numbers.select(~is_in_exponent_form(pl.col(_NUMBER)))
        # Looked at first: nearly every file ends here.
        self._some_are_whole = bool(whole.head(1).collect().to_series().any()) or bool(
            whole.collect().to_series().any()
        )
        if not self._some_are_whole and not numbers.head(1).collect().is_empty():
            self._file = table.file.name

    def refuse(self) -> None:
        """Stop if they all were.

        Raises:
            InputError: If so. Where some numbers are sound, the others' rows are rejected.
        """
        if self._file is None or self._some_are_whole:
            return
        raise InputError(
            phrase(
                "{file}: each `{number}` is in exponent form, such as "
                "3,3E+08: a spreadsheet has rounded them",
                file=self._file,
                number=_NUMBER,
            ),
            hint=phrase(
                "take the file as it was before it was opened in a "
                "spreadsheet; there, import `{number}` as text",
                number=_NUMBER,
            ),
        )
