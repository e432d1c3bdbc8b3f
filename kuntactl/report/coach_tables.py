"""The tables of an area's report about coaches, and how alike they serve its municipalities."""

from collections.abc import Iterator, Mapping

from kuntactl.domain.wording import Name, Words
from kuntactl.report.codes import TEAMS
from kuntactl.report.common_tables import Naming, column, counts_table
from kuntactl.report.equal_service import PlaceService
from kuntactl.report.figures import AreaFigures
from kuntactl.report.staffing import CoachLoad
from kuntactl.report.table import Line, Share, Table, Value
from kuntactl.report.texts import TEXTS


def coach_tables(figures: AreaFigures) -> Iterator[Table]:
    """Yield equal service, what kept clients from a coach who suits better, and loads."""
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
        total=Line(key="mean", values=tuple(mean.get(one.key, "") for one in kept), look="sum"),
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


def place_name(name: Name | None) -> Words | Name:
    """Return the municipality's name, or that it is not shown."""
    return name or TEXTS["non_disclosure"]
