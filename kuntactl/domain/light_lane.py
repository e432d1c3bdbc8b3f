"""Clients who need no coach at first, as an area's file describes them."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kuntactl.domain.codes import SERVICE_LINES
from kuntactl.domain.settings import Remark
from kuntactl.locale import phrase


class LightLane(BaseModel):
    """Which newcomers wait without a coach, by the service line of the TE office."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    begins: Annotated[date, Field(alias="from")]
    ends: Annotated[date | None, Field(alias="to")] = None  # last day; none: goes on
    service_lines: Annotated[tuple[str, ...], Field(min_length=1)]
    source: Remark

    @model_validator(mode="after")
    def _knows_the_service_lines(self) -> "LightLane":
        strange = sorted(set(self.service_lines) - set(SERVICE_LINES))
        if strange:
            raise ValueError(
                phrase(
                    "no service line {strange}; there are {lines}",
                    strange=strange,
                    lines=list(SERVICE_LINES),
                )
            )
        return self

    def is_open(self, *, on: date) -> bool:
        """Return whether clients are let into it on the day."""
        return self.begins <= on and (self.ends is None or on <= self.ends)
