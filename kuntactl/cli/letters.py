"""The commands about letters."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kuntactl.cli import finished_letters, letter_check, letter_proof
from kuntactl.cli.bundles import OwnFolders, bundled
from kuntactl.cli.console import print_json, print_line
from kuntactl.cli.options import AsJson, DryRun, LetterDate, On, TemplateFolder
from kuntactl.cli.spoken import Commands
from kuntactl.domain.types import Language, LetterKind, LetterLanguage, LetterReason, Team
from kuntactl.locale import heading

app = Commands(
    name="letters",
    help="Letters, one by one.",
)
app.command("check")(letter_check.check)
app.command("proof")(letter_proof.proof)
app.command("verify")(finished_letters.verify)
app.command("reprint")(finished_letters.reprint)


def parse_letter_language(text: str) -> LetterLanguage:
    """Return the language or languages of a letter.

    Raises:
        typer.BadParameter: If the text names none.
    """
    try:
        return LetterLanguage.parse(str(text))
    except ValueError as error:
        raise typer.BadParameter(error.args[0]) from None


@app.callback()
def _letters() -> None:
    """Letters, one by one."""


@app.command("preview")
@bundled
def preview(
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE", help="PDF or PNG file to write.")
    ],
    own: OwnFolders,
    area: Annotated[str, typer.Option("--area", metavar="ID", help="Whose letter.")] = "porvoo",
    kind: Annotated[
        LetterKind, typer.Option("--kind", help="Which letter.")
    ] = LetterKind.TRANSFER,
    reason: Annotated[
        LetterReason | None,
        typer.Option(
            "--reason",
            metavar="REASON",
            help="What the letter tells of; the kind's first when left out.",
        ),
    ] = None,
    letter_language: Annotated[
        LetterLanguage,
        typer.Option(
            "--letter-lang",
            parser=parse_letter_language,
            metavar="fi|sv|fi+en|sv+en|fi+...",
            help="Language or languages of the letter.",
        ),
    ] = LetterLanguage(service=Language.FI),
    municipality: Annotated[
        str | None,
        typer.Option("--municipality", metavar="CODE", help="Home municipality, three digits."),
    ] = None,
    other_area: Annotated[
        str | None,
        typer.Option("--other-area", metavar="ID", help="Where the client moves to or from."),
    ] = None,
    team: Annotated[Team, typer.Option("--team", help="The client's team.")] = Team.GENERAL,
    on: On = None,
    letter_date: LetterDate = None,
    templates: TemplateFolder = None,
    page: Annotated[int, typer.Option("--page", min=1, metavar="N", help="Page of a PNG.")] = 1,
    resolution: Annotated[
        int, typer.Option("--dpi", min=30, max=600, metavar="N", help="Pixels an inch of a PNG.")
    ] = 150,
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Write one letter with sample values, to look at before a batch.

    The file's ending says what it is: .pdf, or .png for a picture of one page.

    Example: kuntactl letters preview --kind move --reason to_area --letter-lang sv -o brev.pdf
    """
    from kuntactl.pipeline.preview import PreviewOrder, write_preview

    size = write_preview(
        PreviewOrder(
            area=area,
            kind=kind,
            reason=reason,
            other_area=other_area,
            language=letter_language,
            municipality=municipality,
            team=team,
            on=on,
            today=date.today(),
            letter_date=letter_date,
            templates=templates,
            page=page,
            resolution=resolution,
            own=own.settings,
        ),
        out=out,
        dry_run=dry_run,
    )
    if as_json:
        print_json({"file": str(out), "bytes": size})
    elif dry_run:
        print_line(heading("would write {path}", path=out))
    else:
        print_line(heading("{path}: {count} bytes", path=out, count=size))
