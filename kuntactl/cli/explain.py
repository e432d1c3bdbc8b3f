"""The command that tells why a client was decided as they were."""

from typing import Annotated

import typer

from kuntactl.cli.console import print_json, print_lines
from kuntactl.cli.options import (
    AreaIds,
    Artificial,
    AsJson,
    Delimiter,
    DryRun,
    Encoding,
    Exports,
    Lang,
    On,
    Profile,
    Reviewed,
    RulesId,
    Workers,
    make_request,
    make_stopwatch,
)
from kuntactl.domain.types import Language


def explain(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The client's number.")],
    exports: Exports,
    on: On = None,
    area: AreaIds = None,
    rules: RulesId = None,
    profile: Profile = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    artificial: Artificial = "accept",
    reviewed: Reviewed = None,
    workers: Workers = None,
    lang: Lang = Language.FI,
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Tell why one client belongs to a trial or not: each condition and ground, with its source.

    Example: kuntactl explain U0012345 uusimaa.csv --on 2021-03-01 --lang sv
    """
    from kuntactl.pipeline.explain import explain as explain_client

    del workers, dry_run  # nothing is laid out, and nothing is ever written
    request = make_request(
        exports,
        on=on,
        area=area,
        rules=rules,
        profile=profile,
        encoding=encoding,
        delimiter=delimiter,
        artificial=artificial,
        reviewed=reviewed,
        lang=lang,
    )
    explanation = explain_client(client, request, watch=make_stopwatch())
    if as_json:
        print_json(explanation.as_dict())
        return
    print_lines(explanation.lines(lang))
