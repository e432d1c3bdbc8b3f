"""Read and check exports; say what is wrong with them."""

from pathlib import Path

from kuntactl.files.staging import staged
from kuntactl.pipeline.decided import read
from kuntactl.pipeline.finished import Finished
from kuntactl.pipeline.layout import RUN_FILE, put_reading
from kuntactl.pipeline.request import Request, Stopwatch
from kuntactl.pipeline.runfile import as_json, facts_of_reading


def check(request: Request, *, out: Path | None, dry_run: bool, watch: Stopwatch) -> Finished:
    """Read the exports and list what is wrong; write the lists when there is a folder.

    Args:
        request: The exports and how to read them.
        out: Where ``rejected.csv``, ``warnings.csv`` and ``run.json`` go; none: nowhere.
        dry_run: Whether to write nothing at all.
        watch: Measures ``ingest``.

    Raises:
        InputError: If an export is missing, unreadable or wrong.
        DeliveryError: If the folder cannot be written.
    """
    ingested = read(request, watch=watch)
    facts = {**facts_of_reading(request, ingested), "seconds": watch.rounded(("ingest",))}
    waiting = {"rejected": ingested.rows_rejected}
    if out is None:
        return Finished(facts=facts, waiting=waiting)
    with staged(out, dry_run=dry_run) as sink:
        put_reading(sink, ingested)
        sink.put(RUN_FILE, as_json(facts))
        planned = sink.planned
        sink.publish()
    return Finished(facts=facts, waiting=waiting, planned=planned)
