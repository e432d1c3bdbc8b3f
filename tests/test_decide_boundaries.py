"""The days, ages and codes at which an answer turns, one row a reason."""

from datetime import date
from typing import Any

import pytest
from client_frames import client

from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.rules import choose

START = date(2021, 3, 1)
LEAP_EVE, LEAP_NEXT = date(2022, 2, 28), date(2022, 3, 1)


def outcome_of(rules: str, on: date, **facts: object) -> tuple[str, list[str], list[str]]:
    """Return outcome, grounds and missing of one client who is ordinary but for the facts."""
    decisions = decide(client(**facts), choose(on=on, rules_id=rules), on=on)
    outcome, grounds, missing = decisions.select("outcome", "grounds", "missing").row(0)
    return outcome, grounds, missing


# facts, day, outcome, grounds, why this row is here; else an ordinary client without a ground
AGES: list[tuple[dict[str, Any], date, str, list[str], str]] = [
    ({"born": date(1991, 3, 2)}, START, "eligible", ["under_30"], "turns 30 tomorrow"),
    ({"born": date(1991, 3, 1)}, START, "not_eligible", [], "turns 30 today"),
    ({"born": date(1991, 2, 28)}, START, "not_eligible", [], "turned 30 yesterday"),
    ({"born": date(1992, 2, 29)}, LEAP_EVE, "eligible", ["under_30"], "leap day: 29 on 28 Feb"),
    ({"born": date(1992, 2, 29)}, LEAP_NEXT, "not_eligible", [], "leap day: 30 on 1 March"),
    (
        {"born": date(1994, 2, 28)},
        date(2024, 2, 28),
        "not_eligible",
        [],
        "an ordinary birthday in a leap year",
    ),
    (
        {"born": date(1994, 3, 1)},
        date(2024, 2, 29),
        "eligible",
        ["under_30"],
        "turns 30 the day after a leap day",
    ),
]


@pytest.mark.parametrize(
    ("facts", "on", "outcome", "grounds"),
    [row[:-1] for row in AGES],
    ids=[row[-1] for row in AGES],
)
def test_age_turns_on_the_birthday(
    facts: dict[str, Any], on: date, outcome: str, grounds: list[str]
) -> None:
    """A day too late or too early moves a person to the wrong office."""
    assert outcome_of("act-1269-2020", on, **facts) == (outcome, grounds, [])


RIGHT = "no_earnings_related_right"
# right, benefit, outcome, why
RIGHTS = [
    (False, None, "eligible", "the right is recorded as none"),
    (False, "01", "eligible", "the right goes before the payment"),
    (True, "03", "not_eligible", "a right that is there goes before the payment too"),
    (True, None, "not_eligible", "the right is there"),
    (None, "01", "not_eligible", "who is paid has the right"),
    (None, "02", "eligible", "basic allowance is paid to those without the right"),
    (None, "03", "eligible", "so is labour market support"),
    (None, "07", "eligible", "one of the two"),
    (None, "04", "review", "no benefit: the right may be there and unused"),
    (None, "06", "review", "transition security allowance tells nothing of the right"),
    (None, None, "review", "neither is known"),
]


@pytest.mark.parametrize(
    ("right", "benefit", "outcome"),
    [row[:-1] for row in RIGHTS],
    ids=[row[-1] for row in RIGHTS],
)
def test_the_right_decides_before_the_benefit(
    *, right: bool | None, benefit: str | None, outcome: str
) -> None:
    """The Act asks for the right; the benefit is only a sign of it."""
    said = outcome_of("act-1269-2020", START, earnings_right=right, benefit=benefit)

    grounds = [RIGHT] if outcome == "eligible" else []
    missing = [RIGHT] if outcome == "review" else []
    assert said == (outcome, grounds, missing)


