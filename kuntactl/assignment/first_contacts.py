"""When each coach first contacts the clients who are new to them: a plan by working day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heapify, heapreplace
from itertools import groupby

import polars as pl

from kuntactl.assignment.workload import FirstContact, ServiceModel, load_workload
from kuntactl.domain.calendar import completed_years, months_later
from kuntactl.domain.coaches import Coach
from kuntactl.domain.schema import FirstContacts
from kuntactl.domain.teams import YOUNG_UNDER
from kuntactl.domain.working_days import nth_working_day, working_days, working_days_until

_LONG_UNEMPLOYMENT = 12  # months, where the service model names none
_WEEKS_BACK = 4  # a term of some working days that began before is over


@dataclass(frozen=True, slots=True, kw_only=True)
class _New:
    """A client whose first contact has no day yet."""

    client_id: str
    area: str
    comes_first: bool  # young, or long unemployed
    last_day: date


def plan_first_contacts(
    assignments: pl.DataFrame,
    clients: pl.DataFrame,
    coaches: Iterable[Coach],
    *,
    held: pl.DataFrame,
    planned: pl.DataFrame,
    on: date,
) -> pl.DataFrame:
    """Give each client who is new to their coach a working day for the first contact.

    What was planned stays where it is. The new ones are spread as evenly as whole clients
    allow over the working days from the day after ``on`` to their last day, on days with
    few contacts before those with more; the law's nearest last day comes first, then the
    young and the long unemployed, then client numbers. A day holds no more than the service
    model says for the coach's share of full time; whoever does not fit comes after the last
    day, as soon as there is room.

    Args:
        assignments: Schema ``Assignments``; whoever weighs nothing is not met now.
        clients: Schema ``Clients``.
        coaches: At least those of the assignments.
        held: ``client_id``, ``coach_id``: whose client each was before; null: nobody's.
        planned: Schema ``FirstContacts``: the plan of earlier runs.
        on: The day on which the clients come to their coaches.

    Returns:
        Schema ``FirstContacts``: the plan of earlier runs, as far as the client still has that
        coach, and the new ones.

    Raises:
        SettingsError: If no service model is in force on the day.
    """
    pair = ["client_id", "coach_id"]
    placed = assignments.filter(pl.col("coach_id").is_not_null() & (pl.col("weight") > 0))
    kept = planned.join(placed, on=["area", *pair], how="semi")
    new = placed.join(held, on=pair, how="anti").select("client_id", "area", "coach_id")
    model = load_workload().version(on=on)
    facts = _with_urgency(new.join(clients, on="client_id", how="left"), model, on=on)
    parts = [kept.select(FirstContacts.column_names())]
    share_of = {str(coach.id): coach.share for coach in coaches}
    for (coach_id,), of_coach in facts.sort("coach_id").group_by("coach_id", maintain_order=True):
        booked = Counter(kept.filter(pl.col("coach_id") == coach_id)["day"])
        most = max(1, int(model.first_contact.full_time.per_day * share_of[str(coach_id)]))
        days = _Days(booked=booked, most=most, on=on)
        waiting = [_New(**row) for row in of_coach.drop("coach_id").iter_rows(named=True)]
        parts.append(_lines(str(coach_id), days.give(waiting), on=on))
    return FirstContacts.validate(pl.concat(parts).sort("area", "client_id"))


def _lines(coach_id: str, given: Sequence[tuple[_New, date]], *, on: date) -> pl.DataFrame:
    rows = [(new.client_id, new.area, coach_id, on, day, new.last_day) for new, day in given]
    return pl.DataFrame(rows, schema=FirstContacts.create_empty().schema, orient="row")


def _with_urgency(new: pl.DataFrame, model: ServiceModel, *, on: date) -> pl.DataFrame:
    """Return the fields of ``_New``, and ``coach_id``."""
    long = model.long_unemployment.months if model.long_unemployment else _LONG_UNEMPLOYMENT
    young = completed_years(pl.col("born"), on=on) < YOUNG_UNDER
    long_unemployed = months_later(pl.col("unemployed_from"), long) <= on
    usual, sooner = _last_days(model.first_contact, on=on)
    return new.select(
        "client_id",
        "area",
        "coach_id",
        (young | long_unemployed.fill_null(value=False)).alias("comes_first"),
        pl.col("search_from")
        .replace_strict(sooner, default=usual, return_dtype=pl.Date)
        .alias("last_day"),
    )


def _last_days(rule: FirstContact, *, on: date) -> tuple[date, Mapping[date, date]]:
    """Return the last day for all, and the law's for searches whose own term still runs."""
    if rule.within_working_days is None:
        months = pl.select(months_later(pl.lit(on), rule.within_months or 0))
        return months.item(), {}
    usual = nth_working_day(rule.within_working_days, after=on)
    if not rule.by_law:
        return usual, {}
    starts = [on - timedelta(days=back) for back in range(1, 7 * _WEEKS_BACK)]
    own = {start: nth_working_day(rule.within_working_days, after=start) for start in starts}
    return usual, {start: last for start, last in own.items() if last > on}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    """The working days of one coach, and what they hold already."""

    booked: Counter[date]  # changed as days are given
    most: int  # first contacts a day
    on: date  # days after this one are given

    def give(self, waiting: Iterable[_New]) -> list[tuple[_New, date]]:
        """Return each client with a day; those of one last day share its time evenly."""
        in_order = sorted(
            waiting, key=lambda new: (new.last_day, not new.comes_first, new.client_id)
        )
        given: list[tuple[_New, date]] = []
        for last_day, group in groupby(in_order, key=lambda new: new.last_day):
            clients = list(group)
            days = self._take(len(clients), until=last_day)
            given += zip(clients, days, strict=True)
        return given

    def _take(self, number: int, *, until: date) -> list[date]:
        """Return so many days in order, the emptiest until a day, then the first with room."""
        within = working_days_until(until, after=self.on)
        emptiest = [(self.booked[day], day) for day in within]
        heapify(emptiest)
        taken: list[date] = []
        while len(taken) < number and emptiest and emptiest[0][0] < self.most:
            booked, day = emptiest[0]
            heapreplace(emptiest, (booked + 1, day))
            taken.append(day)
        self.booked.update(taken)
        later = working_days(after=max(until, self.on))
        while len(taken) < number:
            day = next(later)
            fitting = min(max(self.most - self.booked[day], 0), number - len(taken))
            self.booked[day] += fitting
            taken += [day] * fitting
        return sorted(taken)
