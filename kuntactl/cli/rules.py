"""The commands that show rule sets."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kuntactl.cli import rule_checks
from kuntactl.cli.bundles import OwnFolders, bundled
from kuntactl.cli.console import days_between, print_json, print_lines, print_table
from kuntactl.cli.offers import rule_ids
from kuntactl.cli.options import AsJson, Lang
from kuntactl.cli.spoken import Commands
from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words

if TYPE_CHECKING:
    from kuntactl.eligibility.rules import RuleSet, RuleVersion

_SAID = {
    "name": Words(fi="nimi", sv="namn", en="name"),
    "in force": Words(fi="voimassa", sv="i kraft", en="in force"),
    "areas": Words(fi="alueet", sv="områden", en="areas"),
    "source": Words(fi="lähde", sv="källa", en="source"),
    "condition": Words(fi="ehto", sv="villkor", en="condition"),
    "ground": Words(fi="peruste", sv="grund", en="ground"),
    "unverified": Words(fi="vahvistamatta", sv="inte bekräftat", en="unverified"),
}

app = Commands(
    name="rules",
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
        ["id", *(_SAID[word].in_language(lang) for word in ("name", "in force", "areas"))],
        [
            [
                rules.id,
                rules.name.in_language(lang),
                _days(rules),
                rules.areas[0] if len(rules.areas) == 1 else len(rules.areas),
            ]
            for rules in load_rules(own.settings).values()
        ],
        whole=(0, 3),
    )


@app.command("show")
@bundled
def show_rules(
    rules_id: Annotated[
        str, typer.Argument(metavar="ID", help="A rule set's id.", autocompletion=rule_ids)
    ],
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
        typer.echo()
        _show_version(version, language=lang)


@app.command("docs")
@bundled
def document(own: OwnFolders, as_json: AsJson = False) -> None:
    """Print all rule sets as one page of Markdown: words, numbers, sources, doubts.

    Example: kuntactl rules docs > docs/rules.md
    """
    from kuntactl.eligibility.rules import load_rules
    from kuntactl.eligibility.rules_page import rules_page

    page = rules_page(load_rules(own.settings).values())
    if as_json:
        print_json({"page": page})
    else:
        typer.echo(page, nl=False)


def _show_version(version: "RuleVersion", *, language: Language) -> None:
    print_lines([f"{_version_days(version)}: {version.source.in_language(language)}"])
    if version.unverified:
        print_lines([_doubt(version.unverified, language)])
    for one in version.criteria:
        told = [
            one.text.in_language(language),
            f"{_SAID['source'].in_language(language)}: {one.source.in_language(language)}",
            *([_doubt(one.unverified, language)] if one.unverified else []),
        ]
        print_lines(
            [f"  {_SAID[one.kind].in_language(language)} {one.code}", *(f"    {x}" for x in told)]
        )


def _doubt(unverified: Words, language: Language) -> str:
    return f"{_SAID['unverified'].in_language(language)}: {unverified.in_language(language)}"


def _facts(rules: "RuleSet", *, language: Language) -> dict[str, Any]:
    return {
        "id": rules.id,
        "name": rules.name.in_language(language),
        "trial": rules.trial,
        "areas": list(rules.areas),
        "source": rules.source.in_language(language),
        "versions": [
            {
                "from": version.begins.isoformat(),
                "to": version.ends.isoformat() if version.ends else None,
                "source": version.source.in_language(language),
                "unverified": _said(version.unverified, language),
                "criteria": [
                    {
                        "kind": one.kind,
                        "code": one.code,
                        "text": one.text.in_language(language),
                        "rule": one.when.model_dump(mode="json", exclude_none=True),
                        "source": one.source.in_language(language),
                        "unverified": _said(one.unverified, language),
                    }
                    for one in version.criteria
                ],
            }
            for version in rules.versions
        ],
    }


def _said(remark: Words | None, language: Language) -> str | None:
    return None if remark is None else remark.in_language(language)


def _days(rules: "RuleSet") -> str:
    last = rules.versions[-1].ends
    return days_between(rules.versions[0].begins, last)


def _version_days(version: "RuleVersion") -> str:
    return days_between(version.begins, version.ends)
