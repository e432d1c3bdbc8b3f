"""A trial: the Act it rests on, the days it takes clients, the end as known on a day.

The employment areas of 2025 are one too, but without an end.
"""

from datetime import date
from enum import StrEnum
from functools import cache

from pydantic import BaseModel, ConfigDict, model_validator

from kuntactl.domain.settings import Remark, built_in, read_setting
from kuntactl.domain.types import TrialId
from kuntactl.domain.wording import Words
from kuntactl.errors import SettingsError
from kuntactl.locale import phrase


class NextService(StrEnum):
    """Who serves the clients when a trial has ended."""

    TE_OFFICE = "te_office"  # the one they came from
    EMPLOYMENT_AREA = "employment_area"  # that of their home municipality


class AnnouncedEnd(BaseModel):
    """The last day of a trial as it was known from a day on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    known_from: date
    day: date
    next_service: NextService  # who serves the clients from the day after it
    source: str


class Trial(BaseModel):
    """One trial of employment services, as dated facts (``data/trials/<id>.toml``)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: TrialId
    name: Words  # in running text, lower case
    act: Words  # name and number of the Act
    begins: date
    intake_ends: date | None = None  # last day on which new clients are taken; none: no end
    ends: tuple[AnnouncedEnd, ...] = ()  # by known_from; empty: no end is set
    stays_until_end: bool  # a client stays even if they find work in between
    request_to_move_back_from: date | None = None  # first day the client may ask to move back
    no_letters: str | None = None  # why no letters are written about it; none: they are
    unverified: Remark | None = None  # what no source confirms
    source: str

    @model_validator(mode="after")
    def _both_ends_or_none(self) -> "Trial":
        if (self.intake_ends is None) != (not self.ends):
            raise ValueError(phrase("`intake_ends` and `ends` go together: give both, or neither"))
        return self

    def end_known(self, *, on: date) -> AnnouncedEnd:
        """Return the end of the trial as it was known on the day.

        Raises:
            SettingsError: If no end was known yet, or none is set.
        """
        if not self.ends:
            raise SettingsError(phrase("trial `{id}` has no end", id=self.id))
        known = [end for end in self.ends if end.known_from <= on]
        if not known:
            raise SettingsError(
                phrase("the end of trial `{id}` was not known on {on}", id=self.id, on=on),
                hint=phrase(
                    "the first announcement is of {known_from}", known_from=self.ends[0].known_from
                ),
            )
        return known[-1]

    @property
    def last_day(self) -> date | None:
        """The last day of the trial as it turned out; none: no end is set."""
        return self.ends[-1].day if self.ends else None

    def takes_clients(self, *, on: date) -> bool:
        """Return whether new clients are taken on the day."""
        return self.begins <= on <= (self.intake_ends or date.max)

    def day_within(self, day: date, *, intake: bool = False) -> date:
        """Return the day of the trial (or of its intake) that is nearest to the day."""
        last = self.intake_ends if intake else self.last_day
        return min(max(day, self.begins), last or date.max)

    def runs(self, *, on: date) -> bool:
        """Return whether the trial is in force on the day, taking clients or not."""
        return self.begins <= on <= (self.last_day or date.max)


@cache
def load_trials() -> dict[TrialId, Trial]:
    """Return every trial by id, in order of id.

    Raises:
        SettingsError: If a trial file is wrong.
    """
    trials = [read_setting(path, Trial) for path in built_in("trials")]
    return {trial.id: trial for trial in trials}
