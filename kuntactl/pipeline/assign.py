"""Share the clients who belong to a trial out among the coaches."""

from pathlib import Path

import polars as pl

from kuntactl.assignment.allocate import assign as assign_clients
from kuntactl.assignment.first_contacts import plan_first_contacts
from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.domain.schema import FirstContacts
from kuntactl.files.staging import staged
from kuntactl.ingest.coaches import read_coaches
from kuntactl.pipeline.assignments import (
    Split,
    facts_of_assigning,
    facts_of_contacts,
    overloads,
    put_assignments,
)
from kuntactl.pipeline.decided import Decided, decide_by_rule
from kuntactl.pipeline.finished import Finished
from kuntactl.pipeline.handed_back import (
    answers_of,
    refuse_unread_answers,
    refuse_unread_corrections,
)
from kuntactl.pipeline.lists import RUN_FILE, put_decisions, put_reading
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.pipeline.runfile import as_json, facts_of_deciding
from kuntactl.pipeline.side_by_side import side_by_side
from kuntactl.pipeline.totals import compare_totals


def assign(
    request: Request, *, coaches: Path, out: Path, dry_run: bool, watch: Stopwatch, talk: Talk
) -> Finished:
    """Decide, then give each client who belongs to a trial a coach; keep no memory of it.

    Args:
        request: The exports, the day, the areas and rules, the answers of a person.
        coaches: The coaches file.
        out: Where the lists, the workbooks and ``run.json`` go.
        dry_run: Whether to write nothing at all.
        watch: Measures ``ingest``, ``decide``, ``assign`` and ``report``.
        talk: Hears what is odd in the coaches file.

    Raises:
        InputError: If an export, the coaches or the answers are missing, unreadable or wrong,
            or a control total is off.
        SettingsError: If an area, rule set or day does not fit.
        DeliveryError: If the folder cannot be written.
    """
    answers = answers_of(request)
    refuse_unread_answers(out, answers)
    decided = decide_by_rule(request, watch=watch).with_answers(answers)
    refuse_unread_corrections(out, decided.ingested)
    totals = compare_totals(decided, request=request)
    staff = coaches_of(coaches, decided, request=request, talk=talk)
    with watch.measure("assign"):
        assignment = assign_clients(
            _as_if_joined(decided.eligible()),
            decided.ingested.accepted,
            staff,
            areas=decided.areas(),
            on=request.on,
        )
        contacts = plan_first_contacts(
            assignment.frame,
            decided.ingested.accepted,
            staff,
            held=FirstContacts.create_empty(),
            planned=FirstContacts.create_empty(),
            on=request.on,
        )
    for overload in overloads(contacts, on=request.on):
        talk.say(f"warning: {overload}")
    facts = {
        **facts_of_deciding(request, decided),
        **totals.facts(),
        **facts_of_assigning(assignment),
        **facts_of_contacts(contacts, on=request.on),
    }
    with staged(out, dry_run=dry_run) as sink:
        with watch.measure("report"):
            with side_by_side(sink) as files:
                warnings = decided.answer_warnings(request)
                put_reading(files, decided.ingested, request=request, more_warnings=warnings)
                put_decisions(files, decided, request=request)
            split = Split(
                assignment=assignment,
                contacts=contacts,
                coaches=staff,
                grounds=decided.decisions,
            )
            put_assignments(sink, split, decided=decided, request=request)
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


def coaches_of(path: Path, decided: Decided, *, request: Request, talk: Talk) -> tuple[Coach, ...]:
    """Return the coaches of the chosen areas; say what is odd in the file.

    Raises:
        InputError: If the file is missing, unreadable or wrong.
    """
    found = read_coaches(path, areas=load_areas(request.own.areas), on=request.on)
    for warning in found.warnings:
        talk.say(f"warning: {warning}")
    return tuple(coach for coach in found.coaches if coach.area in decided.areas())


def _as_if_joined(eligible: pl.DataFrame) -> pl.DataFrame:
    """Return the eligible as if they had all joined on the day (schema Members)."""
    return eligible.select(
        "client_id",
        "area",
        pl.col("on").alias("since"),
        "grounds",
        pl.lit(None, pl.String).alias("coach_id"),
    ).sort("area", "client_id")
