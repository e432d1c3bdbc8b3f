"""CONTRACT section 2 read row by row in plain Python: the oracle of the decision tests.

Nothing here is shared with the product: the tables are typed from the contract a second time.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

Row = Mapping[str, Any]
Answer = bool | None
Question = Callable[[Row, date], Answer]

SAMI = {"se", "sma", "smj", "smn", "sms"}


def both(one: Answer, other: Answer) -> Answer:
    """False and anything is false; else unknown if one is unknown."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def every(answers: list[Answer]) -> Answer:
    """Return the conjunction of all."""
    if False in answers:
        return False
    return None if None in answers else True


def some(answers: list[Answer]) -> Answer:
    """Return the alternative of all."""
    if True in answers:
        return True
    return None if None in answers else False


def years(row: Row, on: date) -> int:
    """Return the completed years on the day."""
    born = row["born"]
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def six_months_later(day: date) -> date:
    """Return the day six months on, or the last of that month."""
    year, month = (day.year, day.month + 6) if day.month <= 6 else (day.year + 1, day.month - 6)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def job_search(row: Row, on: date) -> Answer:
    """Started on or before the day, and open or ending on or after it."""
    started = None if row["search_from"] is None else row["search_from"] <= on
    if row["search_open"]:
        lasts: Answer = True
    else:
        lasts = None if row["search_to"] is None else row["search_to"] >= on
    return both(started, lasts)


def employment(belonging: str) -> Question:
    """The employment code is one of these; 09 and blank are unknown."""

    def ask(row: Row, _: date) -> Answer:
        code = row["employment_code"]
        return None if code in {None, "09"} else code in belonging.split()

    return ask


def no_earnings_related_right(row: Row, _: date) -> Answer:
    """Right E; or right blank and benefit 02 03 07; unknown with 04, 06 or blank."""
    if row["earnings_right"] is not None:
        return not row["earnings_right"]
    return {"02": True, "03": True, "07": True, "01": False}.get(row["benefit"])


def under_30(row: Row, on: date) -> Answer:
    """Completed years on the day under 30."""
    return years(row, on) < 30


def immigrant(row: Row, _: date) -> Answer:
    """Citizenship other than 246."""
    return row["citizenship"] != "246"


def foreign_language(row: Row, _: date) -> Answer:
    """Mother tongue not Finnish, Swedish or Sámi; 99 unknown."""
    tongue = row["mother_tongue"]
    return None if tongue == "99" else tongue not in {"fi", "sv"} | SAMI


def receives_kela_benefit(row: Row, _: date) -> Answer:
    """Benefit 02 03 07; unknown if blank."""
    return None if row["benefit"] is None else row["benefit"] in {"02", "03", "07"}


def not_over_30_on_earnings_related(row: Row, on: date) -> Answer:
    """Not (over 30 and benefit 01); over 30 from 31, unknown at 30."""
    over = {30: None}.get(years(row, on), years(row, on) > 30)
    earnings_related = None if row["benefit"] is None else row["benefit"] == "01"
    answer = both(over, earnings_related)
    return None if answer is None else not answer


def under_25_unemployed_over_6_months(row: Row, on: date) -> Answer:
    """Under 25, and the start plus six months before the day."""
    start = row["unemployed_from"]
    return both(years(row, on) < 25, None if start is None else six_months_later(start) < on)


def over_200_days(row: Row) -> Answer:
    """More than 200 days of labour market support."""
    return None if row["support_days"] is None else row["support_days"] > 200


def from_25_support_over_200_days(row: Row, on: date) -> Answer:
    """25 or older, and more than 200 days."""
    return both(years(row, on) >= 25, over_200_days(row))


def over_25_support_over_200_days(row: Row, on: date) -> Answer:
    """Over 25 from 26, unknown at 25; and more than 200 days."""
    over = {25: None}.get(years(row, on), years(row, on) > 25)
    return both(over, over_200_days(row))


def lives_in_area(_row: Row, _on: date) -> Answer:
    """All jobseekers of the municipalities."""
    return True


ALL_KINDS, NO_SUBSIDISED, UNEMPLOYED = "00 02 03 07 08", "02 03 07 08", "02 03"

# rule set -> employment codes that belong (none: all do), grounds in the table's order
RULE_SETS: dict[str, tuple[str | None, list[Question]]] = {
    "act-1269-2020": (
        ALL_KINDS,
        [no_earnings_related_right, under_30, immigrant, foreign_language],
    ),
    "announced-porvoo": (NO_SUBSIDISED, [receives_kela_benefit, under_30, foreign_language]),
    "announced-salo": (
        ALL_KINDS,
        [not_over_30_on_earnings_related, under_30, immigrant, foreign_language],
    ),
    "announced-mikkeli": (NO_SUBSIDISED, [no_earnings_related_right, under_30, immigrant]),
    "announced-uusimaa": (
        NO_SUBSIDISED,
        [no_earnings_related_right, under_30, immigrant, foreign_language],
    ),
    "pori-2017": (
        UNEMPLOYED,
        [under_25_unemployed_over_6_months, from_25_support_over_200_days],
    ),
    "act-380-2023": (None, [lives_in_area]),
    "announced-pori": (
        UNEMPLOYED,
        [under_25_unemployed_over_6_months, over_25_support_over_200_days],
    ),
}

Decision = tuple[str, list[str], list[str], list[str]]  # outcome, grounds, failed, missing


def decide_row(row: Row, rules: str, on: date) -> Decision:
    """Return what the contract says of one client under one rule set."""
    codes, grounds = RULE_SETS[rules]
    conditions = {"job_search_in_force": job_search(row, on)}
    if codes is not None:
        conditions["unemployed_or_in_service"] = employment(codes)(row, on)
    reasons = {ground.__name__: ground(row, on) for ground in grounds}
    belongs = both(every(list(conditions.values())), some(list(reasons.values())))
    answers = conditions | reasons
    return (
        {True: "eligible", False: "not_eligible", None: "review"}[belongs],
        [code for code, answer in reasons.items() if answer is True],
        [code for code, answer in answers.items() if answer is False],
        [code for code, answer in answers.items() if answer is None],
    )
