"""The command that tells why a client was decided as they were."""

from pathlib import Path
from typing import Annotated

import typer

from kuntactl.cli.bundles import Asked, bundled
from kuntactl.cli.console import Terminal, print_json, print_lines
from kuntactl.cli.options import Client, Exports, TiesFile, make_stopwatch
from kuntactl.locale import phrase


@bundled
def explain(
    client: Client,
    exports: Exports,
    asked: Asked,
    register: Annotated[
        str | None,
        typer.Option(
            "--register",
            metavar="PATH-or-URL",
            help="A register to look up a person's earlier answer in.",
            show_default=False,
        ),
    ] = None,
    coaches: Annotated[
        Path | None,
        typer.Option(
            "--coaches",
            metavar="FILE",
            help="Tell, too, why the client has the coach they have.",
            show_default=False,
        ),
    ] = None,
    ties: TiesFile = None,
) -> None:
    """Tell why one client belongs to a trial or not: each condition and ground, with its source.

    With --coaches also which coach they get, why, who else there would be and at what price.

    Example: kuntactl explain U0012345 uusimaa.csv --on 2021-03-01 --lang sv
    """
    from kuntactl.pipeline.explain import explain as explain_client
    from kuntactl.pipeline.order import SplitOrder

    if ties is not None and coaches is None:
        raise typer.BadParameter(phrase("--ties wants --coaches"))

    with Terminal() as talk:
        explanation = explain_client(
            client,
            asked.request(exports),
            register=register,
            split=SplitOrder(coaches=coaches, ties=ties) if coaches else None,
            watch=make_stopwatch(),
            talk=talk,
        )
    if asked.as_json:
        print_json(explanation.as_dict())
        return
    print_lines(explanation.lines(asked.lang))
