"""The shape of a rule set's file (``data/rules/<id>.toml``)."""

from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, model_validator

from kuntactl.domain.settings import Remark
from kuntactl.domain.types import AreaId, RulesId, TrialId
from kuntactl.domain.wording import Words
from kuntactl.eligibility.criteria import AnyPredicate
from kuntactl.locale import phrase

# decide() packs one answer a code into an Int64, a digit to the base 3 each: 39 have room
Codes = Annotated[tuple[str, ...], Field(min_length=1, max_length=19)]


_KIND = {"condition": phrase("condition"), "ground": phrase("ground")}


class FindingKind(StrEnum):
    """What may be wrong with a rule set that can be read."""

    VALUE_NOT_COVERED = "value_not_covered"  # every fact is known, and the rule does not say
    HOLE = "hole"  # values that do not belong where those on both sides of them do
    NEVER_TRUE = "never_true"
    NEVER_FALSE = "never_false"
    NEVER_DECIDES = "never_decides"  # without the criterion all outcomes are the same
    SAME_ANSWERS = "same_answers"  # two criteria
    GAP = "gap"  # days of the trial on which no version is in force
    DECLARED_NOT_FOUND = "declared_not_found"  # a known finding that is there no more


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Criterion(_Facts):
    """One condition or ground: its words, its numbers, where they come from."""

    code: str  # as in decisions.parquet
    kind: Literal["condition", "ground"]
    begins: Annotated[date | None, Field(alias="from")] = None  # first version with these numbers
    when: AnyPredicate
    text: Words  # what it asks, as the start of a sentence
    missing: Words  # what is not known when it is unknown, for review.csv
    letter: Words | None = None  # a ground as said to the client, one sentence
    source: Remark
    unverified: Remark | None = None  # what no source confirms

    @model_validator(mode="after")
    def _a_ground_is_said_to_the_client(self) -> "Criterion":
        if self.kind == "ground" and self.letter is None:
            raise ValueError(
                phrase(
                    "`{code}` is a ground: say in `letter` how a client reads it", code=self.code
                )
            )
        return self

    def holds(self, *, on: date) -> pl.Expr:
        """Return Boolean over Clients: true, false, or null where the facts do not tell."""
        return self.when.holds(on=on)


class VersionTable(_Facts):
    """One dated version: which criteria are in force."""

    begins: date
    ends: date | None = None  # none: as long as the trial takes clients
    conditions: Codes  # all must hold
    grounds: Codes  # one must hold
    source: Remark
    unverified: Remark | None = None  # what no source confirms, or what the facts cannot tell

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "VersionTable":
        if self.ends is not None and self.ends < self.begins:
            raise ValueError(
                phrase(
                    "`ends` {ends} is before `begins` {begins}", ends=self.ends, begins=self.begins
                )
            )
        return self


class KnownFinding(_Facts):
    """What ``kuntactl rules lint`` finds in the file and is there for a reason."""

    finding: FindingKind
    criteria: tuple[str, ...] = ()  # codes; empty: the finding is about versions
    value: str | None = None  # as the lint writes it; none: whatever the values
    reason: Remark


class RulesFile(_Facts):
    """A whole file."""

    id: RulesId
    name: Words
    trial: TrialId
    areas: Annotated[tuple[AreaId, ...], Field(min_length=1)]
    source: Remark
    versions: Annotated[tuple[VersionTable, ...], Field(min_length=1)]  # by begins
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    known_findings: tuple[KnownFinding, ...] = ()

    @model_validator(mode="after")
    def _versions_follow_each_other(self) -> "RulesFile":
        for earlier, later in pairwise(self.versions):
            if earlier.ends is None or earlier.ends >= later.begins:
                raise ValueError(
                    phrase(
                        "the version of {begins} must end before {begins_2}, when the next begins",
                        begins=earlier.begins,
                        begins_2=later.begins,
                    )
                )
        return self

    @model_validator(mode="after")
    def _criteria_are_there_and_used(self) -> "RulesFile":
        used = {
            (kind, code)
            for version in self.versions
            for kind, codes in (("condition", version.conditions), ("ground", version.grounds))
            for code in codes
        }
        told = {(criterion.kind, criterion.code) for criterion in self.criteria}
        for kind, code in sorted(used - told):
            raise ValueError(
                phrase(
                    "`criteria` does not tell the {kind} `{code}` that a version names",
                    kind=_KIND[kind],
                    code=code,
                )
            )
        for kind, code in sorted(told - used):
            raise ValueError(
                phrase("no version names the {kind} `{code}`", kind=_KIND[kind], code=code)
            )
        return self

    def criterion(self, code: str, *, version: VersionTable) -> Criterion:
        """Return the criterion of that code with the numbers that the version uses.

        Raises:
            ValueError: If its numbers begin only after the version.
        """
        begun = [
            criterion
            for criterion in self.criteria
            if criterion.code == code and (criterion.begins or date.min) <= version.begins
        ]
        if not begun:
            raise ValueError(
                phrase(
                    "`{code}` has no numbers for the version of {begins}",
                    code=code,
                    begins=version.begins,
                )
            )
        return max(begun, key=lambda criterion: criterion.begins or date.min)
