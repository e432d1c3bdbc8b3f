"""Read and check exports; say what is wrong with them."""

from pathlib import Path

from kuntactl.domain.areas import load_areas
from kuntactl.eligibility.rules import choose, load_rules
from kuntactl.files.staging import staged
from kuntactl.pipeline.decided import read
from kuntactl.pipeline.finished import Finished
from kuntactl.pipeline.handed_back import answers_of, refuse_unread_corrections
from kuntactl.pipeline.lists import RUN_FILE, put_reading
from kuntactl.pipeline.request import Request, Stopwatch
from kuntactl.pipeline.runfile import as_json, facts_of_reading
from kuntactl.pipeline.side_by_side import side_by_side
from kuntactl.report.reasons import reasons_of


def check(request: Request, *, out: Path | None, dry_run: bool, watch: Stopwatch) -> Finished:
    """Read the exports and list what is wrong; write the lists when there is a folder.

    Args:
        request: The exports and how to read them; areas, rules and answers are checked too.
        out: Where the lists of what was read, and ``run.json``, go; none: nowhere.
        dry_run: Whether to write nothing at all.
        watch: Measures ``ingest``.

    Raises:
        InputError: If an export or the answers are missing, unreadable or wrong.
        SettingsError: If an area or rule set that is named does not exist or fit the day.
        DeliveryError: If the folder cannot be written.
    """
    if request.area_ids or request.rules_id is not None:
        choose(
            on=request.on, area_ids=request.area_ids, rules_id=request.rules_id, own=request.own
        )
    load_rules(request.own)  # a mistake in the user's own files is told here already
    load_areas(request.own.areas)
    answers_of(request)
    ingested = read(request, watch=watch, keep=lambda clients: clients.select("client_id"))
    facts = {**facts_of_reading(request, ingested), "seconds": watch.rounded(("ingest",))}
    waiting = {"rejected": ingested.rows_rejected}
    reasons = reasons_of(ingested.rejected)
    if out is None:
        return Finished(facts=facts, waiting=waiting, reasons=reasons)
    refuse_unread_corrections(out, ingested)
    with staged(out, dry_run=dry_run) as sink:
        with side_by_side(sink) as files:
            put_reading(files, ingested, request=request)
        sink.put(RUN_FILE, as_json(facts))
        planned = sink.planned
        sink.publish()
    return Finished(facts=facts, waiting=waiting, planned=planned, reasons=reasons)
