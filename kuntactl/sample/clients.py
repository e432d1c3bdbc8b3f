"""Artificial clients of a TE office: where they live and how things stand with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kuntactl.domain.areas import Area
from kuntactl.domain.municipalities import Municipality
from kuntactl.domain.types import AreaId, MunicipalityCode
from kuntactl.sample.addresses import Address, contact_address, draw_address
from kuntactl.sample.draw import Draw
from kuntactl.sample.people import People, Person, PersonWish

OFFICERS = 20  # officers of the TE office who serve the clients of one area
ANYBODY = PersonWish()

# Shares of the clients by code of the register: assumptions, only meant to be plausible.
EMPLOYMENT: Mapping[str | None, float] = {
    "02": 60, "03": 10, "07": 9, "00": 7, "08": 6, "01": 3,
    "05": 2, "04": 1.5, "06": 0.3, None: 0.7,
}  # fmt: skip
BENEFITS_YOUNG: Mapping[str | None, float] = {"03": 58, "02": 12, "04": 15, "01": 9, None: 6}
BENEFITS_OLDER: Mapping[str | None, float] = {"03": 53, "02": 11, "04": 7, "01": 26, None: 3}
RIGHT: Mapping[str | None, Mapping[bool | None, float]] = {
    "01": {True: 0.8, None: 0.2},
    "02": {False: 0.7, None: 0.3},
    "03": {False: 0.7, None: 0.3},
    "04": {False: 0.5, True: 0.15, None: 0.35},
    None: {False: 0.4, True: 0.2, None: 0.4},
}
SERVICE_LINES: Mapping[str | None, float] = {
    "01": 40, "02": 30, "03": 15, "05": 5, "00": 2, None: 8,
}  # fmt: skip
_NO_OFFICE = "0000"  # no office has this code
PROTECTED_SHARE = 0.012
_YOUNG_DAYS = 30 * 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the register says of a client's search, work and benefit; none is blank."""

    employment_code: str | None
    search_from: date | None
    search_to: date | None = None
    unemployed_from: date | None = None
    benefit: str | None = None
    earnings_right: bool | None = None
    support_days: int | None = None
    service_line: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One artificial client."""

    number: str
    person: Person
    municipality: str  # three digits
    address: Address
    situation: Situation
    office_code: str  # of the TE office
    officer: str | None = None
    protected: bool = False
    contact_address: str | None = None


class Clients:
    """Draws clients of the municipalities that exist on the day."""

    def __init__(
        self, draw: Draw, people: People, known: Mapping[MunicipalityCode, Municipality], on: date
    ) -> None:
        """Draw clients as they stand on the day."""
        self._draw = draw
        self._people = people
        self._known = known
        self._on = on

    def client(
        self,
        number: str,
        area: Area,
        municipality: MunicipalityCode,
        *,
        wish: PersonWish = ANYBODY,
    ) -> Client:
        """Return a client of that municipality, of the TE office that serves the area."""
        home = self._known[municipality]
        person = self._people.person(home.languages, wish=wish)
        language = "sv" if "sv" in home.languages and person.mother_tongue == "sv" else "fi"
        address = draw_address(self._draw, municipality, language=language)
        protected = self._draw.happens(PROTECTED_SHARE)
        return Client(
            number=number,
            person=person,
            municipality=municipality,
            address=Address() if protected else address,
            situation=self._situation(person.born),
            office_code=te_office_code(area),
            officer=self._officer(area),
            protected=protected,
            contact_address=contact_address(municipality, language=language)
            if protected
            else None,
        )

    def _situation(self, born: date) -> Situation:
        draw, on = self._draw, self._on
        young = (on - born).days < _YOUNG_DAYS
        employment = draw.by_weight(EMPLOYMENT)
        benefit = draw.by_weight(BENEFITS_YOUNG if young else BENEFITS_OLDER)
        since = draw.day_before(on, within=draw.one_of((180, 400, 1200)))
        unemployed = employment in {"02", "03"} and draw.happens(0.95)
        return Situation(
            employment_code=employment,
            search_from=None if draw.happens(0.004) else since,
            search_to=self._search_to(since),
            unemployed_from=since if unemployed else None,
            benefit=benefit,
            earnings_right=draw.by_weight(RIGHT[benefit]),
            support_days=self._support_days(since) if benefit == "03" else None,
            service_line=draw.by_weight(SERVICE_LINES),
        )

    def _search_to(self, since: date) -> date | None:
        end = self._draw.by_weight({"open": 96, "ended": 2, "ends": 2})
        if end == "ended":
            return max(since, self._on - timedelta(days=1 + self._draw.below(30)))
        return self._on + timedelta(days=self._draw.below(90)) if end == "ends" else None

    def _support_days(self, since: date) -> int | None:
        if self._draw.happens(0.05):
            return None
        earlier = self._draw.below(900) if self._draw.happens(0.4) else 0
        return (self._on - since).days * 5 // 7 + earlier

    def _officer(self, area: Area) -> str | None:
        if self._draw.happens(0.15):
            return None
        return officer_id(area.id, area_code(area), 1 + self._draw.below(OFFICERS))


def area_code(area: Area) -> str:
    """Return the area's code in the TE register; where it is not known, one that nobody has."""
    return area.office_code or _NO_OFFICE


def te_office_code(area: Area) -> str:
    """Return the code of the TE office whose clients the area takes: 0234 is of 0299."""
    return f"{area_code(area)[:2]}99"


def officer_id(area: AreaId, office_code: str, number: int) -> str:
    """Return the made-up id of an officer; the first ones move to the trial as coaches."""
    return f"{area[:2].upper()}{office_code}{number:02d}"
