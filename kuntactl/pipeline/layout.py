"""Which file of DIR holds what (CONTRACT section 4)."""

import io
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

import polars as pl

from kuntactl.assignment.allocate import Assignment
from kuntactl.assignment.explain import Reason
from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import AreaId
from kuntactl.eligibility.explain import missing_in_words
from kuntactl.files.staging import Sink
from kuntactl.files.tables import write_table
from kuntactl.ingest.clients import Ingested
from kuntactl.pipeline.decided import REVIEW_FILE, Decided
from kuntactl.pipeline.request import Request
from kuntactl.pipeline.words import vocabulary_of
from kuntactl.report.caseload import workbook_rows
from kuntactl.report.lists import (
    assignments_list,
    eligible_list,
    rejected_list,
    review_list,
    warnings_list,
)
from kuntactl.report.workbook import coach_workbook

RUN_FILE = PurePosixPath("run.json")
REGISTER_FILE = "register.db"


def put_reading(
    sink: Sink, ingested: Ingested, *, more_warnings: pl.DataFrame | None = None
) -> None:
    """Stage the lists of what reading found.

    Args:
        sink: Takes the files.
        ingested: The exports as read.
        more_warnings: Warnings found after reading (schema Warnings).
    """
    warnings = ingested.warnings
    if more_warnings is not None:
        warnings = pl.concat([warnings, more_warnings])
    sink.put(PurePosixPath("rejected.csv"), write_table(rejected_list(ingested.rejected)))
    sink.put(PurePosixPath("warnings.csv"), write_table(warnings_list(warnings)))


def areas_with_a_folder(decided: Decided, *, request: Request) -> Mapping[AreaId, Area]:
    """Return the chosen areas that this run writes a folder for.

    Those that were asked for by name or have rows in the exports; when none has, all of them.
    The lists of the others stay as an export of their own office left them.
    """
    with_rows = set(decided.decisions.get_column("area").drop_nulls().unique())
    present = {
        area_id: area
        for area_id, area in decided.areas().items()
        if area_id in request.area_ids or area_id in with_rows
    }
    return present or decided.areas()


def put_decisions(sink: Sink, decided: Decided, *, request: Request) -> None:
    """Stage the decisions, the questions to a person, and who is eligible in each area."""
    parquet = io.BytesIO()
    decided.decisions.write_parquet(parquet)
    sink.put(PurePosixPath("decisions.parquet"), parquet.getvalue())
    questions = review_list(
        decided.decisions, in_words=lambda codes: missing_in_words(codes, request.language)
    )
    sink.put(PurePosixPath(REVIEW_FILE), write_table(questions))
    for area in areas_with_a_folder(decided, request=request):
        of_area = decided.eligible().filter(pl.col("area") == area)
        eligible = eligible_list(of_area, clients=decided.ingested.accepted)
        sink.put(PurePosixPath(area) / "eligible.csv", write_table(eligible))


def put_assignments(
    sink: Sink,
    assignment: Assignment,
    *,
    decided: Decided,
    coaches: Sequence[Coach],
    grounds: pl.DataFrame,
    request: Request,
) -> None:
    """Stage each area's list of assignments, and a workbook for each coach.

    A workbook of a coach who is no longer in the list is removed.

    Args:
        sink: Takes the files.
        assignment: Who has which coach.
        decided: The clients and the chosen areas.
        coaches: The coaches of those areas.
        grounds: ``client_id`` and ``grounds``, of members or of decisions.
        request: The language and the day.
    """
    vocabulary = vocabulary_of(decided.chosen)
    frame = _without_whereabouts(assignment.frame, clients=decided.ingested.accepted)
    rows = workbook_rows(frame, clients=decided.ingested.accepted, grounds=grounds)
    areas = areas_with_a_folder(decided, request=request)
    for area in areas.values():
        of_area = frame.filter(pl.col("area") == area.id)
        listed = assignments_list(of_area, reasons=vocabulary.reasons, language=request.language)
        sink.put(PurePosixPath(area.id) / "assignments.csv", write_table(listed))
        _retire_workbooks(sink, area)
    for coach in coaches:
        if coach.area not in areas:
            continue
        content = coach_workbook(
            coach,
            rows.filter(pl.col("coach_id") == coach.id),
            area=areas[coach.area],
            vocabulary=vocabulary,
            language=request.language,
            on=request.on,
        )
        sink.put(PurePosixPath(coach.area) / "coaches" / f"{coach.id}.xlsx", content)


def _without_whereabouts(assignments: pl.DataFrame, *, clients: pl.DataFrame) -> pl.DataFrame:
    """Return the assignments without a reason that tells where a protected client lives."""
    protected = clients.filter("protected").get_column("client_id")
    told = pl.col("why").list.filter(pl.element() != Reason.MUNICIPALITY.value)
    return assignments.with_columns(
        pl.when(pl.col("client_id").is_in(protected.implode()))
        .then(told)
        .otherwise("why")
        .alias("why")
    )


def _retire_workbooks(sink: Sink, area: Area) -> None:
    folder = PurePosixPath(area.id) / "coaches"
    for old in sorted((sink.target / folder).glob("*.xlsx")):
        sink.retire(folder / old.name)
