"""What a municipality pays of its residents' labour market support, by day."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kuntactl.domain.settings import read_setting
from kuntactl.domain.wording import Words
from kuntactl.errors import SettingsError
from kuntactl.locale import Phrase, phrase

_CENT = Decimal("0.01")


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Month(_Facts):
    """How many days of support a full month has."""

    days: Annotated[Decimal, Field(gt=0, le=31)]
    source: Words


class DayAmount(_Facts):
    """The full support of a day, from a day on."""

    begins: Annotated[date, Field(alias="from")]
    ends: Annotated[date | None, Field(alias="to")] = None  # none: until the next one begins
    euros: Annotated[Decimal, Field(gt=0)]
    source: Words


class Bracket(_Facts):
    """The municipality's share from so many days of support on."""

    from_days: Annotated[int, Field(ge=0)]
    per_cent: Annotated[int, Field(ge=0, le=100)]


class Shares(_Facts):
    """The brackets in force from a day on, by days."""

    begins: Annotated[date, Field(alias="from")]
    brackets: Annotated[tuple[Bracket, ...], Field(min_length=1)]
    source: Words

    @model_validator(mode="after")
    def _brackets_cover_every_day(self) -> "Shares":
        days = [bracket.from_days for bracket in self.brackets]
        if days[0] != 0 or any(one >= other for one, other in pairwise(days)):
            raise ValueError(
                phrase("the brackets must begin at day 0 and each later than the one before")
            )
        return self

    def per_cent(self, days: int) -> int:
        """Return the municipality's share after so many days, in per cent."""
        return [one.per_cent for one in self.brackets if one.from_days <= days][-1]

    def share_of(self, paid: Decimal, *, days: int) -> Decimal:
        """Return the municipality's part of euros paid to one in the bracket, to the cent."""
        return (paid * self.per_cent(days) / 100).quantize(_CENT, ROUND_HALF_UP)


Dated = TypeVar("Dated", DayAmount, Shares)


class Support(_Facts):
    """The day amounts and the shares (``data/labour_market_support.toml``)."""

    id: str
    month: Month
    day_amounts: Annotated[tuple[DayAmount, ...], Field(min_length=1)]
    shares: Annotated[tuple[Shares, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order_of_day(self) -> "Support":
        for versions in (self.day_amounts, self.shares):
            days = [version.begins for version in versions]
            if days != sorted(set(days)):
                raise ValueError(phrase("each version must begin after the one before"))
        return self

    def day_amount(self, *, on: date) -> DayAmount:
        """Return the amount in force on the day.

        Raises:
            SettingsError: If none is known; one before or after is not used silently.
        """
        amount = _in_force(
            self.day_amounts, on=on, problem=phrase("no amount is known for {on}", on=on)
        )
        if amount.ends is not None and amount.ends < on:
            raise SettingsError(
                phrase(
                    "labour_market_support.toml: {problem}",
                    problem=phrase("no amount is known for {on}", on=on),
                ),
                hint=phrase("the last one known ends on {ends}", ends=amount.ends),
            )
        return amount

    def shares_on(self, on: date) -> Shares:
        """Return the brackets in force on the day.

        Raises:
            SettingsError: If none was in force yet.
        """
        return _in_force(self.shares, on=on, problem=phrase("no share is known for {on}", on=on))

    def of_a_month(self, per_cent: int, *, on: date) -> Decimal:
        """Return what a municipality pays for a full month, to the cent.

        Args:
            per_cent: The shares of all recipients, added up.
            on: A day of the month.
        """
        whole = self.day_amount(on=on).euros * self.month.days
        return (whole * per_cent / 100).quantize(_CENT, ROUND_HALF_UP)


@cache
def labour_market_support() -> Support:
    """Return the facts that the product knows.

    Raises:
        SettingsError: If the file does not fit.
    """
    return read_setting(files("kuntactl") / "data" / "labour_market_support.toml", Support)


def _in_force(versions: Sequence[Dated], *, on: date, problem: Phrase) -> Dated:
    begun = [version for version in versions if version.begins <= on]
    if not begun:
        raise SettingsError(
            phrase("labour_market_support.toml: {problem}", problem=problem),
            hint=phrase("the first one known begins on {begins}", begins=versions[0].begins),
        )
    return begun[-1]
