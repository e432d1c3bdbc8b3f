"""The commands that hold rule sets against clients, made up or real."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kuntactl.cli.bundles import AskedOfReading, OwnFolders, bundled
from kuntactl.cli.console import print_json, print_lines, print_table, written
from kuntactl.cli.counts import in_words, print_counts
from kuntactl.cli.log import current
from kuntactl.cli.offers import rule_ids
from kuntactl.cli.options import AsJson, DryRun, Exports, Lang, make_stopwatch
from kuntactl.cli.parsing import parse_day
from kuntactl.cli.reading import say_what_was_read
from kuntactl.domain.types import Language, Outcome
from kuntactl.errors import SettingsError
from kuntactl.locale import heading, phrase

if TYPE_CHECKING:
    from kuntactl.pipeline.rules_diff import Compared, Side


@bundled
def lint(
    own: OwnFolders,
    rules_ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID", help="Rule sets; all when left out.", autocompletion=rule_ids
        ),
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
            phrase(
                "findings that no rule file declares: {number} ({sets})",
                number=len(unknown),
                sets=sets,
            ),
            hint=phrase("mend the rule, or declare it under `known_findings` with a reason"),
        )
    current().say(phrase("nothing unknown; known: {number}", number=len(findings)))


def _side(text: str) -> "Side":
    """Return ``act-1269-2020@2021-03-01`` as a rule set with its day."""
    from kuntactl.pipeline.rules_diff import Side

    rules_id, at, day = text.partition("@")
    return Side(rules=rules_id, on=parse_day(day) if at else None)


ListFile = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        metavar="FILE",
        help="CSV file for the clients who are decided otherwise, by number.",
        show_default=False,
    ),
]


@bundled
def diff(
    before: Annotated[
        str,
        typer.Argument(metavar="A", help="A rule set's id, or ID@DATE.", autocompletion=rule_ids),
    ],
    after: Annotated[
        str, typer.Argument(metavar="B", help="Another id, or ID@DATE.", autocompletion=rule_ids)
    ],
    exports: Exports,
    asked: AskedOfReading,
    out: ListFile = None,
    dry_run: DryRun = False,
) -> None:
    """Tell who enters and who leaves when B decides instead of A, by area and reason.

    Example: kuntactl rules diff act-1269-2020 announced-porvoo uusimaa.csv --on 2021-03-01
    """
    from kuntactl.pipeline.rules_diff import diff as compare

    compared = compare(_side(before), _side(after), asked.request(exports), watch=make_stopwatch())
    _show(compared, asked, keys=("area",), out=out, dry_run=dry_run)


@bundled
def equity(
    exports: Exports, asked: AskedOfReading, out: ListFile = None, dry_run: DryRun = False
) -> None:
    """Tell who would be decided otherwise in another area, by what that area announced.

    Example: kuntactl rules equity uusimaa.csv --on 2021-03-01 --out toisin.csv
    """
    from kuntactl.pipeline.rules_equity import equity as compare

    compared = compare(asked.request(exports), watch=make_stopwatch())
    _show(compared, asked, keys=("area", "other_area"), out=out, dry_run=dry_run)


def _show(
    compared: "Compared",
    asked: AskedOfReading,
    *,
    keys: tuple[str, ...],
    out: Path | None,
    dry_run: bool,
) -> None:
    """Print the counts, and write the list where there is a file for it."""
    from kuntactl.pipeline.rules_diff import write_list

    facts = compared.facts
    say_what_was_read(facts["inputs"])
    if asked.as_json:
        print_json(facts)
    else:
        _print_tables(facts, keys=keys, language=asked.lang)
    if out is None:
        return
    if dry_run:
        current().say(phrase("would write {out}", out=out))
    else:
        write_list(out, compared)
        current().say(phrase("see {out}", out=out))


def _print_tables(facts: Mapping[str, Any], *, keys: tuple[str, ...], language: Language) -> None:
    from kuntactl.eligibility.compare import CHANGES
    from kuntactl.eligibility.explanation import OUTCOMES

    rows = facts["rows"]
    print_counts(heading("rows"), rows)
    if not facts["areas"]:
        return
    typer.echo()
    numbers = range(len(keys), len(keys) + len(CHANGES))
    print_table(
        [*map(in_words, keys), *map(in_words, CHANGES)],
        [
            [*(row[key] for key in keys), *(row[name] for name in CHANGES)]
            for row in facts["areas"]
        ],
        numbers=numbers,
        whole=range(len(keys)),
    )
    for row in facts["reasons"]:
        before, after = (
            OUTCOMES[Outcome(row[side])].in_language(language) for side in ("before", "after")
        )
        where = ", ".join(row[key] for key in keys)
        print_lines(
            [
                "",
                f"{where}: {written(row['clients'])}",
                f"  {before} -> {after}",
                f"  {', '.join(row['codes'])}",
            ]
        )
