"""The named criteria that a rule set may use, each one three-valued expression over Clients.

Every expression is true, false or null, where null means that the facts do not tell. Polars'
``&``, ``|``, ``all_horizontal`` and ``any_horizontal`` follow Kleene's logic.
"""

from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal

import polars as pl
from pydantic import Field, StringConstraints, model_validator

from kuntactl.domain.calendar import first_start_within, months_later
from kuntactl.domain.standing import job_search_in_force
from kuntactl.eligibility.ages import AgeReached, Table, Years, birth_turns, is_under
from kuntactl.eligibility.values import END_OF_SEARCH, Turning
from kuntactl.locale import phrase

Code = Annotated[str, StringConstraints(pattern=r"^\d\d$")]  # employment code, benefit
Country = Annotated[str, StringConstraints(pattern=r"^\d{3}$")]  # ISO 3166-1 numeric
Tongue = Annotated[str, StringConstraints(pattern=r"^([a-z]{2,3}|9[89])$")]  # ISO 639, 98, 99
Several = Field(min_length=1)


class Predicate(Table):
    """A question to one client's facts; a subclass holds its numbers and code sets."""

    facts: ClassVar[tuple[str, ...]]  # columns of Clients that the answer rests on
    shows_age: ClassVar[bool] = False  # whether the answer rests on completed years

    def holds(self, *, on: date) -> pl.Expr:
        """Return Boolean over Clients: true, false, or null where the facts do not tell."""
        raise NotImplementedError

    def turns(self, *, on: date) -> tuple[Turning, ...]:
        """Return where the answer turns: each fact once, with the first value after each turn."""
        raise NotImplementedError


class JobSearchInForce(Predicate):
    """Job search started on or before the day, and is open or ends on or after it."""

    facts = ("search_from", "search_to", "search_open")
    criterion: Literal["job_search_in_force"]

    def holds(self, *, on: date) -> pl.Expr:
        """Return whether it is; one side that is false decides, even if the other is null."""
        return job_search_in_force(on=on)

    def turns(self, *, on: date) -> tuple[Turning, ...]:
        """Return the day after, for the start, and the day itself, for the end."""
        return (
            Turning(fact="search_from", cuts=(on + timedelta(days=1),)),
            Turning(fact=END_OF_SEARCH, cuts=(on,)),
        )


class _CodeSets(Predicate):
    true: Annotated[tuple[Code, ...], Several]
    false: Annotated[tuple[Code, ...], Several]  # a code in neither set tells nothing

    @model_validator(mode="after")
    def _no_code_says_both(self) -> "_CodeSets":
        both = sorted(set(self.true) & set(self.false))
        if both:
            raise ValueError(phrase("{both} in `true` and in `false`", both=", ".join(both)))
        return self

    def turns(self, *, on: date) -> tuple[Turning, ...]:  # noqa: ARG002 - the same call for all
        """Return the two sets, for each fact; a flag has two values and no sets."""
        return tuple(Turning(fact=fact, sets=(self.true, self.false)) for fact in self.facts)


class LivesInArea(Predicate):
    """The home municipality is one of the area's: true of everyone who is decided for there.

    It rests on no further fact: who lives elsewhere, or nobody knows where, is outside or under
    review before any rule is asked. So no municipality of a protected client is shown for it.
    """

    facts = ()
    criterion: Literal["lives_in_area"]

    def holds(self, *, on: date) -> pl.Expr:  # noqa: ARG002 - the same call for every criterion
        """Return true."""
        return pl.col("client_id").is_not_null()

    def turns(self, *, on: date) -> tuple[Turning, ...]:  # noqa: ARG002 - the same call for all
        """Return nothing: the answer is always the same."""
        return ()


class EmploymentCode(_CodeSets):
    """The employment code is one of a set."""

    facts = ("employment_code",)
    criterion: Literal["employment_code"]

    def holds(self, *, on: date) -> pl.Expr:  # noqa: ARG002 - the same call for every criterion
        """Return whether it is; null for codes in neither set."""
        return _in_sets(pl.col("employment_code"), true=self.true, false=self.false)


class Benefit(_CodeSets):
    """The benefit paid is one of a set."""

    facts = ("benefit",)
    criterion: Literal["benefit"]

    def holds(self, *, on: date) -> pl.Expr:  # noqa: ARG002 - the same call for every criterion
        """Return whether it is; null for codes in neither set."""
        return _in_sets(pl.col("benefit"), true=self.true, false=self.false)


class NoEarningsRight(_CodeSets):
    """There is no right to earnings-related allowance, by the flag or else by the benefit."""

    facts = ("earnings_right", "benefit")
    criterion: Literal["no_earnings_right"]

    def holds(self, *, on: date) -> pl.Expr:  # noqa: ARG002 - the same call for every criterion
        """Return whether there is none; the benefit counts only where the flag is blank."""
        by_benefit = _in_sets(pl.col("benefit"), true=self.true, false=self.false)
        return pl.coalesce(~pl.col("earnings_right"), by_benefit)


