"""Each client's next best coaches, what each would cost, and what stands in the way."""

from collections import Counter
from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest
from assign_builders import (
    KOSKI,
    PORVOO,
    PORVOO_AREA,
    Row,
    client,
    clients,
    coach,
    coach_of,
    loads,
    problem_of,
    split,
)

from kuntactl.assignment.allocate import Assignment
from kuntactl.assignment.alternatives import BIND_WORDS, PRICE_WORDS, Bind, Price
from kuntactl.assignment.split import split_area
from kuntactl.domain.coaches import Coach

YOUNG = date(2000, 1, 1)
RUSSIAN = frozenset({"fi", "ru"})


def of(result: Assignment, number: str) -> dict[str, Any]:
    """Return the client's line."""
    return next(
        line for line in result.alternatives.iter_rows(named=True) if line["client_id"] == number
    )


def test_the_next_two_are_in_the_order_of_the_aims() -> None:
    """Whoever asks "why not her?" hears what it would cost, in the order that decided."""
    rows = [
        client(f"A{n}", municipality=PORVOO, officer_id="V1", mother_tongue="ru") for n in range(3)
    ]
    coaches = [
        coach("C1", area=PORVOO_AREA, languages=RUSSIAN, former_officer="V1"),
        coach("C2", area=PORVOO_AREA, team="nuoret"),
        coach("C3", area=PORVOO_AREA, languages=RUSSIAN),
        coach("C4", area=PORVOO_AREA, languages=RUSSIAN, limit=0),
    ]

    result = split(rows, coaches)

    with_officer = next(number for number, found in coach_of(result).items() if found == "C1")
    line = of(result, with_officer)
    assert (line["second_coach"], line["third_coach"]) == ("C3", "C2")
    assert line["second_price"] == ["above", "loses_officer"]
    assert line["third_price"] == ["above", "loses_officer", "loses_mother_tongue"]


def test_swedish_comes_before_all_but_a_limit() -> None:
    """The price of Swedish is named first, as it is weighed first."""
    rows = [client("A1", service_language="sv", mother_tongue="sv", municipality=PORVOO)]
    coaches = [
        coach("C1", area=PORVOO_AREA, languages={"sv"}),
        coach("C2", area=PORVOO_AREA),
        coach("C3", area=PORVOO_AREA, languages={"sv"}, limit=0),
    ]

    line = of(split(rows, coaches), "A1")

    assert (line["second_coach"], line["second_price"][0]) == ("C2", "loses_swedish")
    assert (line["third_coach"], line["third_price"][0]) == ("C3", "full")


def test_the_load_is_that_of_the_coach_with_the_client() -> None:
    """A number that nobody can check is no reason."""
    coaches = [coach("C1"), coach("C2", share=0.5)]

    result = split(clients(4), coaches)

    line = of(result, "A000")
    other = line["second_coach"]
    share = {found.id: found.share for found in coaches}[other]
    weight = result.frame["weight"][0]
    assert line["second_load"] == pytest.approx(loads(result, coaches)[other] + weight / share)


def test_nobody_else_is_said_with_nothing() -> None:
    """A blank says that there is no choice, and why."""
    rows = [client("A1", municipality=KOSKI)]

    line = of(split(rows, [coach("C1"), coach("C2", municipalities=["734"])]), "A1")

    assert line["second_coach"] is None
    assert line["second_price"] == []
    assert (line["binds"], line["binds_coach"]) == ("only_coach", None)


# rows, coaches, what binds and who would suit better, why this row is here
BINDING = [
    ([client("A1", coach_id="C1")], [coach("C1"), coach("C2")], ("kept", None), "a member"),
    ([client("A1")], [coach("C1"), coach("C2")], (None, None), "nobody suits better"),
    (
        [client("A1", mother_tongue="ru")],
        [coach("C1"), coach("C2", limit=0, languages=RUSSIAN)],
        ("limit", "C2"),
        "the one who speaks Russian is full",
    ),
    (
        clients(10, mother_tongue="ru"),
        [coach("C1"), coach("C2", languages=RUSSIAN)],
        ("load", "C2"),
        "the one who speaks Russian has enough",
    ),
    (
        [client("A1")],
        [coach("C1", limit=0)],
        ("limit", "C1"),
        "without a coach, for the only one is full",
    ),
    (
        [client("A1", municipality=KOSKI)],
        [coach("C1", municipalities=["734"])],
        (None, None),
        "without a coach, for nobody serves there",
    ),
]


