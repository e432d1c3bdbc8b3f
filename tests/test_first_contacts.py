"""Each client who is new to a coach gets a working day for the first contact."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from assign_builders import Row, clients, coach
from assign_builders import client as member
from hypothesis import given, settings
from hypothesis import strategies as st

from kuntactl.assignment.first_contacts import plan_first_contacts
from kuntactl.domain.schema import Assignments, FirstContacts
from kuntactl.domain.working_days import is_working_day, working_days_until

OLD, NEW = date(2021, 3, 1), date(2022, 5, 2)  # Mondays under either service model
MIDDLE_AGED: dict[str, Any] = {"born": date(1975, 6, 1), "unemployed_from": None}
YOUNG: dict[str, Any] = {"born": date(2000, 1, 1), "unemployed_from": None}
LONG: dict[str, Any] = {"born": date(1975, 6, 1), "unemployed_from": date(2015, 1, 1)}


def plan(
    rows: list[Row],
    *,
    on: date = NEW,
    share: float = 1.0,
    planned: pl.DataFrame | None = None,
    weight: float = 0.5,
) -> pl.DataFrame:
    """Return the plan of coach K1, who has all these clients; ``coach_id`` is whom they had."""
    people = pl.DataFrame(rows, infer_schema_length=None).with_columns(
        pl.col("unemployed_from", "search_from").cast(pl.Date), pl.col("coach_id").cast(pl.String)
    )
    assigned = Assignments.validate(
        people.select(
            "client_id",
            "area",
            pl.lit("K1").alias("coach_id"),
            pl.lit(weight).alias("weight"),
            pl.lit([], pl.List(pl.String)).alias("why"),
        )
    )
    return plan_first_contacts(
        assigned,
        people.drop("area", "coach_id"),
        [coach("K1", share=share)],
        held=people.select("client_id", "coach_id"),
        planned=FirstContacts.create_empty() if planned is None else planned,
        on=on,
    )


def days_of(found: pl.DataFrame) -> dict[str, date]:
    """Return the day of each client."""
    return dict(found.select("client_id", "day").iter_rows())


def test_five_working_days_from_the_day_on_which_the_law_is_in_force() -> None:
    """Until 1.5.2022 a first contact had the three months of an interview; then five days."""
    before = plan(clients(1), on=date(2022, 5, 1))
    after = plan(clients(1), on=NEW)

    assert before["last_day"].to_list() == [date(2022, 8, 1)]
    assert after["last_day"].to_list() == [date(2022, 5, 9)]


def test_contacts_are_spread_evenly() -> None:
    """Twelve in five days are three a day at most, and never five on the first one."""
    found = plan(clients(12))

    assert sorted(Counter(found["day"]).values(), reverse=True) == [3, 3, 2, 2, 2]
    assert found["day"].max() == date(2022, 5, 9)


def test_contacts_fall_on_working_days_after_the_day_itself() -> None:
    """Nobody is called on Good Friday, or before the letter has left."""
    found = plan(clients(30), on=date(2021, 3, 30))

    assert found["day"].min() == date(2021, 3, 31)
    assert {date(2021, 4, 1), date(2021, 4, 6)} <= set(found["day"])
    assert all(is_working_day(day) for day in found["day"])


@pytest.mark.parametrize("on", [OLD, NEW])
@pytest.mark.parametrize("first", [YOUNG, LONG], ids=["young", "long unemployed"])
def test_the_young_and_the_long_unemployed_come_first(on: date, first: dict[str, Any]) -> None:
    """Whom waiting hurts most is not met last, whatever their number."""
    rows = [member(f"A{place}", **MIDDLE_AGED) for place in range(5)] + [member("Z9", **first)]
    days = days_of(plan(rows, on=on))

    assert days["Z9"] == on + timedelta(days=1)
    assert days["Z9"] == min(days.values())
    assert max(days, key=lambda number: (days[number], number)) == "A4"


def test_a_term_of_the_law_that_runs_already_comes_before_all() -> None:
    """Who registered on Thursday has until Thursday: the young may wait a day longer."""
    rows = [member(f"A{place}", **YOUNG) for place in range(20)]
    rows.append(member("Z9", **MIDDLE_AGED, search_from=date(2022, 4, 26)))
    found = plan(rows).filter(client_id="Z9")

    assert found["last_day"].to_list() == [date(2022, 5, 3)]
    assert found["day"].to_list() == [date(2022, 5, 3)]


def test_no_day_holds_more_than_a_coach_can_do() -> None:
    """A full-time coach meets four new clients a day, a half-time coach two."""
    assert max(Counter(plan(clients(50))["day"]).values()) == 4
    assert max(Counter(plan(clients(50), share=0.5)["day"]).values()) == 2


def test_those_who_do_not_fit_come_after_the_last_day_and_are_known_by_it() -> None:
    """An overload is not hidden in days that nobody could work."""
    found = plan(clients(23))
    late = found.filter(pl.col("day") > pl.col("last_day"))

    assert late.height == 3
    assert set(late["day"]) == {date(2022, 5, 10)}


def test_what_was_planned_stays_and_its_days_count() -> None:
    """A client who was told Tuesday is met on Tuesday, and newcomers go around it."""
    first = plan(clients(4), on=NEW)
    known = [{**row, "coach_id": "K1"} for row in clients(4)]
    newcomers = [member(f"B{place}") for place in range(4)]

    second = plan(known + newcomers, on=NEW, planned=first)

    assert second.join(first, on=first.columns, how="semi").height == 4
    assert Counter(second["day"]) == {
        date(2022, 5, 3): 2,
        date(2022, 5, 4): 2,
        date(2022, 5, 5): 2,
        date(2022, 5, 6): 1,
        date(2022, 5, 9): 1,
    }


def test_a_client_of_before_is_not_new() -> None:
    """Whose coach stays gets no first contact for it, planned before or not."""
    rows = [{**row, "coach_id": "K1"} for row in clients(2)]

    assert plan(rows).is_empty()


def test_another_coach_plans_anew() -> None:
    """Who changes the coach is new to the other one, and the old plan is off."""
    of_before = plan(clients(1)).with_columns(coach_id=pl.lit("K9"))
    found = plan([{**clients(1)[0], "coach_id": "K9"}], planned=of_before)

    assert found["coach_id"].to_list() == ["K1"]


def test_who_weighs_nothing_is_not_met() -> None:
    """A member whose job search has ended is not called."""
    assert plan(clients(3), weight=0.0).is_empty()


@settings(max_examples=40, deadline=None)
@given(
    kinds=st.lists(st.sampled_from([YOUNG, LONG, MIDDLE_AGED]), min_size=1, max_size=40),
    on=st.dates(date(2021, 3, 1), date(2024, 6, 30)),
    share=st.sampled_from([0.2, 0.5, 0.8, 1.0]),
)
def test_any_order_of_rows_gives_the_same_full_plan(
    kinds: list[dict[str, Any]], on: date, share: float
) -> None:
    """Everybody has one working day to come; days differ by one; nobody is late for nothing."""
    rows = [member(f"A{place:02d}", **facts) for place, facts in enumerate(kinds)]
    found = plan(rows, on=on, share=share)

    assert found.equals(plan(rows[::-1], on=on, share=share))
    assert found["client_id"].to_list() == [row["client_id"] for row in rows]
    assert all(is_working_day(day) and day > on for day in found["day"])
    a_day = Counter(found["day"])
    assert max(a_day.values()) <= max(1, int(4 * share))
    held = [a_day[day] for day in working_days_until(found["last_day"][0], after=on)]
    assert max(held) - min(held) <= 1
    in_time = found.filter(pl.col("day") <= pl.col("last_day"))
    if in_time.height < found.height:
        assert {a_day[day] for day in in_time["day"]} == {max(1, int(4 * share))}
