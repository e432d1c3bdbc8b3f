"""Options that several commands share."""

import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuntactl import __version__
from kuntactl.cli.log import current
from kuntactl.cli.offers import area_ids, client_ids, profile_ids, rule_ids
from kuntactl.cli.parsing import one_of, parse_day
from kuntactl.domain.types import Language

if TYPE_CHECKING:
    from kuntactl.pipeline.request import Stopwatch
    from kuntactl.register.deeds import Operator


def print_version(wanted: bool) -> None:
    """Print the version and end, if wanted."""
    if wanted:
        typer.echo(f"kuntactl {__version__}")
        raise typer.Exit


def now() -> str:
    """Return the time as a person reads it, for whoever waits for this command."""
    return f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S %z}"


def operator() -> "Operator":
    """Return who gives this command, and when: what a register tells of all that changes it."""
    from kuntactl.register.deeds import Operator

    return Operator.of_this_process(at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")


def cores() -> int:
    """Return how many cores there are for this command."""
    from kuntactl.workers.cores import cores as cores_for_us

    return cores_for_us()


Client = Annotated[
    str,
    typer.Argument(metavar="CLIENT", help="The client's number.", autocompletion=client_ids),
]
Exports = Annotated[
    list[Path],
    typer.Argument(
        metavar="EXPORT...",
        help="TE-office exports: CSV, .csv.gz, Parquet or .xlsx; - is standard input.",
        show_default=False,
    ),
]
Coaches = Annotated[
    Path, typer.Option("--coaches", metavar="FILE", help="The coaches of the areas, CSV or .xlsx.")
]
TiesFile = Annotated[
    Path | None,
    typer.Option(
        "--ties",
        metavar="FILE",
        help="Pins and bans of clients and coaches, with a coded reason.",
        show_default=False,
    ),
]
MaxMoves = Annotated[
    int,
    typer.Option(
        "--max-moves",
        min=0,
        metavar="N",
        help="Members who may change coaches so that others get one, or loads even out.",
    ),
]
Out = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="DIR", help="Folder to write into.", show_default=False),
]
On = Annotated[
    date | None,
    typer.Option(
        "--on",
        parser=parse_day,
        metavar="DATE",
        help="Day of the decision, 2021-03-01 or 1.3.2021; today when left out.",
        show_default=False,
    ),
]
AreaIds = Annotated[
    list[str] | None,
    typer.Option(
        "--area",
        metavar="ID",
        help="Only this area; may be repeated.",
        show_default=False,
        autocompletion=area_ids,
    ),
]
RulesId = Annotated[
    str | None,
    typer.Option(
        "--rules",
        metavar="ID",
        help="Another rule set than the area's own.",
        show_default=False,
        autocompletion=rule_ids,
    ),
]
AreaFolder = Annotated[
    Path | None,
    typer.Option(
        "--areas",
        metavar="DIR",
        help="Your own area files; one of a built-in id replaces that area.",
        show_default=False,
    ),
]
RulesFolder = Annotated[
    Path | None,
    typer.Option(
        "--rules-dir",
        metavar="DIR",
        help="Your own rule files; one of a built-in id replaces that rule set.",
        show_default=False,
    ),
]
Profile = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar="ID",
        help="Another office's headers and codes.",
        show_default=False,
        autocompletion=profile_ids,
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="Encoding of CSV exports; found when left out.",
        show_default=False,
    ),
]
Delimiter = Annotated[
    str | None,
    typer.Option(
        "--delimiter",
        metavar="CHARACTER",
        help="Delimiter of CSV exports; found when left out.",
        show_default=False,
    ),
]
Corrections = Annotated[
    list[Path] | None,
    typer.Option(
        "--corrections",
        metavar="FILE",
        help="rejected.xlsx with corrected cells; may be repeated.",
        show_default=False,
    ),
]
Reviewed = Annotated[
    Path | None,
    typer.Option(
        "--reviewed",
        metavar="FILE",
        help="review.csv or review.xlsx with a person's answers.",
        show_default=False,
    ),
]
Artificial = Annotated[
    str,
    typer.Option(
        "--artificial",
        metavar="accept|reject",
        help="What to do with artificial identity codes (900-999).",
        callback=lambda value: one_of(value, ("accept", "reject")),
    ),
]
Lang = Annotated[Language, typer.Option("--lang", help="Language of messages, lists and reports.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be written; write nothing.")
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=1,
        metavar="N",
        help="Processes that lay out letters; left out: one a core we may use.",
    ),
]
RegisterPlace = Annotated[
    str | None,
    typer.Option(
        "--register",
        metavar="PATH-or-URL",
        help="The register; DIR/register.db when left out.",
        show_default=False,
    ),
]
TemplateFolder = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        metavar="DIR",
        help="Letter templates that replace the built-in ones of the same name.",
        show_default=False,
    ),
]
LetterDate = Annotated[
    date | None,
    typer.Option(
        "--letter-date",
        parser=parse_day,
        metavar="DATE",
        help="Date on the letters; the day of the decision when left out.",
        show_default=False,
    ),
]
Wait = Annotated[
    float,
    typer.Option(
        "--wait",
        min=0,
        metavar="SECONDS",
        help="How long to wait for another run that holds the register.",
    ),
]
Older = Annotated[
    bool,
    typer.Option("--older", help="Take an export that is older than the last one, too."),
]
Engine = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="stamp|whole",
        help="How letters are laid out; stamp: each layout once; whole: each letter by itself.",
        callback=lambda value: one_of(value, ("stamp", "whole")),
    ),
]

Recipients = Annotated[
    list[str] | None,
    typer.Option(
        "--recipient",
        metavar="age1…",
        help="Seal the letters of protected clients for this receiver; may be repeated.",
        show_default=False,
    ),
]
SealAll = Annotated[
    bool,
    typer.Option("--seal-all", help="Seal workbooks, letters and print runs, too."),
]
Identity = Annotated[
    Path | None,
    typer.Option(
        "--identity",
        metavar="FILE",
        help="Your identity of age, to look into sealed files.",
        show_default=False,
    ),
]
Marks = Annotated[
    bool,
    typer.Option("--marks", help="A Data Matrix on each sheet: letter, sheet of sheets."),
]
Sides = Annotated[
    str,
    typer.Option(
        "--sides",
        metavar="one|two",
        help="Sides of a sheet that are printed; two: no letter begins on another's back.",
        callback=lambda value: one_of(value, ("one", "two")),
    ),
]


def make_stopwatch() -> "Stopwatch":
    """Return a stopwatch on this machine's clock; the log hears of each stage."""
    from kuntactl.pipeline.request import Stopwatch

    return Stopwatch(
        clock=time.perf_counter,
        ended=lambda stage, seconds, counts: current().step(stage, seconds=seconds, **counts),
    )
