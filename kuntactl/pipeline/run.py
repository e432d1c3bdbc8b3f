"""The main job: from exports to decisions, members, coaches, letters and reports."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from kuntactl import __version__
from kuntactl.assignment.allocate import Assignment, assign
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import Outcome
from kuntactl.eligibility.decide import fingerprints
from kuntactl.eligibility.explain import ground_words
from kuntactl.files.staging import DryStaging, Sink, staged
from kuntactl.letters.write import LetterFacts, Written, plan_letters, write_letters
from kuntactl.pipeline.assign import coaches_of
from kuntactl.pipeline.assignments import put_assignments
from kuntactl.pipeline.decided import Decided, decide_by_rule, refuse_without_letters
from kuntactl.pipeline.drift import drift_of
from kuntactl.pipeline.evidence import refuse_strangers
from kuntactl.pipeline.finished import Finished
from kuntactl.pipeline.handed_back import (
    answers_of,
    refuse_unread_answers,
    refuse_unread_corrections,
)
from kuntactl.pipeline.letter_lists import put_letter_lists
from kuntactl.pipeline.lists import RUN_FILE, areas_with_a_folder, put_decisions, put_reading
from kuntactl.pipeline.reports import reports
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.pipeline.runfile import STAGES, as_json
from kuntactl.pipeline.totals import compare_totals
from kuntactl.pipeline.waiting import waiting_of
from kuntactl.pipeline.worked import Worked
from kuntactl.register.store import Reconciled, Register, open_register

_REGISTER_FILE = "register.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOrder:
    """What a run needs beside the exports."""

    coaches: Path
    out: Path
    register: str | None = None  # path or URL; none: register.db in the folder
    letter_date: date | None = None  # none: the day of the decision
    templates: Path | None = None  # the user's own letter templates
    workers: int = 1
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What every step of a run is handed."""

    request: Request
    order: RunOrder
    sink: Sink
    register: Register
    watch: Stopwatch
    talk: Talk


def run(request: Request, order: RunOrder, *, watch: Stopwatch, talk: Talk) -> Finished:
    """Do everything, and remember it in the register.

    Nothing appears in the folder, and nothing is remembered, before all of it is made.

    Args:
        request: The exports, the day, the areas and rules, the answers of a person.
        order: The coaches, the folder, the register, the letters.
        watch: Measures every stage of ``run.json``.
        talk: Hears how far the run is.

    Raises:
        InputError: If an export, the coaches or the answers are missing, unreadable or wrong,
            or a control total is off.
        SettingsError: If an area, rule set, template or day does not fit.
        RegisterError: If the register cannot be opened, read or written.
        RegisterBusyError: If another run holds the register.
        LetterError: If a letter cannot be laid out.
        DeliveryError: If the folder cannot be written.
    """
    answers = answers_of(request)
    refuse_unread_answers(order.out, answers)
    decided = decide_by_rule(request, watch=watch, after_intake=True)
    refuse_without_letters(decided.chosen)
    refuse_unread_corrections(order.out, request, decided.ingested)
    decided.rows()  # stops here if a row is lost, before anybody is written to
    coaches = coaches_of(order.coaches, decided, request=request, talk=talk)
    with (
        staged(order.out, dry_run=order.dry_run) as sink,
        open_register(_register_of(order), dry_run=order.dry_run) as register,
    ):
        desk = _Desk(
            request=request, order=order, sink=sink, register=register, watch=watch, talk=talk
        )
        if sink.settle(register.remembers, register=register.place):
            talk.say("a run that was stopped had not moved all its files into place: done now")
        number = register.begin_run(
            on=request.on,
            version=__version__,
            inputs=[file.sha256 for file in decided.ingested.inputs],
        )
        _name_a_step_back(desk)
        worked = _work(desk, decided, coaches, answers)
        return _publish(desk, worked, number=number)


def _name_a_step_back(desk: _Desk) -> None:
    """Say so when the register has seen a later day: who joins or leaves now did so before it."""
    last_day, on = desk.register.last_day(), desk.request.on
    if last_day and on < last_day:
        desk.talk.say(f"warning: {on} is before the day of an earlier run, {last_day}")


def _register_of(order: RunOrder) -> str:
    return order.register or str(order.out / _REGISTER_FILE)


def _work(
    desk: _Desk, decided: Decided, coaches: tuple[Coach, ...], answers: pl.DataFrame
) -> Worked:
    """Take every step from decisions to letters; publish nothing."""
    with desk.watch.measure("register"):
        decided = _with_answers_of_people(desk.register, decided, answers)
    totals = compare_totals(decided, request=desk.request)
    drift = drift_of(decided, request=desk.request, runs=desk.register.runs_before())
    with desk.watch.measure("register"):
        reconciled = desk.register.reconcile(
            decided.decisions,
            areas={choice.area.id: choice.takes_new for choice in decided.chosen},
            on=desk.request.on,
        )
    with desk.watch.measure("assign"):
        assignment = assign(
            reconciled.members,
            decided.ingested.accepted,
            coaches,
            areas=decided.areas(),
            on=desk.request.on,
        )
    with desk.watch.measure("register"):
        desk.register.remember_coaches(assignment.frame)
        due = desk.register.letters_due(reconciled.members)
    refuse_strangers(due, target=desk.order.out, register=desk.register.name)
    with desk.watch.measure("letters"):
        written = _write_letters(desk, decided, coaches, reconciled, assignment, due)
    # Each process makes its letters and their print runs by turns: their shares of the work.
    desk.watch.move(written.print_share, of="letters", to="print")
    with desk.watch.measure("register"):
        new_lines = desk.register.record_letters(written.done)
    return Worked(
        decided=decided,
        totals=totals,
        drift=drift,
        coaches=coaches,
        reconciled=reconciled,
        assignment=assignment,
        due=due,
        written=written,
        new_lines=new_lines,
    )


