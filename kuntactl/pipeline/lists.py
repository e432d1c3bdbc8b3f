"""The lists of what was read and decided (CONTRACT section 4)."""

import io
from collections.abc import Mapping
from pathlib import PurePosixPath

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.types import AreaId, Outcome
from kuntactl.eligibility.decide import UNPACKED, unpacked
from kuntactl.eligibility.explain import missing_in_words
from kuntactl.files.tables import write_table
from kuntactl.ingest.clients import Ingested
from kuntactl.pipeline.decided import Decided
from kuntactl.pipeline.handed_back import (
    CORRECTED_FILE,
    REJECTED_BOOK,
    REVIEW_BOOK,
    REVIEW_FILE,
)
from kuntactl.pipeline.request import Request
from kuntactl.pipeline.side_by_side import Files
from kuntactl.report.fillable import rejected_workbook, review_workbook
from kuntactl.report.lists import (
    eligible_lists,
    no_one_eligible,
    rejected_list,
    review_list,
    warnings_list,
)

_ROWS_IN_A_GROUP = 1 << 20  # of decisions.parquet: in smaller ones each code is listed anew
RUN_FILE = PurePosixPath("run.json")


def put_reading(
    files: Files,
    ingested: Ingested,
    *,
    request: Request,
    more_warnings: pl.DataFrame | None = None,
) -> None:
    """Stage the lists of what reading found.

    Args:
        files: Takes them.
        ingested: The exports as read.
        request: The language and the day.
        more_warnings: Warnings found after reading (schema Warnings).
    """
    warnings = ingested.warnings
    if more_warnings is not None:
        warnings = pl.concat([warnings, more_warnings])
    rejected, corrected = ingested.rejected, ingested.corrected
    files.put(PurePosixPath("rejected.csv"), lambda: write_table(rejected_list(rejected)))
    files.put(
        PurePosixPath(REJECTED_BOOK),
        lambda: rejected_workbook(rejected, language=request.language, on=request.on),
    )
    files.put(PurePosixPath("warnings.csv"), lambda: write_table(warnings_list(warnings)))
    if corrected.is_empty():
        files.retire(PurePosixPath(CORRECTED_FILE))
    else:
        files.put(PurePosixPath(CORRECTED_FILE), lambda: write_table(corrected))


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


def put_decisions(files: Files, decided: Decided, *, request: Request) -> None:
    """Stage the decisions, the questions to a person, and who is eligible in each area."""
    clients, decisions = decided.ingested.accepted, decided.decisions
    questions = files.begin(lambda: _questions(decided, request))
    eligible = files.begin(lambda: eligible_lists(decisions, clients=clients))
    files.put(PurePosixPath("decisions.parquet"), lambda: _as_parquet(decisions))
    files.put(PurePosixPath(REVIEW_FILE), lambda: write_table(questions()))
    files.put(
        PurePosixPath(REVIEW_BOOK),
        lambda: review_workbook(
            questions(), areas=list(decided.areas()), language=request.language, on=request.on
        ),
    )
    for area in areas_with_a_folder(decided, request=request):
        files.put(
            PurePosixPath(area) / "eligible.csv",
            lambda area=area: write_table(eligible().get(area, no_one_eligible())),  # type: ignore[misc] # the area of this round
        )


def _as_parquet(decisions: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    # Ten columns of a few codes: packed harder they take more time, and no less room.
    # Packed decisions are unpacked on the way, a few at a time.
    decisions.lazy().with_columns(UNPACKED).sink_parquet(
        out,
        row_group_size=_ROWS_IN_A_GROUP,
        compression_level=1,
        statistics=False,
        engine="streaming",
    )
    return out.getvalue()


def _questions(decided: Decided, request: Request) -> pl.DataFrame:
    waiting = decided.decisions.filter(pl.col("outcome") == Outcome.REVIEW.value)
    return review_list(
        unpacked(waiting),
        in_words=lambda codes: missing_in_words(codes, decided.chosen, request.language),
    )
