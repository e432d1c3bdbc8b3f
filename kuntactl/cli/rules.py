"""The commands that show rule sets."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kuntactl.cli import rule_checks
from kuntactl.cli.bundles import OwnFolders, bundled
from kuntactl.cli.console import print_json, print_table
from kuntactl.cli.options import AsJson, Lang
from kuntactl.domain.types import Language

if TYPE_CHECKING:
    from kuntactl.eligibility.rules import RuleSet, RuleVersion

app = typer.Typer(
    name="rules",
    rich_markup_mode=None,
    help="Rule sets: who belongs to a trial, by law or as announced.",
)
app.command("lint")(rule_checks.lint)
app.command("diff")(rule_checks.diff)
app.command("equity")(rule_checks.equity)


@app.command("list")
@bundled
def list_rules(own: OwnFolders, lang: Lang = Language.FI, as_json: AsJson = False) -> None:
    """List the rule sets with their areas and the days they are in force.

    Example: kuntactl rules list
    """
    from kuntactl.eligibility.rules import load_rules

    if as_json:
        print_json([_facts(rules, language=lang) for rules in load_rules(own.settings).values()])
        return
    print_table(
        ["id", "name", "in force", "areas"],
        [
            [
                rules.id,
                rules.name.in_language(lang),
                _days(rules),
                rules.areas[0] if len(rules.areas) == 1 else str(len(rules.areas)),
            ]
            for rules in load_rules(own.settings).values()
        ],
    )


@app.command("show")
@bundled
def show_rules(
    rules_id: Annotated[str, typer.Argument(metavar="ID", help="A rule set's id.")],
    own: OwnFolders,
    lang: Lang = Language.FI,
    as_json: AsJson = False,
) -> None:
    """Show one rule set: each version's conditions and grounds in words, with sources.

    Example: kuntactl rules show act-1269-2020 --lang sv
    """
    from kuntactl.eligibility.rules import find_rules

    rules = find_rules(rules_id, own.settings)
    if as_json:
        print_json(_facts(rules, language=lang))
        return
    typer.echo(f"{rules.id}: {rules.name.in_language(lang)}")
    for version in rules.versions:
        typer.echo(f"\n{_version_days(version)}: {version.source}")
        if version.unverified:
            typer.echo(f"unverified: {version.unverified}")
        print_table(
            ["kind", "code", "rule", "source"],
            [
                [one.kind, one.code, one.text.in_language(lang), one.source]
                for one in version.criteria
            ],
            whole=(0, 1),
        )
        for one in version.criteria:
            if one.unverified:
                typer.echo(f"unverified: {one.code}: {one.unverified}")


@app.command("docs")
@bundled
def document(own: OwnFolders) -> None:
    """Print all rule sets as one page of Markdown: words, numbers, sources, doubts.

    Example: kuntactl rules docs > docs/rules.md
    """
    from kuntactl.eligibility.rules import load_rules
    from kuntactl.eligibility.rules_page import rules_page

    typer.echo(rules_page(load_rules(own.settings).values()), nl=False)


def _facts(rules: "RuleSet", *, language: Language) -> dict[str, Any]:
    return {
        "id": rules.id,
        "name": rules.name.in_language(language),
        "trial": rules.trial,
        "areas": list(rules.areas),
        "source": rules.source,
        "versions": [
            {
                "from": version.begins.isoformat(),
                "to": version.ends.isoformat() if version.ends else None,
                "source": version.source,
                "unverified": version.unverified,
                "criteria": [
                    {
                        "kind": one.kind,
                        "code": one.code,
                        "text": one.text.in_language(language),
                        "rule": one.when.model_dump(mode="json", exclude_none=True),
                        "source": one.source,
                        "unverified": one.unverified,
                    }
                    for one in version.criteria
                ],
            }
            for version in rules.versions
        ],
    }


def _days(rules: "RuleSet") -> str:
    last = rules.versions[-1].ends
    return f"{rules.versions[0].begins} - {last or ''}".rstrip()


def _version_days(version: "RuleVersion") -> str:
    return f"{version.begins} - {version.ends or ''}".rstrip()
