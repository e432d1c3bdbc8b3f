"""Numbers and days read as the language writes them."""

from datetime import date

import pytest

from kuntactl.domain.types import Language
from kuntactl.report.numbers import written_day, written_number, written_share


@pytest.mark.parametrize(
    ("value", "decimals", "fi", "en"),
    [
        pytest.param(2600, 0, "2\u00a0600", "2,600", id="thousands are parted"),
        pytest.param(999, 0, "999", "999", id="hundreds are not"),
        pytest.param(0, 0, "0", "0", id="nobody is a number"),
        pytest.param(1234.56, 1, "1\u00a0234,6", "1,234.6", id="decimal sign of the language"),
        pytest.param(-3, 0, "\u22123", "\u22123", id="a minus is not a hyphen"),
    ],
)
def test_number_is_written_as_in_the_language(
    value: float, decimals: int, fi: str, en: str
) -> None:
    """A figure that breaks at the end of a line, or reads as a decimal, misleads."""
    assert written_number(value, language=Language.FI, decimals=decimals) == fi
    assert written_number(value, language=Language.SV, decimals=decimals) == fi
    assert written_number(value, language=Language.EN, decimals=decimals) == en


@pytest.mark.parametrize(
    ("part", "whole", "fi", "en"),
    [
        pytest.param(1, 3, "33\u00a0%", "33%", id="rounded"),
        pytest.param(0, 3, "0\u00a0%", "0%", id="nobody"),
        pytest.param(3, 3, "100\u00a0%", "100%", id="everybody"),
        pytest.param(1, 3000, "<\u00a01\u00a0%", "<\u00a01%", id="a few are not nobody"),
        pytest.param(2999, 3000, ">\u00a099\u00a0%", ">\u00a099%", id="nearly all are not all"),
        pytest.param(0, 0, "–", "–", id="a share of nothing"),
    ],
)
def test_share_never_makes_somebody_nobody(part: int, whole: int, fi: str, en: str) -> None:
    """14 rejected rows of 3 000 are not 0 per cent."""
    assert written_share(part, whole, language=Language.FI) == fi
    assert written_share(part, whole, language=Language.EN) == en


def test_day_has_no_leading_zeros() -> None:
    """1.3.2021 is how an official writes it."""
    assert written_day(date(2021, 3, 1), language=Language.FI) == "1.3.2021"
    assert written_day(date(2021, 3, 1), language=Language.SV) == "1.3.2021"
    assert written_day(date(2021, 3, 1), language=Language.EN) == "1 March 2021"
