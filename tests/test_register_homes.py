"""The register knows homes only to notice a move, and never that of a protected client."""

from pathlib import Path

import pytest
from register_nights import PORVOO, Row, homes, run_night
from sqlalchemy import create_engine, select

from kuntactl.register import schema

ROW: Row = ("A1", PORVOO, "eligible")


def known_homes(register: str) -> list[str | None]:
    """Return the municipality of each member in the register, by joining."""
    engine = create_engine(register if "://" in register else f"sqlite:///{register}")
    membership = schema.membership
    with engine.connect() as connection:
        query = select(membership.c.municipality).order_by(membership.c.joined_event)
        found = list(connection.scalars(query))
    engine.dispose()
    return found


def night(register: str, number: int, town: str | None, *, protected: bool = False) -> None:
    """Let A1 live in this town on the night, in the area of Porvoo."""
    where = homes(ROW, towns={"A1": town}, protected=["A1"] if protected else [])
    run_night(register, ROW, number=number, where=where)


def test_the_home_of_a_member_is_known_from_joining_on(register: str) -> None:
    """Without it the first move inside the area would pass unnoticed."""
    night(register, 0, "638")

    assert known_homes(register) == ["638"]


def test_the_home_of_a_protected_member_is_never_known(register: str) -> None:
    """Where they live is what the protection hides; the pipeline hands over none."""
    night(register, 0, None, protected=True)

    assert known_homes(register) == [None]


def test_protection_makes_the_register_forget(register: str) -> None:
    """Who is protected since today must not be found by yesterday's municipality."""
    night(register, 0, "638")
    night(register, 1, None, protected=True)

    assert known_homes(register) == [None]


def test_forgotten_means_overwritten(tmp_path: Path) -> None:
    """A file keeps what is only marked as free: the next reader of the disk would find it."""
    path = tmp_path / "register.db"
    night(str(path), 0, "6-3-8")
    assert b"6-3-8" in path.read_bytes()

    night(str(path), 1, None, protected=True)

    assert b"6-3-8" not in path.read_bytes()


def test_a_blank_municipality_does_not_make_it_forget(register: str) -> None:
    """A gap of one night in the export is no news; the move after it is."""
    night(register, 0, "638")
    night(register, 1, None)

    assert known_homes(register) == ["638"]


def test_the_end_of_a_membership_makes_it_forget(register: str) -> None:
    """What nothing needs any more is not kept."""
    night(register, 0, "638")
    run_night(register, ("A1", None, "outside"), number=1)

    assert known_homes(register) == [None]


@pytest.mark.parametrize("before", ["638", None])
def test_an_event_never_holds_a_municipality(register: str, before: str | None) -> None:
    """Events cannot be taken back, and anybody may be under non-disclosure tomorrow."""
    night(register, 0, before)
    night(register, 1, "7-3-4")

    engine = create_engine(register if "://" in register else f"sqlite:///{register}")
    with engine.connect() as connection:
        facts = "".join(connection.scalars(select(schema.event.c.facts)))
    engine.dispose()
    assert "638" not in facts
    assert "7-3-4" not in facts
