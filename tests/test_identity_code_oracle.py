"""The expression for identity codes says the same as python-stdnum on 100,000 codes."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import polars as pl
import pytest
from builders import CHECK_CHARACTERS
from stdnum.fi import hetu

from kuntactl.ingest.identity import CENTURIES, birth_date, is_artificial

HOW_MANY = 100_000
FIRST_DAY, LAST_DAY = date(1800, 1, 1), date(2099, 12, 31)
ASCII_DIGITS = set("0123456789")
DIGITS = ASCII_DIGITS | {"\u0660"}
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefy+-. \u0660\u2010"

Code = tuple[str, date | None]  # as written, and the birth date where we know it to be valid


def valid(random: Random) -> Code:
    """Return a code as the register gives them: any day, sign of its century and number."""
    born = FIRST_DAY + timedelta(days=random.randrange((LAST_DAY - FIRST_DAY).days + 1))
    signs = [sign for sign, century in CENTURIES.items() if century == str(born.year // 100)]
    number = random.choice([random.randrange(2, 900), random.randrange(900, 1000)])
    day = f"{born:%d%m}{born.year % 100:02}"
    check = CHECK_CHARACTERS[int(f"{day}{number:03}") % len(CHECK_CHARACTERS)]
    return f"{day}{random.choice(signs)}{number:03}{check}", born


def never_given(random: Random) -> Code:
    """Return a code with number 000 or 001 and the right check character."""
    code, _ = valid(random)
    number = random.choice(["000", "001"])
    check = CHECK_CHARACTERS[int(code[:6] + number) % len(CHECK_CHARACTERS)]
    return f"{code[:7]}{number}{check}", None


def no_such_day(random: Random) -> Code:
    """Return a code of any two digits each for day and month, with the right check character."""
    digits = f"{random.randrange(40):02}{random.randrange(20):02}{random.randrange(100):02}"
    number = f"{random.randrange(1000):03}"
    check = CHECK_CHARACTERS[int(digits + number) % len(CHECK_CHARACTERS)]
    return f"{digits}{random.choice([*CENTURIES])}{number}{check}", None


def one_changed(random: Random) -> Code:
    """Return a valid code with one character changed into any other."""
    code, _ = valid(random)
    place = random.randrange(len(code))
    return code[:place] + random.choice(LETTERS) + code[place + 1 :], None


def two_swapped(random: Random) -> Code:
    """Return a valid code with two neighbours swapped, as hands mistype it."""
    code, _ = valid(random)
    place = random.randrange(len(code) - 1)
    return code[:place] + code[place + 1] + code[place] + code[place + 2 :], None


def one_lost_or_more(random: Random) -> Code:
    """Return a valid code with a character too few or too many."""
    code, _ = valid(random)
    place = random.randrange(len(code) + 1)
    more = random.choice([random.choice(LETTERS), ""])
    return code[:place] + more + code[place + (not more) :], None


def mended_by_stdnum(random: Random) -> Code:
    """Return a valid code in lower case, with a space or with another kind of hyphen."""
    code, _ = valid(random)
    return random.choice(
        [
            code.lower(),
            f" {code}",
            f"{code}\n",
            code.replace("-", "\u2013"),
            f"{code[:6]} {code[6:]}",
        ]
    ), None


def anything(random: Random) -> Code:
    """Return any eleven characters."""
    return "".join(random.choices(LETTERS, k=11)), None


pytestmark = pytest.mark.xdist_group("identity_codes")  # the codes are made once

MAKERS: tuple[Callable[[Random], Code], ...] = (
    *(valid, valid, never_given, no_such_day),
    *(one_changed, two_swapped, one_lost_or_more, mended_by_stdnum, anything),
)


@pytest.fixture(scope="module")
def judged() -> pl.DataFrame:
    """Return how each of the codes was made, and what either side says of it.

    The codes are the same ones every time. Numbers below 900 are needed for their boundary:
    those codes are computed here, stand in no file, and are not in what is returned.
    """
    random = Random(20210301)  # noqa: S311 the same codes every time
    made = [
        (maker.__name__, *maker(random))
        for maker in (random.choice(MAKERS) for _ in range(HOW_MANY))
    ]
    frame = pl.DataFrame(
        made, schema={"made": pl.String, "code": pl.String, "born": pl.Date}, orient="row"
    )
    code, codes = pl.col("code"), frame["code"]
    return frame.with_columns(
        ours=birth_date(code),
        artificial=is_artificial(code),
        sign=code.str.slice(6, 1),
        stdnum=pl.Series([hetu.is_valid(code, allow_temporary=True) for code in codes]),
        stdnum_by_default=pl.Series([hetu.is_valid(code) for code in codes]),
        is_mended=pl.Series([hetu.compact(code) != code for code in codes]),
        has_other_digits=pl.Series(
            [not ASCII_DIGITS.issuperset(set(code) & DIGITS) for code in codes]
        ),
    ).drop("code")


def test_both_say_the_same_of_a_code_as_it_stands(judged: pl.DataFrame) -> None:
    """Date, number, century sign and check character; the two differences are named below."""
    as_it_stands = judged.filter(~pl.col("is_mended") & ~pl.col("has_other_digits"))

    differ = as_it_stands.filter(pl.col("ours").is_not_null() != pl.col("stdnum"))

    assert differ["made"].to_list() == []
    assert as_it_stands["stdnum"].sum() > HOW_MANY // 6
    assert (~as_it_stands["stdnum"]).sum() > HOW_MANY // 3


def test_we_refuse_what_stdnum_mends(judged: pl.DataFrame) -> None:
    """It takes spaces away, and makes letters capitals and other dashes hyphens.

    A code in an export is what somebody keyed in, and its sign tells two people apart: we
    mend nothing, so that all of those are refused.
    """
    mended = judged.filter(pl.col("is_mended"))

    assert mended["ours"].null_count() == mended.height
    assert mended["stdnum"].sum() > HOW_MANY // 20


def test_we_refuse_digits_of_other_scripts(judged: pl.DataFrame) -> None:
    """Its pattern takes Arabic digits for digits; the register has none."""
    others = judged.filter(~pl.col("is_mended") & pl.col("has_other_digits"))

    assert others["ours"].null_count() == others.height
    assert others["stdnum"].sum() > 0


def test_the_birth_date_is_the_one_that_was_written(judged: pl.DataFrame) -> None:
    """Three centuries and twelve signs: an age, and so a ground, rests on the right one."""
    known = judged.filter(pl.col("born").is_not_null())

    assert (known["ours"] == known["born"]).all()
    assert set(known["sign"]) == set(CENTURIES)


def test_stdnum_refuses_artificial_people_unless_told(judged: pl.DataFrame) -> None:
    """Its default refuses 900-999 as temporary; we accept and count exactly those."""
    known = judged.filter(pl.col("born").is_not_null())

    artificial = known["artificial"]

    assert (known["stdnum_by_default"] == ~artificial).all()
    assert min(artificial.sum(), (~artificial).sum()) > HOW_MANY // 20
