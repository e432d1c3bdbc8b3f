"""What the lint finds: one thing that may be wrong with a rule set."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kuntactl.domain.types import Outcome, RulesId
from kuntactl.domain.wording import Words
from kuntactl.eligibility.rule_file import FindingKind
from kuntactl.eligibility.values import Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp:
    """A client who does not exist, and what becomes of them."""

    row: dict[str, Any]  # columns of Clients that the rules ask for, and an identity code
    on: date
    outcome: Outcome | None  # none: no rules are in force on the day


@dataclass(frozen=True, slots=True, kw_only=True)
class LintFinding:
    """One thing that may be wrong with a rule set."""

    rules: RulesId
    kind: FindingKind
    criteria: tuple[str, ...]  # codes; empty: about versions
    value: str | None  # the values that show it, the same on every day
    cells: tuple[Cell, ...] = ()  # the same values, on the client's day
    versions: tuple[date, ...] = ()  # first day of each version that has it
    client: MadeUp | None = None  # none: nothing to show
    facts: tuple[str, ...] = ()  # columns of Clients that tell the client
    reason: Words | None = None  # why it is there, if the file declares it
