"""The commands about letters that a run has written."""

from pathlib import Path
from typing import Annotated

import typer

from kuntactl.cli.console import print_json, print_table
from kuntactl.cli.options import AsJson, Lang
from kuntactl.domain.types import Language
from kuntactl.errors import ExitCode


def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that `run` wrote.")],
    lang: Lang = Language.FI,
    as_json: AsJson = False,
) -> int:
    """Hold the letters of a finished run against their lists; exit 13 if something is wrong.

    Example: kuntactl letters verify porvoo
    """
    from kuntactl.letters.verify import FAULTS
    from kuntactl.pipeline.verify_letters import verify_letters

    found = verify_letters(folder)
    words = {code: text.in_language(lang) for code, text in FAULTS.items()}
    if as_json:
        print_json(
            {
                "areas": {
                    area: {"letters": seen.letters, "print_runs": seen.print_runs}
                    for area, seen in found.areas.items()
                },
                "faults": [
                    {
                        "area": fault.area,
                        "letter_id": fault.letter_id,
                        "file": fault.file,
                        "code": fault.code,
                        "message": words[fault.code],
                    }
                    for fault in found.faults
                ],
            }
        )
    else:
        print_table(
            ["area", "letters", "print runs", "faults"],
            [
                [area, str(seen.letters), str(seen.print_runs), str(len(seen.faults))]
                for area, seen in found.areas.items()
            ],
            numbers=[1, 2, 3],
        )
        if found.faults:
            print_table(
                ["file", "letter", "what is wrong"],
                [
                    [f"{fault.area}/{fault.file}", fault.letter_id or "", words[fault.code]]
                    for fault in found.faults
                ],
                whole=[0, 1],
            )
    return ExitCode.LETTERS if found.faults else ExitCode.DONE


def reprint(
    letters: Annotated[
        list[str],
        typer.Argument(
            metavar="LETTERS...", help="Numbers, ranges or ids: 412 415-418 porvoo-000420."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="PDF file to write.")],
    folder: Annotated[
        Path, typer.Option("--from", metavar="DIR", help="Folder that `run` wrote.")
    ],
    area: Annotated[
        str | None,
        typer.Option("--area", metavar="ID", help="Whose letters; not needed if there is one."),
    ] = None,
) -> None:
    """Put letters into one print run once more, after a paper jam, from the same bytes.

    Example: kuntactl letters reprint 412-418 --area porvoo --from porvoo --out uudelleen.pdf
    """
    from kuntactl.pipeline.reprint import reprint_letters

    done = reprint_letters(letters, folder=folder, area=area, out=out)
    for letter_id, reason in done.left_out:
        typer.echo(f"left out {letter_id}: {reason}", err=True)
    typer.echo(f"{out}: {len(done.letter_ids)} letters, {done.pages} pages")
