"""Who joins, stays, leaves and moves in one night."""

import polars as pl
import pytest
from register_nights import AREAS, FIRST_DAY, PORVOO, SALO, Row, decisions, homes

from kuntactl.domain.types import AreaId
from kuntactl.register.memberships import ACTIVE, changes

MEMBER, HOME = "A1", "638"


def active(*areas: str) -> pl.DataFrame:
    """Return the memberships of client A1 in these areas, in order of joining."""
    facts = (MEMBER, FIRST_DAY, '["under_30"]', None, HOME, None, "K1", None, None, None)
    rows = [(number, area, *facts) for number, area in enumerate(areas, start=1)]
    return pl.DataFrame(rows, schema=ACTIVE, orient="row")


# areas of membership, area and outcome now (None: not in the export), events, why
CASES: list[tuple[tuple[str, ...], tuple[str | None, str] | None, list[str], str]] = [
    ((), (PORVOO, "eligible"), ["joined porvoo"], "who is eligible joins"),
    ((), (PORVOO, "not_eligible"), [], "who is not eligible does not"),
    ((), (PORVOO, "review"), [], "who is under review waits"),
    ((), (None, "eligible"), [], "without a home municipality there is no area to join"),
    ((PORVOO,), (PORVOO, "eligible"), [], "a member stays"),
    ((PORVOO,), (PORVOO, "not_eligible"), [], "a member stays when employed or 30"),
    ((PORVOO,), (PORVOO, "review"), [], "a member stays while somebody wonders"),
    ((PORVOO,), (None, "review"), [], "a blank home municipality does not end a membership"),
    ((PORVOO,), None, [], "who is missing from an export is kept"),
    ((PORVOO,), (None, "outside"), ["left porvoo"], "who moves out of all areas leaves"),
    (
        (PORVOO,),
        (SALO, "not_eligible"),
        ["moved_out porvoo", "moved_in salo-marttila-koski"],
        "who moves to another area is moved there, eligible or not",
    ),
    (
        (PORVOO, SALO),
        (SALO, "eligible"),
        ["left porvoo"],
        "a member of two areas keeps the one they live in",
    ),
    ((PORVOO, SALO), (None, "outside"), ["left porvoo", "left salo-marttila-koski"], "both end"),
]


@pytest.mark.parametrize(
    ("areas", "now", "events", "why"), CASES, ids=[case[3].replace(" ", "-") for case in CASES]
)
def test_what_becomes_of_a_client(
    areas: tuple[str, ...], now: tuple[str | None, str] | None, events: list[str], why: str
) -> None:
    """Membership is a legal state: each way in and out of it is written down here."""
    rows: list[Row] = [] if now is None else [(MEMBER, *now)]

    night = changes(decisions(*rows), active(*areas), homes(*rows), areas=AREAS)

    told = night.events.select(pl.format("{} {}", "kind", "area")).to_series().to_list()
    assert told == events, why


def test_a_closed_intake_takes_nobody_new() -> None:
    """After the intake a run handles members only; who moves between areas is one."""
    rows: list[Row] = [("A1", SALO, "eligible"), ("A2", SALO, "eligible")]

    night = changes(
        decisions(*rows), active(PORVOO), homes(*rows), areas={PORVOO: False, SALO: False}
    )

    assert (night.joined, night.moved) == (0, 1)


def test_every_member_is_counted_once() -> None:
    """Members before are those who stayed, left, moved or are absent, or a count is a lie."""
    before = pl.concat(
        [
            active(PORVOO).with_columns(client_id=pl.lit(f"A{number}"), joined_event=number)
            for number in range(1, 5)
        ]
    ).cast(ACTIVE)  # type: ignore[arg-type]  # a Schema is a mapping of columns to types
    rows: list[Row] = [
        ("A1", PORVOO, "eligible"),
        ("A2", None, "outside"),
        ("A3", SALO, "eligible"),
        ("A5", SALO, "eligible"),
    ]

    night = changes(decisions(*rows), before, homes(*rows), areas=AREAS)

    assert (night.stayed, night.left, night.moved, night.absent) == (1, 1, 1, 1)
    assert night.joined == 1


