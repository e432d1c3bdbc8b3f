"""Members who need no meetings now keep their coach, and stand in nobody's way."""

from assign_builders import client, coach, coach_of, loads, split, why


def test_who_rests_keeps_the_coach_and_weighs_nothing() -> None:
    """The job search may go on next month, with the coach whom the client knows."""
    coaches = [coach("V1"), coach("V2")]

    found = split([client("A1", coach_id="V2")], coaches, resting=["A1"])

    assert coach_of(found) == {"A1": "V2"}
    assert loads(found, coaches) == {"V1": 0.0, "V2": 0.0}
    assert why(found) == {"A1": ["kept_coach", "search_ended"]}


def test_who_rests_takes_no_place_of_a_limit() -> None:
    """A coach who may have one client can take one who is there, beside one who is not."""
    rows = [client("A1", coach_id="V1"), client("A2")]

    found = split(rows, [coach("V1", limit=1)], resting=["A1"])

    assert coach_of(found) == {"A1": "V1", "A2": "V1"}


def test_nobody_new_is_found_for_who_rests() -> None:
    """A letter with a coach's name would promise help that was not asked for."""
    found = split([client("A1"), client("A2", coach_id="V9")], [coach("V1")], resting=["A1", "A2"])

    assert coach_of(found) == {"A1": None, "A2": None}
    assert why(found) == {"A1": ["search_ended"], "A2": ["search_ended"]}


def test_a_coach_of_another_municipality_is_not_kept() -> None:
    """Who has moved while they rest gets a coach of the new town when they search again."""
    found = split(
        [client("A1", municipality="284", coach_id="V1")],
        [coach("V1", municipalities={"734"})],
        resting=["A1"],
    )

    assert coach_of(found) == {"A1": None}


def test_the_lines_stand_in_the_order_of_all_others() -> None:
    """Who rests is not told apart by the place in the list."""
    rows = [client(number) for number in ("A3", "A1", "A2")]

    found = split(rows, [coach("V1")], resting=["A2"])

    assert found.frame["client_id"].to_list() == ["A1", "A2", "A3"]
