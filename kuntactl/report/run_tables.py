"""Every table of a run's report."""

from collections.abc import Iterator, Mapping

from kuntactl.report.common_tables import (
    Naming,
    column,
    counts_table,
    flow_table,
    letters_table,
    waiting_table,
)
from kuntactl.report.figures import OUTCOMES, AreaFigures, Count, LetterCounts, RunFigures
from kuntactl.report.table import Line, Table
from kuntactl.report.texts import TEXTS

_CHANGES = ("joined", "stayed", "moved", "left", "absent")


def run_tables(figures: RunFigures) -> Mapping[str, Table]:
    """Return the tables by id, in the order of the report; those without a line are left out."""
    every = (
        flow_table(figures.rows, outside=TEXTS["outside_run"]),
        letters_table(figures.letters, apart=False),
        *_of_areas(figures),
        *_of_rows(figures),
        _changes(figures),
        _files(figures),
    )
    return {table.id: table for table in every if table.lines}


def _of_areas(figures: RunFigures) -> Iterator[Table]:
    rows = figures.rows
    lines = [
        Line(
            key=area.area.id,
            values=(area.area.name, *(getattr(area.rows, key) for key in OUTCOMES)),
            link=f"{area.area.id}/report.html",
        )
        for area in figures.areas
    ]
    if figures.review_without_area:
        lines.append(
            Line(key="none", values=(TEXTS["no_area"], 0, figures.review_without_area, 0))
        )
    yield Table(
        id="areas",
        caption=TEXTS["rows_by_area"],
        columns=(column("area", "head"), *(column(key) for key in OUTCOMES)),
        lines=tuple(lines),
        total=Line(
            key="total",
            values=(TEXTS["total"], *(getattr(rows, key) for key in OUTCOMES)),
            look="sum",
        ),
    )
    yield Table(
        id="area_letters",
        caption=TEXTS["letters_by_area"],
        columns=(
            column("area", "head"),
            *(column(key) for key in ("written", "already_sent", "undeliverable", "letters_due")),
            *(column(key) for key in ("assigned", "unassigned")),
        ),
        lines=tuple(
            Line(key=area.area.id, values=(area.area.name, *_letters(area)))
            for area in figures.areas
        ),
        total=Line(
            key="total",
            values=(
                TEXTS["total"],
                *_counted(figures.letters),
                figures.assigned,
                figures.unassigned,
            ),
            look="sum",
        ),
    )


def _letters(area: AreaFigures) -> tuple[int, ...]:
    return (*_counted(area.letters), area.staffing.assigned, area.staffing.unassigned)


def _counted(letters: LetterCounts) -> tuple[int, ...]:
    """Return the letters without telling how many are handled apart."""
    return (
        letters.written + letters.protected,
        letters.already_sent,
        letters.undeliverable,
        letters.due,
    )


def _of_rows(figures: RunFigures) -> Iterator[Table]:
    rows = figures.rows
    waiting = (
        ("waits_review", rows.review, "review.csv"),
        ("waits_rejected", rows.rejected, "rejected.csv"),
        (
            "waits_unassigned",
            sum(area.staffing.must_have_coach for area in figures.areas),
            "assignments.csv",
        ),
        ("waits_undeliverable", figures.letters.undeliverable, "undeliverable.csv"),
    )
    yield waiting_table([one for one in waiting if one[1]], unit=TEXTS["rows_or_clients"])
    for naming, counts, total in (
        (
            Naming(
                id="rejected",
                caption=TEXTS["s_rejected"],
                head=TEXTS["fault"],
                unit=TEXTS["rows"],
            ),
            figures.rejections,
            None,
        ),
        (
            Naming(
                id="outside",
                caption=TEXTS["s_outside"],
                head=TEXTS["municipality"],
                unit=TEXTS["clients"],
            ),
            figures.outside,
            rows.outside,
        ),
        (
            Naming(
                id="warnings",
                caption=TEXTS["s_warnings"],
                head=TEXTS["warning"],
                unit=TEXTS["rows"],
            ),
            figures.warnings,
            None,
        ),
    ):
        yield counts_table(naming, counts, total=total)


def _changes(figures: RunFigures) -> Table:
    counts = [
        Count(code=key, words=TEXTS[key], count=getattr(figures.changes, key)) for key in _CHANGES
    ]
    naming = Naming(
        id="changes", caption=TEXTS["s_changes"], head=TEXTS["change"], unit=TEXTS["clients"]
    )
    return counts_table(naming, counts)


def _files(figures: RunFigures) -> Table:
    return Table(
        id="files",
        caption=TEXTS["s_files"],
        columns=(
            column("file", "head"),
            column("rows"),
            column("encoding", "text"),
            column("checksum", "code"),
        ),
        lines=tuple(
            Line(
                key=file.sha256,
                values=(file.name, file.rows, file.encoding or file.format, file.sha256),
            )
            for file in figures.files
        ),
    )
