"""The commands that work through whole exports: check, decide, assign, run."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kuntactl.cli.bundles import Asked, AskedOfRun, AskedOfSplit, bundled
from kuntactl.cli.cluster import ClusterPlace, cluster_at
from kuntactl.cli.console import (
    Cell,
    Terminal,
    decimal,
    per_cent,
    print_json,
    print_line,
    print_lines,
    print_table,
)
from kuntactl.cli.counts import in_words, print_counts
from kuntactl.cli.drift import show_drift
from kuntactl.cli.language import said, spoken
from kuntactl.cli.log import current
from kuntactl.cli.options import Exports, Out, make_stopwatch
from kuntactl.cli.reading import say_what_was_read
from kuntactl.cli.totals import AskedTotals, say_totals
from kuntactl.cli.waiting import WAITING
from kuntactl.errors import ExitCode
from kuntactl.locale import Phrase, heading, phrase, template

if TYPE_CHECKING:
    from kuntactl.pipeline.finished import Finished
    from kuntactl.report.reasons import RejectedFor


@bundled
def check(
    exports: Exports,
    asked: Asked,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Folder to write the lists into."),
    ] = None,
) -> int:
    """Read exports and say what is wrong with them.

    Example: kuntactl check uusimaa.csv --out tarkistus
    """
    from kuntactl.ingest.ahead import read_ahead

    ahead = read_ahead(exports)
    from kuntactl.pipeline.check import check as check_exports

    finished = check_exports(
        asked.request(exports, ahead), out=out, dry_run=asked.dry_run, watch=make_stopwatch()
    )
    return _show(finished, asked, out=out)


@bundled
def decide(exports: Exports, out: Out, totals: AskedTotals, asked: Asked) -> int:
    """Decide who belongs to a trial, and write the decisions down.

    Example: kuntactl decide uusimaa.csv --on 2021-03-01 --out ratkaisut
    """
    from kuntactl.ingest.ahead import read_ahead

    ahead = read_ahead(exports)
    from kuntactl.pipeline.decide import decide as decide_exports

    finished = decide_exports(
        totals.added_to(asked.request(exports, ahead)),
        out=out,
        dry_run=asked.dry_run,
        watch=make_stopwatch(),
    )
    return _show(finished, asked, out=out)


@bundled
def assign(
    exports: Exports, of_split: AskedOfSplit, out: Out, totals: AskedTotals, asked: Asked
) -> int:
    """Share the clients who belong to a trial out among the coaches.

    Example: kuntactl assign salo.csv --coaches valmentajat.csv --on 2021-03-01 --out jako
    """
    from kuntactl.ingest.ahead import read_ahead

    ahead = read_ahead(exports)
    from kuntactl.pipeline.assign import assign as assign_exports

    with Terminal() as talk:
        finished = assign_exports(
            totals.added_to(asked.request(exports, ahead)),
            split=of_split.split_order(workers=asked.workers),
            out=out,
            dry_run=asked.dry_run,
            watch=make_stopwatch(),
            talk=talk,
        )
    return _show(finished, asked, out=out)


@bundled
def run(
    exports: Exports,
    run_asked: AskedOfRun,
    totals: AskedTotals,
    asked: Asked,
    release: Annotated[
        str | None,
        typer.Option(
            "--release",
            metavar="HASH",
            help="Write letters only if they are those of this `letters proof`.",
            show_default=False,
        ),
    ] = None,
    cluster: ClusterPlace = None,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Write each report as PDF too: report.pdf, tagged.")
    ] = False,
    public: Annotated[
        bool,
        typer.Option(
            "--public",
            help="Write reports for everybody into DIR/public: no count of under five people, "
            "and none that would give one away.",
        ),
    ] = False,
) -> int:
    """Do everything: decide, remember, share out, write the letters, report.

    Example: kuntactl run uusimaa.csv --coaches valmentajat.csv --on 2021-03-01 --out porvoo
    """
    from kuntactl.ingest.ahead import read_ahead

    ahead = read_ahead(exports)
    from kuntactl.pipeline.order import ReportOrder
    from kuntactl.pipeline.run import run as run_exports

    with Terminal() as talk:
        finished = run_exports(
            totals.added_to(asked.request(exports, ahead)),
            replace(
                run_asked.order(asked),
                release=release,
                cluster=cluster_at(cluster),
                reports=ReportOrder(pdf=pdf, public=public),
            ),
            watch=make_stopwatch(),
            talk=talk,
        )
    return _show(finished, asked, out=run_asked.out)


def _show(finished: "Finished", asked: Asked, *, out: Path | None) -> int:
    """Print what was found, and where it is; return the exit code."""
    facts = finished.facts
    # How the files were read is part of what a check finds; elsewhere it is talk.
    is_check = "areas" not in facts
    say_what_was_read(facts["inputs"], err=asked.as_json or not is_check)
    say_totals(facts)
    if asked.as_json:
        print_json({**facts, "planned": list(finished.planned)} if asked.dry_run else facts)
    else:
        _show_counts(facts, finished.reasons)
        if asked.dry_run:
            for path in finished.planned:
                print_line(heading("would write {path}", path=path))
        elif out is not None:
            print_line(heading("see {path}", path=out))
    _say_what_is_odd(facts, out=out, dry_run=asked.dry_run)
    waits = (
        template("new, waits for a person: {kind} {number}")
        if "run" in facts
        else template("waits for a person: {kind} {number}")
    )
    for kind, count in finished.waiting.items():
        if count:
            current().say(Phrase(waits, {"kind": WAITING.get(kind, kind), "number": count}))
    return ExitCode.WAITING if finished.something_waits else ExitCode.DONE


def _say_what_is_odd(facts: Mapping[str, Any], *, out: Path | None, dry_run: bool) -> None:
    if facts["artificial"]:
        current().say(
            phrase(
                "artificial identity codes (900-999) accepted: {artificial}; "
                "--artificial reject rejects them",
                artificial=facts["artificial"],
            )
        )
    if facts["warnings"]:
        if out is None:
            where = phrase("--out DIR lists them in warnings.csv")
        elif dry_run:
            where = phrase("would be in warnings.csv")
        else:
            where = phrase("see warnings.csv")
        current().say(phrase("warnings: {number}, {where}", number=facts["warnings"], where=where))


def _show_counts(facts: Mapping[str, Any], reasons: "Sequence[RejectedFor]") -> None:
    print_counts(heading("rows"), facts["rows"])
    _show_rejected(facts["rejected_by_code"], reasons)
    _show_areas(facts.get("areas", {}))
    if "letters" in facts:
        print_counts(heading("letters"), facts["letters"])
    if "assigned" in facts:
        coaches = {name: facts[name] for name in ("assigned", "unassigned")}
        print_counts(heading("coaches"), coaches)
        if facts["first_contacts"]["planned"]:
            print_counts(heading("first contacts"), facts["first_contacts"])
        _show_proof(facts)
    show_drift(facts)


def _show_rejected(by_code: Mapping[str, int], reasons: "Sequence[RejectedFor]") -> None:
    """Print why rows were rejected: with the first of each, or in one line each."""
    from kuntactl.report.short import REJECTIONS
    from kuntactl.report.vocabulary import words_for

    title = heading("rejected, rows by reason")
    if reasons:
        print_lines([said(title), *(said(_as_line(reason)) for reason in reasons)])
    elif by_code:
        words = {code: words_for(code, REJECTIONS).in_language(spoken()) for code in by_code}
        print_table([title, ""], [[words[code], by_code[code]] for code in by_code], numbers=[1])


def _as_line(reason: "RejectedFor") -> str:
    facts = {name: getattr(reason, name) for name in ("rows", "code", "message", "file")}
    facts["row"] = str(reason.row)  # as a spreadsheet shows it
    if reason.column:
        return heading(
            "  {rows} × {code} ({column}): {message} [first: {file} row {row}]",
            column=reason.column,
            **facts,
        )
    return heading("  {rows} × {code}: {message} [first: {file} row {row}]", **facts)


def _show_areas(areas: Mapping[str, Mapping[str, Mapping[str, int]]]) -> None:
    names = ["accepted", "not_eligible", "review", "eligible"]
    rows: list[list[Cell]] = [
        [area, *(of_area["rows"][name] for name in names)]
        for area, of_area in areas.items()
        if of_area["rows"]["accepted"]
    ]
    if areas:
        columns = [heading("area"), *map(in_words, names)]
        print_table(columns, rows, numbers=range(1, len(names) + 1))


def _show_proof(facts: Mapping[str, Any]) -> None:
    """Print how even the loads are beside the most even that any split could be."""
    loads: Mapping[str, Mapping[str, float]] = facts["load"]
    rows = [
        [
            area,
            decimal(load["largest"]),
            decimal(load["least_possible"]),
            per_cent(gap, decimals=2),
        ]
        for (area, load), gap in zip(loads.items(), facts["load_gap"].values(), strict=True)
        if load["least_possible"]  # else nobody weighs on anybody
    ]
    if rows:
        columns = [
            heading("meetings a month, full time"),
            heading("largest load"),
            heading("least possible"),
            heading("proven gap"),
        ]
        print_table(columns, rows, numbers=[1, 2, 3])
