"""The coaches file: who can take clients, where, in which languages, how many."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.hints import nearest
from kuntactl.domain.types import AreaId, CoachId, MunicipalityCode, Team
from kuntactl.ingest.codes import languages, municipality_codes
from kuntactl.ingest.columns import COACH_COLUMNS
from kuntactl.ingest.handed_in import name_of
from kuntactl.ingest.lines import Line, broken_lines, refuse_faults, whole_lines
from kuntactl.ingest.shape import Shape
from kuntactl.ingest.source import read_table
from kuntactl.locale import Phrase, phrase

MOST_CLIENTS = 100_000  # a limit above it is a slip of the pen

# An id names the coach's workbook, on any file system.
_SAFE_ID = re.compile(r"\w(?:[\w.+@ -]*[\w+@-])?")

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachList:
    """The coaches of a file, and what looks odd in it."""

    coaches: tuple[Coach, ...]  # in file order
    warnings: tuple[Phrase, ...]  # for stderr; no names


class _FaultError(ValueError):
    """A cell that does not fit; the text says what would."""


def read_coaches(path: Path, *, areas: Mapping[AreaId, Area], on: date) -> CoachList:
    """Return the coaches in the file.

    Args:
        path: In any dialect of an export (CONTRACT section 3).
        areas: The areas a coach may work in.
        on: The day: its year's municipalities count.

    Raises:
        InputError: If the file cannot be read, or anything in it is wrong: every fault is
            named with its row. An office that the area's file does not know only warns.
    """
    table = read_table(path, Shape(columns=COACH_COLUMNS))
    lines = whole_lines(table)
    faults = [*broken_lines(table), *_doubles(lines)]
    coaches = []
    for line in lines:
        coach, wrong = _read_coach(line, areas=areas, on=on)
        faults += [(line.row, fault) for fault in wrong]
        coaches.append(coach)
    refuse_faults(name_of(path), faults, hint=phrase("mend these rows; no coach was taken over"))
    found = tuple(coach for coach in coaches if coach)
    return CoachList(
        coaches=found, warnings=tuple(_unknown_offices(name_of(path), lines, found, areas))
    )


def _doubles(lines: Sequence[Line]) -> Iterator[tuple[int, Phrase]]:
    times = Counter(line.cells["valmentaja_id"] for line in lines)
    seen: set[str] = set()
    for line in lines:
        coach = line.cells["valmentaja_id"]
        if coach and times[coach] > 1 and coach in seen:
            yield line.row, phrase("`valmentaja_id`: coach `{coach}` is there twice", coach=coach)
        seen.add(coach)


def _read_coach(
    line: Line, *, areas: Mapping[AreaId, Area], on: date
) -> tuple[Coach | None, list[Phrase]]:
    """Return the coach, or none and every fault of the row."""
    faults: list[Phrase] = []

    def read(column: str, reader: Callable[[str], _Read]) -> _Read | None:
        try:
            return reader(line.cells[column])
        except _FaultError as fault:
            faults.append(phrase("`{column}`: {fault}", column=column, fault=fault))
            return None

    area = read("alue", lambda text: _area(text, areas))
    facts = {
        "id": read("valmentaja_id", _coach_id),
        "name": read("nimi", _name),
        "area": area.id if area else None,
        "phone": read("puhelin", _blank_is_none),
        "email": read("sahkoposti", _blank_is_none),
        "office": read("toimipiste", _blank_is_none),
        "municipalities": read("kunnat", lambda text: _municipalities(text, area, on.year)),
        "languages": read("kielet", _languages),
        "team": read("tiimi", _team),
        "share": read("tyoaikaosuus", _share),
        "limit": read("enintaan", _limit),
        "former_officer": read("te_virkailija", _blank_is_none),
    }
    return (None, faults) if faults else (Coach(**facts), [])  # type: ignore[arg-type]


def _coach_id(text: str) -> CoachId:
    if not text:
        raise _FaultError(phrase("is blank; every coach has an id"))
    if not _SAFE_ID.fullmatch(text):
        raise _FaultError(phrase("has a character other than letters, digits, space and `.+@_-`"))
    return CoachId(text)


def _name(text: str) -> str:
    if not text:
        raise _FaultError(phrase("is blank; the letter names the coach"))
    return " ".join(text.split())


def _area(text: str, areas: Mapping[AreaId, Area]) -> Area:
    if not text:
        raise _FaultError(phrase("is blank; it is the id of an area"))
    if text not in areas:
        raise _FaultError(
            phrase(
                "no area `{text}`, {nearest}",
                text=text,
                nearest=nearest(text, known=list(areas), what=phrase("areas")),
            )
        )
    return areas[AreaId(text)]


def _blank_is_none(text: str) -> str | None:
    return " ".join(text.split()) or None


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split("[,;]", text) if part.strip()]


def _municipalities(text: str, area: Area | None, year: int) -> frozenset[MunicipalityCode]:
    known = municipality_codes(year)
    codes = {part: known.get(part.lower()) for part in _parts(text)}
    unknown = [f"`{part}`" for part, code in codes.items() if code is None]
    if unknown:
        raise _FaultError(
            phrase(
                "no municipality {unknown} in {year}", unknown=", ".join(unknown), year=str(year)
            )
        )
    found = frozenset(MunicipalityCode(code) for code in codes.values() if code)
    strangers = found - set(area.municipalities) if area else frozenset()
    if area and strangers:
        raise _FaultError(
            phrase(
                "{strangers} not in area `{id}` ({municipalities})",
                strangers=", ".join(sorted(strangers)),
                id=area.id,
                municipalities=", ".join(area.municipalities),
            )
        )
    return found


def _languages(text: str) -> frozenset[str]:
    known = {code: language for code, language in languages().items() if code.isalpha()}
    codes = {part: known.get(part.lower()) for part in _parts(text)}
    unknown = [f"`{part}`" for part, code in codes.items() if code is None]
    if unknown:
        raise _FaultError(
            phrase("{unknown} is no language code (ISO 639)", unknown=", ".join(unknown))
        )
    return frozenset(code for code in codes.values() if code)


def _team(text: str) -> Team:
    if not text:
        return Team.GENERAL
    try:
        return Team(text.lower())
    except ValueError as error:
        raise _FaultError(
            phrase("no team `{text}`, one of {team}", text=text, team=list(Team))
        ) from error


def _share(text: str) -> float:
    if not text:
        return 1.0
    if not re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{1,6})?", text):
        raise _FaultError(phrase("`{text}` is no number such as 0,8", text=text))
    share = float(text.replace(",", "."))
    if not 0 < share <= 1:
        raise _FaultError(phrase("`{text}` is not above 0 and at most 1", text=text))
    return share


def _limit(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) > MOST_CLIENTS:
        raise _FaultError(
            phrase(
                "`{text}` is no whole number from 0 to {most_clients}",
                text=text,
                most_clients=MOST_CLIENTS,
            )
        )
    return int(text)


def _unknown_offices(
    file: str,
    lines: Sequence[Line],
    coaches: Sequence[Coach],
    areas: Mapping[AreaId, Area],
) -> Iterator[Phrase]:
    """Yield a warning for each office that the area's file does not know by id or name."""
    for line, coach in zip(lines, coaches, strict=True):
        offices = areas[coach.area].offices
        known = {word.casefold() for o in offices for word in (o.id, o.name.fi, o.name.sv)}
        if coach.office and coach.office.casefold() not in known:
            yield phrase(
                "{file}: row {row}: no office `{office}` in area `{area}` (known: {names})",
                file=file,
                row=line.row,
                office=coach.office,
                area=coach.area,
                names=[office.id for office in offices] or phrase("none"),
            )
