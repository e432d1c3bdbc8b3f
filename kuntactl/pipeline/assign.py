"""Share the clients who belong to a trial out among the coaches."""

from pathlib import Path

import polars as pl

from kuntactl.assignment.allocate import Terms
from kuntactl.assignment.allocate import assign as assign_clients
from kuntactl.assignment.first_contacts import plan_first_contacts
from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.domain.schema import FirstContacts, Ties
from kuntactl.files.staging import staged
from kuntactl.ingest.coaches import read_coaches
from kuntactl.ingest.ties import read_ties
from kuntactl.locale import phrase
from kuntactl.pipeline.assignments import (
    Split,
    facts_of_assigning,
    facts_of_contacts,
    overloads,
    put_assignments,
    say_notices,
)
from kuntactl.pipeline.decided import Decided, decide_by_rule
from kuntactl.pipeline.finished import Finished
from kuntactl.pipeline.handed_back import (
    answers_of,
    refuse_unread_answers,
    refuse_unread_corrections,
)
from kuntactl.pipeline.lists import RUN_FILE, put_decisions, put_reading
from kuntactl.pipeline.order import SplitOrder
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.pipeline.runfile import as_json, facts_of_deciding
from kuntactl.pipeline.side_by_side import side_by_side
from kuntactl.pipeline.totals import compare_totals


def assign(
    request: Request, *, split: SplitOrder, out: Path, dry_run: bool, watch: Stopwatch, talk: Talk
) -> Finished:
    """Decide, then give each client who belongs to a trial a coach; keep no memory of it.

    Args:
        request: The exports, the day, the areas and rules, the answers of a person.
        split: The coaches, and what people have said about clients and coaches.
        out: Where the lists, the workbooks and ``run.json`` go.
        dry_run: Whether to write nothing at all.
        watch: Measures ``ingest``, ``decide``, ``assign`` and ``report``.
        talk: Hears what is odd about the coaches.

    Raises:
        InputError: If an export, the coaches, the ties or the answers are missing, unreadable
            or wrong, or a control total is off.
        SettingsError: If an area, rule set or day does not fit.
        DeliveryError: If the folder cannot be written.
    """
    answers = answers_of(request, beside=split.files)
    refuse_unread_answers(out, answers)
    decided = decide_by_rule(request, watch=watch).with_answers(answers)
    refuse_unread_corrections(out, decided.ingested)
    totals = compare_totals(decided, request=request)
    staff, ties = staff_of(split, decided, request=request, talk=talk)
    with watch.measure("assign") as counts:
        counts["coaches"] = len(staff)
        assignment = assign_clients(
            as_if_joined(decided.eligible()),
            decided.ingested.accepted,
            staff,
            areas=decided.areas(),
            on=request.on,
            terms=Terms(ties=ties, workers=split.workers),
        )
        contacts = plan_first_contacts(
            assignment.frame,
            decided.ingested.accepted,
            staff,
            held=FirstContacts.create_empty(),
            planned=FirstContacts.create_empty(),
            on=request.on,
        )
    say_notices(assignment, talk)
    for overload in overloads(contacts, on=request.on):
        talk.say(phrase("warning: {overload}", overload=overload))
    facts = {
        **facts_of_deciding(request, decided),
        **totals.facts(),
        **facts_of_assigning(assignment, language=request.language),
        **facts_of_contacts(contacts, on=request.on),
    }
    with staged(out, dry_run=dry_run) as sink:
        with watch.measure("report"):
            with side_by_side(sink) as files:
                warnings = decided.answer_warnings(request)
                put_reading(files, decided.ingested, request=request, more_warnings=warnings)
                put_decisions(files, decided, request=request)
            made = Split(
                assignment=assignment,
                contacts=contacts,
                coaches=staff,
                grounds=decided.decisions,
            )
            put_assignments(sink, made, decided=decided, request=request, workers=split.workers)
        facts["seconds"] = watch.rounded(("ingest", "decide", "assign", "report"))
        sink.put(RUN_FILE, as_json(facts))
        planned = sink.planned
        sink.publish()
    return Finished(
        facts=facts,
        waiting={
            "rejected": decided.ingested.rows_rejected,
            "review": facts["rows"]["review"],
            "unassigned": facts["unassigned"] - facts["light_lane"],
        },
        planned=planned,
    )


def staff_of(
    split: SplitOrder, decided: Decided, *, request: Request, talk: Talk
) -> tuple[tuple[Coach, ...], pl.DataFrame]:
    """Return the coaches of the chosen areas, and the ties handed in (schema Ties).

    Args:
        split: The files.
        decided: The chosen areas and the clients.
        request: The day, and the user's own areas.
        talk: Hears what is odd in the files.

    Raises:
        InputError: If a file is missing, unreadable or wrong.
    """
    found = read_coaches(split.coaches, areas=load_areas(request.own.areas), on=request.on)
    for warning in found.warnings:
        talk.say(phrase("warning: {warning}", warning=warning))
    ties: pl.DataFrame = Ties.create_empty()
    if split.ties is not None:
        ties = read_ties(split.ties, coaches={coach.id for coach in found.coaches})
        strangers = ties.join(decided.ingested.accepted, on="client_id", how="anti").height
        if strangers:
            talk.say(
                phrase(
                    "warning: {ties}: {strangers} of its clients are in no export",
                    ties=split.ties.name,
                    strangers=strangers,
                )
            )
    return tuple(coach for coach in found.coaches if coach.area in decided.areas()), ties


def as_if_joined(eligible: pl.DataFrame) -> pl.DataFrame:
    """Return the eligible as if they had all joined on the day (schema Members)."""
    return eligible.select(
        "client_id",
        "area",
        pl.col("on").alias("since"),
        "grounds",
        pl.lit(None, pl.String).alias("coach_id"),
    ).sort("area", "client_id")