def test_a_move_keeps_the_grounds() -> None:
    """The letter of the new area says why the client belongs, which was settled at joining."""
    row: Row = (MEMBER, SALO, "not_eligible")

    night = changes(decisions(row), active(PORVOO), homes(row), areas=AREAS)

    assert night.events["facts"].to_list() == [
        '{"to":"salo-marttila-koski"}',
        '{"from":"porvoo","grounds":["under_30"]}',
    ]


def test_order_of_rows_does_not_matter() -> None:
    """The same exports in another order make the same events, and so the same letter ids."""
    rows: list[Row] = [(f"A{number}", PORVOO, "eligible") for number in range(9)]

    forth = changes(decisions(*rows), active(), homes(*rows), areas=AREAS)
    back = changes(decisions(*reversed(rows)), active(), homes(*rows), areas=AREAS)

    assert forth.events.equals(back.events)


def test_a_decision_of_another_area_is_a_mistake() -> None:
    """A client must not vanish because two stages chose different areas."""
    row: Row = (MEMBER, SALO, "eligible")

    with pytest.raises(ValueError, match="not chosen"):
        changes(decisions(row), active(), homes(row), areas={AreaId(PORVOO): True})


# home and trial area now, whether protected, event, why
WHERE: list[tuple[str | None, str | None, bool, list[str], str]] = [
    ("734", PORVOO, False, ["moved_within"], "another municipality of the area is a move"),
    (HOME, PORVOO, False, [], "the same municipality is none"),
    (None, None, False, [], "a municipality that is not known is none"),
    (None, PORVOO, True, [], "where a protected client lives in the area is not known"),
]


@pytest.mark.parametrize(
    ("home", "area", "protected", "events", "why"),
    WHERE,
    ids=[case[4].replace(" ", "-") for case in WHERE],
)
def test_a_move_inside_the_area(
    home: str | None,
    area: str | None,
    protected: bool,  # noqa: FBT001 a column of the table
    events: list[str],
    why: str,
) -> None:
    """Another municipality may mean another office and another coach: the client is told."""
    row: Row = (MEMBER, area, "review")
    where = homes(row, towns={MEMBER: home}, protected=[MEMBER] if protected else [])

    night = changes(decisions(row), active(PORVOO), where, areas=AREAS)

    assert night.events["kind"].to_list() == events, why


def test_a_move_to_an_area_that_is_not_looked_at_does_not_leave_the_trials() -> None:
    """A run of one office knows the other areas too: the letter must not send people home."""
    row: Row = (MEMBER, None, "outside")
    where = homes((MEMBER, "turun-seutu", "outside"))

    night = changes(decisions(row), active(PORVOO), where, areas=AREAS)

    assert night.events.select("kind", "facts").rows() == [("moved_out", '{"to":"turun-seutu"}')]
    assert night.reasons["left"] == {"moved_to_another_area": 1}


def test_who_was_returned_does_not_join_again() -> None:
    """Somebody who went back to the TE office at their own request is not fetched back."""
    rows: list[Row] = [("A1", PORVOO, "eligible"), ("A2", PORVOO, "eligible")]
    barred = pl.DataFrame({"area": [PORVOO], "client_id": ["A1"]})

    night = changes(decisions(*rows), active(), homes(*rows), areas=AREAS, barred=barred)

    assert night.events["client_id"].to_list() == ["A2"]
    assert night.kept_out == 1


def test_each_count_is_told_with_its_reasons() -> None:
    """A number that jumps is understood at a glance: how many left for which reason."""
    before = pl.concat(
        [
            active(PORVOO).with_columns(client_id=pl.lit(f"A{number}"), joined_event=number)
            for number in range(1, 6)
        ]
    ).cast(ACTIVE)  # type: ignore[arg-type]  # a Schema is a mapping of columns to types
    rows: list[Row] = [
        ("A1", PORVOO, "not_eligible"),
        ("A2", None, "outside"),
        ("A3", SALO, "eligible"),
        ("A4", PORVOO, "eligible"),
        ("A6", PORVOO, "eligible"),
    ]

    night = changes(decisions(*rows), before, homes(*rows, towns={"A4": "734"}), areas=AREAS)

    assert night.reasons == {
        "joined": {"rule": 1},
        "stayed": {"not_eligible": 1},
        "left": {"home_municipality_left_area": 1},
        "moved": {"to_area": 1, "within_area": 1},
    }
    for name in ("joined", "stayed", "left", "moved"):
        assert sum(night.reasons[name].values()) == getattr(night, name)
