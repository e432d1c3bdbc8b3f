"""Newcomers first; then at most so many members change coaches, each for what it brings."""

from collections import Counter

import polars as pl
import pytest
from assign_builders import (
    KOSKI,
    PORVOO,
    PORVOO_AREA,
    SALO_AREA,
    client,
    clients,
    coach,
    coach_of,
    loads,
    split,
    why,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from kuntactl.domain.schema import Ties

SWEDISH = {"service_language": "sv", "mother_tongue": "sv", "municipality": PORVOO}


def test_without_leave_no_member_moves() -> None:
    """A client's coach is not a number to be evened out; somebody must ask for it."""
    rows = clients(10, coach_id="C1")

    result = split(rows, [coach("C1"), coach("C2")])

    assert set(coach_of(result).values()) == {"C1"}
    assert result.moves.is_empty()


@pytest.mark.parametrize(("most", "moved"), [(1, 1), (3, 3), (100, 5)])
def test_members_move_until_loads_are_even_and_no_further(most: int, moved: int) -> None:
    """Each move brings the largest load down; when it is as low as can be nobody moves."""
    rows = clients(10, coach_id="C1")
    coaches = [coach("C1"), coach("C2")]

    result = split(rows, coaches, max_moves=most)

    assert Counter(coach_of(result).values()) == {"C1": 10 - moved, "C2": moved}
    assert result.moves["client_id"].to_list() == [f"A{n:03d}" for n in range(moved)]
    assert result.moves["largest_load"].to_list()[-1] == pytest.approx(
        max(loads(result, coaches).values())
    )
    assert why(result)["A000"] == ["moved", "language", "team"]
    assert result.gaps[SALO_AREA] == pytest.approx((10 - moved) / 5 - 1, abs=1e-5)


def test_newcomers_even_the_loads_before_members_do() -> None:
    """Where newcomers are enough to even out, no member moves though they might."""
    rows = clients(10, coach_id="C1") + [client(f"B{n:02d}") for n in range(10)]

    result = split(rows, [coach("C1"), coach("C2")], max_moves=10)

    assert Counter(coach_of(result).values()) == {"C1": 10, "C2": 10}
    assert result.moves.is_empty()


def test_a_member_makes_room_for_a_client_who_waits() -> None:
    """A place for somebody comes before even loads: only C1 serves in Koski, and is full."""
    rows = [client("A1", coach_id="C1"), client("B1", municipality=KOSKI)]
    coaches = [coach("C1", limit=1), coach("C2", municipalities=["734"])]

    result = split(rows, coaches, max_moves=1)

    assert coach_of(result) == {"A1": "C2", "B1": "C1"}
    assert result.moves.select("gain", "placed").rows() == [("room", "B1")]


def test_a_coach_above_their_limit_makes_room_for_nobody() -> None:
    """One client less, and the coach still has as many as they may have."""
    rows = [client(f"A{n}", coach_id="C1") for n in range(2)] + [client("B1", municipality=KOSKI)]
    coaches = [coach("C1", limit=1), coach("C2", municipalities=["734"])]

    assert coach_of(split(rows, coaches, max_moves=1))["B1"] is None


def test_a_swedish_speaker_moves_to_a_coach_who_speaks_it() -> None:
    """When such a coach comes at last, Swedish comes before even loads."""
    rows = [client("A1", coach_id="C1", **SWEDISH)]
    coaches = [coach("C1", area=PORVOO_AREA), coach("C2", area=PORVOO_AREA, languages={"sv"})]

    result = split(rows, coaches, max_moves=1)

    assert coach_of(result) == {"A1": "C2"}
    assert result.moves["gain"].to_list() == ["swedish"]


def test_whoever_loses_least_moves() -> None:
    """A client with their old officer stays while one goes who loses nothing."""
    rows = [
        client("A1", coach_id="C1", officer_id="V1"),
        client("A2", coach_id="C1", mother_tongue="ru", citizenship="643"),
        client("A3", coach_id="C1"),
        client("A4", coach_id="C1", officer_id="V1"),
    ]
    coaches = [
        coach("C1", former_officer="V1", languages={"fi", "ru"}),
        coach("C2"),
    ]

    result = split(rows, coaches, max_moves=2)

    assert result.moves.select("client_id", "price").rows() == [
        ("A3", []),
        ("A2", ["loses_mother_tongue"]),
    ]


def test_whom_a_person_has_pinned_never_moves() -> None:
    """They stay as agreed, and others move in their place."""
    rows = clients(4, coach_id="C1")
    lines = [(f"A00{n}", "C1", "pin", "own_request") for n in range(3)]
    schema = {name: column.dtype for name, column in Ties.columns().items()}
    pins = Ties.validate(pl.DataFrame(lines, schema=schema, orient="row"))

    result = split(rows, [coach("C1"), coach("C2")], ties=pins, max_moves=4)

    assert result.moves["client_id"].to_list() == ["A003"]


def test_the_moves_of_all_areas_together_are_at_most_so_many() -> None:
    """The number that was asked for is the number of people who get a new coach."""
    rows = clients(4, coach_id="C1")
    rows += [client(f"P{n}", municipality=PORVOO, coach_id="C3") for n in range(10)]
    coaches = [
        *(coach("C1"), coach("C2")),
        *(coach("C3", area=PORVOO_AREA), coach("C4", area=PORVOO_AREA)),
    ]

    result = split(rows, coaches, max_moves=3)

    assert Counter(result.moves["area"]) == {PORVOO_AREA: 3}  # where it brings more
    assert split(rows, coaches, max_moves=6).moves.height == 6


@settings(deadline=None, max_examples=40)
@given(data=st.data(), most=st.integers(0, 5))
def test_never_more_moves_than_asked_for_and_none_that_breaks_a_rule(
    data: st.DataObject, most: int
) -> None:
    """Whoever comes: limits hold, nobody loses a coach, and only as many move as may."""
    count = data.draw(st.integers(1, 12))
    had = [data.draw(st.sampled_from(["C0", "C0", "C1", None])) for _ in range(count)]
    lines = st.sampled_from(["01", "03"])
    rows = [
        client(f"A{n:02d}", coach_id=had[n], service_line=data.draw(lines)) for n in range(count)
    ]
    coaches = [coach("C0", limit=6), coach("C1", limit=4), coach("C2", share=0.5)]

    before, after = split(rows, coaches), split(rows, coaches, max_moves=most)

    changed = [n for n in range(count) if had[n] and coach_of(after)[f"A{n:02d}"] != had[n]]
    assert len(changed) == after.moves.height <= most
    held, held_before = Counter(coach_of(after).values()), Counter(coach_of(before).values())
    assert held[None] <= held_before[None]
    for found in coaches:
        assert found.limit is None or held[found.id] <= max(found.limit, held_before[found.id])
    if "room" in after.moves["gain"]:  # more clients weigh more
        return
    assert max(loads(after, coaches).values()) <= max(loads(before, coaches).values()) + 1e-9
