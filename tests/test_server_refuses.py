"""A server that does not let a register be written says why, in one sentence of ours."""

from collections.abc import Iterator
from pathlib import Path

import postgres
import psycopg
import pytest
from register_nights import PORVOO, run_night

from kuntactl.errors import ExitCode, RegisterError
from kuntactl.register import opening
from kuntactl.register.location import find_location
from kuntactl.register.reading import read_only

CLERK = "clerk"


@pytest.fixture
def database(postgres_server: str) -> Iterator[str]:
    """Return the URL of an empty database; a role without rights may connect to it."""
    with postgres.database(postgres_server) as url:
        plain = url.replace("+psycopg", "")
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {CLERK} LOGIN")  # type: ignore[arg-type]  # ours
        yield url
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f"DROP ROLE {CLERK}")  # type: ignore[arg-type]


# what of the URL becomes what, what is said, the cure
CASES = [
    (("kuntactl@", f"{CLERK}@"), "this role may not write there", "OWNER TO"),
    (("kuntactl@", "stranger@"), 'let us in: role "stranger" does not exist', "URL"),
    (("/register_", "/missing_"), "does not let us in: database", "URL"),
    (("", ""), "may not be written", "standby"),
]
READ_ONLY = "?options=-c%20default_transaction_read_only%3Don"


@pytest.mark.parametrize(
    ("change", "problem", "cure"), CASES, ids=["no right", "no role", "no database", "standby"]
)
def test_a_refusal_is_a_sentence(
    database: str, change: tuple[str, str], problem: str, cure: str
) -> None:
    """On the first evening with a server each of these happens; none is a fault of kuntactl."""
    url = database.replace(*change) if any(change) else f"{database}{READ_ONLY}"

    with pytest.raises(RegisterError) as error:
        run_night(url, ("A1", PORVOO, "eligible"))

    assert error.value.exit_code is ExitCode.REGISTER
    assert problem in str(error.value)
    assert cure in (error.value.hint or "")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://kuntactl:secret@db/kuntactl",
        "postgresql+psycopg://db/kuntactl?user=kuntactl&password=secret&sslmode=require",
    ],
    ids=["before the host", "behind the name"],
)
def test_a_password_is_never_shown(url: str) -> None:
    """Messages go into logs, and the seal of a run into a file."""
    place = find_location(url)

    assert "secret" not in f"{place.name} {place.from_anywhere}"
    assert "secret" in place.url.render_as_string(hide_password=False)


def test_a_server_that_is_too_old_is_refused(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody tried may lose a letter; a run and whoever only looks are told alike."""
    with psycopg.connect(database.replace("+psycopg", "")) as connection:
        server = connection.info.server_version // 10_000
    monkeypatch.setattr(opening, "OLDEST_SERVER", server + 1)  # the next one is the first to do

    with pytest.raises(RegisterError, match=f"PostgreSQL {server}, too old") as run:
        run_night(database, ("A1", PORVOO, "eligible"))
    with pytest.raises(RegisterError, match="too old"), read_only(database):
        pass

    assert run.value.exit_code is ExitCode.REGISTER
    assert f"PostgreSQL {server + 1} or newer" in (run.value.hint or "")
    monkeypatch.setattr(opening, "OLDEST_SERVER", server)  # just new enough; nothing was made
    assert run_night(database, ("A1", PORVOO, "eligible")).number == 1


def test_the_oldest_server_is_the_one_that_is_promised() -> None:
    """Whoever sets up a server reads the number there."""
    operations = Path(__file__).parents[1] / "docs" / "operations.md"

    assert opening.OLDEST_SERVER == 15
    assert f"PostgreSQL {opening.OLDEST_SERVER} or newer" in operations.read_text("utf-8")
