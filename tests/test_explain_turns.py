"""An explanation says which change of facts would turn the outcome, and means it."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from client_frames import ORDINARY, client
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_rules import decide_row
from test_decide_plain_reading import CASES, births_around, pools

from kuntactl.domain.calendar import completed_years, first_start_within, latest_birth
from kuntactl.domain.schema import Answers
from kuntactl.domain.types import Language, Outcome
from kuntactl.eligibility.explain import explain
from kuntactl.eligibility.explanation import Explanation
from kuntactl.eligibility.rules import choose, load_rules
from kuntactl.eligibility.values import Cell, axes

START = date(2021, 3, 1)


def explained(
    on: date = START,
    rules: str | None = None,
    answers: pl.DataFrame | None = None,
    **facts: Any,
) -> Explanation:
    """Return the explanation of one client, ordinary but for the facts."""
    chosen = choose(on=on, rules_id=rules)
    told = explain("A1", client(**facts), chosen, on=on, answers=answers)
    assert told is not None
    return told


def said(told: Explanation, language: Language = Language.EN) -> list[str]:
    """Return the lines after the criteria."""
    lines = told.lines(language)
    grounds = max(number for number, line in enumerate(lines) if "source:" in line)
    return [line.strip() for line in lines[grounds + 1 :] if "unverified" not in line]


def test_who_belongs_by_age_is_told_the_birthday_that_decides() -> None:
    """Born on or before 1.3.1991 would not: one day, in one line."""
    assert said(explained(born=date(1991, 3, 2))) == [
        "",
        "The nearest changes that would turn the outcome:",
        "born on or before 1 March 1991: does not belong to the target group",
        "employment code 09: a person must decide",
        "employment code 01, 04, 05 or 06: does not belong to the target group",
        "job search from 2 March 2021 or later: does not belong to the target group",
        "job search to 28 February 2021 or earlier: does not belong to the target group",
    ]


def test_two_changes_are_told_where_one_is_not_enough() -> None:
    """In work, and without a ground: each ground together with an employment code."""
    changes = [
        line for line in said(explained(employment_code="01")) if "belongs to the target" in line
    ]

    assert len(changes) == 4
    assert changes[0] == (
        "born on or after 2 March 1991 and employment code 00, 02, 03, 07 or 08: "
        "belongs to the target group"
    )


def test_three_changes_are_not_looked_for() -> None:
    """Nobody is told that three changes would do; they are told that two would not."""
    told = explained(employment_code="01", search_from=date(2021, 5, 1))

    assert told.turns.changes == ()
    assert said(told)[-1] == "No change of one or two known facts would turn the outcome."


def test_each_answer_to_a_missing_fact_is_told() -> None:
    """Whoever rings the fund knows what the answer will mean."""
    told = explained(earnings_right=None, benefit="04")

    assert said(told)[:4] == [
        "",
        "What each missing fact would make of it:",
        "no right to an earnings-related allowance: belongs to the target group",
        "a right to an earnings-related allowance: does not belong to the target group",
    ]


def test_the_age_of_which_a_rule_says_nothing_has_two_neighbours() -> None:
    """At exactly 30 in Salo a day earlier and a year later decide differently."""
    told = explained(rules="announced-salo", municipality="734", born=date(1990, 6, 1))

    assert said(told)[2:4] == [
        "born on or before 1 March 1990: does not belong to the target group",
        "born on or after 2 March 1991: belongs to the target group",
    ]


def test_of_two_turns_on_one_side_the_nearer_is_told() -> None:
    """From 31 on in Salo the birth dates of a 30-year-old come first: theirs is the nearest."""
    told = explained(rules="announced-salo", municipality="734", born=date(1980, 6, 1))

    assert [line for line in said(told) if line.startswith("born")] == [
        "born 2 March 1990–1 March 1991: a person must decide"
    ]


def test_days_and_months_of_pori_are_told_by_their_limits() -> None:
    """More than 200 days is from 201; six months count back to a day."""
    on = date(2018, 3, 1)
    pori = {"rules": "pori-2017", "municipality": "609", "search_from": date(2017, 1, 1)}
    told = explained(on, **pori, born=date(1980, 1, 1), support_days=200)
    young = explained(on, **pori, born=date(1995, 1, 1), unemployed_from=date(2017, 9, 1))

    assert "at least 201 days of labour market support: belongs to the target group" in said(told)
    assert "unemployed from 31 August 2017 or earlier: belongs to the target group" in said(young)


def test_without_a_home_municipality_the_areas_are_the_answers() -> None:
    """Whoever finds out where the client lives knows what follows."""
    told = explained(on=date(2023, 3, 1), municipality=None, born=date(2000, 1, 1))

    assert said_of_home(told) == [
        "home municipality in one of 25 areas: belongs to the target group"
    ]


def test_few_areas_are_named_in_the_readers_language() -> None:
    """An id is for scripts; the official says the name on the telephone."""
    chosen = choose(on=date(2023, 3, 1), area_ids=["porvoo", "raasepori-hanko"])
    without = explain("A1", client(municipality=None), chosen, on=date(2023, 3, 1))
    outside = explain("A1", client(municipality="734"), chosen, on=date(2023, 3, 1))

    assert without is not None
    assert outside is not None
    assert "  hemkommun i området Borgå eller Raseborg–Hangö: hör inte till målgruppen" in (
        without.lines(Language.SV)
    )
    assert outside.lines(Language.SV)[1].endswith("valda områdena (Borgå, Raseborg–Hangö).")
    assert outside.as_dict()["areas"] == ["porvoo", "raasepori-hanko"]


def test_many_areas_are_counted() -> None:
    """Twenty-five names say less than the number."""
    chosen = choose(on=date(2021, 3, 1))
    told = explain("A1", client(municipality="018"), chosen, on=date(2021, 3, 1))

    assert told is not None
    assert told.lines(Language.FI)[1].endswith("valituista alueista (25 aluetta).")


def said_of_home(told: Explanation) -> list[str]:
    """Return the answers of an explanation that has no criteria."""
    lines = told.lines(Language.EN)
    return [line.strip() for line in lines if line.strip().startswith("home municipality")]


def test_outside_the_areas_nothing_turns() -> None:
    """What would bring a client in is moving house, and that is no fact to check."""
    told = explained(municipality="018")

    assert (told.turns.changes, told.turns.answers) == ((), ())
    assert len(told.lines(Language.FI)) == 2


def test_what_a_person_answered_stays_unless_a_rule_decides() -> None:
    """A change that leaves the matter open leaves the person's answer as it was."""
    answers = Answers.validate(
        pl.DataFrame(
            {"client_id": "A1", "belongs": True, "who": "A. B.", "reason": "kassa"}
        ).with_columns(area=pl.lit(None, pl.String))
    )
    told = explained(earnings_right=None, benefit="04", answers=answers)

    outcomes = {change.outcome for change in told.turns.changes}
    assert told.outcome is Outcome.ELIGIBLE
    assert outcomes == {Outcome.NOT_ELIGIBLE}


