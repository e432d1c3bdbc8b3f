"""Why a protected client is with a coach does not tell in which municipality they live."""

import polars as pl
import pytest
from assign_builders import coach

from kuntactl.pipeline.assignments import shown_alternatives, shown_assignments, shown_moves

CLIENTS = pl.DataFrame(
    {
        "client_id": ["A1", "A2", "A3"],
        "protected": [True, True, False],
        "service_language": ["sv", "fi", "sv"],
    }
)


# the reasons found, those of the protected client that are told, why
REASONS = [
    (["swedish", "language"], ["language"], "Vantaa is bilingual, Kerava is not"),
    (["language", "municipality"], ["language"], "the coach serves in one municipality"),
    (["municipality"], ["balance"], "no line is without a reason"),
]


@pytest.mark.parametrize(
    ("found", "told"), [case[:2] for case in REASONS], ids=[case[2] for case in REASONS]
)
def test_no_reason_tells_a_secret_home(found: list[str], told: list[str]) -> None:
    """Service in Swedish as a right says that the home is one of the bilingual municipalities."""
    lines = pl.DataFrame(
        {"client_id": ["A1", "A3"], "coach_id": ["C1", "C1"], "why": [found, found]}
    )

    shown = shown_assignments(lines, clients=CLIENTS)["why"].to_list()

    assert shown == [told, found]


def test_who_waits_is_given_no_reason_of_those_who_have_a_coach() -> None:
    """A line without a coach says what is missing, and nothing else."""
    lines = pl.DataFrame(
        {"client_id": ["A1"], "coach_id": pl.Series([None], dtype=pl.String), "why": [["full"]]}
    )

    assert shown_assignments(lines, clients=CLIENTS)["why"].to_list() == [["full"]]


# the municipalities of the coach, whose alternatives are told, why
STAFFS = [
    ([], ["A2", "A3"], "what another coach costs a Swedish speaker tells the right to Swedish"),
    (["734"], ["A3"], "who could serve tells the municipality"),
]


@pytest.mark.parametrize(
    ("towns", "told"), [case[:2] for case in STAFFS], ids=[case[2] for case in STAFFS]
)
def test_no_other_coach_tells_a_secret_home(towns: list[str], told: list[str]) -> None:
    """The next best coaches and their prices are blank where they would tell it."""
    found = pl.DataFrame({"client_id": ["A1", "A2", "A3"]})
    staff = [coach("C1", municipalities=towns)]

    shown = shown_alternatives(found, clients=CLIENTS, coaches=staff)

    assert shown["client_id"].to_list() == told


def test_no_move_tells_a_secret_home() -> None:
    """Service in Swedish as a right, won or lost by a move, names the bilingual municipalities."""
    costs = ["loses_swedish", "loses_team"]
    moves = pl.DataFrame(
        {"client_id": ["A1", "A2", "A3"], "gain": ["swedish", "load", "swedish"]}
    ).with_columns(price=pl.Series([costs] * 3))

    shown = shown_moves(moves, clients=CLIENTS)

    assert shown["gain"].to_list() == [None, None, "swedish"]
    assert shown["price"].to_list() == [["loses_team"], ["loses_team"], costs]
