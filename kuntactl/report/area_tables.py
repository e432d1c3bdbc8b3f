"""Every table of one area's report."""

from collections.abc import Iterator, Mapping

from kuntactl.domain.wording import Name, Words
from kuntactl.report.codes import TEAMS
from kuntactl.report.common_tables import (
    Naming,
    column,
    combined_table,
    counts_table,
    flow_table,
    letters_table,
    waiting_table,
)
from kuntactl.report.equal_service import PlaceService
from kuntactl.report.figures import AreaFigures, DriftFigures
from kuntactl.report.sections import expectations, main_languages
from kuntactl.report.staffing import CoachLoad
from kuntactl.report.table import Line, Share, Table, Value
from kuntactl.report.texts import TEXTS

_OUTCOMES = ("eligible", "review", "not_eligible")


def area_tables(figures: AreaFigures) -> Mapping[str, Table]:
    """Return the tables by id, in the order of the report; those without a line are left out."""
    every = (
        flow_table(figures.rows, outside=TEXTS["outside"]),
        letters_table(figures.letters, apart=True),
        *_of_decisions(figures),
        *_of_people(figures),
        *_of_coaches(figures),
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
    counts = {key: getattr(rows, key) for key in _OUTCOMES}
    yield Table(
        id="municipalities",
        caption=TEXTS["by_municipality"],
        columns=(
            column("municipality", "head"),
            *(column(key) for key in _OUTCOMES),
            column("total"),
        ),
        lines=tuple(
            Line(
                key=place.code or "hidden",
                values=(
                    place_name(place.name),
                    *(getattr(place, key) for key in _OUTCOMES),
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
    ages = Naming(id="ages", caption=TEXTS["by_age"], head=TEXTS["age"], unit=clients)
    tongues = Naming(
        id="languages", caption=TEXTS["by_language"], head=TEXTS["mother_tongue"], unit=clients
    )
    if rows.eligible:
        for naming, found in ((ages, figures.ages), (tongues, main_languages(figures.languages))):
            yield counts_table(naming, found, whole=rows.eligible, total=rows.eligible)


def place_name(name: Name | None) -> Words | Name:
    """Return the municipality's name, or that it is not shown."""
    return name or TEXTS["non_disclosure"]


def _of_coaches(figures: AreaFigures) -> Iterator[Table]:
    yield _service(figures)
    yield counts_table(
        Naming(id="binds", caption=TEXTS["binds"], head=TEXTS["reason"], unit=TEXTS["clients"]),
        figures.split.binds,
    )
    yield _loads(figures)


def _service(figures: AreaFigures) -> Table:
    service = figures.service
    is_planned = bool(service.everywhere.contacts)
    return Table(
        id="service",
        caption=TEXTS["service_of"],
        columns=(
            column("municipality", "head"),
            column("assigned"),
            column("unassigned"),
            *(
                (
                    column("contacts"),
                    column("late_contacts"),
                    column("median_days", "decimal"),
                    column("longest_days"),
                )
                if is_planned
                else ()
            ),
            column("place_load", "decimal"),
        ),
        lines=tuple(
            Line(
                key=place.code or "hidden",
                values=(place_name(place.name), *_served(place, is_planned=is_planned)),
            )
            for place in service.places
            if service.everywhere.clients
        ),
        total=Line(
            key="total",
            values=(TEXTS["whole_area"], *_served(service.everywhere, is_planned=is_planned)),
            look="sum",
        ),
    )


def _served(place: PlaceService, *, is_planned: bool) -> tuple[float | None, ...]:
    of_contacts = (place.contacts, place.late, place.median_days, place.longest_days)
    return (
        place.assigned,
        place.unassigned,
        *(of_contacts if is_planned else ()),
        place.load,
    )


def _loads(figures: AreaFigures) -> Table:
    staffing = figures.staffing
    left_out = {
        key
        for key, count in (("resting", staffing.resting), ("late", staffing.late_contacts))
        if not count
    }
    columns = (
        column("coach", "head"),
        column("team", "text"),
        column("work_share", "share"),
        column("clients"),
        column("limit"),
        column("resting"),
        column("meetings", "decimal"),
        column("per_full_time", "decimal"),
        column("contacts"),
        column("late"),
        column("contacts_last", "day"),
    )
    kept = tuple(one for one in columns if one.key not in left_out)
    mean: Mapping[str, Value] = {
        "coach": TEXTS["mean"],
        "clients": staffing.mean_clients,
        "per_full_time": staffing.mean_per_share,
    }
    return Table(
        id="loads",
        caption=TEXTS["loads"],
        columns=kept,
        lines=tuple(
            Line(key=load.id, values=tuple(_of_load(load)[one.key] for one in kept))
            for load in staffing.loads
        ),
        total=Line(key="mean", values=tuple(mean.get(one.key) for one in kept), look="sum"),
    )


def _of_load(load: CoachLoad) -> Mapping[str, Value]:
    return {
        "coach": load.name,
        "team": TEAMS[load.team],
        "work_share": Share(part=load.share, whole=1),
        "clients": load.clients,
        "limit": load.limit,
        "resting": load.resting,
        "meetings": load.weight,
        "per_full_time": load.per_share,
        "contacts": load.contacts,
        "late": load.late_contacts,
        "contacts_last": load.last_contact,
    }


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
