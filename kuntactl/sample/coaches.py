"""Synthetic coaches of trial areas, seeded: who came from the TE office and who is new."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kuntactl.domain.areas import Area, Office, load_areas
from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.types import AreaId, Team
from kuntactl.sample.clients import area_code, officer_id
from kuntactl.sample.draw import Draw
from kuntactl.sample.names import FullName, draw_name

_CLIENTS_A_COACH = 150  # about what Salo and Mikkeli published
_CLIENTS_WHEN_UNKNOWN = 3000
_MOVED = 0.6  # share of coaches who come from the TE office: 13 of 21 in Salo
_TEAMS = ("yleinen", "nuoret", "yleinen", "maahanmuuttajat", "yleinen", "nuoret")
_INTAKE_FROM = 12  # coaches from which on one of them receives the new clients
_SHARES = {None: 0.75, "0,8": 0.15, "0,5": 0.1}
_LIMITS = {None: 0.9, "60": 0.1}
_OTHER_LANGUAGES = {"en": 0.6, "en,ru": 0.2, "en,ar": 0.1, "en,et": 0.1}
_COLUMNS = (
    "valmentaja_id", "nimi", "alue", "puhelin", "sahkoposti", "toimipiste", "kunnat", "kielet",
    "tiimi", "tyoaikaosuus", "enintaan", "te_virkailija",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """How many coaches an area has."""

    from_te_office: int
    new: int

    @property
    def coaches(self) -> int:
        """All of them."""
        return self.from_te_office + self.new


def sample_coaches(
    areas: Sequence[AreaId],
    *,
    seed: int,
    staff: Mapping[AreaId, Staff] | None = None,
    own: Path | None = None,
) -> bytes:
    """Return a coaches file: ``;``, UTF-8 with BOM, CRLF, decimal comma.

    Args:
        areas: Whose coaches, in this order.
        seed: The same seed gives the same bytes.
        staff: How many an area has; one that is left out has about a coach for 150 of the
            clients it expects.
        own: A folder of the user's own areas.

    Raises:
        KeyError: If there is no such area.
    """
    draw = Draw(seed)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, _COLUMNS, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    known = load_areas(own)
    for area_id in areas:
        area = known[area_id]
        writer.writerows(_team(draw, area, (staff or {}).get(area_id) or _usual_staff(area)))
    return out.getvalue().encode("utf-8-sig")


def _usual_staff(area: Area) -> Staff:
    expected = max((total.clients for total in area.control_totals), default=_CLIENTS_WHEN_UNKNOWN)
    coaches = max(2, round(expected / _CLIENTS_A_COACH))
    moved = round(coaches * _MOVED)
    return Staff(from_te_office=moved, new=coaches - moved)


def _team(draw: Draw, area: Area, staff: Staff) -> list[dict[str, str | None]]:
    names: list[FullName] = []
    while len(names) < staff.coaches:
        swedish = _bilingual(area) and len(names) % 3 == 1
        tongue = "sv" if swedish else "fi"
        name = draw_name(draw, mother_tongue=tongue, woman=draw.happens(0.7), encoding="cp1252")
        if _called(name) not in {_called(other) for other in names}:
            names.append(name)
    return [_coach(draw, area, staff, place, name) for place, name in enumerate(names)]


def _coach(
    draw: Draw, area: Area, staff: Staff, place: int, name: FullName
) -> dict[str, str | None]:
    team = _TEAMS[place % len(_TEAMS)]
    local = _local_offices(area)
    at = place - (staff.coaches - len(local))  # the last coaches sit in the local offices
    office = local[at] if at >= 0 else _office(area, team)
    if at >= 0:
        team = Team.GENERAL.value
    elif place == 0 and staff.coaches >= _INTAKE_FROM:
        team = Team.INTAKE.value
    moved = place < staff.from_te_office
    return {
        "valmentaja_id": f"{area.id}-{place + 1:02d}",
        "nimi": _called(name),
        "alue": area.id,
        "puhelin": f"000 000 {area_code(area)[-3:]}{place + 1:02d}",  # cannot be dialled
        "sahkoposti": f"valmentaja{place + 1:02d}@{area.id}.example",
        "toimipiste": office.id if office else None,
        "kunnat": ",".join(office.municipalities) if office and at >= 0 else None,
        "kielet": _languages(draw, area, team, place),
        "tiimi": team,
        "tyoaikaosuus": draw.by_weight(_SHARES),
        "enintaan": draw.by_weight(_LIMITS),
        "te_virkailija": officer_id(area.id, area_code(area), place + 1) if moved else None,
    }


def _called(name: FullName) -> str:
    return f"{name.given.split()[0]} {name.family}"


def _languages(draw: Draw, area: Area, team: str, place: int) -> str:
    swedish = "sv," if _bilingual(area) and place % 3 == 1 else ""
    foreign = team == Team.IMMIGRANTS.value or draw.happens(0.5)
    return f"fi,{swedish}{draw.by_weight(_OTHER_LANGUAGES) if foreign else ''}".rstrip(",")


def _bilingual(area: Area) -> bool:
    known = municipalities_of(area.trial.begins.year)
    return any(known[code].bilingual for code in area.municipalities)


def _local_offices(area: Area) -> list[Office]:
    """Return the offices of municipalities other than the first, which have a coach each."""
    return [
        office
        for office in area.offices
        if office.municipalities and area.municipalities[0] not in office.municipalities
    ]


def _office(area: Area, team: str) -> Office | None:
    served = Team.YOUNG if team == Team.YOUNG.value else Team.GENERAL
    return area.office_for(area.municipalities[0], team=served)
