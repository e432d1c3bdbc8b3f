"""What is hard stays hard: area, municipality, limit, the coach a client already has."""

from collections import Counter
from datetime import date

import polars as pl
import pytest
from assign_builders import (
    KOSKI,
    MARTTILA,
    PORVOO,
    PORVOO_AREA,
    SALO_AREA,
    client,
    clients,
    coach,
    coach_of,
    split,
    why,
)

from kuntactl.assignment.allocate import assign
from kuntactl.domain.areas import load_areas


def test_a_coach_serves_only_their_municipalities() -> None:
    """Marttila and Koski are served in their own offices."""
    rows = [client("A1", municipality=MARTTILA), client("A2", municipality=KOSKI), client("A3")]
    coaches = [
        coach("C1", municipalities=[MARTTILA]),
        coach("C2", municipalities=[KOSKI]),
        coach("C3", municipalities=["734"]),
    ]

    result = split(rows, coaches)

    assert coach_of(result) == {"A1": "C1", "A2": "C2", "A3": "C3"}
    assert all("municipality" in reasons for reasons in why(result).values())


def test_a_coach_serves_only_their_area() -> None:
    """A free coach in Porvoo is no help in Salo."""
    rows = [client("A1"), client("A2", municipality=PORVOO)]

    result = split(rows, [coach("C1", area=PORVOO_AREA)])

    assert coach_of(result) == {"A1": None, "A2": "C1"}
    assert why(result)["A1"] == ["no_coach_in_area"]
    assert result.gaps == {PORVOO_AREA: 0.0, SALO_AREA: 0.0}


def test_limit_counts_clients_and_the_earliest_numbers_are_placed() -> None:
    """When room is short nobody may wonder why it was them: the client number decides."""
    rows = clients(5)

    result = split(rows, [coach("C1", limit=2), coach("C2", limit=1)])

    placed = coach_of(result)
    assert [number for number, found in placed.items() if found] == ["A000", "A001", "A002"]
    assert Counter(placed.values()) == {"C1": 2, "C2": 1, None: 2}
    assert why(result)["A004"] == ["coaches_full"]


def test_heavy_clients_are_not_the_ones_left_over() -> None:
    """Leaving over whoever weighs most would make loads small at the cost of the weakest."""
    rows = [client("A1", service_line="05"), client("A2"), client("A3")]

    result = split(rows, [coach("C1", limit=2)])

    assert coach_of(result) == {"A1": "C1", "A2": "C1", "A3": None}


def test_a_coach_the_client_already_has_is_kept() -> None:
    """A member does not change coaches because the loads have shifted."""
    rows = [client(f"A{n}", coach_id="C1") for n in range(8)] + [client("B1"), client("B2")]

    result = split(rows, [coach("C1"), coach("C2")])

    assert Counter(coach_of(result).values()) == {"C1": 8, "C2": 2}
    assert why(result)["A0"] == ["kept_coach", "language", "team"]


def test_a_kept_coach_counts_towards_the_limit_and_may_pass_it() -> None:
    """A limit set lower than what a coach holds turns nobody away, and lets nobody in."""
    rows = [client("A1", coach_id="C1"), client("A2", coach_id="C1"), client("A3")]

    result = split(rows, [coach("C1", limit=1)])

    assert coach_of(result) == {"A1": "C1", "A2": "C1", "A3": None}
    assert why(result)["A3"] == ["coaches_full"]


@pytest.mark.parametrize(
    ("rows", "coaches"),
    [
        ([client("A1", coach_id="C9")], [coach("C1")]),
        ([client("A1", coach_id="C2")], [coach("C1"), coach("C2", area=PORVOO_AREA)]),
        ([client("A1", coach_id="C2")], [coach("C1"), coach("C2", municipalities=[KOSKI])]),
    ],
    ids=["has left", "is of another area", "does not serve the home municipality"],
)
def test_a_coach_who_cannot_be_kept_is_replaced(rows: list, coaches: list) -> None:
    """A client is never left with a coach who may not serve them."""
    result = split(rows, coaches)

    assert coach_of(result) == {"A1": "C1"}
    assert "kept_coach" not in why(result)["A1"]


def test_an_unknown_home_municipality_is_served_by_coaches_of_the_whole_area() -> None:
    """Unknown is not anywhere: a coach for Koski alone cannot be said to serve the client."""
    rows = [client("A1", municipality=None), client("A2", municipality=None, coach_id="C1")]
    local = coach("C1", municipalities=[KOSKI])

    with_general = split(rows, [local, coach("C2")])
    without = split(rows, [local])

    assert coach_of(with_general) == {"A1": "C2", "A2": "C1"}
    assert coach_of(without) == {"A1": None, "A2": "C1"}
    assert why(without)["A1"] == ["municipality_unknown"]


def test_nobody_serves_the_municipality() -> None:
    """The reason says what is missing, not merely that something is."""
    result = split([client("A1", municipality=MARTTILA)], [coach("C1", municipalities=[KOSKI])])

    assert why(result)["A1"] == ["no_coach_for_municipality"]


def test_no_members_make_an_empty_split() -> None:
    """A run in which nobody joins is a run like any other."""
    result = split([], [coach("C1")])

    assert result.frame.height == 0
    assert result.gaps == {}


def test_a_client_who_may_go_nowhere_else_takes_the_last_place() -> None:
    """As many as can be are placed, though the first number alone would take the only room."""
    rows = [client("A1"), client("A2", municipality=KOSKI)]

    result = split(rows, [coach("C1", limit=1), coach("C2", limit=1, municipalities=["734"])])

    assert coach_of(result) == {"A1": "C2", "A2": "C1"}


def test_two_coaches_with_one_id_are_refused() -> None:
    """Two people under one id would share one list."""
    with pytest.raises(ValueError, match="two coaches have one id"):
        split([client("A1")], [coach("C1"), coach("C1")])


def test_a_member_without_facts_is_refused() -> None:
    """A member who is dropped without a word would be nobody's client."""
    members = pl.DataFrame({"client_id": ["A1"], "area": [SALO_AREA], "coach_id": [None]})
    nobody = pl.DataFrame(
        [], schema={**dict.fromkeys(client("A1"), pl.String), "born": pl.Date}
    ).drop("area", "coach_id")

    with pytest.raises(ValueError, match="once among the clients"):
        assign(members, nobody, [], areas=load_areas(), on=date(2021, 3, 1))
