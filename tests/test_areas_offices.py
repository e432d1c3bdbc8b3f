"""Each client is sent to the office that serves them, when it is open."""

from datetime import date

import pytest

from kuntactl.domain.areas import Area, Office, load_areas
from kuntactl.domain.types import AreaId, MunicipalityCode, Team

# area, municipality, team, office, why this row is here
OFFICES = [
    ("salo-marttila-koski", "734", Team.YOUNG, "ohjaamo", "under 30 in Salo: the youth team"),
    ("salo-marttila-koski", "734", Team.GENERAL, "voimala", "Salo: first the one with a desk"),
    ("salo-marttila-koski", "734", Team.IMMIGRANTS, "voimala", "no office of that team"),
    ("salo-marttila-koski", "284", Team.GENERAL, "koski", "Koski: own municipal office"),
    ("salo-marttila-koski", "284", Team.YOUNG, "koski", "Koski: the young too"),
    ("salo-marttila-koski", "480", Team.YOUNG, "marttila", "Marttila: the young too"),
    ("mikkelin-seutu", "178", Team.GENERAL, "mikkeli", "one office for the whole area"),
    ("porvoo", "638", Team.GENERAL, None, "no source gives an office"),
]


def area(area_id: str) -> Area:
    """Return one area."""
    return load_areas()[AreaId(area_id)]


def office(area_id: str, office_id: str) -> Office:
    """Return one office of an area."""
    return next(one for one in area(area_id).offices if one.id == office_id)


@pytest.mark.parametrize(
    ("area_id", "municipality", "team", "expected"),
    [row[:4] for row in OFFICES],
    ids=[row[4] for row in OFFICES],
)
def test_who_is_served_where(
    area_id: str, municipality: str, team: Team, expected: str | None
) -> None:
    """A letter that names the wrong office sends someone on a useless journey."""
    found = area(area_id).office_for(MunicipalityCode(municipality), team=team)

    assert (found.id if found else None) == expected


# day, hours, why this row is here
HOURS = [
    (date(2021, 3, 1), ["klo 12–15", "klo 10–15"], "the first day: both are told"),
    (date(2021, 3, 14), ["klo 12–15", "klo 10–15"], "last day of the first two weeks"),
    (date(2021, 3, 15), ["klo 10–15"], "the short hours are over"),
]


@pytest.mark.parametrize(
    ("on", "hours"), [row[:2] for row in HOURS], ids=[row[2] for row in HOURS]
)
def test_hours_of_the_desk_in_salo(on: date, hours: list[str]) -> None:
    """The desk opens later in its first two weeks; a later letter must not say so any more."""
    found = office("salo-marttila-koski", "voimala").hours_from(on=on)

    assert [hour.text.fi for hour in found] == hours


def test_mikkeli_moves_to_its_address_on_15_february() -> None:
    """Before the move the file knows no address, and says none."""
    mikkeli = office("mikkelin-seutu", "mikkeli")
    before, after = mikkeli.address(on=date(2021, 2, 14)), mikkeli.address(on=date(2021, 2, 15))

    assert before is None
    assert after is not None
    assert after.street.fi == "Porrassalmenkatu 9"
