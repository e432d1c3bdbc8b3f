"""Every table of one area's report."""

from collections.abc import Iterator, Mapping, Sequence

from kuntactl.report.coach_tables import coach_tables, place_name
from kuntactl.report.common_tables import (
    Naming,
    column,
    combined_table,
    counts_table,
    flow_table,
    letters_table,
    waiting_table,
)
from kuntactl.report.figures import OUTCOMES, AreaFigures, Count, DriftFigures
from kuntactl.report.sections import expectations, main_languages
from kuntactl.report.table import Line, Share, Table
from kuntactl.report.texts import TEXTS


def area_tables(figures: AreaFigures) -> Mapping[str, Table]:
    """Return the tables by id, in the order of the report; those without a line are left out."""
    every = (
        flow_table(figures.rows, outside=TEXTS["outside"]),
        letters_table(figures.letters, apart=True),
        *_of_decisions(figures),
        *_of_people(figures),
        *coach_tables(figures),
        *_of_comparisons(figures),
    )
    return {table.id: table for table in every if table.lines}


def _of_decisions(figures: AreaFigures) -> Iterator[Table]:
    rows, clients = figures.rows, TEXTS["clients"]
    yield _grounds(figures)
    yield combined_table(
        Naming(
            id="together", caption=TEXTS["grounds_together"], head=TEXTS["ground"], unit=clients
        ),
        figures.combinations,
        total=rows.eligible,
    )
    waiting = (
        ("waits_review", rows.review, "review.csv"),
        ("waits_unassigned", figures.staffing.must_have_coach, "assignments.csv"),
        ("waits_undeliverable", figures.letters.undeliverable, "undeliverable.csv"),
    )
    yield waiting_table([one for one in waiting if one[1]], unit=clients)
    yield counts_table(
        Naming(id="missing", caption=TEXTS["missing_facts"], head=TEXTS["missing"], unit=clients),
        figures.missing,
    )
    yield counts_table(
        Naming(
            id="undeliverable",
            caption=TEXTS["why_undeliverable"],
            head=TEXTS["reason"],
            unit=TEXTS["letters"],
        ),
        figures.undeliverable,
    )
    yield combined_table(
        Naming(id="reasons", caption=TEXTS["not_eligible"], head=TEXTS["reason"], unit=clients),
        figures.reasons,
        total=rows.not_eligible,
    )


def _grounds(figures: AreaFigures) -> Table:
    whole = figures.rows.eligible
    return Table(
        id="grounds",
        caption=TEXTS["grounds_each"],
        columns=(
            column("ground", "head"),
            column("clients"),
            column("share", "share"),
            column("alone"),
            column("with_others"),
        ),
        lines=tuple(
            Line(
                key=one.code,
                values=(
                    one.words,
                    one.count,
                    Share(part=one.count, whole=whole),
                    one.alone,
                    one.count - one.alone,
                ),
            )
            for one in figures.grounds
            if whole
        ),
    )


def _of_people(figures: AreaFigures) -> Iterator[Table]:
    rows, clients = figures.rows, TEXTS["clients"]
    counts = {key: getattr(rows, key) for key in OUTCOMES}
    yield Table(
        id="municipalities",
        caption=TEXTS["by_municipality"],
        columns=(
            column("municipality", "head"),
            *(column(key) for key in OUTCOMES),
            column("total"),
        ),
        lines=tuple(
            Line(
                key=place.code or "hidden",
                values=(
                    place_name(place.name),
                    *(getattr(place, key) for key in OUTCOMES),
                    place.total,
                ),
            )
            for place in figures.municipalities
        ),
        total=Line(
            key="total",
            values=(TEXTS["total"], *counts.values(), sum(counts.values())),
            look="sum",
        ),
    )
    if rows.eligible:
        yield counts_table(
            Naming(id="ages", caption=TEXTS["by_age"], head=TEXTS["age"], unit=clients),
            figures.ages,
            whole=rows.eligible,
            total=rows.eligible,
        )
        yield languages_table(main_languages(figures.languages), whole=rows.eligible)


def languages_table(languages: Sequence[Count], *, whole: int) -> Table:
    """Return the mother tongues of the target group."""
    naming = Naming(
        id="languages",
        caption=TEXTS["by_language"],
        head=TEXTS["mother_tongue"],
        unit=TEXTS["clients"],
    )
    return counts_table(naming, languages, whole=whole, total=whole)


def _of_comparisons(figures: AreaFigures) -> Iterator[Table]:
    yield _controls(figures)
    if figures.drift:
        yield _drift(figures.drift)


def _controls(figures: AreaFigures) -> Table:
    return Table(
        id="controls",
        caption=TEXTS["controls_of"],
        columns=(
            column("where", "head"),
            column("expected"),
            column("found"),
            column("difference", "change"),
        ),
        lines=tuple(
            Line(
                key=str(number),
                values=(
                    one.places or TEXTS["whole_area"],
                    one.expected,
                    one.found,
                    one.found - one.expected,
                ),
            )
            for number, one in enumerate(expectations(figures))
        ),
    )


def _drift(drift: DriftFigures) -> Table:
    return Table(
        id="drift",
        caption=TEXTS["drift_changed"],
        columns=(
            column("drift_by", "text"),
            column("drift_what", "head"),
            column("drift_before"),
            column("drift_now"),
            column("drift_change", "change"),
        ),
        lines=tuple(
            Line(
                key=f"{line.by.en}: {line.words.en}",
                values=(line.by, line.words, line.before, line.now, line.change),
            )
            for line in drift.lines
        ),
    )
