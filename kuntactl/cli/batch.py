"""The commands that work through whole exports: check, decide, assign, run."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kuntactl.cli.console import Terminal, print_json, print_table
from kuntactl.cli.options import (
    AreaIds,
    Artificial,
    AsJson,
    Coaches,
    Delimiter,
    DryRun,
    Encoding,
    Engine,
    Exports,
    Lang,
    LetterDate,
    On,
    Out,
    Profile,
    Reviewed,
    RulesId,
    TemplateFolder,
    Workers,
    cores,
    make_request,
    make_stopwatch,
)
from kuntactl.domain.types import Language
from kuntactl.errors import ExitCode

if TYPE_CHECKING:
    from kuntactl.pipeline.finished import Finished


def check(
    exports: Exports,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Folder to write the lists into."),
    ] = None,
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
) -> int:
    """Read exports and say what is wrong with them.

    Example: kuntactl check uusimaa.csv --out tarkistus
    """
    from kuntactl.pipeline.check import check as check_exports

    del workers  # only letters are laid out in several processes
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
    finished = check_exports(request, out=out, dry_run=dry_run, watch=make_stopwatch())
    return _show(finished, out=out, as_json=as_json, dry_run=dry_run)


def decide(
    exports: Exports,
    out: Out,
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
) -> int:
    """Decide who belongs to a trial, and write the decisions down.

    Example: kuntactl decide uusimaa.csv --on 2021-03-01 --out ratkaisut
    """
    from kuntactl.pipeline.decide import decide as decide_exports

    del workers  # only letters are laid out in several processes
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
    finished = decide_exports(request, out=out, dry_run=dry_run, watch=make_stopwatch())
    return _show(finished, out=out, as_json=as_json, dry_run=dry_run)


def assign(
    exports: Exports,
    coaches: Coaches,
    out: Out,
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
) -> int:
    """Share the clients who belong to a trial out among the coaches.

    Example: kuntactl assign salo.csv --coaches valmentajat.csv --on 2021-03-01 --out jako
    """
    from kuntactl.pipeline.assign import assign as assign_exports

    del workers  # only letters are laid out in several processes
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
    with Terminal() as talk:
        finished = assign_exports(
            request, coaches=coaches, out=out, dry_run=dry_run, watch=make_stopwatch(), talk=talk
        )
    return _show(finished, out=out, as_json=as_json, dry_run=dry_run)


def run(
    exports: Exports,
    coaches: Coaches,
    out: Out,
    on: On = None,
    area: AreaIds = None,
    rules: RulesId = None,
    profile: Profile = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    artificial: Artificial = "accept",
    reviewed: Reviewed = None,
    register: Annotated[
        str | None,
        typer.Option(
            "--register",
            metavar="PATH-or-URL",
            help="The register; DIR/register.db when left out.",
            show_default=False,
        ),
    ] = None,
    templates: TemplateFolder = None,
    letter_date: LetterDate = None,
    engine: Engine = "whole",
    workers: Workers = None,
    lang: Lang = Language.FI,
    as_json: AsJson = False,
    dry_run: DryRun = False,
) -> int:
    """Do everything: decide, remember, share out, write the letters, report.

    Example: kuntactl run uusimaa.csv --coaches valmentajat.csv --on 2021-03-01 --out porvoo
    """
    from kuntactl.pipeline.run import RunOrder
    from kuntactl.pipeline.run import run as run_exports

    del engine  # one engine so far; the option's type has checked its name
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
    order = RunOrder(
        coaches=coaches,
        out=out,
        register=register,
        letter_date=letter_date,
        templates=templates,
        workers=workers or cores(),
        dry_run=dry_run,
    )
    with Terminal() as talk:
        finished = run_exports(request, order, watch=make_stopwatch(), talk=talk)
    return _show(finished, out=out, as_json=as_json, dry_run=dry_run)


def _show(finished: "Finished", *, out: Path | None, as_json: bool, dry_run: bool) -> int:
    """Print what was found, and where it is; return the exit code."""
    facts = finished.facts
    _say_what_was_read(facts)
    if as_json:
        print_json({**facts, "planned": list(finished.planned)} if dry_run else facts)
    else:
        _show_counts(facts)
        if dry_run:
            for path in finished.planned:
                typer.echo(f"would write {path}")
        elif out is not None:
            typer.echo(f"see {out}")
    if facts["warnings"]:
        typer.echo(f"warnings: {facts['warnings']}, see warnings.csv", err=True)
    new = "new, " if "run" in facts else ""
    for kind, count in finished.waiting.items():
        if count:
            typer.echo(f"{new}waits for a person: {kind} {count}", err=True)
    return ExitCode.WAITING if finished.something_waits else ExitCode.DONE


def _say_what_was_read(facts: Mapping[str, Any]) -> None:
    """Say of each input how it was read, and which of its columns are not used."""
    for file in facts["inputs"]:
        dialect = [file["format"], file["encoding"], file["delimiter"]]
        how = " ".join(repr(part)[1:-1] for part in dialect if part)
        unused = ", ".join(_printable(name) for name in file["ignored_columns"])
        more = f"; columns not used: {unused}" if unused else ""
        typer.echo(f"{file['name']}: {how}, {file['rows']} rows{more}", err=True)


def _printable(name: str) -> str:
    """Return a name from a file without what would steer a terminal."""
    return "".join(letter for letter in name if letter.isprintable())


def _show_counts(facts: Mapping[str, Any]) -> None:
    rows: Mapping[str, int] = facts["rows"]
    print_table(["rows", ""], [[name, str(count)] for name, count in rows.items()], numbers=[1])
    rejected: Mapping[str, int] = facts["rejected_by_code"]
    if rejected:
        codes = [[code, str(count)] for code, count in rejected.items()]
        print_table(["rejected, rows by reason", ""], codes, numbers=[1])
    areas: Mapping[str, Mapping[str, Mapping[str, int]]] = facts.get("areas", {})
    if areas:
        names = ["accepted", "not_eligible", "review", "eligible"]
        print_table(
            ["area", *names],
            [
                [area, *(str(of_area["rows"][name]) for name in names)]
                for area, of_area in areas.items()
                if of_area["rows"]["accepted"]
            ],
            numbers=range(1, len(names) + 1),
        )
    if "letters" in facts:
        print_table(
            ["letters", ""],
            [[name, str(count)] for name, count in facts["letters"].items()],
            numbers=[1],
        )
    if "assigned" in facts:
        print_table(
            ["coaches", ""],
            [[name, str(facts[name])] for name in ("assigned", "unassigned")],
            numbers=[1],
        )
