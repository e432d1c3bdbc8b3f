"""How many clients each area of the country has, and of which sort, at any scale."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from kuntactl.domain.areas import Area, load_areas
from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.settings import read_setting
from kuntactl.domain.types import AreaId, MunicipalityCode
from kuntactl.sample.addresses import size
from kuntactl.sample.clients import te_office_code
from kuntactl.sample.coaches import Staff

# Shares of the rows, or of the rows of an area: assumptions, only meant to be plausible.
_OUTSIDE = 0.3  # at home in no trial area, where about a third of the country lives
_REVIEW = 0.02  # of the rows of areas that are not the eligible ones' own
_MOVED = 0.6  # of the coaches come from the TE office: 13 of 21 in Salo
_NO_TE_OFFICE = "Ahvenanmaa"  # Åland has an authority of its own


class Sort(IntEnum):
    """What becomes of a row."""

    ELIGIBLE = 0
    NOT_ELIGIBLE = 1
    REVIEW = 2
    OUTSIDE = 3
    FAULTY = 4


class Office(BaseModel):
    """A TE office: it serves the municipalities of an ELY centre."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ely: str
    code: str  # in the register
    file: str  # name of its export


class Nation(BaseModel):
    """The country as ``data/nation.toml`` tells it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    on: date
    clients: int
    rows: int
    clients_a_coach: int
    coaches: Mapping[AreaId, int]
    unverified_inhabitants: Mapping[MunicipalityCode, int]
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """So many rows of one sort from one municipality."""

    municipality: MunicipalityCode
    area: Area | None  # none: outside the trial
    office: str  # code of the TE office whose export they are in
    sort: Sort
    rows: int


@cache
def nation() -> Nation:
    """Return the facts of the country.

    Raises:
        SettingsError: If the file is wrong.
    """
    return read_setting(files("kuntactl") / "data" / "nation.toml", Nation)


def clients_of_areas() -> dict[AreaId, int]:
    """Return how many clients each area of the trial has, by id; together ``clients``.

    An area that published a number has that number; the others share the rest by inhabitants.
    """
    sizes = _sizes()
    return {area.id: sum(sizes[code] for code in area.municipalities) for area in trial_areas()}


def trial_areas() -> tuple[Area, ...]:
    """Return the areas of the trial that begins on the day, by id."""
    on = nation().on
    return tuple(area for area in load_areas().values() if area.trial.runs(on=on))


def staff_of_nation(scale: float) -> dict[AreaId, Staff]:
    """Return how many coaches each area has; at a small scale at least two."""
    facts = nation()
    staff = {}
    for area, clients in clients_of_areas().items():
        whole = facts.coaches.get(area, clients / facts.clients_a_coach)
        coaches = max(2, round(whole * scale))
        moved = round(coaches * _MOVED)
        staff[area] = Staff(from_te_office=moved, new=coaches - moved)
    return staff


def homes(*, rows: int, faults: float) -> list[Home]:
    """Return where the rows come from; together they are exactly so many.

    Args:
        rows: In all.
        faults: Share of the rows that cannot be trusted.
    """
    facts = nation()
    inside = {
        c: (area, te_office_code(area)) for area in trial_areas() for c in area.municipalities
    }
    weights = {code: float(clients) for code, clients in _sizes().items()}
    faulty = round(rows * faults)
    outside = round(rows * _OUTSIDE)
    eligible = min(round(rows * facts.clients / facts.rows), rows - faulty - outside)
    review = round((rows - faulty - outside - eligible) * _REVIEW)
    counts = {
        Sort.ELIGIBLE: eligible,
        Sort.REVIEW: review,
        Sort.NOT_ELIGIBLE: rows - faulty - outside - eligible - review,
        Sort.FAULTY: faulty,
    }
    found = [
        Home(
            municipality=code, area=inside[code][0], office=inside[code][1], sort=sort, rows=share
        )
        for sort, count in counts.items()
        for code, share in _shared(count, weights).items()
    ]
    beyond = _offices_beyond(frozenset(inside))
    return found + [
        Home(municipality=code, area=None, office=beyond[code], sort=Sort.OUTSIDE, rows=share)
        for code, share in _shared(outside, {code: size(code) for code in beyond}).items()
    ]


def _shared(whole: int, weights: Mapping[MunicipalityCode, float]) -> dict[MunicipalityCode, int]:
    """Return whole shares that add up, the largest remainders rounded up."""
    total = sum(weights.values())
    exact = {code: whole * weight / total for code, weight in weights.items()}
    shares = {code: int(share) for code, share in exact.items()}
    by_remainder = sorted(exact, key=lambda code: (shares[code] - exact[code], code))
    for code in by_remainder[: whole - sum(shares.values())]:
        shares[code] += 1
    return shares


@cache
def _sizes() -> Mapping[MunicipalityCode, int]:
    """Return how many clients each municipality of the trial has."""
    published = {code: part for area in trial_areas() for code, part in _published(area).items()}
    rest = nation().clients - sum(published.values())
    unknown = {
        code: float(people)
        for code, people in nation().unverified_inhabitants.items()
        if code not in published
    }
    return published | _shared(rest, unknown)


def _published(area: Area) -> dict[MunicipalityCode, int]:
    """Return the area's own number by municipality; where it gives parts, these are kept."""
    totals = area.control_totals
    parts = {
        code: t.clients for t in totals if len(t.municipalities) == 1 for code in t.municipalities
    }
    whole = next((total.clients for total in totals if not total.municipalities), None)
    if whole is None:
        return parts
    others = {code: float(size(code)) for code in area.municipalities if code not in parts}
    return parts | _shared(whole - sum(parts.values()), others)


def _offices_beyond(inside: frozenset[MunicipalityCode]) -> dict[MunicipalityCode, str]:
    """Return the TE office of each municipality that is in no area, by municipality."""
    codes = {office.ely: office.code for office in nation().offices}
    known = municipalities_of(nation().on.year)
    with (files("kuntactl") / "data" / "municipalities.csv").open(encoding="utf-8") as lines:
        ely = {MunicipalityCode(r["code"]): r["ely_name_fi"] for r in csv.DictReader(lines)}
    return {
        code: codes[ely[code]]
        for code in sorted(known)
        if code not in inside and ely[code] != _NO_TE_OFFICE and size(code)
    }


def files_of(homes_: Sequence[Home]) -> dict[str, str]:
    """Return the name of the export of each TE office that has rows, by its code."""
    with_rows = {home.office for home in homes_ if home.rows}
    return {one.code: one.file for one in nation().offices if one.code in with_rows}