def _with_answers_of_people(
    register: Register, decided: Decided, answers: pl.DataFrame
) -> Decided:
    """Apply the answers handed in, and those remembered whose facts are still the same."""
    in_review = decided.decisions.filter(pl.col("outcome") == Outcome.REVIEW.value)
    known = fingerprints(
        decided.ingested.accepted.join(in_review, on="client_id", how="semi"), decided.chosen
    )
    remembered = register.answers(known)
    older = remembered.join(answers, on="client_id", how="anti")
    applied = decided.with_answers(pl.concat([answers, older]))
    register.remember_answers(answers.join(applied.unapplied, on="client_id", how="anti"), known)
    return applied


def _write_letters(
    desk: _Desk,
    decided: Decided,
    coaches: tuple[Coach, ...],
    reconciled: Reconciled,
    assignment: Assignment,
    due: pl.DataFrame,
) -> Written:
    facts = LetterFacts(
        clients=decided.ingested.accepted,
        members=reconciled.members,
        assignments=assignment.frame,
        coaches=coaches,
        areas=decided.areas(),
        ground_words=ground_words(decided.chosen),
        on=desk.request.on,
        letter_date=desk.order.letter_date or desk.request.on,
        language=desk.request.language,
        templates=desk.order.templates,
    )
    if isinstance(desk.sink, DryStaging):
        written = plan_letters(due, facts, staging=desk.sink)
    else:
        written = write_letters(
            due,
            facts,
            staging=desk.sink,
            workers=desk.order.workers,
            progress=lambda done, total: desk.talk.progress("letters", done, total),
            clock=desk.watch.clock,
        )
    _name_gaps(desk.talk, facts, due)
    return written


def _name_gaps(talk: Talk, facts: LetterFacts, due: pl.DataFrame) -> None:
    """Say for each area with letters due which facts its letters leave out."""
    for area_id in due.get_column("area").unique().sort():
        gaps = facts.areas[area_id].gaps(on=facts.letter_date)
        if gaps:
            talk.say(
                f"{area_id}: its letters leave out what is not known ({', '.join(gaps)}); "
                f"see `kuntactl areas show {area_id}`"
            )


def _publish(desk: _Desk, worked: Worked, *, number: int) -> Finished:
    """Make lists and reports, remember the run, then move all of it into place."""
    facts: dict[str, Any] = {
        "run": number,
        "register": "new" if desk.register.is_new else desk.register.name,
        **worked.facts(desk.request),
    }
    waiting = {
        kind: desk.register.waiting(kind, found.matters, seen=found.seen)
        for kind, found in waiting_of(worked).items()
    }
    facts["waiting"] = waiting
    with desk.watch.measure("report"):
        _put(desk, worked, number=number)
    facts["seconds"] = desk.watch.rounded(STAGES)
    run_file = as_json(facts)
    desk.sink.put(RUN_FILE, run_file)
    planned = desk.sink.planned
    if not desk.order.dry_run:
        desk.register.finish_run(worked.remembered())
        _keep(desk, seal=sha256(run_file).hexdigest())
        if desk.register.is_new:
            desk.talk.say(f"a new register: {desk.register.name}")
    return Finished(facts=facts, waiting=waiting, planned=planned)


def _keep(desk: _Desk, *, seal: str) -> None:
    """Remember the run, then let its files appear; the next run does what a kill prevents.

    In the other order a killed run would leave letters that the register does not know, and
    the next run would give their ids to others.
    """
    desk.register.seal(seal)
    desk.sink.seal(seal, register=desk.register.place)
    try:
        desk.register.commit()
    finally:
        if not desk.register.remembers(seal):
            desk.sink.discard()
    desk.sink.publish()


def _put(desk: _Desk, worked: Worked, *, number: int) -> None:
    """Stage the lists, the workbooks and the reports."""
    request, decided = desk.request, worked.decided
    put_reading(
        desk.sink,
        decided.ingested,
        request=request,
        more_warnings=decided.answer_warnings(request),
    )
    put_decisions(desk.sink, decided, request=request)
    put_assignments(
        desk.sink,
        worked.assignment,
        decided=decided,
        coaches=worked.coaches,
        grounds=worked.reconciled.members,
        request=request,
    )
    areas = areas_with_a_folder(decided, request=request)
    put_letter_lists(desk.sink, worked, areas=areas.values(), run=number)
    for path, content in reports(worked, areas=areas.keys(), request=request):
        desk.sink.put(path, content)
