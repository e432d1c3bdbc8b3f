"""A first contact that was planned stands until the client gets another coach."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from register_nights import AREAS, FIRST_DAY, PORVOO, coached, decisions, homes

from kuntactl.domain.schema import FirstContacts
from kuntactl.register.store import open_register

ROWS = [("A1", PORVOO, "eligible"), ("A2", PORVOO, "eligible")]
DAY, LAST_DAY = date(2021, 3, 9), date(2021, 6, 1)


def contacts(coach: str, *clients: str) -> pl.DataFrame:
    """Return a plan of these clients with the coach."""
    rows = [(client, PORVOO, coach, FIRST_DAY, DAY, LAST_DAY) for client in clients]
    schema = FirstContacts.create_empty().schema
    return FirstContacts.validate(pl.DataFrame(rows, schema=schema, orient="row"))


@pytest.fixture
def register(tmp_path: Path) -> str:
    """Return a register in which A1 has a first contact with K1, and A2 the coach alone."""
    place = str(tmp_path / "register.db")
    with open_register(place) as opened:
        opened.begin_run(on=FIRST_DAY, version="0.1.0", inputs=["cd" * 32])
        members = opened.reconcile(decisions(*ROWS), homes(*ROWS), areas=AREAS).members
        opened.remember_coaches(coached(members, "K1"), contacts=contacts("K1", "A1"))
        opened.commit()
    return place


def test_plan_comes_back_as_it_was_told(register: str) -> None:
    """Tonight's run must not move whom yesterday's workbook promised for Tuesday."""
    with open_register(register) as opened:
        known = opened.first_contacts(AREAS)

    assert FirstContacts.validate(known).equals(contacts("K1", "A1"))


def test_plan_is_off_with_another_coach_or_none(register: str) -> None:
    """The day was the old coach's day."""
    with open_register(register) as opened:
        opened.begin_run(on=date(2021, 3, 2), version="0.1.0", inputs=["cd" * 32])
        members = opened.reconcile(decisions(*ROWS), homes(*ROWS), areas=AREAS).members
        opened.remember_coaches(coached(members, "K2"), contacts=contacts("K2", "A2"))
        with_another = opened.first_contacts(AREAS)
        opened.remember_coaches(coached(members, None))
        with_none = opened.first_contacts(AREAS)

    assert with_another.select("client_id", "coach_id").rows() == [("A2", "K2")]
    assert with_another["planned_on"].to_list() == [date(2021, 3, 2)]
    assert with_none.is_empty()


def test_other_areas_are_not_told(register: str) -> None:
    """A run looks at its own areas only."""
    with open_register(register) as opened:
        assert opened.first_contacts([]).is_empty()