class UnderAge(Predicate):
    """The completed years on the day are under a limit."""

    facts = ("born",)
    shows_age = True
    criterion: Literal["under_age"]
    years: Years

    def holds(self, *, on: date) -> pl.Expr:
        """Return whether they are; the birthday itself is no longer under."""
        return is_under(self.years, on=on)

    def turns(self, *, on: date) -> tuple[Turning, ...]:
        """Return the first birth date that is under."""
        return (birth_turns(self.years, on=on),)


class CitizenshipOtherThan(Predicate):
    """The citizenship is none of a set."""

    facts = ("citizenship",)
    criterion: Literal["citizenship_other_than"]
    citizenships: Annotated[tuple[Country, ...], Several]

    def holds(self, *, on: date) -> pl.Expr:  # noqa: ARG002 - the same call for every criterion
        """Return whether it is none of them."""
        return ~pl.col("citizenship").is_in(list(self.citizenships))

    def turns(self, *, on: date) -> tuple[Turning, ...]:  # noqa: ARG002 - the same call for all
        """Return the set."""
        return (Turning(fact="citizenship", sets=(self.citizenships,)),)


class MotherTongueOtherThan(Predicate):
    """The mother tongue is none of a set."""

    facts = ("mother_tongue",)
    criterion: Literal["mother_tongue_other_than"]
    languages: Annotated[tuple[Tongue, ...], Several]
    unknown: tuple[Tongue, ...]  # codes that tell nothing

    def holds(self, *, on: date) -> pl.Expr:  # noqa: ARG002 - the same call for every criterion
        """Return whether it is none of them; null for the unknown codes."""
        tongue = pl.col("mother_tongue")
        foreign = ~tongue.is_in(list(self.languages))
        return pl.when(tongue.is_in(list(self.unknown))).then(None).otherwise(foreign)

    def turns(self, *, on: date) -> tuple[Turning, ...]:  # noqa: ARG002 - the same call for all
        """Return the set, and the codes that tell nothing."""
        return (Turning(fact="mother_tongue", sets=(self.languages,), unknown=self.unknown),)


class NotOfAgeOnBenefit(Predicate):
    """Not both: an age reached and a benefit of a set paid; a blank benefit tells nothing."""

    facts = ("born", "benefit")
    shows_age = True
    criterion: Literal["not_of_age_on_benefit"]
    age: AgeReached
    benefits: Annotated[tuple[Code, ...], Several]

    def holds(self, *, on: date) -> pl.Expr:
        """Return whether not both hold."""
        return ~(self.age.holds(on=on) & pl.col("benefit").is_in(list(self.benefits)))

    def turns(self, *, on: date) -> tuple[Turning, ...]:
        """Return the turns of the age, and the set."""
        return (self.age.turns(on=on), Turning(fact="benefit", sets=(self.benefits,)))


class UnderAgeUnemployedOver(Predicate):
    """Under an age, and unemployed without a break for more than some calendar months."""

    facts = ("born", "unemployed_from")
    shows_age = True
    criterion: Literal["under_age_unemployed_over"]
    years: Years
    months: Annotated[int, Field(ge=1)]

    def holds(self, *, on: date) -> pl.Expr:
        """Return whether both hold; exactly so many months is not more."""
        long_enough = months_later(pl.col("unemployed_from"), self.months) < on
        return is_under(self.years, on=on) & long_enough

    def turns(self, *, on: date) -> tuple[Turning, ...]:
        """Return the first birth date that is under, and the first start that is too late."""
        start = first_start_within(self.months, on=on)
        return (
            birth_turns(self.years, on=on),
            Turning(fact="unemployed_from", cuts=(start,)),
        )


class AgeSupportDaysOver(Predicate):
    """An age reached, and more than some days of labour market support."""

    facts = ("born", "support_days")
    shows_age = True
    criterion: Literal["age_support_days_over"]
    age: AgeReached
    days: Annotated[int, Field(ge=0)]

    def holds(self, *, on: date) -> pl.Expr:
        """Return whether both hold; exactly so many days is not more."""
        return self.age.holds(on=on) & (pl.col("support_days") > self.days)

    def turns(self, *, on: date) -> tuple[Turning, ...]:
        """Return the turns of the age, and the first number that is more."""
        days = Turning(fact="support_days", cuts=(self.days + 1,))
        return (self.age.turns(on=on), days)


AnyPredicate = Annotated[
    JobSearchInForce
    | LivesInArea
    | EmploymentCode
    | Benefit
    | NoEarningsRight
    | UnderAge
    | CitizenshipOtherThan
    | MotherTongueOtherThan
    | NotOfAgeOnBenefit
    | UnderAgeUnemployedOver
    | AgeSupportDaysOver,
    Field(discriminator="criterion"),
]


def _in_sets(code: pl.Expr, *, true: tuple[str, ...], false: tuple[str, ...]) -> pl.Expr:
    return (
        pl.when(code.is_in(list(true)))
        .then(True)  # noqa: FBT003 - a Polars literal
        .when(code.is_in(list(false)))
        .then(False)  # noqa: FBT003 - a Polars literal
    )
