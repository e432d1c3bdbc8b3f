"""The reports of a run, from what its stages left behind."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import PurePosixPath

from kuntactl import __version__
from kuntactl.assignment.alternatives import Bind
from kuntactl.domain.types import AreaId
from kuntactl.domain.wording import Name, Words
from kuntactl.eligibility.rules import Chosen
from kuntactl.pipeline.order import ReportOrder
from kuntactl.pipeline.request import Request
from kuntactl.pipeline.words import vocabulary_of
from kuntactl.pipeline.worked import Worked
from kuntactl.report.area_tables import area_tables
from kuntactl.report.figures import AreaFigures, Changes, RulesUsed, RunFigures, SourceFile
from kuntactl.report.html import area_report, run_report
from kuntactl.report.paper import Paper
from kuntactl.report.public import publish
from kuntactl.report.public_tables import public_area_tables, public_run_tables
from kuntactl.report.report_book import report_workbook
from kuntactl.report.run_tables import run_tables
from kuntactl.report.summary import Results, area_figures, run_figures, without_protected
from kuntactl.report.table import Table
from kuntactl.report.texts import TEXTS

PUBLIC = PurePosixPath("public")  # folder of the reports that everybody may read
_PAGE, _PDF, _BOOK = "report.html", "report.pdf", "report.xlsx"

Report = Iterator[tuple[PurePosixPath, bytes | None]]


def reports(
    worked: Worked, *, areas: Collection[AreaId], request: Request, order: ReportOrder
) -> Report:
    """Yield the report of each of the areas, then the run's, with its path relative to DIR.

    Instead of a file that is not made there is none: an older one of that name is to be gone.

    Args:
        worked: What the steps of the run made.
        areas: Whose reports are made.
        request: The day and the language.
        order: In which forms, and for whom.

    Raises:
        LetterError: If a PDF cannot be set.
    """
    press = _Press(request=request, paper=Paper() if order.pdf else None)
    results = _results(worked)
    of_areas = _area_figures(worked, results, areas=areas, request=request)
    of_run = _run_figures(worked, results, of_areas)
    for figures in of_areas:
        folder = PurePosixPath(figures.area.id)
        yield from press.area(folder, figures, area_tables(figures))
    yield from press.run(PurePosixPath(), of_run, run_tables(of_run))
    if order.public:
        open_areas = _area_figures(
            worked, without_protected(results), areas=areas, request=request
        )
        yield from _public(press, open_areas, of_run)
    else:
        folders = [PUBLIC, *(PUBLIC / figures.area.id for figures in of_areas)]
        for folder, name in product(folders, (_PAGE, _PDF, _BOOK)):
            yield folder / name, None


def _public(press: "_Press", areas: Sequence[AreaFigures], run: RunFigures) -> Report:
    tables, rest = public_run_tables(run, areas)
    published = publish(
        {figures.area.id: public_area_tables(figures) for figures in areas}, tables, rest=rest
    )
    for figures in areas:
        told = published.areas[figures.area.id]
        yield from press.area(PUBLIC / figures.area.id, figures, told, is_public=True)
    yield from press.run(PUBLIC, run, published.run, is_public=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Press:
    """Makes a report in each of its forms."""

    request: Request
    paper: Paper | None  # none: no PDF is made

    def area(
        self,
        folder: PurePosixPath,
        figures: AreaFigures,
        tables: Mapping[str, Table],
        *,
        is_public: bool = False,
    ) -> Report:
        """Yield the files of an area's report."""
        draw = partial(area_report, figures, published=tables if is_public else None)
        yield from self._files(folder, draw, tables, title=figures.area.name)

    def run(
        self,
        folder: PurePosixPath,
        figures: RunFigures,
        tables: Mapping[str, Table],
        *,
        is_public: bool = False,
    ) -> Report:
        """Yield the files of the run's report."""
        draw = partial(run_report, figures, published=tables if is_public else None)
        yield from self._files(folder, draw, tables, title=TEXTS["run_report"])

    def _files(
        self,
        folder: PurePosixPath,
        draw: Callable[..., bytes],
        tables: Mapping[str, Table],
        *,
        title: Words | Name,
    ) -> Report:
        language = self.request.language
        yield folder / _PAGE, draw(language=language)
        paper = self.paper.pdf(draw(language=language, on_paper=True)) if self.paper else None
        yield folder / _PDF, paper
        heading = title.in_language(language)
        book = report_workbook(tables, title=heading, language=language, on=self.request.on)
        yield folder / _BOOK, book


def _area_figures(
    worked: Worked, results: Results, *, areas: Collection[AreaId], request: Request
) -> list[AreaFigures]:
    return [
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


def _run_figures(worked: Worked, results: Results, of_areas: Sequence[AreaFigures]) -> RunFigures:
    return run_figures(
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
