"""Drift: how an area's counts differ from those of an earlier run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kuntactl.domain.types import AreaId

NOT_SHOWN = "not_shown"  # key for those under non-disclosure, or without a home municipality
BY_PERSON = "by_person"  # key among the grounds for those whom a person let in

Tally = Mapping[str, Mapping[str, int]]  # by a value of DriftBy, then by key: how many


class DriftBy(StrEnum):
    """What an area's clients are counted by; all but the first count the eligible."""

    OUTCOME = "outcome"  # a value of Outcome
    MUNICIPALITY = "municipality"  # code, or NOT_SHOWN
    GROUND = "ground"  # code, or BY_PERSON; one client may have several
    AGE = "age"  # id of an AgeGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftCell:
    """One count, then and now."""

    by: DriftBy
    key: str
    before: int | None  # none: was not counted then, such as a ground of newer rules
    now: int | None  # none: is not counted any more

    @property
    def change(self) -> int:
        """How many more; what is not counted is as none."""
        return (self.now or 0) - (self.before or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaDrift:
    """One area's counts beside those of the newest earlier run that was about it."""

    area: AreaId
    run: int | None  # number of the earlier run; none: there is none
    day: date | None  # its decision day
    cells: tuple[DriftCell, ...]  # by DriftBy, in the order of the counts

    @property
    def changes(self) -> tuple[DriftCell, ...]:
        """The cells that differ."""
        return tuple(cell for cell in self.cells if cell.change)


def cells_of(now: Tally, before: Tally) -> Iterator[DriftCell]:
    """Yield every count that there is now or was before: first those that there are now."""
    for by in DriftBy:
        current, earlier = now.get(by.value, {}), before.get(by.value, {})
        gone = sorted(key for key in earlier if key not in current)
        for key in (*current, *gone):
            yield DriftCell(by=by, key=key, before=earlier.get(key), now=current.get(key))
