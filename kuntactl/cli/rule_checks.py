"""The commands that hold rule sets against clients, made up or real."""

from typing import Annotated

import typer

from kuntactl.cli.bundles import OwnFolders, bundled
from kuntactl.cli.console import print_json, print_lines
from kuntactl.cli.options import AsJson, Lang
from kuntactl.domain.types import Language
from kuntactl.errors import SettingsError


@bundled
def lint(
    own: OwnFolders,
    rules_ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Rule sets; all when left out."),
    ] = None,
    lang: Lang = Language.FI,
    as_json: AsJson = False,
) -> None:
    """Look for values that no rule covers, rules that never decide, days without rules.

    What a rule file declares under `known_findings`, with a reason, is listed as known; anything
    else ends with exit code 11.

    Example: kuntactl rules lint announced-pori
    """
    from kuntactl.eligibility.lint_words import finding_as_dict, finding_in_words
    from kuntactl.pipeline.rule_checks import lint as lint_rules

    findings = lint_rules(rules_ids or (), own.settings)
    if as_json:
        print_json([finding_as_dict(one) for one in findings])
    else:
        for one in findings:
            print_lines([*finding_in_words(one, lang), ""])
    unknown = [one for one in findings if one.reason is None]
    if unknown:
        sets = ", ".join(dict.fromkeys(one.rules for one in unknown))
        raise SettingsError(
            f"findings that no rule file declares: {len(unknown)} ({sets})",
            hint="mend the rule, or declare it under `known_findings` with a reason",
        )
    typer.echo(f"nothing unknown; known: {len(findings)}", err=True)
