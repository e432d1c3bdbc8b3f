"""A register of an earlier version goes on as if it had always been of this one."""

import json
import sqlite3
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from kills import KilledError, steps_of
from register_nights import PORVOO, SALO, Row, homes, run_night
from sqlalchemy import Connection, Date, MetaData, create_engine, insert, select

from kuntactl.cli.main import main
from kuntactl.register import schema
from kuntactl.register.migrate import _MIGRATIONS
from kuntactl.register.proof import faults
from kuntactl.register.reading import read_only
from kuntactl.register.schema import SCHEMA_VERSION
from kuntactl.register.store import open_register

REGISTERS = Path(__file__).parent / "registers"
VERSIONS = sorted(path.stem for path in REGISTERS.glob("*.json"))
ORDER = ("run", "event", "membership", "letter", "answer", "waiting")

# what the two nights of 0001 left, and the night after them
NIGHT: list[Row] = [
    ("A1", PORVOO, "eligible"),
    ("A2", PORVOO, "eligible"),  # has had another coach since the letter
    ("A3", SALO, "eligible"),  # moved there, and was told by a transfer letter
    ("A4", PORVOO, "eligible"),  # got a coach after a letter without one
    ("A5", PORVOO, "eligible"),
    ("A6", PORVOO, "eligible"),  # could not be written to twice
    ("A7", None, "outside"),  # left in the second night, when nobody was told so
    ("B1", SALO, "eligible"),  # has had another coach since the letter
    ("B2", SALO, "eligible"),  # has no coach
]


@pytest.fixture(params=VERSIONS)
def older(request: pytest.FixtureRequest, register: str, tmp_path: Path) -> str:
    """Return the place of a register as that version left it."""
    (tmp_path / "out").mkdir()
    engine = create_engine(_url(register))
    with engine.begin() as connection:
        _fill(connection, request.param)
    engine.dispose()
    return register


def _url(register: str) -> str:
    return register if "://" in register else f"sqlite:///{register}"


def _fill(connection: Connection, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, version)
    tables = MetaData()
    tables.reflect(connection)
    rows = json.loads((REGISTERS / f"{version}.json").read_text("utf-8"))
    assert list(rows) == list(ORDER)
    for name in ORDER:
        table = tables.tables[name]
        days = [column.name for column in table.columns if isinstance(column.type, Date)]
        connection.execute(insert(table), [_with_days(row, days) for row in rows[name]])


def _with_days(row: dict[str, Any], days: list[str]) -> dict[str, Any]:
    return row | {name: date.fromisoformat(row[name]) for name in days if row[name]}


def test_every_earlier_schema_has_a_register() -> None:
    """A step of the schema that is not tried on real rows is tried on a town's own."""
    before = [path.stem[1:5] for path in (_MIGRATIONS / "versions").glob("v*.py")]

    assert sorted({*VERSIONS, SCHEMA_VERSION}) == sorted(before)


def test_an_older_register_verifies_after_the_upgrade(older: str) -> None:
    """What is filled in must be what the events tell, or the proof of years is gone."""
    with open_register(older) as opened:
        opened.commit()

    with read_only(older) as connection:
        assert list(faults(connection)) == []


def test_the_next_night_writes_what_was_not_told(older: str) -> None:
    """Coaches whom nobody has heard of are told; who left long ago is not written to now."""
    night = run_night(older, *NIGHT, number=2)

    assert night.counts == (0, 8, 0, 0, 0)
    assert night.told == [
        ("A2", PORVOO, "coach", "new_coach", None),
        ("A4", PORVOO, "coach", "first_coach", None),
        ("A6", PORVOO, "transfer", None, None),
        ("B1", SALO, "coach", "new_coach", None),
    ]


def test_a_letter_of_an_older_register_keeps_its_id(older: str) -> None:
    """The id stands in letters.csv already, in the line that says it could not be sent."""
    night = run_night(older, *NIGHT, number=2)

    ids = dict(night.due.select("client_id", "letter_id").iter_rows())
    assert ids["A6"] == "porvoo-000006"
    assert ids["A2"] == "porvoo-000008"


def test_the_upgrade_is_kept_only_with_the_night(older: str) -> None:
    """A night that fails leaves the older register to the older version."""
    run_night(older, *NIGHT, number=2, commit=False)

    engine = create_engine(_url(older))
    with engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        assert "beside" not in tables.tables  # the newest schema's
        kept = list(connection.scalars(select(schema.event.c.sequence)))
    engine.dispose()
    assert len(kept) == 34


def test_homes_are_learnt_without_a_letter(older: str) -> None:
    """An older register knows no homes: the first night after it is not a move of everybody."""
    towns = {client: "638" for client, area, _ in NIGHT if area}
    night = run_night(older, *NIGHT, number=2, where=homes(*NIGHT, towns=towns))

    assert night.reconciled.moved == 0


def test_an_upgrade_that_was_killed_is_made_again(tmp_path: Path) -> None:
    """A step of the schema is taken whole or not at all, and the events stay."""
    calm, steps = _upgraded(tmp_path / "calm", last=None)
    assert steps.count("commit") == 1

    for last in range(len(steps)):
        place = tmp_path / f"killed-{last}"
        _upgraded(place, last=last)
        again, _ = _upgraded(place, last=None)
        assert again == calm, steps[last]


def _upgraded(folder: Path, *, last: int | None) -> tuple[list[str], list[str]]:
    """Upgrade a register of 0001, or die after so many steps; return what it holds, and steps."""
    register = folder / "register.db"
    if not register.exists():
        folder.mkdir()
        engine = create_engine(_url(str(register)))
        with engine.begin() as connection:
            _fill(connection, "0001")
        engine.dispose()
    with steps_of(folder, last=last) as steps, suppress(KilledError), pytest.raises(SystemExit):
        main(["register", "upgrade", "--register", str(register)])
    connection = sqlite3.connect(register)
    held = [line for line in connection.iterdump() if "'command'" not in line]  # tells the time
    connection.close()
    return held, steps.done
