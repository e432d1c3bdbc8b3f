"""The commands that look at the register, check it and copy it."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kuntactl.cli.broken import fault_line
from kuntactl.cli.console import print_json, print_line, print_table
from kuntactl.cli.counts import in_words
from kuntactl.cli.offers import run_ids
from kuntactl.cli.options import (
    AreaFolder,
    AreaIds,
    AsJson,
    Client,
    DryRun,
    Identity,
    On,
    Out,
    Wait,
    now,
    operator,
)
from kuntactl.cli.spoken import Commands
from kuntactl.errors import ExitCode
from kuntactl.locale import heading

app = Commands(
    name="register",
    help="The register: looked at, checked, copied. A run may go on meanwhile.",
)

Place = Annotated[
    str,
    typer.Option("--register", metavar="PATH-or-URL", help="The register.", show_default=False),
]


@app.command("show")
def show(
    register: Place,
    run: Annotated[
        int | None,
        typer.Argument(
            metavar="RUN",
            help="Number of one run; all when left out.",
            show_default=False,
            autocompletion=run_ids,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the runs, the members of each area, and the letters, as numbers; or one run's part.

    Example: kuntactl register show --register porvoo/register.db
    """
    from kuntactl.cli.event_words import kind_in_words
    from kuntactl.pipeline.runs_shown import show as show_register
    from kuntactl.pipeline.runs_shown import show_run

    facts = show_register(register) if run is None else show_run(register, run)
    if as_json:
        print_json(facts)
        return
    print_table(
        [heading("run"), heading("day"), heading("version"), heading("inputs")],
        [
            [one["run"], date.fromisoformat(one["on"]), one["version"], len(one["inputs"])]
            for one in (facts["runs"] if run is None else [facts])
        ],
        numbers=[0, 3],
    )
    if run is None:
        print_table(
            [heading("area"), heading("members")],
            [[area, count] for area, count in facts["members"].items()],
            numbers=[1],
        )
    else:
        print_table(
            [heading("area"), heading("event"), heading("events")],
            [[one["area"], kind_in_words(one["kind"]), one["events"]] for one in facts["events"]],
            numbers=[2],
        )
    print_table(
        [heading("area"), heading("kind"), heading("status"), heading("letters")],
        [
            [line["area"], in_words(line["kind"]), in_words(line["status"]), line["letters"]]
            for line in facts["letters"]
        ],
        numbers=[3],
    )


@app.command("log")
def log(register: Place, as_json: AsJson = False) -> None:
    """Show who gave which command, when, on what, with which rules, and what came of it.

    The last line names the end of the chain: kept elsewhere, `register verify --head` can tell
    that nothing was cut off.

    Example: kuntactl register log --register porvoo/register.db
    """
    from kuntactl.cli.event_words import log_in_words
    from kuntactl.pipeline.looking import log as log_of

    commands = log_of(register)
    if as_json:
        print_json(commands)
        return
    print_table(*log_in_words(commands), numbers=[0], whole=(0, 3, 5))
    if commands:
        print_line(heading("head: {hash}", hash=commands[-1]["hash"]))


@app.command("history")
def history(
    client: Client,
    register: Place,
    as_json: AsJson = False,
) -> None:
    """Show what happened to one client: joining, coaches, letters, leaving.

    Example: kuntactl register history U0012345 --register porvoo/register.db
    """
    from kuntactl.cli.event_words import facts_in_words, kind_in_words
    from kuntactl.pipeline.looking import history as history_of

    events = history_of(register, client)
    if as_json:
        print_json(events)
        return
    print_table(
        [
            *(heading("event"), heading("run"), heading("day"), heading("kind")),
            *(heading("area"), heading("facts")),
        ],
        [
            [
                event["sequence"],
                event["run"],
                date.fromisoformat(event["day"]),
                kind_in_words(event["kind"]),
                event["area"] or "",
                facts_in_words(event["facts"]),
            ]
            for event in events
        ],
        numbers=[0, 1],
        whole=(0, 1, 2),
    )


@app.command("members")
def members(
    register: Place,
    area: AreaIds = None,
    on: On = None,
    areas: AreaFolder = None,
    as_json: AsJson = False,
) -> None:
    """List who was a member when a day ended, as it was then; today when left out.

    Example: kuntactl register members --register porvoo/register.db --area porvoo --on 2021-03-01
    """
    from kuntactl.pipeline.looking import members as members_of

    found = members_of(register, area_ids=area or (), on=on or date.today(), own=areas)
    rows = [
        {**row, "since": row["since"].isoformat(), "coach_id": row["coach_id"]}
        for row in found.drop("grounds").iter_rows(named=True)
    ]
    if as_json:
        print_json(rows)
        return
    print_table(
        [heading("area"), heading("client"), heading("since"), heading("coach")],
        [
            [row["area"], row["client_id"], row["since"], row["coach_id"]]
            for row in found.iter_rows(named=True)
        ],
        whole=(0, 1),
    )


@app.command("verify")
def verify(
    register: Place,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="DIR", help="Also compare the letters of this folder."
        ),
    ] = None,
    identity: Identity = None,
    head: Annotated[
        str | None,
        typer.Option(
            "--head",
            metavar="HASH",
            help="The end of the chain as `register log` told it: it must still be there.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Check that nothing was changed: the events' chain, what follows from them, the letters.

    Example: kuntactl register verify --register porvoo/register.db --out porvoo
    """
    from kuntactl.pipeline.looking import verify as verify_register

    faults = verify_register(register, folder=folder, identity=identity, head=head)
    if as_json:
        print_json(
            [{"what": one.what, "which": one.which, "problem": one.problem} for one in faults]
        )
    else:
        for fault in faults:
            print_line(fault_line(fault))
        print_line(heading("faults: {count}", count=len(faults)))
    return ExitCode.REGISTER if faults else ExitCode.DONE


@app.command("backup")
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="File to make.")],
    register: Place,
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> None:
    """Copy the register into a file that is a register too, also from a database server.

    Example: kuntactl register backup varmuuskopio.db --register porvoo/register.db
    """
    from kuntactl.pipeline.looking import back_up

    size = back_up(register, target=target, dry_run=dry_run)
    if as_json:
        print_json({"file": str(target), "bytes": size})
    elif dry_run:
        print_line(heading("would write {path}", path=target))
    else:
        print_line(heading("{path}: {count} bytes", path=target, count=size))


@app.command("export")
def export(register: Place, out: Out, as_json: AsJson = False, dry_run: DryRun = False) -> None:
    """Write every table of the register as CSV.

    Example: kuntactl register export --register porvoo/register.db --out rekisteri
    """
    from kuntactl.pipeline.looking import export as export_register

    names = export_register(register, out=out, dry_run=dry_run)
    if as_json:
        print_json([str(out / name) for name in names])
        return
    for name in names:
        print_line(heading("would write {path}", path=name) if dry_run else str(out / name))


@app.command("upgrade")
def upgrade(
    register: Place, wait: Wait = 0.0, as_json: AsJson = False, dry_run: DryRun = False
) -> None:
    """Give a register of an older version the tables of this one.

    Example: kuntactl register upgrade --register porvoo/register.db
    """
    from kuntactl.pipeline.looking import upgrade as upgrade_register

    name = upgrade_register(
        register, by=operator(), on=date.today(), started=now(), wait=wait, dry_run=dry_run
    )
    if as_json:
        print_json({"register": name})
    elif dry_run:
        print_line(heading("{register}: can be brought up to date", register=name))
    else:
        print_line(heading("{register}: up to date", register=name))
