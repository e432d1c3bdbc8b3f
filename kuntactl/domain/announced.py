"""What an area or its town announced in numbers: clients expected, and what came of a trial."""

from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

from kuntactl.domain.settings import Remark
from kuntactl.domain.totals import EXACT, Expected, Tolerance, parse_tolerance
from kuntactl.domain.types import AreaId, MunicipalityCode
from kuntactl.domain.wording import Words

ASSUMED_TOLERANCE = Tolerance(amount=Fraction(10), in_percent=True)


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ControlTotal(_Facts):
    """How many clients a source expected, for the area or for some of its municipalities."""

    clients: int
    municipalities: tuple[MunicipalityCode, ...] = ()  # empty: the whole area
    relation: Literal["about", "just under", "over", "exactly"]
    tolerance: str | None = None  # "3%" or "80"; none: exact, or assumed for a round number
    source: Remark

    @field_validator("tolerance")
    @classmethod
    def _is_a_tolerance(cls, text: str | None) -> str | None:
        if text is not None:
            parse_tolerance(text)
        return text

    def expected_in(self, area: AreaId) -> Expected:
        """Return the total as one to compare a count with.

        No source says how round its number is: ``ASSUMED_TOLERANCE`` is our assumption.
        """
        assumed = EXACT if self.relation == "exactly" else ASSUMED_TOLERANCE
        return Expected(
            area=area,
            clients=self.clients,
            tolerance=assumed if self.tolerance is None else parse_tolerance(self.tolerance),
            municipalities=self.municipalities,
            source=self.source,
        )


class AnnouncedFigures(_Facts):
    """What a source says of the unemployed of one time."""

    when: Words  # "vuoden 2017 keskiarvo": a year's average is no day's count
    unemployed: int
    under_25: int
    over_12_months: int


class AnnouncedOutcome(_Facts):
    """What a source says of the unemployed before a trial and at its end."""

    before: AnnouncedFigures
    after: AnnouncedFigures
    source: Remark
