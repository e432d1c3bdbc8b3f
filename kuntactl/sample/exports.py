"""Synthetic exports of a TE office, seeded: the same order gives the same bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kuntactl.domain.areas import Area, load_areas
from kuntactl.domain.municipalities import Municipality, municipalities_of
from kuntactl.domain.types import AreaId, MunicipalityCode
from kuntactl.sample.addresses import neighbours, size
from kuntactl.sample.clients import Client, Clients
from kuntactl.sample.dialects import Dialect, write_rows
from kuntactl.sample.draw import Draw
from kuntactl.sample.faults import FAULTS, Cells
from kuntactl.sample.notable import NOTABLE, Notable, settled
from kuntactl.sample.people import FINNISH, People

COLUMNS = {
    "asiakasnumero": "Asiakasnumero",
    "henkilotunnus": "Henkilötunnus",
    "sukunimi": "Sukunimi",
    "etunimet": "Etunimet",
    "syntymaaika": "Syntymäaika",
    "aidinkieli": "Äidinkieli",
    "asiointikieli": "Asiointikieli",
    "kansalaisuus": "Kansalaisuus",
    "kotikunta": "Kotikunta",
    "lahiosoite": "Lähiosoite",
    "postinumero": "Postinumero",
    "postitoimipaikka": "Postitoimipaikka",
    "osoitelisa": "Osoitelisä",
    "maa": "Maa",
    "turvakielto": "Turvakielto",
    "yhteysosoite": "Yhteysosoite",
    "tyollisyyskoodi": "Työllisyyskoodi",
    "tyonhaku_alkoi": "Työnhaku alkoi",
    "tyonhaku_paattyi": "Työnhaku päättyi",
    "tyottomyys_alkoi": "Työttömyys alkoi",
    "etuus": "Etuus",
    "ansiopaivarahaoikeus": "Ansiopäivärahaoikeus",
    "tyomarkkinatukipaivat": "Työmarkkinatukipäivät",
    "palvelulinja": "Palvelulinja",
    "te_toimisto": "TE-toimisto",
    "vastuuvirkailija": "Vastuuvirkailija",
    "sahkoposti": "Sähköposti",
    "puhelin": "Puhelin",
}  # column -> the header that people read

OPEN_END = date(2222, 11, 11)  # how the register marks a search without an end
_OUTSIDE = 0.06  # share of clients of neighbouring municipalities
_CLIENTS_WHEN_UNKNOWN = 3000  # of an area without a published number
_NOTABLE_NEED = 60  # rows; in a smaller export the notable would crowd out the ordinary
SEEDS = 900  # seeds whose client numbers differ
FLAG = {True: "K", False: "E", None: None}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOrder:
    """What to write."""

    rows: int
    seed: int
    on: date  # the day on which the clients stand as described
    areas: tuple[AreaId, ...]
    dialect: Dialect = field(default_factory=Dialect)
    faults: float = 0.03  # share of the rows that cannot be trusted
    shares: tuple[float, ...] = ()  # of the areas, in their order; empty: by clients expected
    own: Path | None = None  # folder of the user's own areas


def sample_export(order: SampleOrder) -> bytes:
    """Return an export of artificial clients; the same order gives the same bytes.

    Each code of rejected.csv that the dialect can hold comes in turn among the faulty rows;
    from 60 rows on, each notable client is there (``sample.notable``).

    Raises:
        SettingsError: If the files of the areas are wrong.
        KeyError: If there is no such area.
    """
    draw = Draw(order.seed)
    rows = _drawn_rows(order, draw)
    notable = _notable_fit(order)
    ordinary = _with_faults(rows[notable:], order, draw)
    return write_rows(draw.shuffled([*rows[:notable], *ordinary]), COLUMNS, order.dialect)


def sample_rows(order: SampleOrder) -> list[Cells]:
    """Return the rows of the export before any is made faulty, by client number."""
    return _drawn_rows(order, Draw(order.seed))


def _drawn_rows(order: SampleOrder, draw: Draw) -> list[Cells]:
    known = municipalities_of(order.on.year)
    return [_cells(client, order.dialect, known) for client in _clients(order, draw)]


def _clients(order: SampleOrder, draw: Draw) -> list[Client]:
    known = municipalities_of(order.on.year)
    people = People(draw, on=order.on, encoding=order.dialect.codec)
    source = Clients(draw, people, known, order.on)
    known_areas = load_areas(order.own)
    areas = [known_areas[area] for area in order.areas]
    homes = _homes(order, areas, known)
    inside = [(area, code) for area in areas for code in area.municipalities]
    numbers = (f"{order.seed % SEEDS + 100}{at:06d}" for at in range(1, order.rows + 1))
    found: list[Client] = []
    for place, notable in enumerate(NOTABLE[: _notable_fit(order)]):
        served = [(a, c) for a, c in inside if "sv" in known[c].languages]
        choice = served if notable.bilingual and served else inside
        area, home = choice[place % len(choice)]
        client = source.client(next(numbers), area, home, wish=notable.wish(order.on))
        found.append(_made_notable(client, notable, found, on=order.on))
    for number in numbers:
        served_by, home = draw.by_weight(homes)
        found.append(source.client(number, known_areas[served_by], home))
    return found


def _made_notable(
    client: Client, notable: Notable, before: Sequence[Client], *, on: date
) -> Client:
    changed = notable.change(settled(client, on=on))
    if not notable.twin:
        return changed
    code = before[-1].person.identity_code
    return replace(changed, person=replace(changed.person, identity_code=code))


def _homes(
    order: SampleOrder, areas: Sequence[Area], known: Mapping[MunicipalityCode, Municipality]
) -> dict[tuple[AreaId, MunicipalityCode], float]:
    """Return how often a client of the area lives in the municipality, neighbours included."""
    shares = order.shares or tuple(_expected(area) for area in areas)
    weights: dict[tuple[AreaId, MunicipalityCode], float] = {}
    for area, share in zip(areas, shares, strict=True):
        whole = sum(size(code) for code in area.municipalities)
        weights |= {(area.id, code): share * size(code) / whole for code in area.municipalities}
    total = sum(weights.values())
    near = _outside(order, known)
    return weights | {
        (areas[0].id, code): _OUTSIDE * total / len(near) / (1 - _OUTSIDE) for code in near
    }


def _outside(
    order: SampleOrder, known: Mapping[MunicipalityCode, Municipality]
) -> tuple[MunicipalityCode, ...]:
    """Return neighbours of the areas that are in no trial on the day."""
    areas = load_areas(order.own)
    own = frozenset(code for area in order.areas for code in areas[area].municipalities)
    in_trial = {
        code
        for area in areas.values()
        if area.trial.runs(on=order.on)
        for code in area.municipalities
    }
    return tuple(code for code in neighbours(own) if code in known and code not in in_trial)


def _expected(area: Area) -> int:
    whole = [total.clients for total in area.control_totals if not total.municipalities]
    parts = sum(total.clients for total in area.control_totals)
    return whole[0] if whole else parts or _CLIENTS_WHEN_UNKNOWN


def _notable_fit(order: SampleOrder) -> int:
    return len(NOTABLE) if order.rows >= _NOTABLE_NEED else 0


def _cells(
    client: Client, dialect: Dialect, known: Mapping[MunicipalityCode, Municipality]
) -> Cells:
    person, situation, address = client.person, client.situation, client.address
    contact = client.number[-4:] if int(client.number) % 3 == 0 else None
    blank = dialect.finnish_blank
    return {
        "asiakasnumero": client.number,
        "henkilotunnus": person.identity_code,
        "sukunimi": person.name.family or None,
        "etunimet": person.name.given or None,
        "syntymaaika": person.born,
        "aidinkieli": None if blank and person.mother_tongue == "fi" else person.mother_tongue,
        "asiointikieli": person.service_language,
        "kansalaisuus": None if blank and person.citizenship == FINNISH else person.citizenship,
        "kotikunta": _municipality(client, dialect, known),
        "lahiosoite": address.street,
        "postinumero": address.postal_code,
        "postitoimipaikka": address.post_office,
        "osoitelisa": address.extra,
        "maa": address.country,
        "turvakielto": FLAG[client.protected],
        "yhteysosoite": client.contact_address,
        "tyollisyyskoodi": situation.employment_code or "z",
        "tyonhaku_alkoi": situation.search_from,
        "tyonhaku_paattyi": situation.search_to or (OPEN_END if dialect.open_end_marked else None),
        "tyottomyys_alkoi": situation.unemployed_from,
        "etuus": situation.benefit,
        "ansiopaivarahaoikeus": FLAG[situation.earnings_right],
        "tyomarkkinatukipaivat": situation.support_days,
        "palvelulinja": situation.service_line,
        "te_toimisto": client.office_code,
        "vastuuvirkailija": client.officer,
        "sahkoposti": contact and f"asiakas{contact}@posti.example",
        "puhelin": contact and f"000 000 {contact}",  # cannot be dialled: 00 begins a country code
    }


def _municipality(
    client: Client, dialect: Dialect, known: Mapping[MunicipalityCode, Municipality]
) -> str:
    home = known.get(MunicipalityCode(client.municipality))
    if home is None or not dialect.municipality_names:
        return client.municipality
    return home.name.sv if client.person.mother_tongue == "sv" else home.name.fi


def _with_faults(rows: Sequence[Cells], order: SampleOrder, draw: Draw) -> list[Cells]:
    wanted = min(round(order.rows * order.faults), len(rows))
    # All are shuffled, then those that fit are kept: the draws do not depend on the dialect.
    usable = [
        fault
        for fault in draw.shuffled(FAULTS)
        if (order.dialect.format == "csv" or fault.in_parquet)
        and (fault.code != "bytes_undecodable" or order.dialect.has_undecodable)
    ]
    spoiled = list(rows)
    places = draw.shuffled(range(len(rows)))
    turn = 0
    while wanted > 0 and places:
        fault = usable[turn % len(usable)]
        turn += 1
        if fault.rows > min(wanted, len(places)):
            continue
        at = places.pop()
        other = places.pop() if fault.needs_other and places else at
        spoiled[at] = fault.spoil(rows[at], rows[other])
        wanted -= fault.rows
    return spoiled
