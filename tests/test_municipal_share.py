"""A municipality's part of the labour market support follows the brackets of the day."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from kuntactl.domain.support import labour_market_support
from kuntactl.errors import SettingsError

# days, paid, share: Hämeenlinna, January 2015 (Kuntaliitto, Tyollisyys_hml)
HAMEENLINNA = [
    (300, "144313.56", "72156.78"),
    (500, "263202.68", "131601.34"),
    (1000, "296117.00", "207281.90"),
]


@pytest.mark.parametrize(("days", "paid", "share"), HAMEENLINNA)
def test_the_share_is_the_one_that_was_paid(days: int, paid: str, share: str) -> None:
    """Kela's own figures of one town and month come out to the cent."""
    brackets = labour_market_support().shares_on(date(2015, 1, 1))

    assert brackets.share_of(Decimal(paid), days=days) == Decimal(share)


# day, days of support, per cent, why this row is here
BRACKETS = [
    (date(2014, 12, 31), 499, 0, "the last day without a share before 2015"),
    (date(2014, 12, 31), 500, 50, "the first one with it"),
    (date(2015, 1, 1), 299, 0, "under the first limit"),
    (date(2015, 1, 1), 300, 50, "the limit itself"),
    (date(2024, 12, 31), 999, 50, "under the second limit"),
    (date(2024, 12, 31), 1000, 70, "the limit itself, on the law's last day"),
    (date(2025, 1, 1), 99, 0, "six steps: before the first"),
    (date(2025, 1, 1), 100, 10, "the first step"),
    (date(2025, 1, 1), 699, 40, "before the last"),
    (date(2025, 1, 1), 700, 50, "the last step"),
]


@pytest.mark.parametrize(
    ("on", "days", "per_cent", "_why"), BRACKETS, ids=[c[3] for c in BRACKETS]
)
def test_the_bracket_is_that_of_the_day(on: date, days: int, per_cent: int, _why: str) -> None:
    """A limit that is off by a day costs a town money on paper."""
    assert labour_market_support().shares_on(on).per_cent(days) == per_cent


# day, full amount of a day, why this row is here
AMOUNTS = [
    (date(2017, 1, 1), "32.40", "the first day known"),
    (date(2019, 12, 31), "32.40", "the same for three years"),
    (date(2020, 1, 1), "33.66", "2020"),
    (date(2021, 3, 1), "33.78", "the trial's first day"),
    (date(2022, 7, 31), "34.50", "the day before the raise of August"),
    (date(2022, 8, 1), "35.72", "the raise of August"),
    (date(2025, 6, 1), "37.21", "frozen"),
]


@pytest.mark.parametrize(("on", "euros", "_why"), AMOUNTS, ids=[case[2] for case in AMOUNTS])
def test_the_day_amount_is_that_of_the_day(on: date, euros: str, _why: str) -> None:
    """Half of a recipient's full month is what the town pays of one in the first bracket."""
    support = labour_market_support()

    assert support.day_amount(on=on).euros == Decimal(euros)
    half_a_month = (Decimal(euros) * Decimal("21.5") / 2).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert support.of_a_month(50, on=on) == half_a_month


@pytest.mark.parametrize("on", [date(2016, 12, 31), date(2028, 1, 1)])
def test_no_amount_is_guessed(on: date) -> None:
    """A day before the first known amount, or after the last, gets a sentence."""
    with pytest.raises(SettingsError, match=f"no amount is known for {on}"):
        labour_market_support().day_amount(on=on)


def test_what_is_not_verified_says_so_in_every_language() -> None:
    """The amount of 2017, the steps of 2025 and the day in 2022 rest on no primary source."""
    support = labour_market_support()
    doubtful = [
        support.day_amount(on=date(2017, 6, 1)).source,
        support.day_amount(on=date(2022, 8, 1)).source,
        support.shares_on(date(2025, 1, 1)).source,
    ]

    for source in doubtful:
        assert "vahvistamatta" in source.fi
        assert "bekräfta" in source.sv
        assert "unverified" in source.en
