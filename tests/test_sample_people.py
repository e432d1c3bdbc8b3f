"""Artificial people can never be mistaken for real ones."""

from datetime import date

import pytest
from stdnum.fi import hetu

from kuntactl.domain.artificial import identity_code
from kuntactl.sample.draw import Draw
from kuntactl.sample.names import POOLS, can_write, draw_name
from kuntactl.sample.people import People, PersonWish

# birth date, number, sign, code, why this row is here
CODES = [
    (date(1991, 3, 1), 901, 0, "010391-901L", "the 1900s"),
    (date(1991, 2, 28), 902, 1, "280291Y9028", "the 1900s, a sign of 2023"),
    (date(2003, 3, 1), 903, 0, "010303A903Y", "the 2000s"),
    (date(2003, 3, 1), 904, 5, "010303F9040", "the 2000s, the last sign of 2023"),
]


@pytest.mark.parametrize(
    ("born", "number", "sign", "code"), [row[:4] for row in CODES], ids=[row[4] for row in CODES]
)
def test_identity_code_has_its_check_character(
    born: date, number: int, sign: int, code: str
) -> None:
    """A code with a wrong check character would be rejected, and nothing else be tried."""
    assert identity_code(born, number, sign=sign) == code
    assert hetu.is_valid(code, allow_temporary=True)


def test_people_of_the_1800s_have_the_plus_sign() -> None:
    """The century stands in the sign alone: the digits of 1899 and 1999 are the same."""
    assert identity_code(date(1899, 12, 31), 900)[6] == "+"


@pytest.mark.parametrize("number", [2, 899, 1000])
def test_a_number_of_real_people_is_refused(number: int) -> None:
    """Individual numbers 002-899 belong to people who live."""
    with pytest.raises(ValueError, match="could be a real person's"):
        identity_code(date(1991, 3, 1), number)


def test_no_two_people_have_one_identity_code() -> None:
    """Else every large sample would be full of warnings about one code under two numbers."""
    people = People(Draw(1), on=date(2021, 3, 1), encoding="utf-8")
    born = PersonWish(born=date(1990, 5, 5))

    codes = [people.person(("fi",), wish=born).identity_code for _ in range(120)]

    assert len(set(codes)) == len(codes)


def test_draws_are_the_same_on_every_machine() -> None:
    """The shipped files must be made again byte for byte by another Python."""
    draw = Draw(7)

    assert [draw.below(1000) for _ in range(5)] == [323, 150, 650, 72, 535]
    assert draw.shuffled("abcdef") == list("bdefac")


@pytest.mark.parametrize("tongue", sorted(POOLS))
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_names_can_be_written_in_the_encoding(tongue: str, encoding: str) -> None:
    """An office whose file is Windows-1252 cannot have clients whose names it cannot write."""
    draw = Draw(3)
    names = [
        draw_name(draw, mother_tongue=tongue, woman=woman, encoding=encoding)
        for woman in (True, False)
        for _ in range(40)
    ]

    assert all(can_write(f"{name.family} {name.given}", encoding) for name in names)


def test_sami_letters_are_there_where_the_file_can_hold_them() -> None:
    """The letters that most fonts lack are the ones a letter must be tried with."""
    letters = set("".join([*POOLS["se"].family, *POOLS["se"].women, *POOLS["se"].men]))

    assert set("ǥǩŋđžá") <= letters
