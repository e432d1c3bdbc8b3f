"""What is said of rule sets as such, before anybody is decided for."""

from collections.abc import Sequence

from kuntactl.domain.areas import load_areas
from kuntactl.domain.own import OwnSettings
from kuntactl.eligibility.finding import LintFinding
from kuntactl.eligibility.lint import lint as lint_rules
from kuntactl.eligibility.rules import find_rules, load_rules


def lint(rules_ids: Sequence[str], own: OwnSettings) -> tuple[LintFinding, ...]:
    """Return the findings of the rule sets, set by set.

    Args:
        rules_ids: The rule sets; none: all of them, the user's own included.
        own: The user's own folders.

    Raises:
        SettingsError: If a rule set is unknown, or a file is wrong.
    """
    chosen = [find_rules(one, own) for one in rules_ids] or load_rules(own).values()
    areas = load_areas(own.areas)
    return tuple(
        finding for rules in chosen for finding in lint_rules(rules, areas[rules.areas[0]])
    )
