"""Addresses with real postal codes on streets that most towns have."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kuntactl.domain.types import MunicipalityCode
from kuntactl.domain.wording import Name
from kuntactl.sample.draw import Draw

STREET, BOX, _REPLY = "1", "2", "5"  # type_code in postal_codes.csv
_PREFIX = 2  # digits of a postal code that neighbours share
STREETS = {
    "fi": (
        "Asematie", "Harjukatu", "Kauppakatu", "Kirkkokatu", "Koivukuja", "Koulukatu",
        "Kuusitie", "Lammintie", "Lehtotie", "Metsäpolku", "Myllytie", "Mäkitie", "Niittytie",
        "Peltotie", "Pihlajatie", "Puistokatu", "Rantatie", "Satamakatu", "Sepänkatu",
        "Siltakatu", "Torikatu", "Tuohitie", "Urheilutie", "Vanhatie",
    ),
    "sv": (
        "Backvägen", "Björkgränden", "Hamngatan", "Handelsgatan", "Kvarnvägen", "Kyrkogatan",
        "Lövskogsvägen", "Parkgatan", "Rönnvägen", "Skogsstigen", "Skolgatan", "Stationsvägen",
        "Strandvägen", "Torggatan", "Åkervägen", "Ängsvägen",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address; what is none is blank in the export."""

    street: str | None = None
    postal_code: str | None = None
    post_office: str | None = None
    extra: str | None = None  # c/o, guardian
    country: str | None = None  # ISO 3166-1 alpha-2; none: Finland


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalCode:
    """A postal code and its post office."""

    code: str
    office: Name


def draw_address(draw: Draw, municipality: MunicipalityCode, *, language: str) -> Address:
    """Return an address in the municipality, its streets and post office in the language."""
    boxes = postal_codes(BOX).get(municipality, ())
    if boxes and draw.happens(0.03):
        box = draw.one_of(boxes)
        number = f"{'PB' if language == 'sv' else 'PL'} {1 + draw.below(400)}"
        return Address(street=number, postal_code=box.code, post_office=_office(box, language))
    place = draw.one_of(postal_codes(STREET)[municipality])
    return Address(
        street=f"{draw.one_of(STREETS[language])} {_number(draw)}",
        postal_code=place.code,
        post_office=_office(place, language),
        extra=draw.by_weight(
            {None: 0.96, "c/o Virtanen": 0.02, "c/o Asumisyksikkö Toivola": 0.02}
        ),
    )


def contact_address(municipality: MunicipalityCode, *, language: str) -> str:
    """Return one line with a PO box in the municipality, or in Helsinki if it has none."""
    boxes = postal_codes(BOX)
    box = boxes.get(municipality, boxes[MunicipalityCode("091")])[0]
    return f"{'PB' if language == 'sv' else 'PL'} 12, {box.code} {_office(box, language)}"


def reply_mail() -> PostalCode:
    """Return a postal code that only replies to companies can be sent to."""
    return next(iter(postal_codes(_REPLY).values()))[0]


def size(municipality: MunicipalityCode) -> int:
    """Return the number of its postal codes, the nearest thing to a population we hold."""
    return len(postal_codes(STREET).get(municipality, ()))


def neighbours(municipalities: frozenset[MunicipalityCode]) -> tuple[MunicipalityCode, ...]:
    """Return the other municipalities whose postal codes begin as those of the given ones."""
    streets = postal_codes(STREET)
    prefixes = {_first(place) for code in municipalities for place in streets.get(code, ())}
    return tuple(
        code
        for code, places in sorted(streets.items())
        if code not in municipalities and prefixes & {_first(place) for place in places}
    )


@cache
def postal_codes(kind: str) -> Mapping[MunicipalityCode, tuple[PostalCode, ...]]:
    """Return the postal codes of one type by municipality, in order of code."""
    found: dict[MunicipalityCode, list[PostalCode]] = {}
    with (files("kuntactl") / "data" / "postal_codes.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["type_code"] == kind:
                office = Name(fi=row["post_office_fi"], sv=row["post_office_sv"])
                code = MunicipalityCode(row["municipality_code"])
                found.setdefault(code, []).append(
                    PostalCode(code=row["postal_code"], office=office)
                )
    return {code: tuple(places) for code, places in found.items()}


def _office(place: PostalCode, language: str) -> str:
    return place.office.sv if language == "sv" else place.office.fi


def _number(draw: Draw) -> str:
    house = str(1 + draw.below(60))
    if draw.happens(0.4):
        return house
    return f"{house} {draw.one_of('ABCDE')} {1 + draw.below(60)}"


def _first(place: PostalCode) -> str:
    return place.code[:_PREFIX]
