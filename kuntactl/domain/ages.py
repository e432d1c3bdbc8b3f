"""The age groups that counts of clients are given by."""

from dataclasses import dataclass

import polars as pl

from kuntactl.domain.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeGroup:
    """People from an age to an age, both included."""

    first: int  # completed years
    last: int | None  # none: no upper end
    words: Words

    @property
    def id(self) -> str:
        """The group as lists and scripts name it: ``20-24``, ``60+``."""
        return f"{self.first}+" if self.last is None else f"{self.first}-{self.last}"


def _between(first: int, last: int) -> AgeGroup:
    ages = f"{first}–{last}"
    return AgeGroup(first=first, last=last, words=Words(fi=ages, sv=ages, en=ages))


AGE_GROUPS = (
    AgeGroup(first=0, last=19, words=Words(fi="alle 20", sv="under 20", en="under 20")),
    _between(20, 24),
    _between(25, 29),
    _between(30, 39),
    _between(40, 49),
    _between(50, 59),
    AgeGroup(
        first=60, last=None, words=Words(fi="vähintään 60", sv="60 eller över", en="60 or over")
    ),
)


def age_group(years: pl.Expr) -> pl.Expr:
    """Return the id of the group of each number of completed years; null where it is null."""
    named = pl.lit(None, pl.String)
    for group in AGE_GROUPS:
        named = pl.when(years >= group.first).then(pl.lit(group.id)).otherwise(named)
    return named
