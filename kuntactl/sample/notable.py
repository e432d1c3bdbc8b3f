"""Clients that each export has at least once: the rare ones that a reader must get right."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from kuntactl.domain.types import MunicipalityCode
from kuntactl.sample.addresses import Address, contact_address, reply_mail
from kuntactl.sample.clients import Client, Situation
from kuntactl.sample.names import FullName
from kuntactl.sample.people import FINNISH, PersonWish

_SWEDEN = "198"  # municipality code of a home in Sweden
_PLANNED_AREA = "422"  # Lieksa, of Maisema-Karjala: planned as a trial area, never one
_LEAP_DAY = date(1992, 2, 29)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notable:
    """A client worth having, as a wish for the person and a change of what was drawn."""

    code: str
    wish: Callable[[date], PersonWish]
    change: Callable[[Client], Client] = lambda client: client
    bilingual: bool = False  # lives where Swedish is official; left out where nobody does
    twin: bool = False  # has the identity code of the notable client before


def settled(client: Client, *, on: date) -> Client:
    """Return the client, unemployed for 400 days on labour market support, address in the open.

    So they belong to every trial by their benefit, unless a change says otherwise.
    """
    since = on - timedelta(days=400)
    return replace(
        client,
        protected=False,
        contact_address=None,
        situation=Situation(
            employment_code="02",
            search_from=since,
            unemployed_from=since,
            benefit="03",
            support_days=285,
            service_line="03",
        ),
    )


def _aged(years: int) -> Callable[[date], PersonWish]:
    """Return the wish for a Finnish speaker who turned ``years`` some months ago."""
    return lambda on: PersonWish(
        born=date(on.year - years - 1, 8, 14), mother_tongue="fi", citizenship=FINNISH
    )


def _speaks(tongue: str, *, service: str = "fi") -> Callable[[date], PersonWish]:
    """Return the wish for a speaker of the language."""
    return lambda _: PersonWish(mother_tongue=tongue, service_language=service)


def _turns_30(*, days: int) -> Callable[[date], PersonWish]:
    """Return the wish for somebody who turns 30 so many days after the day."""

    def wish(on: date) -> PersonWish:
        birthday = on + timedelta(days=days)
        return PersonWish(
            born=birthday.replace(year=birthday.year - 30),
            mother_tongue="fi",
            citizenship=FINNISH,
        )

    return wish


def _situation(**facts: Any) -> Callable[[Client], Client]:
    """Return the change of those facts of the situation."""
    return lambda client: replace(client, situation=replace(client.situation, **facts))


def _at(**parts: Any) -> Callable[[Client], Client]:
    """Return the change of those parts of the address."""
    return lambda client: replace(client, address=replace(client.address, **parts))


def _longest(client: Client) -> Client:
    name = FullName(
        family="Vanhanlinna-Hietaniemenkoski", given="Wilhelmiina Aleksandra Margareeta"
    )
    address = replace(
        client.address,
        street="Itäinen Teollisuuskylänpuistotie 118 B 104",
        extra="c/o Perhekoti Mäntykummun Kartano",
    )
    return replace(client, person=replace(client.person, name=name), address=address)


def _one_name(client: Client) -> Client:
    name = FullName(family=client.person.name.family, given="")
    return replace(client, person=replace(client.person, name=name))


def _protected(client: Client) -> Client:
    line = contact_address(MunicipalityCode(client.municipality), language="fi")
    return replace(client, protected=True, address=Address(), contact_address=line)


def _protected_without_address(client: Client) -> Client:
    return replace(client, protected=True, address=Address())


def _reply_mail(client: Client) -> Client:
    place = reply_mail()
    return replace(
        client,
        address=replace(client.address, postal_code=place.code, post_office=place.office.fi),
    )


def _in_sweden(client: Client) -> Client:
    home = Address(
        street="Storgatan 5", postal_code="11122", post_office="STOCKHOLM", country="SE"
    )
    return replace(client, address=home)


_ON_EARNINGS_RELATED = _situation(benefit="01", earnings_right=True, support_days=None)

NOTABLE = (
    Notable(code="longest_name", wish=_aged(45), change=_longest),
    Notable(code="same_identity_code", wish=_aged(45), twin=True),
    Notable(code="swedish_speaker", wish=_speaks("sv", service="sv"), bilingual=True),
    Notable(code="served_in_swedish", wish=_speaks("so", service="sv"), bilingual=True),
    Notable(code="russian_speaker", wish=_speaks("ru")),
    Notable(code="arabic_speaker", wish=_speaks("ar")),
    Notable(code="vietnamese_speaker", wish=_speaks("vi")),
    Notable(code="sami_speaker", wish=_speaks("se")),
    Notable(code="turns_30_tomorrow", wish=_turns_30(days=1), change=_ON_EARNINGS_RELATED),
    Notable(code="turned_30_today", wish=_turns_30(days=0), change=_ON_EARNINGS_RELATED),
    Notable(code="born_on_leap_day", wish=lambda _: PersonWish(born=_LEAP_DAY)),
    Notable(code="one_name", wish=_aged(38), change=_one_name),
    Notable(code="right_unknown", wish=_aged(52), change=_situation(benefit="04")),
    Notable(code="work_unknown", wish=_aged(41), change=_situation(employment_code=None)),
    Notable(
        code="tongue_unknown",
        wish=lambda _: PersonWish(born=date(1969, 3, 20), mother_tongue="99", citizenship=FINNISH),
        change=_situation(benefit="04", earnings_right=True),
    ),
    Notable(code="protected", wish=_aged(33), change=_protected),
    Notable(code="protected_no_address", wish=_aged(36), change=_protected_without_address),
    Notable(code="no_street", wish=_aged(57), change=_at(street=None)),
    Notable(code="reply_mail", wish=_aged(48), change=_reply_mail),
    Notable(code="address_abroad", wish=_aged(50), change=_in_sweden),
    Notable(
        code="home_abroad",
        wish=_aged(40),
        change=lambda client: replace(_in_sweden(client), municipality=_SWEDEN),
    ),
    Notable(
        code="home_in_planned_area",
        wish=_aged(44),
        change=lambda client: replace(client, municipality=_PLANNED_AREA),
    ),
)