@pytest.mark.parametrize(
    ("rows", "coaches", "binds"), [case[:3] for case in BINDING], ids=[case[3] for case in BINDING]
)
def test_what_binds_is_named(
    rows: list[Row], coaches: list[Coach], binds: tuple[str | None, str | None]
) -> None:
    """A coach can see which rule would have to give way for the client to come."""
    result = split(rows, coaches)

    given = coach_of(result)
    found = {
        (line["binds"], line["binds_coach"])
        for line in result.alternatives.iter_rows(named=True)
        if binds[1] is None or given[line["client_id"]] != binds[1]
    }
    assert found == {binds}


def test_a_coach_who_would_have_too_little_binds_too() -> None:
    """Else nobody could say why a client is not with the free coach of their language."""
    rows = [*clients(20), *(client(f"B{n}", mother_tongue="ru") for n in range(20))]
    coaches = [coach("C1"), coach("C2", languages=RUSSIAN, share=0.5, limit=14)]

    result = split(rows, coaches)

    bound = {line["binds"] for line in result.alternatives.iter_rows(named=True)}
    assert bound <= {None, "load", "limit", "floor"}
    assert "load" in bound or "floor" in bound


def _made_up() -> tuple[list[Row], list[Coach]]:
    chance = np.random.default_rng(3)
    rows = [
        client(
            f"A{n:02d}",
            officer_id=f"V{chance.integers(6)}",
            service_line=["01", "03", "05"][chance.integers(3)],
            mother_tongue=["fi", "ru"][chance.integers(2)],
            born=[YOUNG, date(1980, 1, 1)][chance.integers(2)],
            coach_id=["C1", None, None][chance.integers(3)],
        )
        for n in range(60)
    ]
    coaches = [
        coach("C0", former_officer="V0", limit=9),
        coach("C1", former_officer="V1", team="nuoret"),
        coach("C2", languages=RUSSIAN, share=0.5),
        coach("C3", languages=RUSSIAN, former_officer="V3", team="maahanmuuttajat"),
        coach("C4", municipalities=[KOSKI]),
    ]
    return rows, coaches


def _points(row: Row, found: Coach) -> int:
    """What the pair is worth in the last aim, read plainly."""
    tongue = row["mother_tongue"] == "ru" and "ru" in found.languages
    elder = "maahanmuuttajat" if row["mother_tongue"] == "ru" else "yleinen"
    team = "nuoret" if row["born"] == YOUNG else elder
    return (3 if tongue else 2) + 2 * (team == found.team.value)


def test_the_next_best_is_the_best_of_all_others() -> None:
    """What is found for all at once is what one finds by asking coach after coach."""
    rows, coaches = _made_up()

    result = split(rows, coaches)

    given, load = coach_of(result), loads(result, coaches)
    weight = dict(result.frame.select("client_id", "weight").iter_rows())
    held = Counter(given.values())
    roofs = split_area(problem_of(rows, coaches)).roof
    roof = {found.id: height for found, height in zip(coaches, roofs, strict=True)}

    def key(row: Row, found: Coach) -> tuple[Any, ...]:
        after = load[found.id] + weight[row["client_id"]] / found.share
        mine = next(one for one in coaches if one.id == given[row["client_id"]])
        full = found.limit is not None and held[found.id] >= found.limit
        above = max(np.ceil((after / roof[found.id] - 1) * 1000 - 1e-3), 0)
        officer = row["officer_id"] == mine.former_officer
        lost = _points(row, mine) - _points(row, found)
        return full, above, officer, lost, np.ceil(after * 1000 - 1e-6), found.id

    for row, choice in product(rows, (0, 1)):
        others = [one for one in coaches[:4] if one.id != given[row["client_id"]]]
        ordered = sorted(others, key=lambda one, row=row: key(row, one))
        name = ("second_coach", "third_coach")[choice]
        assert of(result, row["client_id"])[name] == ordered[choice].id


def test_every_code_has_words_in_three_languages() -> None:
    """A code that has no words would stand as a code in a list that people read."""
    assert set(PRICE_WORDS) == set(Price)
    assert set(BIND_WORDS) == set(Bind)
