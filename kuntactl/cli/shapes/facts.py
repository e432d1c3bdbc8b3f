"""What the commands about areas and rules print."""

from datetime import date
from typing import Any

from pydantic import Field

from kuntactl.cli.shapes.base import InLanguages, Input, Name, RowsRead, Shape
from kuntactl.domain.areas import Area


class AreaListed(Shape):
    """An area in the list."""

    id: str
    name: Name
    trial: str
    rules: str | None
    municipalities: list[str]


class AreaShown(Area):
    """``areas show``: the area's file, with what follows from it on the day."""

    languages_then: list[str] = Field(alias="languages")
    gaps_then: list[str] = Field(alias="gaps")


class CriterionShown(Shape):
    """A condition or a ground of a rule set."""

    kind: str
    code: str
    text: str
    rule: dict[str, Any]
    """As the rule file writes it."""
    source: str
    unverified: str | None


class VersionShown(Shape):
    """A version of a rule set."""

    from_: date
    to: date | None
    source: str
    unverified: str | None
    criteria: list[CriterionShown]


class RulesShown(Shape):
    """A rule set."""

    id: str
    name: str
    trial: str
    areas: list[str]
    source: str
    versions: list[VersionShown]


class Page(Shape):
    """``rules docs``."""

    page: str
    """Markdown."""


class MadeUpClient(Shape):
    """A client of whom the rules do not say enough; artificial."""

    on: date
    outcome: str | None
    facts: dict[str, Any]


class LintFinding(Shape):
    """What the rules do not cover, or say in vain."""

    rules: str
    finding: str
    criteria: list[str]
    value: str | None
    versions: list[date]
    client: MadeUpClient | None
    known: InLanguages | None
    """Why the rule file declares it."""
    text: InLanguages


class RowsCompared(RowsRead):
    """Rows that two rule sets decided."""

    compared: int
    changed: int


class RulesOnDay(Shape):
    """Which rules decided."""

    rules: str
    rules_from: date | None = None
    on: date | None = None


class Changes(Shape):
    """Clients whom the other rules decide otherwise, by area."""

    area: str
    other_area: str | None = None
    other_rules: str | None = None
    enters: int
    leaves: int
    to_review: int
    from_review: int


class ChangedCriterion(Shape):
    """A condition or ground that makes the difference."""

    area: str
    other_area: str | None = None
    code: str
    clients: int


class ChangedReason(Shape):
    """From which outcome to which, and by which criteria."""

    area: str
    other_area: str | None = None
    before: str
    after: str
    codes: list[str]
    clients: int


class Compared(Shape):
    """What both comparisons tell."""

    version: str
    inputs: list[Input]
    rows: RowsCompared
    areas: list[Changes]
    criteria: list[ChangedCriterion]
    reasons: list[ChangedReason]


class RulesDiff(Compared):
    """``rules diff``."""

    before: RulesOnDay
    after: RulesOnDay


class RulesEquity(Compared):
    """``rules equity``."""

    on: date
    own_rules: dict[str, str]
    """What each area announced, else the Act."""
