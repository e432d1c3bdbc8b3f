"""Changes of the register's schema, applied by Alembic from the modules in the package."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

_MIGRATIONS = Path(__file__).parent / "migrations"


def knows(version: str | None) -> bool:
    """Return whether the schema version is one of this kuntactl or of an older one."""
    known = {script.revision for script in ScriptDirectory(_MIGRATIONS).walk_revisions()}
    return version in known


def upgrade(connection: Connection) -> None:
    """Apply the changes that the register lacks, in the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
