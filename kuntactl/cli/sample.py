"""The command that writes a synthetic export."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kuntactl.cli.options import AreaFolder, AreaIds, DryRun, On
from kuntactl.cli.parsing import one_of

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")
_LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}
_DELIMITERS = {";": ";", ",": ",", "tab": "\t", "\t": "\t"}


def sample(
    out: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Export to write, .csv, .csv.gz, .parquet or .xlsx."),
    ],
    rows: Annotated[
        int, typer.Option("--rows", min=1, metavar="N", help="Rows in the export.")
    ] = 300,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Same seed, same bytes.")] = 1,
    on: On = None,
    area: AreaIds = None,
    faults: Annotated[
        float,
        typer.Option(
            "--faults", min=0.0, max=1.0, metavar="SHARE", help="Share of rows with a fault."
        ),
    ] = 0.03,
    delimiter: Annotated[
        str,
        typer.Option(
            "--delimiter",
            metavar="; , tab",
            help="Delimiter of a CSV export.",
            callback=lambda value: one_of(value, tuple(_DELIMITERS)),
        ),
    ] = ";",
    encoding: Annotated[
        str,
        typer.Option(
            "--encoding",
            metavar="utf-8|utf-8-sig|utf-16|cp1252|latin-1",
            help="Encoding of a CSV export.",
            callback=lambda value: one_of(value, _ENCODINGS),
        ),
    ] = "utf-8-sig",
    date_style: Annotated[
        str,
        typer.Option(
            "--dates",
            metavar="d.m.yyyy|dd.mm.yyyy|iso",
            help="How a CSV export writes dates.",
            callback=lambda value: one_of(value, ("d.m.yyyy", "dd.mm.yyyy", "iso")),
        ),
    ] = "d.m.yyyy",
    line_end: Annotated[
        str,
        typer.Option(
            "--line-end",
            metavar="crlf|lf",
            help="How a CSV export ends its lines.",
            callback=lambda value: one_of(value, tuple(_LINE_ENDS)),
        ),
    ] = "crlf",
    trailing_delimiter: Annotated[
        bool,
        typer.Option(
            "--trailing-delimiter", help="End each line of a CSV export with a delimiter."
        ),
    ] = False,
    coaches: Annotated[
        Path | None,
        typer.Option(
            "--coaches",
            metavar="FILE",
            help="Also write coaches of the areas.",
            show_default=False,
        ),
    ] = None,
    areas: AreaFolder = None,
    dry_run: DryRun = False,
) -> None:
    """Write a synthetic export: artificial people, real municipalities and postal codes.

    Example: kuntactl sample vienti.csv --rows 1000 --area porvoo --on 2021-03-01
    """
    from kuntactl.pipeline.sample import SampleRequest, write_sample

    order = SampleRequest(
        rows=rows,
        seed=seed,
        on=on or date.today(),
        area_ids=tuple(area or ()),
        own=areas,
        faults=faults,
        delimiter=_DELIMITERS[delimiter],
        encoding=encoding,
        date_style=date_style,
        line_end=_LINE_ENDS[line_end],
        trailing_delimiter=trailing_delimiter,
    )
    for path, size in write_sample(order, out=out, coaches=coaches, dry_run=dry_run):
        typer.echo(f"would write {path}" if dry_run else f"{path}: {size} bytes")
