"""A trial: the Act it rests on, the days it takes clients, the end as known on a day."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kuntactl.domain.settings import read_setting
from kuntactl.domain.types import TrialId
from kuntactl.domain.wording import Words
from kuntactl.errors import SettingsError


class AnnouncedEnd(BaseModel):
    """The last day of a trial as it was known from a day on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    known_from: date
    day: date
    source: str


class Trial(BaseModel):
    """One trial of employment services, as dated facts (``data/trials/<id>.toml``)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: TrialId
    name: Words  # in running text, lower case
    act: Words  # name and number of the Act
    begins: date
    intake_ends: date  # last day on which new clients are taken
    ends: Annotated[tuple[AnnouncedEnd, ...], Field(min_length=1)]  # by known_from
    stays_until_end: bool  # a client stays even if they find work in between
    request_to_move_back_from: date | None = None  # first day the client may ask to move back
    source: str

    def end_known(self, *, on: date) -> date:
        """Return the last day of the trial as it was known on the day.

        Raises:
            SettingsError: If no end was known yet.
        """
        known = [end.day for end in self.ends if end.known_from <= on]
        if not known:
            raise SettingsError(
                f"the end of trial `{self.id}` was not known on {on}",
                hint=f"the first announcement is of {self.ends[0].known_from}",
            )
        return known[-1]

    @property
    def last_day(self) -> date:
        """The last day of the trial as it turned out."""
        return self.ends[-1].day

    def takes_clients(self, *, on: date) -> bool:
        """Return whether new clients are taken on the day."""
        return self.begins <= on <= self.intake_ends

    def runs(self, *, on: date) -> bool:
        """Return whether the trial is in force on the day, taking clients or not."""
        return self.begins <= on <= self.last_day


@cache
def load_trials() -> dict[TrialId, Trial]:
    """Return every trial by id, in order of id.

    Raises:
        SettingsError: If a trial file is wrong.
    """
    folder = files("kuntactl") / "data" / "trials"
    found = sorted(
        (path for path in folder.iterdir() if path.name.endswith(".toml")),
        key=lambda path: path.name,
    )
    trials = [read_setting(path, Trial) for path in found]
    return {trial.id: trial for trial in trials}
