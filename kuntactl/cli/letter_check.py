"""The command that checks templates of letters."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kuntactl.cli.bundles import OwnFolders, bundled
from kuntactl.cli.console import decimal, print_json, print_line, print_table
from kuntactl.cli.language import said
from kuntactl.cli.log import current
from kuntactl.cli.options import AsJson, DryRun, Lang, TemplateFolder
from kuntactl.domain.types import EnvelopeSize, Language
from kuntactl.errors import ExitCode
from kuntactl.locale import Phrase, heading, template

if TYPE_CHECKING:
    from kuntactl.letters.finding import Finding
    from kuntactl.pipeline.check_templates import CheckedTemplates

Envelopes = Annotated[
    list[EnvelopeSize],
    typer.Option("--envelope", help="Window envelope of the letters; may be repeated."),
]


@bundled
def check(
    own: OwnFolders,
    template: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TEMPLATE...",
            help="File names, as transfer.fi.html; all when left out.",
            show_default=False,
        ),
    ] = None,
    envelope: Envelopes = [EnvelopeSize.C5],  # noqa: B006  # Typer reads it, nobody changes it
    templates: TemplateFolder = None,
    picture: Annotated[
        Path | None,
        typer.Option(
            "--picture",
            metavar="FILE",
            help="PNG of a page with the faults in red.",
            show_default=False,
        ),
    ] = None,
    page: Annotated[
        int | None,
        typer.Option(
            "--page", min=1, metavar="N", help="Page of the picture; the first with a fault."
        ),
    ] = None,
    lang: Lang = Language.FI,
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> int:
    """Try templates with the widest and the barest letters; exit 13 if something is wrong.

    Example: kuntactl letters check transfer.fi.html --templates omat --picture vika.png
    """
    from kuntactl.pipeline.check_templates import CheckOrder, check_templates, draw_page

    order = CheckOrder(
        templates=tuple(template or ()),
        folder=templates,
        envelopes=tuple(envelope),
        own=own.settings,
    )
    checked = check_templates(order)
    rows = [_facts(finding, lang) for finding in checked.findings]
    if as_json:
        print_json({"templates": list(checked.templates), "findings": rows})
    else:
        _show(checked, rows)
    if picture:
        drawn = draw_page(checked, order, page=page, out=picture, dry_run=dry_run)
        _say_drawn(picture, drawn, dry_run=dry_run)
    return ExitCode.DONE if checked.only_advice else ExitCode.LETTERS


def _say_drawn(picture: Path, drawn: tuple[str, str, int], *, dry_run: bool) -> None:
    name, situation, number = drawn
    what = template("{picture}: {name}, {situation}, page {number}")
    if dry_run:
        what = template("would write {picture}: {name}, {situation}, page {number}")
    fields = {"picture": picture, "name": name, "situation": situation, "number": number}
    current().say(Phrase(what, fields))


def _show(checked: "CheckedTemplates", rows: list[dict[str, Any]]) -> None:
    if not rows:
        print_line(heading("nothing is wrong with {files}", files=checked.templates))
        return
    print_table(
        [
            *(heading("template"), heading("element"), heading("what is wrong")),
            *(heading("where, mm"), heading("cure")),
        ],
        [[row["template"], row["element"], row["what"], _where(row), row["cure"]] for row in rows],
        whole=[0],
    )


def _facts(finding: "Finding", lang: Language) -> dict[str, Any]:
    """Return a finding as a script reads it, its words in the language."""
    from kuntactl.letters.finding import FAULTS

    fault, place = FAULTS[finding.code], finding.place
    edges = ("left", "top", "right", "bottom")
    return {
        "template": finding.template,
        "code": finding.code,
        "element": finding.element,
        "what": fault.what.in_language(lang).format(detail=finding.detail),
        "page": finding.page,
        "mm": {edge: round(getattr(place, edge), 1) for edge in edges} if place else None,
        "situation": finding.situation,
        "cure": fault.cure.in_language(lang),
    }


def _where(row: dict[str, Any]) -> str:
    """Return the place on paper: page, and x and y from the top left corner."""
    if row["mm"] is None:
        return ""
    mm = {edge: decimal(value, decimals=1) for edge, value in row["mm"].items()}
    return (
        f"{row['page']}: x {mm['left']}–{mm['right']}, y {mm['top']}–{mm['bottom']} "
        f"({_situation_in_words(row['situation'])})"
    )


_SITUATIONS = {"widest": heading("widest"), "bare": heading("bare")}


def _situation_in_words(situation: str) -> str:
    """Return with which values a fault showed: how wide, and for which reason of a letter."""
    from kuntactl.cli.event_words import reason_in_words

    parts = situation.split(", ")
    return ", ".join(said(_SITUATIONS.get(part) or reason_in_words(part)) for part in parts)
