"""The command that tells why a client was decided as they were."""

from typing import Annotated

import typer

from kuntactl.cli.bundles import Asked, bundled
from kuntactl.cli.console import print_json, print_lines
from kuntactl.cli.options import Client, Exports, make_stopwatch


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
) -> None:
    """Tell why one client belongs to a trial or not: each condition and ground, with its source.

    Example: kuntactl explain U0012345 uusimaa.csv --on 2021-03-01 --lang sv
    """
    from kuntactl.pipeline.explain import explain as explain_client

    explanation = explain_client(
        client, asked.request(exports), register=register, watch=make_stopwatch()
    )
    if asked.as_json:
        print_json(explanation.as_dict())
        return
    print_lines(explanation.lines(asked.lang))
