"""The lists of what was read and decided (CONTRACT section 4)."""

import io
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePosixPath

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.types import AreaId
from kuntactl.eligibility.explain import missing_in_words
from kuntactl.files.staging import Sink
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
from kuntactl.report.fillable import rejected_workbook, review_workbook
from kuntactl.report.lists import (
    eligible_lists,
    no_one_eligible,
    rejected_list,
    review_list,
    warnings_list,
)

RUN_FILE = PurePosixPath("run.json")


def put_reading(
    sink: Sink, ingested: Ingested, *, request: Request, more_warnings: pl.DataFrame | None = None
) -> None:
    """Stage the lists of what reading found.

    Args:
        sink: Takes the files.
        ingested: The exports as read.
        request: The language and the day.
        more_warnings: Warnings found after reading (schema Warnings).
    """
    warnings = ingested.warnings
    if more_warnings is not None:
        warnings = pl.concat([warnings, more_warnings])
    sink.put(PurePosixPath("rejected.csv"), write_table(rejected_list(ingested.rejected)))
    book = rejected_workbook(ingested.rejected, language=request.language, on=request.on)
    sink.put(PurePosixPath(REJECTED_BOOK), book)
    sink.put(PurePosixPath("warnings.csv"), write_table(warnings_list(warnings)))
    if ingested.corrected.is_empty():
        sink.retire(PurePosixPath(CORRECTED_FILE))
    else:
        sink.put(PurePosixPath(CORRECTED_FILE), write_table(ingested.corrected))


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
    areas = list(areas_with_a_folder(decided, request=request))
    # Files are made side by side: most of that is work of Polars and of zlib.
    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        table = threads.submit(_as_parquet, decided.decisions)
        questions = threads.submit(_questions, decided, request)
        eligible = eligible_lists(decided.decisions, clients=decided.ingested.accepted)
        lists = threads.map(lambda area: write_table(eligible.get(area, no_one_eligible())), areas)
        sink.put(PurePosixPath("decisions.parquet"), table.result())
        listed, book = questions.result()
        sink.put(PurePosixPath(REVIEW_FILE), listed)
        sink.put(PurePosixPath(REVIEW_BOOK), book)
        for area, content in zip(areas, lists, strict=True):
            sink.put(PurePosixPath(area) / "eligible.csv", content)


def _as_parquet(decisions: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    decisions.write_parquet(out)
    return out.getvalue()


def _questions(decided: Decided, request: Request) -> tuple[bytes, bytes]:
    """Return review.csv and review.xlsx."""
    questions = review_list(
        decided.decisions,
        in_words=lambda codes: missing_in_words(codes, decided.chosen, request.language),
    )
    book = review_workbook(questions, language=request.language, on=request.on)
    return write_table(questions), book
