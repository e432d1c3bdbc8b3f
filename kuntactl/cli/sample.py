"""The command that writes a synthetic export."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kuntactl.cli.console import print_json, print_line
from kuntactl.cli.options import AreaFolder, AreaIds, AsJson, DryRun, On
from kuntactl.cli.parsing import one_of
from kuntactl.locale import heading, phrase

_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")
_LINE_ENDS = {"crlf": "\r\n", "lf": "\n"}
_ROWS = 300
_NATION_ROWS = 700_000  # as data/nation.toml has it; named here so that help needs no file
_DELIMITERS = {";": ";", ",": ",", "tab": "\t", "\t": "\t"}


def sample(
    out: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Export to write, .csv, .csv.gz, .parquet or .xlsx; with --nation a folder.",
        ),
    ],
    rows: Annotated[
        int | None,
        typer.Option(
            "--rows",
            min=1,
            metavar="N",
            help="Rows in all: 300, or 700000 with --nation.",
            show_default=False,
        ),
    ] = None,
    nation: Annotated[
        bool,
        typer.Option(
            "--nation", help="All of Finland on 1.3.2021, 25 areas: an export of each TE office."
        ),
    ] = False,
    scale: Annotated[
        float | None,
        typer.Option(
            "--scale",
            min=0.0001,
            max=10.0,
            metavar="SHARE",
            help="With --nation: how large beside the real one, such as 0.01.",
            show_default=False,
        ),
    ] = None,
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
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Write a synthetic export: artificial people, real municipalities and postal codes.

    Example: kuntactl sample vienti.csv --rows 1000 --area porvoo --on 2021-03-01
    """
    from kuntactl.pipeline.sample import SampleRequest, write_nation, write_sample

    _refuse_mixed(nation=nation, others=(area, on, areas), scale=scale, rows=rows)
    order = SampleRequest(
        rows=rows or (round(_NATION_ROWS * (scale or 1)) if nation else _ROWS),
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
    write = write_nation if nation else write_sample
    files = write(order, out=out, coaches=coaches, dry_run=dry_run)
    if as_json:
        print_json([{"file": str(path), "bytes": size} for path, size in files])
        return
    for path, size in files:
        print_line(
            heading("would write {path}", path=path)
            if dry_run
            else heading("{path}: {count} bytes", path=path, count=size)
        )


def _refuse_mixed(
    *, nation: bool, others: tuple[object, ...], scale: float | None, rows: int | None
) -> None:
    """Stop where an option would not be heard.

    Raises:
        typer.BadParameter: If --nation stands beside what it fixes, or --scale without it.
    """
    if nation and any(others):
        raise typer.BadParameter(
            phrase("--nation has its own day and areas: no --on, --area, --areas")
        )
    if scale is not None and not nation:
        raise typer.BadParameter(phrase("--scale is for --nation; give --rows"))
    if scale is not None and rows is not None:
        raise typer.BadParameter(phrase("give either --rows or --scale"))
