"""The personal identity code: form, date, number, check character, century signs."""

from datetime import date

import polars as pl
import pytest
from builders import identity_code
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import hetu

from kuntactl.ingest.identity import birth_date, is_artificial


def born(code: str | None) -> date | None:
    """Return what the expression reads out of one code."""
    return (
        pl.DataFrame({"code": [code]}, schema={"code": pl.String})
        .select(birth_date(pl.col("code")))
        .item()
    )


# code, birth date, why
CODES = [
    ("010391-901L", date(1991, 3, 1), "the hyphen is of the 1900s"),
    ("280291Y9028", date(1991, 2, 28), "Y is of the 1900s too, since 2023"),
    ("010303A903Y", date(2003, 3, 1), "A is of the 2000s"),
    ("010303F9040", date(2003, 3, 1), "F is of the 2000s too, since 2023"),
    (identity_code(date(1899, 12, 31), 900), date(1899, 12, 31), "plus is of the 1800s"),
    (identity_code(date(2000, 2, 29), 950), date(2000, 2, 29), "a leap day"),
    ("010190-999K", None, "the check character is wrong: it should be W"),
    ("290201A9001", None, "2001 had no 29 February"),
    ("010391-000K", None, "000 is never given"),
    ("010391-001L", None, "001 is never given"),
    ("010303a903Y", None, "the sign is a capital letter, and nothing is made right in silence"),
    ("010391901L", None, "the sign is part of the code"),
    ("010391-901", None, "too short"),
    (" 010391-901L", None, "nothing is trimmed here"),
    ("٠١٠٣٩١-901L", None, "digits are ASCII digits"),
    ("", None, "blank"),
    (None, None, "missing"),
]


@pytest.mark.parametrize(("code", "expected", "why"), CODES, ids=[case[2] for case in CODES])
def test_birth_date_is_read_only_from_a_valid_code(
    code: str | None, expected: date | None, why: str
) -> None:
    """An age, and so a ground, rests on the code: a wrong one must not yield a date."""
    assert born(code) == expected, why


@pytest.mark.parametrize("sign", "+-YXWVUABCDEF")
def test_every_century_sign_is_known(sign: str) -> None:
    """The signs added in 2023 are in use; a client who has one is not rejected."""
    century = {"+": 18}.get(sign, 20 if sign in "ABCDEF" else 19)
    day = date(century * 100 + 84, 5, 17)

    assert born(identity_code(day, 900, sign)) == day


def test_sign_is_part_of_the_identity() -> None:
    """Codes that differ in the sign only are two people; neither is turned into the other."""
    codes = pl.DataFrame({"code": [identity_code(date(1990, 1, 1), 999, sign) for sign in "-Y"]})

    assert codes["code"].n_unique() == 2
    assert codes.select(birth_date(pl.col("code"))).to_series().to_list() == [date(1990, 1, 1)] * 2


@given(
    code=st.from_regex(r"[0-3][0-9][01][0-9]{3}[-+YXWVUABCDEFG][0-9]{3}[0-9A-Y]", fullmatch=True)
)
def test_agrees_with_another_reading_of_the_same_rules(code: str) -> None:
    """python-stdnum reads one code at a time; ours reads columns and must say the same."""
    known = hetu.is_valid(code, allow_temporary=True)

    assert (born(code) is not None) == known


@given(
    born_on=st.dates(date(1850, 1, 1), date(2099, 12, 31)),
    number=st.integers(900, 999),
)
def test_a_computed_check_character_is_accepted(born_on: date, number: int) -> None:
    """Every valid code passes, on any day and with any number."""
    assert born(identity_code(born_on, number)) == born_on


def test_only_numbers_from_900_are_artificial() -> None:
    """Real people have 002-899; the count of artificial codes must not name one of them.

    (The star keeps the first from being anybody's code.)
    """
    codes = pl.DataFrame({"code": ["010391-899*", "010391-900K", "010391-999X"]})

    flags = codes.select(is_artificial(pl.col("code"))).to_series()

    assert flags.to_list() == [False, True, True]
