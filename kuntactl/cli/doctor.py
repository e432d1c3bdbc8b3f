"""The command that looks whether this machine has what the work needs."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kuntactl.cli.console import print_json, print_lines
from kuntactl.cli.language import said
from kuntactl.cli.options import AsJson, Lang, RegisterPlace
from kuntactl.domain.types import Language
from kuntactl.locale import heading


def doctor(
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="DIR", help="Folder that runs are to write into."),
    ] = Path(),
    register: RegisterPlace = None,
    lang: Lang = Language.FI,
    as_json: AsJson = False,
) -> None:
    """Look whether this machine has what the work needs; what fails says what mends it.

    Example: kuntactl doctor --out porvoo --register porvoo/register.db
    """
    from kuntactl.pipeline.doctor import Machine, examine, exit_code

    machine = Machine(folder=out, register=register, today=date.today())
    found = []
    for look, finding in examine(machine):
        found.append((look, finding))
        if not as_json:
            mark = said(heading("ok") if finding.is_well else heading("FAIL"))
            name = look.words.in_language(lang)
            print_lines([f"{mark:4}  {name}: {said(finding.detail)}"])
            if finding.cure:
                print_lines([f"      {said(finding.cure)}"])
    if as_json:
        print_json(
            [
                {
                    "look": look.id,
                    "is_well": finding.is_well,
                    "detail": finding.detail,
                    "cure": finding.cure or None,
                }
                for look, finding in found
            ]
        )
    raise typer.Exit(exit_code(found))
