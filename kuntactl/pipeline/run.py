"""The main job: from exports to decisions, members, coaches, letters and reports."""

from typing import Any

from kuntactl.pipeline.assignments import Split, put_assignments
from kuntactl.pipeline.desk import Desk
from kuntactl.pipeline.due import Due, at_the_desk
from kuntactl.pipeline.finished import Finished
from kuntactl.pipeline.idle import idle_members, put_idle
from kuntactl.pipeline.letter_lists import put_letter_lists, put_transfers
from kuntactl.pipeline.lists import RUN_FILE, areas_with_a_folder, put_decisions, put_reading
from kuntactl.pipeline.order import RunOrder
from kuntactl.pipeline.release import refuse_unapproved
from kuntactl.pipeline.removal import put_removals, removals
from kuntactl.pipeline.reports import reports
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.pipeline.runfile import STAGES, as_json
from kuntactl.pipeline.side_by_side import side_by_side
from kuntactl.pipeline.waiting import waiting_of
from kuntactl.pipeline.worked import Worked
from kuntactl.pipeline.writing import write_due
from kuntactl.workers.cluster import look_for


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
        LetterError: If a letter cannot be laid out, or the letters are not those of the proof
            that was approved.
        DeliveryError: If the folder cannot be written.
    """
    look_for(None if order.dry_run else order.cluster)
    with at_the_desk(request, order, watch=watch, talk=talk) as (desk, due):
        refuse_unapproved(order, due)
        return _publish(desk, _work(desk, due), order=order)


def _work(desk: Desk, due: Due) -> Worked:
    """Write the letters that are due; publish nothing."""
    written = write_due(desk, due.letters, due.facts)
    with desk.watch.measure("register"):
        new_lines = desk.register.record_letters(written.done)
    return Worked(
        decided=due.decided,
        totals=due.totals,
        drift=due.drift,
        coaches=due.coaches,
        reconciled=due.reconciled,
        assignment=due.assignment,
        contacts=due.contacts,
        due=due.letters,
        written=written,
        new_lines=new_lines,
        idle=idle_members(
            due.reconciled.members,
            due.reconciled.missing,
            decisions=due.decided.decisions,
            rejected=due.decided.ingested.rejected["client_id"],
        ),
        removals=removals(
            desk.register.printed(
                due.decided.ingested.accepted.filter("protected")["client_id"],
                areas=due.decided.areas(),
            ),
            target=desk.order.out,
        ),
    )


def _publish(desk: Desk, worked: Worked, *, order: RunOrder) -> Finished:
    """Make lists and reports, remember the run, then move all of it into place."""
    facts: dict[str, Any] = {
        "run": desk.number,
        "register": desk.register_said,
        "released": order.release,
        **worked.facts(desk.request),
    }
    waiting = {
        kind: desk.register.waiting(kind, found.matters, seen=found.seen)
        for kind, found in waiting_of(worked).items()
    }
    facts["waiting"] = waiting
    with desk.watch.measure("report"):
        _put(desk, worked, order=order)
    facts["seconds"] = desk.watch.rounded(STAGES)
    run_file = as_json(facts)
    desk.sink.put(RUN_FILE, run_file)
    planned = desk.sink.planned if desk.order.dry_run else ()
    desk.register.finish_run(worked.remembered())
    desk.keep(run_file, facts)
    return Finished(facts=facts, waiting=waiting, planned=planned)


def _put(desk: Desk, worked: Worked, *, order: RunOrder) -> None:
    """Stage the lists, the workbooks and the reports."""
    request, decided = desk.request, worked.decided
    with side_by_side(desk.sink) as files:
        warnings = decided.answer_warnings(request)
        put_reading(files, decided.ingested, request=request, more_warnings=warnings)
        put_decisions(files, decided, request=request)
    split = Split(
        assignment=worked.assignment,
        contacts=worked.contacts,
        coaches=worked.coaches,
        grounds=worked.reconciled.members,
    )
    put_assignments(desk.sink, split, decided=decided, request=request, workers=desk.order.workers)
    areas = areas_with_a_folder(decided, request=request)
    put_transfers(desk.sink, worked.reconciled.members, areas=areas.values())
    put_idle(desk.sink, worked.idle, areas=areas, language=request.language)
    put_removals(desk.sink, worked.removals, areas=areas)
    put_letter_lists(
        desk.sink, worked.written, worked.new_lines, areas=areas.values(), run=desk.number
    )
    for path, content in reports(worked, areas=areas.keys(), request=request, order=order.reports):
        if content is None:
            desk.sink.retire(path)
        else:
            desk.sink.put(path, content)