def test_a_script_reads_changes_as_data() -> None:
    """Facts by column, limits as ISO days, the text in three languages."""
    told = json.loads(json.dumps(explained(born=date(1991, 3, 2)).as_dict()))
    unknown = explained(earnings_right=None, benefit=None).as_dict()

    assert told["changes"][0] == {
        "facts": [{"fact": "born", "from": None, "to": "1991-03-01"}],
        "outcome": "not_eligible",
        "text": {
            "fi": "syntynyt viimeistään 1.3.1991",
            "sv": "född senast 1.3.1991",
            "en": "born on or before 1 March 1991",
        },
    }
    assert [answer["facts"][0] for answer in unknown["answers"]] == [
        {"fact": "benefit", "codes": ["02", "03", "07"]},
        {"fact": "benefit", "codes": ["04", "06"]},
        {"fact": "benefit", "codes": ["01"]},
        {"fact": "earnings_right", "values": [False]},
        {"fact": "earnings_right", "values": [True]},
    ]


@pytest.mark.parametrize("language", list(Language))
def test_a_protected_client_s_municipality_is_in_no_change(language: Language) -> None:
    """Turvakielto: nothing of where they live, also where it is all that is missing."""
    for home in ("638", None):
        told = explained(on=date(2023, 3, 1), municipality=home, protected=True)
        text = "\n".join(told.lines(language)) + json.dumps(told.as_dict())
        assert "638" not in text


