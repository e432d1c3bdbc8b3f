"""An age on the day, as rules ask for it: whether it is reached, and when births turn that."""

from datetime import date, timedelta
from typing import Annotated

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kuntactl.domain.calendar import latest_birth
from kuntactl.eligibility.values import Turning
from kuntactl.locale import phrase

Years = Annotated[int, Field(ge=0, le=120)]


class Table(BaseModel):
    """A table of a rule file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AgeReached(Table):
    """An age that a text draws as a line, with the years for which its words do not tell."""

    true_from: Years
    unknown_from: Years | None = None  # none: the line is sharp

    @model_validator(mode="after")
    def _unknown_comes_before_true(self) -> "AgeReached":
        if self.unknown_from is not None and self.unknown_from >= self.true_from:
            raise ValueError(phrase("`unknown_from` must be below `true_from`"))
        return self

    def holds(self, *, on: date) -> pl.Expr:
        """Return whether the age is reached; null from ``unknown_from`` to ``true_from``."""
        first_doubt = self.true_from if self.unknown_from is None else self.unknown_from
        return (
            pl.when(~is_under(self.true_from, on=on))
            .then(True)  # noqa: FBT003 - a Polars literal
            .when(is_under(first_doubt, on=on))
            .then(False)  # noqa: FBT003 - a Polars literal
        )

    def turns(self, *, on: date) -> Turning:
        """Return the first birth dates that do not, or may not, reach the age."""
        limits = (
            [self.true_from] if self.unknown_from is None else [self.true_from, self.unknown_from]
        )
        return birth_turns(*limits, on=on)


def is_under(years: int, *, on: date) -> pl.Expr:
    """Return whether fewer years are completed on the day; one date is held against another."""
    return pl.col("born") > latest_birth(years, on=on)


def birth_turns(*years: int, on: date) -> Turning:
    """Return the first birth dates of who is younger than each of the ages."""
    cuts = (latest_birth(limit, on=on) + timedelta(days=1) for limit in years)
    return Turning(fact="born", cuts=tuple(sorted(cuts)))
