"""Words of the command line turned into values."""

import re
from datetime import date

import typer

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
        raise typer.BadParameter(f"{text!r} is not a day; write 2021-03-01 or 1.3.2021") from None
    if found.year not in YEARS:
        raise typer.BadParameter(f"{text!r} is not a day from {YEARS[0]} to {YEARS[-1]}")
    return found


def one_of(value: str, allowed: tuple[str, ...]) -> str:
    """Return the value.

    Raises:
        typer.BadParameter: If it is none of those allowed.
    """
    if value not in allowed:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(allowed)}")
    return value
