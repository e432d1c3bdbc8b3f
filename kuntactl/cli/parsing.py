"""Words of the command line turned into values."""

import re
from datetime import date

import typer

from kuntactl.locale import phrase

YEARS = range(1900, 3000)  # of a day that is asked for; days of cells may be any


def parse_day(text: str) -> date:
    """Return the day written as 2021-03-01 or 1.3.2021.

    Raises:
        typer.BadParameter: If it is neither, or of a year that nobody means.
    """
    finnish = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text.strip())
    try:
        if finnish:
            day, month, year = (int(part) for part in finnish.groups())
            found = date(year, month, day)
        else:
            found = date.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(
            phrase("{text!r} is not a day; write 2021-03-01 or 1.3.2021", text=text)
        ) from None
    if found.year not in YEARS:
        raise typer.BadParameter(
            phrase(
                "{text!r} is not a day from {years} to {years_2}",
                text=text,
                years=YEARS[0],
                years_2=YEARS[-1],
            )
        )
    return found


def one_of(value: str, allowed: tuple[str, ...]) -> str:
    """Return the value.

    Raises:
        typer.BadParameter: If it is none of those allowed.
    """
    if value not in allowed:
        raise typer.BadParameter(
            phrase("{value!r} is none of {allowed}", value=value, allowed=", ".join(allowed))
        )
    return value