SEARCH, UNEMPLOYED = "job_search_in_force", "unemployed_or_in_service"
YOUNG = date(2000, 1, 1)
EVE, NEXT = date(2021, 2, 28), date(2021, 3, 2)
# from, to, open, outcome, missing, why; all are under 30
SEARCHES: list[tuple[date | None, date | None, bool | None, str, list[str], str]] = [
    (START, None, True, "eligible", [], "started on the day"),
    (NEXT, None, True, "not_eligible", [], "starts tomorrow"),
    (EVE, START, False, "eligible", [], "ends on the day"),
    (START, START, False, "eligible", [], "lasts this day only"),
    (date(2020, 1, 1), EVE, False, "not_eligible", [], "ended yesterday"),
    (None, None, True, "review", [SEARCH], "the start is not known"),
    (EVE, None, None, "review", [SEARCH], "the end is not known"),
    (None, EVE, False, "not_eligible", [], "ended, whenever it started"),
    (NEXT, None, None, "not_eligible", [], "starts tomorrow, whenever it ends"),
    (None, None, None, "review", [SEARCH], "nothing is known of it"),
]


@pytest.mark.parametrize(
    ("begins", "ends", "is_open", "outcome", "missing"),
    [row[:-1] for row in SEARCHES],
    ids=[row[-1] for row in SEARCHES],
)
def test_job_search_counts_with_its_first_and_last_day(
    *,
    begins: date | None,
    ends: date | None,
    is_open: bool | None,
    outcome: str,
    missing: list[str],
) -> None:
    """Both ends are in; an end that is false needs no other."""
    said = outcome_of(
        "act-1269-2020",
        START,
        born=YOUNG,
        search_from=begins,
        search_to=ends,
        search_open=is_open,
    )

    assert said == (outcome, ["under_30"], missing)


# rule set, municipality, codes that belong; 09 and blank are unknown, the rest is false
CODES = [
    ("act-1269-2020", "638", {"00", "02", "03", "07", "08"}),
    ("announced-porvoo", "638", {"02", "03", "07", "08"}),
    ("announced-salo", "734", {"00", "02", "03", "07", "08"}),
    ("announced-mikkeli", "491", {"02", "03", "07", "08"}),
    ("announced-uusimaa", "091", {"02", "03", "07", "08"}),
]


@pytest.mark.parametrize(("rules", "municipality", "belonging"), CODES)
def test_employment_codes_are_in_out_or_unknown(
    rules: str, municipality: str, belonging: set[str]
) -> None:
    """Porvoo, Mikkeli and Uusimaa never named those in subsidised work (00)."""
    codes = [None, *(f"0{digit}" for digit in range(10))]

    said = {
        code: outcome_of(
            rules, START, born=YOUNG, employment_code=code, municipality=municipality
        )[0]
        for code in codes
    }

    assert {code for code, outcome in said.items() if outcome == "eligible"} == belonging
    assert {code for code, outcome in said.items() if outcome == "review"} == {None, "09"}


# tongue, outcome, grounds, missing, why
TONGUES = [
    ("fi", "not_eligible", [], [], "Finnish"),
    ("sv", "not_eligible", [], [], "Swedish is not foreign, whatever hel.fi said"),
    ("se", "not_eligible", [], [], "nor is Northern Sámi"),
    ("sms", "not_eligible", [], [], "nor Skolt Sámi"),
    ("ru", "eligible", ["foreign_language"], [], "Russian"),
    ("98", "eligible", ["foreign_language"], [], "another language"),
    ("99", "review", [], ["foreign_language"], "unknown"),
]


@pytest.mark.parametrize(
    ("tongue", "outcome", "grounds", "missing"),
    [row[:-1] for row in TONGUES],
    ids=[row[-1] for row in TONGUES],
)
def test_a_foreign_language_is_none_of_the_national_ones(
    tongue: str, outcome: str, grounds: list[str], missing: list[str]
) -> None:
    """Sámi is a language of the country; some pages forgot it."""
    said = outcome_of("act-1269-2020", START, mother_tongue=tongue)

    assert said == (outcome, grounds, missing)


SALO = "not_over_30_on_earnings_related"
# born, benefit, outcome, grounds, missing, why
SALO_AGES: list[tuple[date, str | None, str, list[str], list[str], str]] = [
    (date(1991, 3, 2), "01", "eligible", [SALO, "under_30"], [], "29: not over 30"),
    (date(1991, 3, 1), "01", "review", [], [SALO], "30 on the day: Salo's words do not tell"),
    (date(1990, 3, 2), "01", "review", [], [SALO], "30 for one more day"),
    (date(1990, 3, 1), "01", "not_eligible", [], [], "31: over 30"),
    (date(1991, 3, 1), "04", "eligible", [SALO], [], "30 without the benefit: in either way"),
    (date(1990, 3, 1), None, "review", [], [SALO], "31, and the benefit is not known"),
    (date(1991, 3, 2), None, "eligible", [SALO, "under_30"], [], "29: the benefit is all one"),
]


