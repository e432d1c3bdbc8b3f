"""The job tickets that go to the printer with the print runs."""

from pathlib import PurePosixPath

import polars as pl

from kuntactl.domain.types import LetterStatus
from kuntactl.letters.job_ticket import JobTicket, print_runs_of
from kuntactl.letters.letter import LetterFacts
from kuntactl.letters.write import Written
from kuntactl.pipeline.desk import Desk


def put_job_tickets(desk: Desk, written: Written, facts: LetterFacts) -> None:
    """Stage ``print/job-ticket-<run>`` as CSV, JSON and text for each area with a print run.

    In a dry run, which knows no pages, only their names are noted.

    Args:
        desk: Of the run.
        written: What became of its letters.
        facts: With the areas.
    """
    in_print = written.done.filter(pl.col("status") == LetterStatus.WRITTEN.value)
    for letters in in_print.partition_by("area", maintain_order=True):
        area = facts.areas[letters["area"][0]]
        ticket = JobTicket(
            area=area.id,
            area_name=area.name.in_language(facts.language),
            run=desk.number,
            day=desk.request.on,
            sides=desk.order.sides,
            print_runs=print_runs_of(letters, written.lines, sides=desk.order.sides),
        )
        name = PurePosixPath(area.id, "print", f"job-ticket-{desk.number}")
        contents = {
            ".csv": ticket.as_csv(),
            ".json": ticket.as_json(),
            ".txt": ticket.as_text(facts.language),
        }
        for ending, content in contents.items():
            desk.sink.put(name.with_name(name.name + ending), content)
