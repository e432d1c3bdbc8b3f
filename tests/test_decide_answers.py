"""A person's answer closes what is under review, and nothing else."""

from datetime import date

import polars as pl
from client_frames import clients

from kuntactl.domain.schema import Answers, Decisions
from kuntactl.eligibility.decide import apply_answers, decide
from kuntactl.eligibility.rules import choose

START = date(2021, 3, 1)


def decisions() -> pl.DataFrame:
    """Return one review each for A1 and A2, a not eligible, an eligible, an outside row."""
    frame = clients(
        earnings_right=[None, None, True, False, None],
        benefit="04",
        municipality=["638", "638", "638", "638", "018"],
    )
    return decide(frame, choose(on=START, area_ids=["porvoo"]), on=START)


def answers(**belongs: bool) -> pl.DataFrame:
    """Return one answer a client."""
    return Answers.validate(
        pl.DataFrame(
            {
                "client_id": list(belongs),
                "belongs": list(belongs.values()),
                "who": "A. Virkailija",
                "reason": "kassa vahvisti",
            }
        )
    )


def test_an_answer_closes_a_review() -> None:
    """Yes is eligible and no is not; who decided can be seen, and what was missing stays."""
    answered, not_applied = apply_answers(decisions(), answers(A1=True, A2=False))

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

    answered, not_applied = apply_answers(decisions(), given)

    assert answered.equals(decisions())
    assert not_applied.rows() == [
        ("B9", "answer_client_unknown"),
        ("A5", "answer_not_needed"),
        ("A4", "answer_not_needed"),
        ("A3", "answer_not_needed"),
    ]


def test_no_answers_change_nothing() -> None:
    """Most runs have none."""
    answered, not_applied = apply_answers(decisions(), Answers.create_empty())

    assert answered.equals(decisions())
    assert not_applied.schema == {"client_id": pl.String, "code": pl.String}


def test_answers_to_no_decisions_are_all_unknown() -> None:
    """An empty export does not swallow an answer without a word."""
    answered, not_applied = apply_answers(Decisions.create_empty(), answers(A1=True))

    assert answered.is_empty()
    assert not_applied.rows() == [("A1", "answer_client_unknown")]


def test_nobody_belongs_to_an_unknown_area() -> None:
    """From 1.3.2023 the home municipality may be blank: a yes needs it, a no does not."""
    day = date(2023, 3, 1)
    frame = clients(municipality=[None, None])
    before = decide(frame, choose(on=day, area_ids=["porvoo"]), on=day)

    answered, not_applied = apply_answers(before, answers(A1=True, A2=False))

    assert answered.get_column("outcome").to_list() == ["review", "not_eligible"]
    assert not_applied.rows() == [("A1", "answer_lacks_area")]
