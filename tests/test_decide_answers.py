"""A person's answer closes what is under review, and nothing else."""

from datetime import date

import polars as pl
import pytest
from client_frames import clients

from kuntactl.domain.schema import Answers, Decisions
from kuntactl.eligibility.answers import apply_answers
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.rules import Chosen, choose

START = date(2021, 3, 1)
PORVOO = choose(on=START, area_ids=["porvoo"])


def decisions() -> pl.DataFrame:
    """Return one review each for A1 and A2, a not eligible, an eligible, an outside row."""
    frame = clients(
        earnings_right=[None, None, True, False, None],
        benefit="04",
        municipality=["638", "638", "638", "638", "018"],
    )
    return decide(frame, PORVOO, on=START)


def answers(area: str | None = None, **belongs: bool) -> pl.DataFrame:
    """Return one answer a client, each with the area, if there is one."""
    return Answers.validate(
        pl.DataFrame(
            {
                "client_id": list(belongs),
                "belongs": list(belongs.values()),
                "who": "A. Virkailija",
                "reason": "kassa vahvisti",
            }
        ).with_columns(area=pl.lit(area, pl.String))
    )


def test_an_answer_closes_a_review() -> None:
    """Yes is eligible and no is not; who decided can be seen, and what was missing stays."""
    answered, not_applied = apply_answers(decisions(), answers(A1=True, A2=False), PORVOO)

    changed = ["outcome", "decided_by"]
    assert answered.select(changed).head(2).rows() == [
        ("eligible", "person"),
        ("not_eligible", "person"),
    ]
    assert answered.drop(changed).equals(decisions().drop(changed))
    assert not_applied.is_empty()


def test_an_answer_changes_no_row_that_a_rule_decides() -> None:
    """The answers that changed nothing come back, each with its reason, in their order."""
    given = answers(B9=True, A5=True, A4=False, A3=True)

    answered, not_applied = apply_answers(decisions(), given, PORVOO)

    assert answered.equals(decisions())
    assert not_applied.rows() == [
        ("B9", "answer_client_unknown"),
        ("A5", "answer_not_needed"),
        ("A4", "answer_not_needed"),
        ("A3", "answer_not_needed"),
    ]


def test_no_answers_change_nothing() -> None:
    """Most runs have none."""
    answered, not_applied = apply_answers(decisions(), Answers.create_empty(), PORVOO)

    assert answered.equals(decisions())
    assert not_applied.schema == {"client_id": pl.String, "code": pl.String}


def test_answers_to_no_decisions_are_all_unknown() -> None:
    """An empty export does not swallow an answer without a word."""
    answered, not_applied = apply_answers(Decisions.create_empty(), answers(A1=True), PORVOO)

    assert answered.is_empty()
    assert not_applied.rows() == [("A1", "answer_client_unknown")]


BLANK_HOMES = date(2023, 3, 1)  # from then on a home municipality may be blank


def without_homes() -> tuple[pl.DataFrame, tuple[Chosen, ...]]:
    """Return two reviews without a home municipality, and the areas they are asked about."""
    chosen = choose(on=BLANK_HOMES, area_ids=["porvoo", "espoo"])
    return decide(clients(municipality=[None, None]), chosen, on=BLANK_HOMES), chosen


def test_nobody_belongs_to_an_unknown_area() -> None:
    """A yes needs an area, a no does not."""
    before, chosen = without_homes()

    answered, not_applied = apply_answers(before, answers(A1=True, A2=False), chosen)

    assert answered.get_column("outcome").to_list() == ["review", "not_eligible"]
    assert not_applied.rows() == [("A1", "answer_lacks_area")]


@pytest.mark.parametrize("named", ["porvoo", "Porvoo", "Borgå", "BORGÅ"])
def test_a_person_says_to_which_area_a_client_belongs(named: str) -> None:
    """Who is under temporary protection belongs without a home municipality: under which rules?"""
    before, chosen = without_homes()

    answered, not_applied = apply_answers(before, answers(named, A1=True, A2=False), chosen)

    facts = ("outcome", "area", "rules", "rules_from", "decided_by")
    assert answered.select(facts).rows() == [
        ("eligible", "porvoo", "act-1269-2020", BLANK_HOMES, "person"),
        ("not_eligible", None, None, None, "person"),
    ]
    assert answered["missing"].to_list() == [["home_municipality"]] * 2
    assert not_applied.is_empty()


def test_an_area_of_another_run_is_no_area() -> None:
    """A slip of the pen, or an area that is not decided today: the question stays open."""
    before, chosen = without_homes()

    answered, not_applied = apply_answers(before, answers("helsinki", A1=True), chosen)

    assert answered.equals(before)
    assert not_applied.rows() == [("A1", "answer_area_unknown")]


def test_a_known_home_is_stronger_than_the_area_of_an_answer() -> None:
    """The list comes back with the area of the day when it was written."""
    answered, not_applied = apply_answers(decisions(), answers("espoo", A1=True), PORVOO)

    assert answered["area"].equals(decisions()["area"])
    assert answered["outcome"][0] == "eligible"
    assert not_applied.is_empty()
