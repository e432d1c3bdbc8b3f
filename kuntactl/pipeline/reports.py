"""The reports of a run, from what its stages left behind."""

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from kuntactl import __version__
from kuntactl.assignment.alternatives import Bind
from kuntactl.domain.types import AreaId
from kuntactl.eligibility.rules import Chosen
from kuntactl.pipeline.request import Request
from kuntactl.pipeline.words import vocabulary_of
from kuntactl.pipeline.worked import Worked
from kuntactl.report.area_tables import area_tables
from kuntactl.report.figures import Changes, RulesUsed, SourceFile
from kuntactl.report.html import area_report, run_report
from kuntactl.report.paper import Paper
from kuntactl.report.report_book import report_workbook
from kuntactl.report.run_tables import run_tables
from kuntactl.report.summary import Results, area_figures, run_figures
from kuntactl.report.texts import TEXTS

PAGE, PDF, BOOK = "report.html", "report.pdf", "report.xlsx"


def reports(
    worked: Worked, *, areas: Collection[AreaId], request: Request, pdf: bool = False
) -> Iterator[tuple[PurePosixPath, bytes | None]]:
    """Yield the report of each of the areas, then the run's, with its path relative to DIR.

    Instead of a file that is not made there is none: an older one of that name is to be gone.

    Args:
        worked: What the steps of the run made.
        areas: Whose reports are made.
        request: The day and the language.
        pdf: Whether each is made as PDF too, from the same page.

    Raises:
        LetterError: If a PDF cannot be set.
    """
    paper = Paper() if pdf else None
    results = _results(worked)
    of_areas = [
        area_figures(
            choice.area,
            results,
            rules=_rules_used(choice),
            vocabulary=vocabulary_of([choice]),
            on=request.on,
        )
        for choice in worked.decided.chosen
        if choice.area.id in areas
    ]
    for figures in of_areas:
        folder = PurePosixPath(figures.area.id)
        yield folder / PAGE, area_report(figures, language=request.language)
        page = area_report(figures, language=request.language, on_paper=True) if paper else b""
        yield folder / PDF, paper.pdf(page) if paper else None
        yield (
            folder / BOOK,
            report_workbook(
                area_tables(figures),
                title=figures.area.name.in_language(request.language),
                language=request.language,
                on=request.on,
            ),
        )
    of_run = run_figures(
        of_areas,
        results,
        files=[
            SourceFile(
                name=file.name,
                sha256=file.sha256,
                format=file.format,
                encoding=file.encoding,
                rows=file.rows,
            )
            for file in worked.decided.ingested.inputs
        ],
        changes=Changes(
            joined=worked.reconciled.joined,
            stayed=worked.reconciled.stayed,
            left=worked.reconciled.left,
            moved=worked.reconciled.moved,
            absent=worked.reconciled.absent,
        ),
        vocabulary=vocabulary_of(worked.decided.chosen),
        version=__version__,
    )
    yield PurePosixPath(PAGE), run_report(of_run, language=request.language)
    page = run_report(of_run, language=request.language, on_paper=True) if paper else b""
    yield PurePosixPath(PDF), paper.pdf(page) if paper else None
    yield (
        PurePosixPath(BOOK),
        report_workbook(
            run_tables(of_run),
            title=TEXTS["run_report"].in_language(request.language),
            language=request.language,
            on=request.on,
        ),
    )


def _results(worked: Worked) -> Results:
    ingested = worked.decided.ingested
    return Results(
        read=ingested.rows_read,
        rejected_rows=ingested.rows_rejected,
        rejected=ingested.rejected,
        warnings=ingested.warnings,
        clients=ingested.accepted,
        decisions=worked.decided.decisions,
        members=worked.reconciled.members,
        assignments=worked.assignment.frame,
        contacts=worked.contacts,
        letters=worked.written.done,
        undeliverable=worked.written.undeliverable,
        coaches=worked.coaches,
        comparisons=worked.totals.comparisons,
        drift=worked.drift.of_areas,
        alternatives=worked.assignment.alternatives,
        binding=[Bind.LIMIT.value, Bind.LOAD.value, Bind.FLOOR.value],
        proofs={a: (proof.top, proof.bound) for a, proof in worked.assignment.proofs.items()},
        notices={
            area: [one.words for one in worked.assignment.notices if one.area == area]
            for area in worked.assignment.proofs
        },
    )


def _rules_used(choice: Chosen) -> RulesUsed:
    return RulesUsed(
        id=choice.rules.id,
        name=choice.rules.name,
        begins=choice.version.begins,
        source=choice.version.source,
        unverified=choice.version.unverified,
    )
