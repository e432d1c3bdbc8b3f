"""The vectorised decision says what the contract says, read row by row in plain Python."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from client_frames import clients
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_rules import RULE_SETS, Decision, decide_row

from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.rules import choose

ROWS = 100_000  # of each rule set

# rule set -> a day in a version of it, a municipality of one of its areas; the Act three times
CASES = [
    ("act-1269-2020", date(2021, 3, 1), "091"),
    ("act-1269-2020", date(2022, 8, 31), "734"),
    ("act-1269-2020", date(2024, 2, 29), "710"),
    ("announced-porvoo", date(2021, 3, 1), "638"),
    ("announced-salo", date(2021, 3, 1), "284"),
    ("announced-mikkeli", date(2021, 3, 1), "491"),
    ("announced-uusimaa", date(2022, 2, 28), "245"),
    ("pori-2017", date(2018, 3, 1), "609"),
    ("announced-pori", date(2017, 8, 31), "609"),
    ("act-380-2023", date(2025, 1, 1), "235"),
]


def days_around(on: date) -> list[date | None]:
    """Return days on which an answer may turn: the day itself, half a year before, their eves."""
    turning = [on, date(on.year - 1, 8, 31), date(on.year - 1, 9, 1)]
    half_year = [on - timedelta(days=days) for days in range(178, 188)]
    near = [day + timedelta(days=step) for day in turning for step in (-1, 0, 1)]
    return [None, *near, *half_year]


def births_around(on: date) -> list[date]:
    """Return birth dates whose years on the day are close to 25 and 30; leap days too."""
    first = on.replace(day=1)  # the 29th of February has no namesake in a common year
    turning = [first.replace(year=on.year - years) for years in (24, 25, 26, 29, 30, 31)]
    near = [day + timedelta(days=step) for day in turning for step in range(-2, 35)]
    leap_days = [date(year, 2, 29) for year in (1988, 1992, 1996)]
    return [*near, *leap_days, date(1950, 6, 15)]


def pools(on: date) -> dict[str, list[Any]]:
    """Return the values to draw from, column by column; null where the schema allows it."""
    return {
        "born": births_around(on),
        "mother_tongue": ["fi", "sv", "se", "sms", "ru", "98", "99"],
        "citizenship": ["246", "643"],
        "employment_code": [None, *(f"0{digit}" for digit in range(10))],
        "search_from": days_around(on),
        "search_to": days_around(on),
        "search_open": [True, False, None],
        "unemployed_from": days_around(on),
        "benefit": [None, "01", "02", "03", "04", "06", "07"],
        "earnings_right": [True, False, None],
        "support_days": [None, 0, 199, 200, 201, 900],
    }


def decided(frame: pl.DataFrame, rules: str, on: date) -> list[Decision]:
    """Return what the product says of each row."""
    decisions = decide(frame, choose(on=on, rules_id=rules), on=on)
    return decisions.select("outcome", "grounds", "failed", "missing").rows()


def read_plainly(frame: pl.DataFrame, rules: str, on: date) -> list[Decision]:
    """Return what the plain reading says of each row."""
    asked = frame.select(*pools(on))
    return [decide_row(row, rules, on) for row in asked.iter_rows(named=True)]


@pytest.mark.parametrize(("rules", "on", "municipality"), CASES)
def test_a_hundred_thousand_rows_are_decided_as_the_contract_reads(
    rules: str, on: date, municipality: str
) -> None:
    """Two readings of the same table, written apart, must not differ on a single row."""
    chance = random.Random(f"{rules} {on}")  # noqa: S311 - test rows, not secrets
    rows = ROWS // sum(rules == other for other, *_ in CASES)
    columns = {name: chance.choices(pool, k=rows) for name, pool in pools(on).items()}
    frame = clients(**columns, municipality=municipality)

    said = decided(frame, rules, on)

    assert said == read_plainly(frame, rules, on)
    assert {outcome for outcome, *_ in said} == {"eligible", "not_eligible", "review"}


@settings(max_examples=60, deadline=None)
@given(case=st.sampled_from(CASES), chance=st.data())
def test_any_row_is_decided_as_the_contract_reads(
    case: tuple[str, date, str], chance: st.DataObject
) -> None:
    """Hypothesis looks for the smallest client on whom the two readings part."""
    rules, on, municipality = case
    born = st.one_of(
        st.sampled_from(births_around(on)), st.dates(date(1945, 1, 1), date(2004, 12, 31))
    )
    row = st.fixed_dictionaries(
        {name: st.sampled_from(pool) for name, pool in pools(on).items()} | {"born": born}
    )
    people: list[Mapping[str, Any]] = chance.draw(st.lists(row, min_size=1, max_size=8))
    frame = clients(
        **{name: [person[name] for person in people] for name in people[0]},
        municipality=municipality,
    )

    assert decided(frame, rules, on) == read_plainly(frame, rules, on)


@pytest.mark.parametrize("rules", list(RULE_SETS))
def test_a_client_of_whom_nothing_is_known_goes_to_a_person(rules: str) -> None:
    """Blank facts are no answer, whatever the rule set asks for."""
    on = next(day for name, day, _ in CASES if name == rules)
    municipality = next(code for name, _, code in CASES if name == rules)
    nullable = [
        *("employment_code", "search_from", "search_to", "search_open", "unemployed_from"),
        *("benefit", "earnings_right", "support_days"),
    ]
    frame = clients(
        **dict.fromkeys(nullable),
        mother_tongue="99",
        born=date(1986, 6, 1),
        municipality=municipality,
    )

    ((outcome, grounds, *_),) = decided(frame, rules, on)

    assert (outcome, grounds) == ("review", ["lives_in_area"] if rules == "act-380-2023" else [])
