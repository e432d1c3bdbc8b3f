"""The working days of Finnish authorities."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice, takewhile

import holidays

_SATURDAY = 5  # date.weekday()
_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Return whether the authorities work: no weekend, public holiday, or eve of the two feasts.

    Christmas Eve and Midsummer Eve are no public holidays, but no last day of a term either
    (Act 150/1930, 5 §).
    """
    return day.weekday() < _SATURDAY and day not in _days_off(day.year)


def working_days(*, after: date) -> Iterator[date]:
    """Yield the working days after a day, without end; the day itself is not counted.

    Source: Act 150/1930, 2 §.
    """
    day = after
    while True:
        day += _DAY
        if is_working_day(day):
            yield day


def nth_working_day(number: int, *, after: date) -> date:
    """Return the working day that is so many working days after a day."""
    return next(islice(working_days(after=after), number - 1, None))


def working_days_until(last: date, *, after: date) -> tuple[date, ...]:
    """Return the working days after one day, up to another and with it."""
    return tuple(takewhile(lambda day: day <= last, working_days(after=after)))


@cache
def _days_off(year: int) -> frozenset[date]:
    """Return the public holidays of the year, with the two eves, from the library's calendar."""
    return frozenset(holidays.country_holidays("FI", years=year))
