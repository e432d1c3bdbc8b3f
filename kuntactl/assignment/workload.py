"""What a client weighs: expected meetings a month under the service model of the day."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kuntactl.domain.calendar import completed_months, months_later
from kuntactl.domain.settings import read_setting
from kuntactl.errors import SettingsError
from kuntactl.locale import phrase

Meetings = Annotated[float, Field(gt=0, le=31, allow_inf_nan=False)]  # a month
# where the figure comes from, or "assumption: ..."; a dash or a question mark is no source
Source = Annotated[str, Field(pattern=r"\p{L}{3}")]
_DECIMALS = 6  # weights that are equal on paper are equal in the computer


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Phase(_Facts):
    """A part of the job search: from a completed month on, until the next phase begins."""

    from_month: Annotated[int, Field(ge=0)]
    meetings: Meetings
    source: Source


class Unknown(_Facts):
    """What counts where the start of the search is not known."""

    meetings: Meetings
    source: Source


class ServiceLineAdds(_Facts):
    """What some service lines add."""

    codes: Annotated[tuple[Annotated[str, Field(pattern=r"^\d\d$")], ...], Field(min_length=1)]
    adds: Meetings
    source: Source


class LongUnemploymentAdds(_Facts):
    """What an unbroken unemployment of so many months adds."""

    months: Annotated[int, Field(ge=1)]
    adds: Meetings
    source: Source


class Repeats(_Facts):
    """From a completed month on the phases come again and again."""

    from_month: Annotated[int, Field(ge=1)]
    months: Annotated[int, Field(ge=1)]  # from one time to the next
    source: Source

    @property
    def turn(self) -> tuple[int, int]:
        """The month in which it first begins, and the months until it begins again."""
        return self.from_month, self.months


class DayOfFirstContacts(_Facts):
    """How many first contacts a working day of a full-time coach holds."""

    per_day: Annotated[int, Field(ge=1)]
    source: Source


class FirstContact(_Facts):
    """By when a coach meets a client who is new to them."""

    within_working_days: Annotated[int | None, Field(ge=1)] = None
    within_months: Annotated[int | None, Field(ge=1)] = None
    by_law: bool  # whether the last day is the law's, counted from the start of the search
    full_time: DayOfFirstContacts
    source: Source

    @model_validator(mode="after")
    def _has_one_measure(self) -> "FirstContact":
        if (self.within_working_days is None) == (self.within_months is None):
            raise ValueError(phrase("give either within_working_days or within_months"))
        return self


class ServiceModel(_Facts):
    """How often a coach meets a client, in force from a day until the next version begins."""

    begins: Annotated[date, Field(alias="from")]
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    repeats: Repeats | None = None  # none: the last phase goes on
    search_start_unknown: Unknown
    first_contact: FirstContact
    service_lines: tuple[ServiceLineAdds, ...] = ()
    long_unemployment: LongUnemploymentAdds | None = None
    source: Source

    @model_validator(mode="after")
    def _phases_cover_the_search(self) -> "ServiceModel":
        months = [phase.from_month for phase in self.phases]
        if months[0] != 0 or months != sorted(set(months)):
            raise ValueError(
                phrase("the phases must begin at month 0 and each later than the one before")
            )
        return self

    @model_validator(mode="after")
    def _what_repeats_is_a_phase(self) -> "ServiceModel":
        months = [phase.from_month for phase in self.phases]
        again = self.repeats
        if again and (again.from_month not in months or months[-1] >= sum(again.turn)):
            raise ValueError(phrase("what repeats must begin with a phase and hold the last one"))
        return self

    @model_validator(mode="after")
    def _a_service_line_adds_once(self) -> "ServiceModel":
        codes = [code for line in self.service_lines for code in line.codes]
        if len(codes) != len(set(codes)):
            raise ValueError(phrase("a service line must be named once only"))
        return self

    @property
    def depends_on_search_start(self) -> bool:
        """Whether the start of the search changes what a client weighs."""
        return len(self.phases) > 1

    def weight(self, *, on: date) -> pl.Expr:
        """Return the expected meetings a month, as Float64 above 0 and without null.

        Reads ``search_from``, ``service_line`` and ``unemployed_from`` (null: unknown). An
        unknown start of the search takes the stated default; an unknown service line or start
        of unemployment adds nothing; a search that begins after the day is in its first phase.
        """
        line = pl.col("service_line")
        adds = [
            pl.when(line.is_in(list(found.codes))).then(found.adds).otherwise(0.0)
            for found in self.service_lines
        ]
        if self.long_unemployment is not None:
            long_ago = months_later(pl.col("unemployed_from"), self.long_unemployment.months) <= on
            adds.append(pl.when(long_ago).then(self.long_unemployment.adds).otherwise(0.0))
        return pl.sum_horizontal(self._of_search(on=on), *adds).round(_DECIMALS)

    def _of_search(self, *, on: date) -> pl.Expr:
        start = pl.col("search_from")
        month = completed_months(start, on=on)
        if self.repeats is not None:
            first, length = self.repeats.turn
            month = pl.when(month < first).then(month).otherwise(first + (month - first) % length)
        meetings = pl.lit(self.phases[0].meetings)
        for phase in self.phases[1:]:
            meetings = pl.when(month >= phase.from_month).then(phase.meetings).otherwise(meetings)
        unknown = self.search_start_unknown.meetings
        return pl.when(start.is_null()).then(unknown).otherwise(meetings)

    def is_assumed(self) -> pl.Expr:
        """Return whether the weight rests on the default for an unknown start, as Boolean."""
        return pl.col("search_from").is_null() & self.depends_on_search_start


class Workload(_Facts):
    """The service models by day (``data/workload.toml``)."""

    id: str
    versions: Annotated[tuple[ServiceModel, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _versions_are_in_order_of_day(self) -> "Workload":
        days = [version.begins for version in self.versions]
        if days != sorted(set(days)):
            raise ValueError(phrase("each version must begin after the one before"))
        return self

    def version(self, *, on: date) -> ServiceModel:
        """Return the service model in force on the day.

        Raises:
            SettingsError: If none was in force yet; the first is not used silently.
        """
        in_force = [version for version in self.versions if version.begins <= on]
        if not in_force:
            raise SettingsError(
                phrase("no service model in force on {on}", on=on),
                hint=phrase("workload.toml begins on {begins}", begins=self.versions[0].begins),
            )
        return in_force[-1]


@cache
def load_workload() -> Workload:
    """Return the service models that come with kuntactl.

    Raises:
        SettingsError: If the file is wrong; the error names it and the key.
    """
    return read_setting(files("kuntactl") / "data" / "workload.toml", Workload)