def rows_of(case: tuple[str, date, str]) -> st.SearchStrategy[dict[str, Any]]:
    """Return clients around every turn of the case's rules."""
    _, on, municipality = case
    born = st.sampled_from(births_around(on))
    drawn = {name: st.sampled_from(pool) for name, pool in pools(on).items()} | {"born": born}
    return st.fixed_dictionaries(drawn).map(lambda row: row | {"municipality": municipality})


def ends_of(cells: Iterable[Cell]) -> list[Mapping[str, Any]]:
    """Return a value of each cell, and of days and numbers the limits of the whole run."""
    cells = list(cells)
    values = [dict(cell.sets) for cell in cells]
    first, last = cells[0].first, cells[-1].last
    extra = {"search_open": False} if cells[0].fact == "search_to" else {}
    values += [{cells[0].fact: edge, **extra} for edge in (first, last) if edge is not None]
    return values


@settings(max_examples=80, deadline=None)
@given(case=st.sampled_from(CASES), chance=st.data())
def test_a_change_that_is_told_turns_the_outcome(
    case: tuple[str, date, str], chance: st.DataObject
) -> None:
    """Put into the plain reading of the contract, each told value gives the told outcome."""
    rules, on, _ = case
    row = ORDINARY | chance.draw(rows_of(case))
    told = explained(on, rules=rules, **row)

    for change in (*told.turns.changes, *told.turns.answers):
        values: list[dict[str, Any]] = [{}]
        for cells in change.facts:
            values = [done | dict(more) for done in values for more in ends_of(cells)]
        for changed in values:
            assert decide_row(row | changed, rules, on)[0] == change.outcome
    for change in told.turns.changes:
        assert change.outcome is not told.outcome


@settings(max_examples=60, deadline=None)
@given(case=st.sampled_from(CASES), chance=st.data())
def test_one_change_is_told_whenever_one_is_enough(
    case: tuple[str, date, str], chance: st.DataObject
) -> None:
    """No known fact has a value that turns the outcome alone, unless a change says so."""
    rules, on, _ = case
    row = ORDINARY | chance.draw(rows_of(case))
    told = explained(on, rules=rules, **row)
    named = {change.facts[0][0].fact for change in told.turns.changes if len(change.facts) == 1}

    for fact, pool in pools(on).items():
        known = [value for value in pool if value is not None and value != "99"]
        if fact in named or row[fact] in {None, "99"} or fact.startswith("search_"):
            continue
        assert {decide_row(row | {fact: value}, rules, on)[0] for value in known} <= {told.outcome}


@given(
    on=st.dates(date(2015, 1, 1), date(2030, 12, 31)),
    years=st.integers(0, 100),
    months=st.integers(1, 24),
)
def test_days_turn_where_the_calendar_says(on: date, years: int, months: int) -> None:
    """Leap days and ends of months included."""
    last = latest_birth(years, on=on)
    births = (
        pl.select(completed_years(pl.lit(day), on=on) for day in (last,)).item(),
        pl.select(completed_years(pl.lit(last + timedelta(days=1)), on=on)).item(),
    )
    first = first_start_within(months, on=on)
    moved = [
        pl.select(pl.lit(day).dt.offset_by(f"{months}mo")).item()
        for day in (first - timedelta(days=1), first)
    ]

    assert births == (years, years - 1)
    assert moved[0] < on <= moved[1]


def test_every_criterion_says_where_it_turns() -> None:
    """A criterion without turns would be one that explanations and the lint cannot see."""
    for rules in load_rules().values():
        for version in rules.versions:
            for one in version.criteria:
                turning = {turn.fact for turn in one.when.turns(on=version.begins)}
                assert turning == set(one.when.facts) - {"search_open"}


def test_the_cells_of_a_fact_hold_every_value_once() -> None:
    """A value in two cells, or in none, would be explained wrongly or not at all."""
    for rules, on, _ in CASES:
        version = load_rules()[rules].version(on=on)  # type: ignore[index]
        turns = [turn for one in version.criteria for turn in one.when.turns(on=on)]
        for axis in axes(turns, on=on):
            fact = axis[0].fact
            for value in pools(on)[fact]:
                row = {fact: value, "search_open": False}
                held = [cell for cell in axis if cell.holds(row)]
                assert len([cell for cell in held if cell.known]) <= 1
                assert held
