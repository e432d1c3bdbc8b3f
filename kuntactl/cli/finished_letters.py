"""The commands about letters that a run has written."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuntactl.cli.bundles import Asked, bundled
from kuntactl.cli.console import Terminal, print_json, print_line, print_table
from kuntactl.cli.log import current
from kuntactl.cli.options import (
    AsJson,
    DryRun,
    Engine,
    Identity,
    LetterDate,
    Marks,
    RegisterPlace,
    Sides,
    TemplateFolder,
    cores,
    make_stopwatch,
)
from kuntactl.domain.types import Language
from kuntactl.errors import ExitCode
from kuntactl.locale import heading, phrase

if TYPE_CHECKING:
    from kuntactl.letters.verify import Fault
    from kuntactl.pipeline.order import RunOrder
    from kuntactl.pipeline.verify_letters import VerifiedFolder
    from kuntactl.pipeline.verify_sample import Sampled


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOfSample:
    """What is asked to make letters of the newest run again: what that run was asked."""

    sample: Annotated[
        int | None,
        typer.Option(
            "--sample",
            min=1,
            metavar="N",
            help="Make so many letters of the newest run again; wants its exports and options.",
            show_default=False,
        ),
    ] = None
    coaches: Annotated[
        Path | None,
        typer.Option("--coaches", metavar="FILE", help="As in that run.", show_default=False),
    ] = None
    register: RegisterPlace = None
    templates: TemplateFolder = None
    letter_date: LetterDate = None
    engine: Engine = "stamp"
    marks: Marks = False
    sides: Sides = "one"

    def order(self, folder: Path, asked: Asked) -> "RunOrder":
        """Return the order of that run.

        Raises:
            typer.BadParameter: If no coaches are given.
        """
        from kuntactl.pipeline.order import RunOrder, SplitOrder

        if self.coaches is None:
            raise typer.BadParameter(
                phrase("--sample wants the exports and --coaches of the newest run")
            )
        return RunOrder(
            split=SplitOrder(coaches=self.coaches),
            out=folder,
            register=self.register,
            templates=self.templates,
            letter_date=self.letter_date,
            engine=self.engine,
            marks=self.marks,
            sides={"one": 1, "two": 2}[self.sides],
            workers=asked.workers or cores(),
            dry_run=True,
        )


@bundled
def verify(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that `run` wrote.")],
    of_sample: AskedOfSample,
    asked: Asked,
    exports: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="EXPORT...",
            help="With --sample: the exports of the newest run.",
            show_default=False,
        ),
    ] = None,
    identity: Identity = None,
) -> int:
    """Hold the letters of a finished run against their lists; exit 13 if something is wrong.

    With --sample, letters of the newest run are made again, too, and compared byte for byte.

    Example: kuntactl letters verify porvoo
    """
    from kuntactl.pipeline.verify_letters import verify_letters

    found = verify_letters(folder, identity=identity)
    again = _make_again(folder, exports or [], of_sample, asked) if of_sample.sample else None
    faults = [*found.faults, *(again.faults if again else ())]
    rows = [_fault(fault, asked.lang) for fault in faults]
    if asked.as_json:
        _print_facts(found, again, rows)
    else:
        _show(found, again, rows)
    return ExitCode.LETTERS if faults else ExitCode.DONE


def _make_again(
    folder: Path, exports: list[Path], of_sample: AskedOfSample, asked: Asked
) -> "Sampled":
    """Return how a sample of the newest run came out."""
    from kuntactl.pipeline.verify_sample import verify_sample

    if not exports:
        raise typer.BadParameter(
            phrase("--sample wants the exports and --coaches of the newest run")
        )
    with Terminal() as talk:
        return verify_sample(
            asked.request(exports),
            of_sample.order(folder, asked),
            size=of_sample.sample or 0,
            watch=make_stopwatch(),
            talk=talk,
        )


def _fault(fault: "Fault", lang: Language) -> dict[str, str | None]:
    from kuntactl.letters.verify import FAULTS

    return {
        "area": fault.area,
        "letter_id": fault.letter_id,
        "file": fault.file,
        "code": fault.code,
        "message": FAULTS[fault.code].in_language(lang),
    }


def _print_facts(
    found: "VerifiedFolder", again: "Sampled | None", faults: list[dict[str, str | None]]
) -> None:
    print_json(
        {
            "areas": {
                area: {
                    "letters": seen.letters,
                    "print_runs": seen.print_runs,
                    "sealed": seen.sealed,
                }
                for area, seen in found.areas.items()
            },
            "sample": {"run": again.run, "letters": list(again.letter_ids)} if again else None,
            "faults": faults,
        }
    )


def _show(
    found: "VerifiedFolder", again: "Sampled | None", faults: list[dict[str, str | None]]
) -> None:
    print_table(
        [heading("area"), heading("letters"), heading("print runs"), heading("faults")],
        [
            [area, seen.letters, seen.print_runs, len(seen.faults)]
            for area, seen in found.areas.items()
        ],
        numbers=[1, 2, 3],
    )
    sealed = sum(seen.sealed for seen in found.areas.values())
    if sealed:
        print_line(
            heading(
                "sealed, and not looked into: {count} files; --identity FILE opens them",
                count=sealed,
            )
        )
    if again:
        print_line(
            heading(
                "made again: {count} letters of run {run}, {same} same",
                count=len(again.letter_ids),
                run=str(again.run),
                same=len(again.letter_ids) - len(again.faults),
            )
        )
    if faults:
        print_table(
            [heading("file"), heading("letter"), heading("what is wrong")],
            [
                [f"{one['area']}/{one['file']}", one["letter_id"] or "", one["message"] or ""]
                for one in faults
            ],
            whole=[0, 1],
        )


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
    identity: Identity = None,
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Put letters into one print run once more, after a paper jam, from the same bytes.

    Example: kuntactl letters reprint 412-418 --area porvoo --from porvoo --out uudelleen.pdf
    """
    from kuntactl.pipeline.reprint import reprint_letters

    done = reprint_letters(
        letters, folder=folder, area=area, out=out, identity=identity, dry_run=dry_run
    )
    if as_json:
        print_json(
            {
                "file": str(out),
                "letters": list(done.letter_ids),
                "pages": done.pages,
                "left_out": [
                    {"letter_id": letter_id, "reason": reason}
                    for letter_id, reason in done.left_out
                ],
            }
        )
        return
    for letter_id, reason in done.left_out:
        current().say(phrase("left out {letter_id}: {reason}", letter_id=letter_id, reason=reason))
    told = {"path": out, "count": len(done.letter_ids), "pages": done.pages}
    print_line(
        heading("would write {path}: {count} letters, {pages} pages", **told)
        if dry_run
        else heading("{path}: {count} letters, {pages} pages", **told)
    )
