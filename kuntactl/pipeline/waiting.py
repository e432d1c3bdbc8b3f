"""What waits for a person after a run, under names that stay the same over runs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from kuntactl.domain.types import Outcome
from kuntactl.pipeline.assignments import needs_no_coach
from kuntactl.pipeline.idle import not_searching
from kuntactl.pipeline.worked import Worked
from kuntactl.register.waiting import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits of one kind, and whose matters of that kind the run has looked at."""

    matters: Collection[Matter]
    seen: Collection[str]


def waiting_of(worked: Worked) -> Mapping[str, Waiting]:
    """Return by kind what waits: rejected, review, unassigned, undeliverable, to_remove."""
    ingested, decisions = worked.decided.ingested, worked.decided.decisions
    # A client of an area that this run did not look at may wait there all the same.
    inside = decisions.filter(pl.col("outcome") != Outcome.OUTSIDE.value)
    clients = {*inside.get_column("client_id"), *worked.reconciled.members.get_column("client_id")}
    in_review = decisions.filter(pl.col("outcome") == Outcome.REVIEW.value)
    # Who does not look for work, or waits in the light lane, needs no coach now.
    without = worked.assignment.frame.filter(pl.col("coach_id").is_null(), ~needs_no_coach())
    unassigned = without.join(not_searching(decisions), on="client_id", how="anti")
    undeliverable = worked.written.undeliverable
    written_to = clients | {*worked.due.get_column("client_id")}  # some have left
    here = {*decisions.get_column("client_id")}
    return {
        "rejected": Waiting(matters=_rejected(ingested.rejected), seen=_rows(worked)),
        "review": Waiting(matters=_matters(in_review, "area"), seen=clients),
        "unassigned": Waiting(matters=_matters(unassigned, "area"), seen=clients),
        "undeliverable": Waiting(matters=_matters(undeliverable, "area", "code"), seen=written_to),
        "to_remove": Waiting(matters=_matters(worked.removals, "area", "file"), seen=here),
    }


def _matters(frame: pl.DataFrame, *what: str) -> list[Matter]:
    rows = frame.select("client_id", pl.concat_str(what, separator="|", ignore_nulls=True))
    return [Matter(of=client, what=text) for client, text in rows.iter_rows()]


def _rejected(rejected: pl.DataFrame) -> list[Matter]:
    """Return one matter a client, column and fault: their row is another every night."""
    number = pl.col("client_id")
    row = pl.when(number.is_null()).then(pl.col("row").cast(pl.String))
    rows = rejected.select(
        number.fill_null(pl.col("file")),
        pl.concat_str(row, "column", "code", separator="|", ignore_nulls=True),
    )
    return [Matter(of=of, what=text) for of, text in rows.iter_rows()]


def _rows(worked: Worked) -> set[str]:
    """Return whose rows stand in the exports; a row without a number is its file's."""
    ingested = worked.decided.ingested
    files = {file.name for file in ingested.inputs}
    return files | set(ingested.accepted.get_column("client_id"))
