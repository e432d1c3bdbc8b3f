"""A coach (omavalmentaja), as the coaches file describes them."""

from dataclasses import dataclass

from kuntactl.domain.types import AreaId, CoachId, MunicipalityCode, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Coach:
    """One coach and the clients they can take (CONTRACT section 3)."""

    id: CoachId
    name: str
    area: AreaId
    phone: str | None = None
    email: str | None = None
    office: str | None = None  # toimipiste, as in the area's file
    municipalities: frozenset[MunicipalityCode] = frozenset()  # empty: the whole area
    languages: frozenset[str] = frozenset()  # ISO 639, lower case
    team: Team = Team.GENERAL
    share: float = 1.0  # of full time, above 0 and at most 1
    limit: int | None = None  # most clients at one time; none: no limit
    former_officer: str | None = None  # the officer id they had in the TE office
