"""The main job: from exports to decisions, members, coaches, letters and reports."""

from hashlib import sha256
from typing import Any

import polars as pl

from kuntactl.files.staging import DryStaging
from kuntactl.letters.write import (
    Engine,
    LetterFacts,
    Printing,
    Written,
    plan_letters,
    write_letters,
)
from kuntactl.pipeline.assignments import put_assignments
from kuntactl.pipeline.due import Due, at_the_desk
from kuntactl.pipeline.finished import Finished
from kuntactl.pipeline.letter_lists import put_letter_lists
from kuntactl.pipeline.lists import RUN_FILE, areas_with_a_folder, put_decisions, put_reading
from kuntactl.pipeline.order import Desk, RunOrder
from kuntactl.pipeline.reports import reports
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.pipeline.runfile import STAGES, as_json
from kuntactl.pipeline.waiting import waiting_of
from kuntactl.pipeline.worked import Worked


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
    with at_the_desk(request, order, watch=watch, talk=talk) as (desk, due):
        return _publish(desk, _work(desk, due), number=due.number)


def _work(desk: Desk, due: Due) -> Worked:
    """Write the letters that are due; publish nothing."""
    with desk.watch.measure("letters"):
        written = _write_letters(desk, due.letters, due.facts)
    # Each process makes its letters and their print runs by turns: their shares of the work.
    desk.watch.move(written.print_share, of="letters", to="print")
    with desk.watch.measure("register"):
        new_lines = desk.register.record_letters(written.done)
    return Worked(
        decided=due.decided,
        totals=due.totals,
        drift=due.drift,
        coaches=due.coaches,
        reconciled=due.reconciled,
        assignment=due.assignment,
        due=due.letters,
        written=written,
        new_lines=new_lines,
    )


def _write_letters(desk: Desk, due: pl.DataFrame, facts: LetterFacts) -> Written:
    if isinstance(desk.sink, DryStaging):
        written = plan_letters(due, facts, staging=desk.sink)
    else:
        written = write_letters(
            due,
            facts,
            staging=desk.sink,
            workers=desk.order.workers,
            progress=lambda done, total: desk.talk.progress("letters", done, total),
            printing=Printing(engine=Engine(desk.order.engine), clock=desk.watch.clock),
        )
    for reason in written.not_stamped:
        desk.talk.say(f"some letters are laid out one by one, which is slower: {reason}")
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


def _publish(desk: Desk, worked: Worked, *, number: int) -> Finished:
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


def _keep(desk: Desk, *, seal: str) -> None:
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


def _put(desk: Desk, worked: Worked, *, number: int) -> None:
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
