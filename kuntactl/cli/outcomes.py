"""The command that tells what became of the unemployed between two exports."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuntactl.cli.bundles import AskedOfReading, bundled
from kuntactl.cli.console import print_json, print_lines, print_table
from kuntactl.cli.log import current
from kuntactl.cli.options import DryRun, make_stopwatch
from kuntactl.cli.parsing import parse_day
from kuntactl.cli.reading import say_what_was_read
from kuntactl.locale import phrase

if TYPE_CHECKING:
    from kuntactl.pipeline.outcomes import Outcomes

_DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_VALUES = ("before", "after", "change", "change_per_cent")

BeforeDay = Annotated[
    date | None,
    typer.Option(
        "--before-on",
        parser=parse_day,
        metavar="DATE",
        help="Day of BEFORE, as --on is that of AFTER; both are read from the files' names "
        "(…-2021-03-01.csv) when left out.",
        show_default=False,
    ),
]


@bundled
def outcomes(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="The earlier export.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="The later export.")],
    asked: AskedOfReading,
    before_on: BeforeDay = None,
    public: Annotated[
        bool,
        typer.Option(
            "--public", help="Hide counts of under five people, and what would give them away."
        ),
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Folder for lists and a workbook."),
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Tell what became of the unemployed between two exports: numbers, moves, euros.

    Example: kuntactl outcomes pori-2017-08-01.csv pori-2018-12-31.csv --area pori-2017
    """
    from kuntactl.pipeline.outcomes import Ends, write_outcomes
    from kuntactl.pipeline.outcomes import outcomes as find_outcomes

    ends = Ends(
        before=(before,),
        before_on=_day_of(before, before_on, option="--before-on"),
        after=(after,),
        after_on=_day_of(after, asked.on, option="--on"),
    )
    request = asked.request([before, after])
    found = find_outcomes(ends, request, public=public, watch=make_stopwatch())
    for side in ("before", "after"):
        say_what_was_read(found.facts[side]["inputs"])
    if asked.as_json:
        print_json(found.facts)
    else:
        _show(found, asked)
    if out is not None:
        names = write_outcomes(out, found, request=request, dry_run=dry_run)
        current().say(
            phrase("would write {out}: {names}", out=out, names=names)
            if dry_run
            else phrase("wrote {out}: {names}", out=out, names=names)
        )


def _day_of(export: Path, given: date | None, *, option: str) -> date:
    """Return the day given, or the one in the export's name.

    Raises:
        typer.BadParameter: If there is neither.
    """
    if given is not None:
        return given
    found = _DAY_IN_NAME.search(export.name)
    if found is None:
        raise typer.BadParameter(
            phrase("of which day is {file}? {option} says it", file=export.name, option=option)
        )
    day = parse_day(found[1])
    current().say(
        phrase(
            "{file}: taken to be of {day}; {option} says otherwise",
            file=export.name,
            day=day,
            option=option,
        )
    )
    return day


def _show(found: "Outcomes", asked: AskedOfReading) -> None:
    from kuntactl.report.outcome_lists import (
        HEADS,
        announced_tables,
        as_shown,
        notes,
        place_in_words,
    )

    language, compared = asked.lang, found.compared
    said = {name: words.in_language(language) for name, words in HEADS.items()}
    for place in dict.fromkeys(line.place for line in compared.lines):
        name = place_in_words(place, on=compared.before.on, language=language)
        print_table(
            [name, *(said[value] for value in _VALUES)],
            [
                [
                    line.words.in_language(language),
                    *(as_shown(line, value, language=language) for value in _VALUES),
                ]
                for line in compared.lines
                if line.place == place
            ],
            numbers=range(1, 1 + len(_VALUES)),
            whole=(),
        )
        typer.echo()
    print_table(
        [said["where"], said["people"]],
        [
            [words.in_language(language), "…" if people is None else people]
            for _, words, people in compared.moves
        ],
        numbers=[1],
    )
    for head, *rows in announced_tables(found.areas, language=language):
        typer.echo()
        print_table(head, rows, numbers=[1, 2, 3], whole=())
    print_lines(["", *notes(compared, language=language)])
