"""Municipalities are those of the year, and their names inflect as Finnish does."""

import pytest

from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.types import MunicipalityCode

# code, genitive, why this row is here
GENITIVES = [
    ("638", "Porvoon", "no gradation"),
    ("284", "Kosken", "Koski Tl loses its mark"),
    ("078", "Hangon", "nk becomes ng"),
    ("091", "Helsingin", "nk becomes ng"),
    ("425", "Limingan", "nk becomes ng"),
    ("097", "Hirvensalmen", "i becomes e"),
    ("320", "Kemijärven", "i becomes e"),
    ("402", "Lapinlahden", "t becomes d"),
    ("562", "Oriveden", "si becomes de"),
    ("072", "Hailuodon", "t becomes d"),
    ("309", "Outokummun", "mp becomes mm"),
    ("849", "Toholammin", "mp becomes mm"),
    ("301", "Kurikan", "kk becomes k"),
    ("743", "Seinäjoen", "k falls away"),
    ("853", "Turun", "k falls away"),
    ("895", "Uudenkaupungin", "both parts inflect"),
    ("143", "Ikaalisten", "inflects in the plural"),
    ("563", "Oulaisten", "inflects in the plural"),
    ("936", "Virtain", "inflects in the plural, in the old form the town uses"),
    ("236", "Kaustisen", "nen becomes sen, in the singular"),
    ("217", "Kannuksen", "s becomes ks"),
    ("010", "Alavuden", "s becomes d"),
    ("619", "Punkalaitumen", "d becomes t"),
    ("837", "Tampereen", "e is doubled"),
]


@pytest.mark.parametrize(
    ("code", "genitive"),
    [row[:2] for row in GENITIVES],
    ids=[f"{row[1]}: {row[2]}" for row in GENITIVES],
)
def test_genitive_as_a_finnish_letter_writes_it(code: str, genitive: str) -> None:
    """`Hankon kaupunki` would tell every reader that no person wrote the letter."""
    assert municipalities_of(2021)[MunicipalityCode(code)].genitive_fi == genitive


# code, year, whether it exists, why this row is here
LIVES = [
    ("911", 2019, True, "Valtimo, last year"),
    ("911", 2020, False, "Valtimo joined Nurmes"),
    ("099", 2020, True, "Honkajoki, last year"),
    ("099", 2021, False, "Honkajoki joined Kankaanpää"),
    ("588", 2024, True, "Pertunmaa, a trial municipality to the end of the trial"),
    ("588", 2025, False, "Pertunmaa is gone"),
    ("638", 9999, True, "Porvoo is here to stay"),
]


@pytest.mark.parametrize(
    ("code", "year", "exists"), [row[:3] for row in LIVES], ids=[row[3] for row in LIVES]
)
def test_a_municipality_counts_only_while_it_exists(code: str, year: int, *, exists: bool) -> None:
    """An old code in a new export is an error to show, not a place to send a letter from."""
    assert (code in municipalities_of(year)) is exists
