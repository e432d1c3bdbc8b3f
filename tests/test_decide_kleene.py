"""Three-valued logic: what the installed Polars makes of true, false and unknown."""

from itertools import product

import polars as pl
import pytest

Answer = bool | None

# one, other, both, either, why this row is here
TRUTH = [
    (True, True, True, True, "true and true"),
    (True, False, False, True, "false decides a conjunction, true an alternative"),
    (True, None, None, True, "true or unknown is true: a missing fact does not undo a ground"),
    (False, False, False, False, "false or false"),
    (False, None, False, None, "false and unknown is false: no need to ask"),
    (None, None, None, None, "nothing is known"),
]


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [row[:-1] for row in TRUTH],
    ids=[row[-1] for row in TRUTH],
)
def test_null_is_a_third_answer(one: Answer, other: Answer, both: Answer, either: Answer) -> None:
    """Every decision rests on this table; a release of Polars that changes it must be seen."""
    schema = {"one": pl.Boolean, "other": pl.Boolean}
    frame = pl.DataFrame({"one": [one, other], "other": [other, one]}, schema=schema)

    said = frame.select(
        conjunction=pl.col("one") & pl.col("other"),
        all=pl.all_horizontal("one", "other"),
        alternative=pl.col("one") | pl.col("other"),
        any=pl.any_horizontal("one", "other"),
    )

    assert said.rows() == [(both, both, either, either)] * 2


def test_longer_rows_follow_the_same_logic() -> None:
    """Some rule sets have four grounds: one true wins, else one unknown leaves it open."""
    rows = list(product((True, False, None), repeat=4))
    frame = pl.DataFrame(rows, schema=dict.fromkeys("abcd", pl.Boolean), orient="row")

    said = frame.select(all=pl.all_horizontal(pl.all()), any=pl.any_horizontal(pl.all())).rows()

    assert said == [
        (
            False if False in row else None if None in row else True,
            True if True in row else None if None in row else False,
        )
        for row in rows
    ]


def test_not_unknown_is_unknown() -> None:
    """``failed`` lists what is false, never what is unknown."""
    frame = pl.DataFrame({"answer": [True, False, None]})

    assert frame.select(~pl.col("answer"))["answer"].to_list() == [False, True, None]
