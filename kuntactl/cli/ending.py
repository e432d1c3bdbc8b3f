"""The commands that end memberships: return one client, close an area's trial."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuntactl.cli.bundles import AskedOfDesk, AskedOfExports, bundled
from kuntactl.cli.cluster import ClusterPlace, cluster_at
from kuntactl.cli.console import Terminal, print_json, print_line
from kuntactl.cli.counts import print_counts
from kuntactl.cli.log import current
from kuntactl.cli.offers import area_ids
from kuntactl.cli.options import Client, DryRun, Exports, Workers, make_stopwatch
from kuntactl.cli.waiting import WAITING
from kuntactl.domain.types import ReturnReason
from kuntactl.errors import ExitCode
from kuntactl.locale import heading, phrase

if TYPE_CHECKING:
    from kuntactl.pipeline.finished import Finished

SomeExports = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="EXPORT...",
        help="The newest exports, for the address; without them the next run writes the letter.",
        show_default=False,
    ),
]


@bundled
def give_back(
    client: Client,
    asked: AskedOfExports,
    desk: AskedOfDesk,
    exports: SomeExports = None,
    reason: Annotated[
        ReturnReason | None,
        typer.Option(
            "--reason", metavar="REASON", help="Why the client goes back.", show_default=False
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Instead: let a client who went back join again.")
    ] = False,
    workers: Workers = None,
    dry_run: DryRun = False,
) -> int:
    """Give a client back to the TE office, with a letter; the next export does not undo it.

    Example: kuntactl return U0012345 uusimaa.csv --reason own_request --out porvoo
    """
    from kuntactl.pipeline.give_back import GivingBack
    from kuntactl.pipeline.give_back import give_back as give_client_back

    if again == (reason is not None):
        raise typer.BadParameter(phrase("give either --reason or --again"))
    with Terminal() as talk:
        finished = give_client_back(
            GivingBack(client_id=client, reason=reason),
            asked.request(exports or []),
            desk.desk_order(workers=workers, dry_run=dry_run),
            watch=make_stopwatch(),
            talk=talk,
        )
    return _show(finished, out=desk.out, as_json=asked.as_json, dry_run=dry_run)


@bundled
def close(
    trial_area: Annotated[
        str,
        typer.Argument(
            metavar="AREA",
            help="The area whose trial has ended.",
            autocompletion=area_ids,
        ),
    ],
    exports: Exports,
    asked: AskedOfExports,
    desk: AskedOfDesk,
    workers: Workers = None,
    cluster: ClusterPlace = None,
    dry_run: DryRun = False,
) -> int:
    """End the trial of an area: letters of return to all members, and the outcome in counts.

    Example: kuntactl close pori-2017 satakunta.csv --on 2019-01-01 --out pori
    """
    from kuntactl.pipeline.close import close as close_area

    with Terminal() as talk:
        finished = close_area(
            trial_area,
            asked.request(exports),
            replace(
                desk.desk_order(workers=workers, dry_run=dry_run), cluster=cluster_at(cluster)
            ),
            watch=make_stopwatch(),
            talk=talk,
        )
    return _show(finished, out=desk.out, as_json=asked.as_json, dry_run=dry_run)


def _show(finished: "Finished", *, out: Path, as_json: bool, dry_run: bool) -> int:
    """Print what came of it; return the exit code."""
    facts = finished.facts
    if as_json:
        print_json({**facts, "planned": list(finished.planned)} if dry_run else facts)
    else:
        if "areas" in facts:
            print_line(heading("areas: {areas}", areas=list(facts["areas"])))
        if "left" in facts:
            print_line(heading("members who went back: {count}", count=facts["left"]))
        if "letters" in facts:
            print_counts(heading("letters"), facts["letters"])
            print_line(
                heading("would write into {path}", path=out)
                if dry_run
                else heading("see {path}", path=out)
            )
    for kind, count in finished.waiting.items():
        if count:
            codes = ", ".join(sorted(set(facts.get(kind, ()))))
            current().say(
                phrase(
                    "new, waits for a person: {kind} {number} ({codes})",
                    kind=WAITING.get(kind, kind),
                    number=count,
                    codes=codes,
                )
                if codes
                else phrase(
                    "new, waits for a person: {kind} {number}",
                    kind=WAITING.get(kind, kind),
                    number=count,
                )
            )
    return ExitCode.WAITING if finished.something_waits else ExitCode.DONE
