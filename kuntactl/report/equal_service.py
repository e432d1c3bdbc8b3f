"""Whether an area's municipalities are served alike: how soon, and by how busy coaches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.wording import Name
from kuntactl.report.staffing import CoachLoad


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceService:
    """How the clients of one municipality are served, or of all of them."""

    code: str | None  # none: it is not shown, or all of the area
    name: Name | None
    assigned: int
    unassigned: int
    contacts: int  # first contacts, over or to come
    late: int  # of these, after their last day
    median_days: float | None  # from joining to the first contact; none: there are none
    longest_days: int | None
    load: float | None  # of the coach a client has: the mean over clients; none: nobody has one

    @property
    def clients(self) -> int:
        """Who are shared out, with and without a coach."""
        return self.assigned + self.unassigned


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualService:
    """How the clients of an area's municipalities are served."""

    places: tuple[PlaceService, ...]  # by Finnish name, those whose place is not shown last
    everywhere: PlaceService


def equal_service(
    area: Area,
    assigned: pl.DataFrame,
    *,
    people: pl.DataFrame,
    contacts: pl.DataFrame,
    loads: Sequence[CoachLoad],
    on: date,
) -> EqualService:
    """Return how clients are served, by municipality.

    Args:
        area: Whose clients they are.
        assigned: Schema ``Assignments``, of that area.
        people: ``client_id``, ``municipality`` and ``protected`` as in ``Clients``, ``since`` as
            in ``Members``, the day of joining. Where those under non-disclosure live is not
            shown: they have a line of their own, with those who have no home municipality.
        contacts: Schema ``FirstContacts``.
        loads: The area's coaches.
        on: The day, whose municipalities count.
    """
    of_coach = pl.DataFrame(
        {"coach_id": [load.id for load in loads], "load": [load.per_share for load in loads]},
        schema={"coach_id": pl.String, "load": pl.Float64},
    )
    served = (
        assigned.select("client_id", "coach_id")
        .join(people, on="client_id", how="left")
        .join(contacts.select("client_id", "day", "last_day"), on="client_id", how="left")
        .join(of_coach, on="coach_id", how="left")
        .with_columns(
            place=pl.when(
                ~pl.col("protected") & pl.col("municipality").is_in(list(area.municipalities))
            ).then("municipality"),
            days=(pl.col("day") - pl.col("since")).dt.total_days(),
        )
        .sort("client_id")
    )
    found = {row["place"]: row for row in served.group_by("place").agg(_FIGURES).to_dicts()}
    known = municipalities_of(on.year)
    listed = sorted((known[code].name.fi, code) for code in area.municipalities if code in known)
    places = [_place(found.get(code, {}), code, known[code].name) for _, code in listed]
    if None in found:
        places.append(_place(found[None]))
    return EqualService(
        places=tuple(places), everywhere=_place(served.select(_FIGURES).to_dicts()[0])
    )


_DIGITS = 6  # of a mean: its last ones hang on the order in which it was added up
_FIGURES = (
    pl.col("coach_id").count().alias("assigned"),
    pl.col("coach_id").null_count().alias("unassigned"),
    pl.col("day").count().alias("contacts"),
    (pl.col("day") > pl.col("last_day")).sum().alias("late"),
    pl.col("days").median().alias("median_days"),
    pl.col("days").max().alias("longest_days"),
    pl.col("load").mean().round(_DIGITS).alias("load"),
)
_NOBODY: Mapping[str, Any] = {
    **dict.fromkeys(("assigned", "unassigned", "contacts", "late"), 0),
    **dict.fromkeys(("median_days", "longest_days", "load")),
}


def _place(
    figures: Mapping[str, Any], code: str | None = None, name: Name | None = None
) -> PlaceService:
    told = {key: figures.get(key, nothing) for key, nothing in _NOBODY.items()}
    return PlaceService(code=code, name=name, **told)
