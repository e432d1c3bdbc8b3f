"""A database server that goes away in the middle of a run: nothing lost, nothing done twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import postgres
import psycopg
import pytest
from builders import client_row
from conftest import RunCli
from night_exports import write_coaches, write_export
from register_nights import PORVOO, run_night
from sqlalchemy import Connection, Engine, event

from kuntactl.errors import ExitCode, RegisterError

GROWING = ("letters.csv", "letters/*", "protected/*", "print/*")
NIGHT = (("A1", PORVOO, "eligible"), ("A2", PORVOO, "eligible"))


@dataclass(slots=True)
class _Server:
    """What is asked of the server, and the question at which it ends all sessions."""

    url: str
    last: int | None  # questions that it still answers; none: all
    asked: list[str] = field(default_factory=list)

    def take(self, question: str) -> None:
        """Take note of a question, or end the session before it is asked."""
        if len(self.asked) == self.last:
            end_sessions(self.url)
        self.asked.append(question)


_SERVERS: list[_Server] = []


def end_sessions(url: str) -> None:
    """End all sessions of the database, as a server does that is shut down."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _asked(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
    for server in _SERVERS:
        server.take(" ".join(statement.split()))


def _commits(_connection: Connection) -> None:
    for server in _SERVERS:
        server.take("COMMIT")


event.listen(Engine, "before_cursor_execute", _asked)
event.listen(Engine, "commit", _commits)


@contextmanager
def watched(url: str, *, last: int | None = None) -> Iterator[_Server]:
    """Yield what is asked of the database; after the last answer all its sessions end."""
    server = _Server(url=url, last=last)
    _SERVERS.append(server)
    try:
        yield server
    finally:
        _SERVERS.remove(server)


def _told(url: str) -> list[tuple[str, str]]:
    """Run the night; return each letter's id and client."""
    return run_night(url, *NIGHT).new_letters


def test_a_night_is_whole_or_not_at_all(postgres_server: str) -> None:
    """Whatever the server had taken in before it went, the night is done anew, in one sentence."""
    with postgres.database(postgres_server) as url, watched(url) as calm:
        letters = _told(url)
    answers = calm.asked.index("COMMIT") + 1
    assert (len(letters), calm.asked.count("COMMIT")) == (2, 1)

    for last in range(0, answers, 9):
        with postgres.database(postgres_server) as url:
            with watched(url, last=last), pytest.raises(RegisterError) as error:
                _told(url)

            assert error.value.exit_code is ExitCode.REGISTER
            assert "the database server does not answer, or gave up" in str(error.value)
            assert "nothing is lost" in (error.value.hint or "")
            assert _told(url) == letters, calm.asked[last]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with coaches and an export."""
    monkeypatch.chdir(tmp_path)
    write_coaches(tmp_path / "coaches.csv")
    write_export(tmp_path / "export.csv", [client_row(asiakasnumero="A1")])
    return tmp_path


def _words(url: str, out: str) -> tuple[object, ...]:
    night = ("run", "export.csv", "--coaches", "coaches.csv", "--on", "2021-03-01")
    return (*night, "--out", out, "--register", url, "--workers", 1)


def _files(out: Path) -> dict[str, bytes]:
    found = [path for pattern in GROWING for path in sorted(out.glob(f"*/{pattern}"))]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


def test_a_command_given_again_ends_as_if_the_server_had_stayed(
    here: Path, kuntactl: RunCli, postgres_server: str
) -> None:
    """Just before and just after it keeps the night, when only the server knows which it is."""
    with postgres.database(postgres_server) as url, watched(url) as calm:
        assert kuntactl(*_words(url, "calm")).code == 0
    commit = calm.asked.index("COMMIT")

    for last in (commit, commit + 1):
        out = f"gone-{last}"
        with postgres.database(postgres_server) as url:
            with watched(url, last=last) as gone:
                stopped = kuntactl(*_words(url, out))
            sealed = (here / out / ".kuntactl-new").exists()
            again = kuntactl(*_words(url, out))

        assert (stopped.code, again.code) == (12, 0), calm.asked[last]
        error, hint = stopped.err.splitlines()[-2:]
        assert error.endswith("the database server does not answer, or gave up")
        assert hint.startswith("hint: look at the server and run the command again")
        # A new session is not asked: the server may still be at the commit of the old one.
        assert (len(gone.asked), sealed) == (last + 1, True)
        assert _files(here / out) == _files(here / "calm"), calm.asked[last]


def test_a_server_that_is_not_there_is_said_so(
    here: Path, kuntactl: RunCli, postgres_server: str
) -> None:
    """Nobody has started it since the last power cut; nothing is written meanwhile."""
    closed = postgres_server.rsplit(":", 1)[0] + ":1"  # no server listens there

    ended = kuntactl(*_words(f"{closed}/kuntactl", "out"))

    assert ended.code == 12
    assert "the database server does not answer" in ended.err
    assert not (here / "out").exists()
