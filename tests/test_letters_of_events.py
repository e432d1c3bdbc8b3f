"""Which letters a member gets over the nights: one of each event, none twice, none stale."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from register_nights import PORVOO, SALO, Row, homes, run_night

from kuntactl.domain.types import AreaId

Told = list[tuple[str, str | None]]  # kind and reason of the letters of a night


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """One night of client A1, and what they are told."""

    area: str | None = PORVOO
    outcome: str = "eligible"
    town: str | None = "638"
    coach: str = "K1"
    status: str = "written"
    told: Told


JOINED = Then(told=[("transfer", None)])
UNDELIVERABLE = Then(status="undeliverable", told=[("transfer", None)])

STORIES: dict[str, tuple[Then, ...]] = {
    "the same night again tells nothing": (JOINED, Then(told=[])),
    "a coach in place of another": (JOINED, Then(coach="K2", told=[("coach", "new_coach")])),
    "a second change of coach has its own letter": (
        JOINED,
        Then(coach="K2", told=[("coach", "new_coach")]),
        Then(coach="K1", told=[("coach", "new_coach")]),
        Then(coach="K1", told=[]),
    ),
    "a first coach after a letter without one": (
        Then(coach="", told=[("transfer", None)]),
        Then(coach="", told=[]),
        Then(coach="K1", told=[("coach", "first_coach")]),
    ),
    "a coach who is gone and comes back is no news": (
        JOINED,
        Then(coach="", told=[]),
        Then(coach="K1", told=[]),
    ),
    "the transfer letter names the coach who changed meanwhile": (
        UNDELIVERABLE,
        Then(coach="K2", told=[("transfer", None)]),
        Then(coach="K2", told=[]),
    ),
    "a coach letter that could not be sent is dropped when the coach is the old one": (
        JOINED,
        Then(coach="K2", status="undeliverable", told=[("coach", "new_coach")]),
        Then(coach="K1", told=[]),
    ),
    "a move inside the area names the new coach too": (
        JOINED,
        Then(town="734", coach="K2", told=[("move", "within_area")]),
        Then(town="734", coach="K2", told=[]),
    ),
    "a second move has its own letter": (
        JOINED,
        Then(town="734", told=[("move", "within_area")]),
        Then(town="638", told=[("move", "within_area")]),
    ),
    "of two moves that could not be told the newer one is": (
        JOINED,
        Then(town="734", status="undeliverable", told=[("move", "within_area")]),
        Then(town="049", told=[("move", "within_area")]),
        Then(town="049", told=[]),
    ),
    "a late transfer letter tells of the move too": (
        UNDELIVERABLE,
        Then(town="734", told=[("transfer", None)]),
        Then(town="734", told=[]),
    ),
    "a move to another area is told by both": (
        JOINED,
        Then(area=SALO, told=[("move", "from_area"), ("move", "to_area")]),
        Then(area=SALO, told=[]),
    ),
    "a move out of all trials": (
        JOINED,
        Then(area=None, outcome="outside", told=[("move", "out_of_trials")]),
        Then(area=None, outcome="outside", told=[]),
    ),
    "a farewell that could not be sent is due again": (
        JOINED,
        Then(
            area=None,
            outcome="outside",
            status="undeliverable",
            told=[("move", "out_of_trials")],
        ),
        Then(area=None, outcome="outside", told=[("move", "out_of_trials")]),
    ),
    "a farewell is stale once the client has joined again": (
        JOINED,
        Then(
            area=None,
            outcome="outside",
            status="undeliverable",
            told=[("move", "out_of_trials")],
        ),
        Then(told=[("transfer", None)]),
    ),
    "who left before the first letter could be sent is told of the end": (
        UNDELIVERABLE,
        Then(area=None, outcome="outside", told=[("move", "out_of_trials")]),
    ),
}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.replace(" ", "-"))
def test_what_a_client_is_told(register: str, story: str) -> None:
    """A letter belongs to an event: each is told once, with what is true on that night."""
    told = [_night(register, number, then) for number, then in enumerate(STORIES[story])]

    assert told == [then.told for then in STORIES[story]]


def _night(register: str, number: int, then: Then) -> Told:
    row: Row = ("A1", then.area, then.outcome)
    night = run_night(
        register,
        row,
        number=number,
        coach=then.coach,
        where=homes(row, towns={"A1": then.town}),
        status=then.status,
    )
    return sorted(((kind, reason) for _, _, kind, reason, _ in night.told), key=str)


def test_both_letters_of_a_move_name_the_other_area(register: str) -> None:
    """Each office says where the client goes or comes from, under an id of its own."""
    run_night(register, ("A1", PORVOO, "eligible"))

    night = run_night(register, ("A1", SALO, "eligible"), number=1)

    assert night.told == [
        ("A1", PORVOO, "move", "to_area", SALO),
        ("A1", SALO, "move", "from_area", PORVOO),
    ]
    assert night.due["letter_id"].to_list() == ["porvoo-000002", "salo-marttila-koski-000001"]


def test_a_letter_tells_the_day_of_its_event(register: str) -> None:
    """A letter sent a week late says when the services moved, not when it was printed."""
    left: Row = ("A1", None, "outside")
    run_night(register, ("A1", PORVOO, "eligible"))
    first = run_night(register, left, number=1, status="undeliverable")

    late = run_night(register, left, number=8)

    assert late.due.select("letter_id", "day").equals(first.due.select("letter_id", "day"))


def test_a_move_to_an_area_that_is_run_apart_names_it(register: str) -> None:
    """Another office's register takes the client in; this one says where to."""
    run_night(register, ("A1", PORVOO, "eligible"))
    where = homes(("A1", "turun-seutu", "outside"))

    night = run_night(register, ("A1", None, "outside"), number=1, where=where)

    assert night.told == [("A1", PORVOO, "move", "to_area", "turun-seutu")]


def test_a_membership_that_is_double_ends_with_a_letter(register: str) -> None:
    """Whom another area has taken in meanwhile is told that the old one is over."""
    here: dict[AreaId, bool] = {PORVOO: True}
    there: dict[AreaId, bool] = {SALO: True}
    run_night(register, ("A1", PORVOO, "eligible"), areas=here)
    run_night(register, ("A1", SALO, "eligible"), areas=there, number=1)

    night = run_night(register, ("A1", SALO, "eligible"), number=2)

    assert night.told == [("A1", PORVOO, "move", "to_area", SALO)]


def test_a_move_on_makes_unsent_letters_of_the_move_before_stale(register: str) -> None:
    """Who could not be told of Salo, and now lives in Porvoo again, is told of Porvoo only."""
    rows: Sequence[Row] = [("A1", PORVOO, "eligible"), ("A1", SALO, "eligible")]
    run_night(register, rows[0])
    run_night(register, rows[1], number=1, status="undeliverable")

    night = run_night(register, rows[0], number=2)

    assert night.told == [
        ("A1", PORVOO, "move", "from_area", SALO),
        ("A1", SALO, "move", "to_area", PORVOO),
    ]
