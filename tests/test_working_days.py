"""Working days are those on which a municipal office is open and a term can end."""

from datetime import date, timedelta

import pytest

from kuntactl.domain.working_days import is_working_day, nth_working_day, working_days_until

# day, whether it is worked, why this row is here
DAYS = [
    (date(2022, 5, 2), True, "a Monday"),
    (date(2022, 4, 30), False, "a Saturday"),
    (date(2022, 5, 1), False, "a Sunday"),
    (date(2021, 1, 1), False, "New Year's Day"),
    (date(2021, 1, 6), False, "Epiphany"),
    (date(2021, 4, 1), True, "Maundy Thursday is worked"),
    (date(2021, 4, 2), False, "Good Friday"),
    (date(2021, 4, 5), False, "Easter Monday"),
    (date(2023, 5, 1), False, "May Day"),
    (date(2021, 5, 13), False, "Ascension Day"),
    (date(2021, 6, 25), False, "Midsummer Eve: no holiday, but no last day of a term"),
    (date(2022, 12, 6), False, "Independence Day"),
    (date(2021, 12, 24), False, "Christmas Eve: the same"),
    (date(2024, 12, 25), False, "Christmas Day"),
    (date(2024, 12, 26), False, "Boxing Day"),
    (date(2021, 12, 31), True, "New Year's Eve is worked"),
    (date(2018, 6, 22), False, "the trials of 2017 have holidays, too"),
]  # fmt: skip


@pytest.mark.parametrize(("day", "is_worked", "reason"), DAYS, ids=[row[2] for row in DAYS])
def test_day_is_worked_or_not(day: date, is_worked: bool, reason: str) -> None:  # noqa: FBT001 - a table
    """A first contact on Midsummer Eve meets nobody."""
    assert is_working_day(day) is is_worked, reason


def test_five_working_days_leave_the_first_day_out() -> None:
    """The law's term begins on the day after; weekends and holidays do not count."""
    assert nth_working_day(5, after=date(2022, 5, 2)) == date(2022, 5, 9)
    assert nth_working_day(5, after=date(2022, 5, 20)) == date(2022, 5, 30)  # Ascension Day
    assert nth_working_day(5, after=date(2021, 12, 22)) == date(2021, 12, 30)


def test_days_until_a_day_hold_that_day() -> None:
    """A plan may use the last day of its time, and not one more."""
    found = working_days_until(date(2021, 4, 6), after=date(2021, 3, 31))

    assert found == (date(2021, 4, 1), date(2021, 4, 6))


@pytest.mark.parametrize(
    ("year", "days_off"),
    [(2022, 7), (2024, 10), (2025, 10), (2026, 9), (2027, 8), (2028, 9)],
)
def test_a_year_has_as_many_weekdays_off_as_the_almanac_office_says(
    year: int, days_off: int
) -> None:
    """The university's almanac office counts them, with both eves (yle.fi; sttinfo.fi)."""
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]

    assert sum(day.weekday() < 5 and not is_working_day(day) for day in days) == days_off