@pytest.mark.parametrize(
    ("born", "benefit", "outcome", "grounds", "missing"),
    [row[:-1] for row in SALO_AGES],
    ids=[row[-1] for row in SALO_AGES],
)
def test_salo_leaves_those_of_exactly_30_open(
    born: date, benefit: str | None, outcome: str, grounds: list[str], missing: list[str]
) -> None:
    """Over 30 stay out, under 30 come in: between the two a person decides."""
    said = outcome_of("announced-salo", START, born=born, benefit=benefit, municipality="734")

    assert said == (outcome, grounds, missing)


# benefit, outcome, why
PORVOO = [
    ("02", "eligible", "basic allowance"),
    ("07", "eligible", "one of the two"),
    ("01", "not_eligible", "earnings-related"),
    ("04", "not_eligible", "Porvoo's words drop those without any benefit"),
    ("06", "not_eligible", "not a benefit of Kela's that Porvoo named"),
    (None, "review", "not known"),
]


@pytest.mark.parametrize(
    ("benefit", "outcome"), [row[:-1] for row in PORVOO], ids=[row[-1] for row in PORVOO]
)
def test_porvoo_asks_for_the_payment_not_the_right(benefit: str | None, outcome: str) -> None:
    """The difference to the Act shows on those who have no benefit."""
    said = outcome_of("announced-porvoo", START, earnings_right=False, benefit=benefit)

    assert said[0] == outcome


PORI_DAY = date(2018, 3, 1)
# rule set, born, unemployed from, days, outcome, why
PORI: list[tuple[str, date, date | None, int | None, str, str]] = [
    ("pori-2017", date(1998, 1, 1), date(2017, 8, 31), 0, "eligible", "31 Aug + 6 is 28 Feb"),
    ("pori-2017", date(1998, 1, 1), date(2017, 9, 1), 0, "not_eligible", "exactly 6 months"),
    ("pori-2017", date(1998, 1, 1), None, 0, "review", "20, and the start is not known"),
    ("pori-2017", date(1993, 3, 2), date(2017, 1, 1), 0, "eligible", "24 for one more day"),
    ("pori-2017", date(1993, 3, 1), date(2017, 1, 1), 0, "not_eligible", "25 today"),
    ("pori-2017", date(1993, 3, 1), None, 201, "eligible", "25, more than 200 days"),
    ("pori-2017", date(1993, 3, 1), None, 200, "not_eligible", "exactly 200 days"),
    ("pori-2017", date(1980, 1, 1), None, None, "review", "the days are not known"),
    ("announced-pori", date(1993, 3, 1), None, 201, "review", "25: over 25 or not, who knows"),
    ("announced-pori", date(1993, 3, 1), None, 200, "not_eligible", "25, but 200 days"),
    ("announced-pori", date(1992, 3, 2), None, 201, "review", "25 for one more day"),
    ("announced-pori", date(1992, 3, 1), None, 201, "eligible", "26: over 25"),
    ("announced-pori", date(1993, 3, 2), None, 201, "review", "24, the start not known"),
]


@pytest.mark.parametrize(
    ("rules", "born", "unemployed_from", "days", "outcome"),
    [row[:-1] for row in PORI],
    ids=[f"{row[0]}: {row[-1]}" for row in PORI],
)
def test_pori_turns_at_25_at_six_months_and_at_200_days(
    rules: str, born: date, unemployed_from: date | None, days: int | None, outcome: str
) -> None:
    """More than means more than: exactly so much is not enough."""
    said = outcome_of(
        rules,
        PORI_DAY,
        born=born,
        unemployed_from=unemployed_from,
        support_days=days,
        search_from=date(2017, 1, 1),
        municipality="609",
    )

    assert said[0] == outcome


def test_a_false_condition_ends_it_whatever_is_missing() -> None:
    """Nobody is asked about a benefit of one who has found work."""
    said = outcome_of(
        "act-1269-2020", START, employment_code="01", earnings_right=None, benefit=None
    )

    assert said == ("not_eligible", [], [RIGHT])
