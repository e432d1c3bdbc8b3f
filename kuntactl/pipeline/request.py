"""What a user asks for: the exports, the day, and how to read and decide."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from kuntactl.domain.own import NO_OWN, OwnSettings
from kuntactl.domain.totals import Expected
from kuntactl.domain.types import Language
from kuntactl.ingest.ahead import Handed


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsAsked:
    """The control totals that the counts of the eligible are to be compared with."""

    expected: tuple[Expected, ...] = ()  # given by the user
    of_areas: bool = False  # whether those in the areas' files count too
    accepted_by: str | None = None  # who accepts those that are off; none: nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Exports, the day of the decision, and the choices that every command shares."""

    exports: tuple[Path, ...]
    on: date
    area_ids: tuple[str, ...] = ()  # empty: every area in force on the day with a rule set
    rules_id: str | None = None  # none: each area's own rule set
    profile: str | None = None
    encoding: str | None = None  # none: found
    delimiter: str | None = None  # none: found
    reject_artificial: bool = False
    reviewed: Path | None = None
    corrections: tuple[Path, ...] = ()
    language: Language = Language.FI
    totals: TotalsAsked = TotalsAsked()
    own: OwnSettings = NO_OWN  # the user's own folders of areas and rule sets
    ahead: Handed | None = None  # the first export as it is being read already; none: it is not


class Talk(Protocol):
    """Where a use case says how far it is; it never hears anything personal."""

    def say(self, sentence: str) -> None:
        """Say one finished sentence."""

    def progress(self, what: str, done: int, total: int) -> None:
        """Say how many of how many are done."""


def _tell_nobody(_stage: str, _seconds: float, _counts: Mapping[str, int]) -> None:
    """Hear of a stage that has ended, and keep it to oneself."""


@dataclass(slots=True)
class Stopwatch:
    """How long each stage took, by a clock that the command line hands in."""

    clock: Callable[[], float]
    ended: Callable[[str, float, Mapping[str, int]], None] = _tell_nobody  # hears of each stage
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def measure(self, stage: str) -> Iterator[dict[str, int]]:
        """Add the time spent inside to the stage; what is counted there may be put into it."""
        counts: dict[str, int] = {}
        start = self.clock()
        try:
            yield counts
        finally:
            spent = self.clock() - start
            self.seconds[stage] = self.seconds.get(stage, 0.0) + spent
        self.ended(stage, spent, counts)

    def count(self, stage: str, spent: float, *, of: str, counts: Mapping[str, int]) -> None:
        """Count seconds that were spent within a stage for another one."""
        self.seconds[of] = self.seconds.get(of, 0.0) - spent
        self.seconds[stage] = self.seconds.get(stage, 0.0) + spent
        self.ended(stage, spent, counts)

    def move(self, share: float, *, of: str, to: str) -> None:
        """Count a share (0 to 1) of a stage's time so far for another stage instead."""
        moved = self.seconds.get(of, 0.0) * share
        self.seconds[of] = self.seconds.get(of, 0.0) - moved
        self.seconds[to] = self.seconds.get(to, 0.0) + moved

    def rounded(self, stages: tuple[str, ...]) -> dict[str, float]:
        """Return the seconds of these stages, to the hundredth; 0 for one not reached."""
        return {stage: round(self.seconds.get(stage, 0.0), 2) for stage in stages}
