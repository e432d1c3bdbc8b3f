"""The tables: what may not be in them, and that the migrations make them as they are declared."""

import logging
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from register_nights import PORVOO, run_night
from sqlalchemy import create_engine

from kuntactl.domain.schema import Clients
from kuntactl.register.migrate import _MIGRATIONS
from kuntactl.register.schema import METADATA, SCHEMA_VERSION


def test_register_holds_nothing_personal_but_the_client_number() -> None:
    """A register that is lost or handed on must not tell who anybody is or where they live."""
    # the municipality: of clients without non-disclosure only, see test_register_homes
    of_clients = set(Clients.column_names()) - {"client_id", "row", "municipality"}
    columns = {column.name for table in METADATA.tables.values() for column in table.columns}

    assert not columns & of_clients
    assert not [name for name in columns if "name" in name or "address" in name]


def test_migrations_make_the_declared_tables(tmp_path: Path) -> None:
    """A column that is only declared is missing in every register that is in use."""
    path = tmp_path / "register.db"
    run_night(path, ("A1", PORVOO, "eligible"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, METADATA)
    engine.dispose()

    assert differences == []


def test_declared_version_is_the_newest_migration() -> None:
    """Otherwise every night would look for a change to make, or miss one."""
    assert ScriptDirectory(_MIGRATIONS).get_heads() == [SCHEMA_VERSION]


def test_a_new_register_is_made_without_talk(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """What stands on stderr is ours to say: one line, in our words."""
    caplog.set_level(logging.WARNING)

    run_night(tmp_path / "register.db", ("A1", PORVOO, "eligible"))

    assert capfd.readouterr() == ("", "")
    assert caplog.records == []
