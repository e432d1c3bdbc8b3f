"""Decide who belongs to a trial, and write the decisions down."""

from pathlib import Path

from kuntactl.files.staging import staged
from kuntactl.pipeline.finished import Finished
from kuntactl.pipeline.handed_back import (
    answers_of,
    refuse_unread_answers,
    refuse_unread_corrections,
)
from kuntactl.pipeline.in_batches import decide_in_batches, with_answers
from kuntactl.pipeline.lists import RUN_FILE, put_decisions, put_reading
from kuntactl.pipeline.request import Request, Stopwatch
from kuntactl.pipeline.runfile import as_json, facts_of_deciding
from kuntactl.pipeline.side_by_side import side_by_side
from kuntactl.pipeline.totals import compare_totals


def decide(request: Request, *, out: Path, dry_run: bool, watch: Stopwatch) -> Finished:
    """Read the exports, decide for each row, write the lists; keep no memory of it.

    Args:
        request: The exports, the day, the areas and rules, the answers of a person.
        out: Where the lists and ``run.json`` go.
        dry_run: Whether to write nothing at all.
        watch: Measures ``ingest`` and ``decide``.

    Raises:
        InputError: If an export or the answers are missing, unreadable or wrong, or a control
            total is off.
        SettingsError: If an area, rule set or day does not fit.
        DeliveryError: If the folder cannot be written.
    """
    answers = answers_of(request)
    refuse_unread_answers(out, answers)
    decided = with_answers(decide_in_batches(request, watch=watch), answers)
    refuse_unread_corrections(out, decided.ingested)
    totals = compare_totals(decided, request=request)
    facts = {
        **facts_of_deciding(request, decided),
        **totals.facts(),
        "seconds": watch.rounded(("ingest", "decide")),
    }
    with staged(out, dry_run=dry_run) as sink:
        with side_by_side(sink) as files:
            warnings = decided.answer_warnings(request)
            put_reading(files, decided.ingested, request=request, more_warnings=warnings)
            put_decisions(files, decided, request=request)
        sink.put(RUN_FILE, as_json(facts))
        planned = sink.planned
        sink.publish()
    return Finished(
        facts=facts,
        waiting={
            "rejected": decided.ingested.rows_rejected,
            "review": facts["rows"]["review"],
        },
        planned=planned,
    )
