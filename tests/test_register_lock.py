"""Two runs on one register: the second one leaves, and says who holds it."""

import getpass
import os
import socket
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import postgres
import pytest
from builders import client_row
from conftest import RunCli
from night_exports import write_coaches, write_export
from register_nights import PORVOO, run_night
from sqlalchemy import text

from kuntactl.errors import ExitCode, RegisterBusyError
from kuntactl.register.location import find_location
from kuntactl.register.lock import Holder
from kuntactl.register.opening import opened
from kuntactl.register.server_lock import arguments, packed, unpacked
from kuntactl.register.store import open_register

HOLD = """
import sys
from kuntactl.register.opening import opened
with opened(sys.argv[1], started="2021-03-01 03:00"):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(register: Path | str) -> subprocess.Popen[str]:
    """Return a process that holds the register until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(register)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_second_run_leaves_with_its_own_code(tmp_path: Path) -> None:
    """The crontab may start a night while the last one still runs; neither may harm the other."""
    path = tmp_path / "register.db"
    with hold(path) as other, pytest.raises(RegisterBusyError) as busy, open_register(str(path)):
        pass

    assert busy.value.exit_code is ExitCode.BUSY
    assert str(busy.value) == (
        f"{path}: held by another run (process {other.pid} of {getpass.getuser()} "
        f"on {socket.gethostname()} since 2021-03-01 03:00)"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_dead_process_is_no_obstacle(tmp_path: Path) -> None:
    """A power cut must not lock the office out; nobody has to remove a file by hand."""
    path = tmp_path / "register.db"
    with hold(path) as other:
        other.kill()
        other.wait()
    assert (tmp_path / "register.db.lock").exists()

    night = run_night(path, ("A1", PORVOO, "eligible"))

    assert night.number == 1


def test_a_killed_run_is_forgotten(tmp_path: Path) -> None:
    """What was not committed when the process died is gone, and the rest is whole."""
    path = tmp_path / "register.db"
    run_night(path, ("A1", PORVOO, "eligible"))
    with hold(path) as other:
        other.kill()
        other.wait()

    night = run_night(path, ("A1", PORVOO, "eligible"), number=1)

    assert (night.number, night.counts) == (2, (0, 1, 0, 0, 0))


def test_another_program_that_writes_is_busy_too(tmp_path: Path) -> None:
    """Somebody with a database browser open on the register is told apart from damage."""
    path = tmp_path / "register.db"
    run_night(path, ("A1", PORVOO, "eligible"))
    browser = sqlite3.connect(path, isolation_level=None)
    browser.execute("BEGIN IMMEDIATE")

    with pytest.raises(RegisterBusyError, match="held by another run"), open_register(str(path)):
        pass
    browser.close()


def test_second_run_waits_as_long_as_it_was_told(tmp_path: Path) -> None:
    """Two nights that overlap are both done, one after the other."""
    path = tmp_path / "register.db"
    run_night(path, ("A1", PORVOO, "eligible"))
    with hold(path) as other:
        threading.Timer(0.5, other.stdin.close).start()  # type: ignore[union-attr]

        with open_register(str(path), wait=30) as register:
            assert not register.is_new


def test_patience_has_an_end(tmp_path: Path) -> None:
    """A run that hangs must not make every later one hang too."""
    path = tmp_path / "register.db"
    with hold(path), pytest.raises(RegisterBusyError), open_register(str(path), wait=0.3):
        pass


def test_a_rehearsal_waits_too(tmp_path: Path) -> None:
    """A dry run reads what the night leaves, not what stood there before."""
    path = tmp_path / "register.db"
    run_night(path, ("A1", PORVOO, "eligible"))
    with hold(path) as other:
        with pytest.raises(RegisterBusyError, match=f"process {other.pid} "):
            _rehearse(path)
        threading.Timer(0.5, other.stdin.close).start()  # type: ignore[union-attr]

        with open_register(str(path), dry_run=True, wait=30) as register:
            assert not register.is_new


def _rehearse(path: Path) -> None:
    with open_register(str(path), dry_run=True):
        pass


def test_a_server_says_who_holds_the_register(postgres_server: str) -> None:
    """There is no file to look into: the server is asked who has the lock."""
    with (
        postgres.database(postgres_server) as url,
        open_register(url, started="2021-03-01 03:00"),
        pytest.raises(RegisterBusyError, match=f"process {os.getpid()} of .*since 2021-03-01"),
        open_register(url, wait=0.3),
    ):
        pass


def test_a_server_is_waited_for_and_a_killed_run_is_no_obstacle(postgres_server: str) -> None:
    """The server sees that a process is gone, and its lock is free without anybody's help."""
    with postgres.database(postgres_server) as url:
        with hold(url) as other:
            threading.Timer(0.5, other.stdin.close).start()  # type: ignore[union-attr]
            with open_register(url, wait=30) as register:
                assert register.is_new
        with hold(url) as other:
            other.kill()
            with open_register(url, wait=30) as register:
                assert register.is_new


# setting of the session, value, what would happen otherwise
SESSION = [
    ("tcp_keepalives_idle", "30", "a machine without power would keep its lock for hours"),
    ("idle_in_transaction_session_timeout", "0", "letters take longer than a server may wait"),
    ("statement_timeout", "0", "300,000 members join in one statement"),
]


@pytest.mark.parametrize(("setting", "value", "why"), SESSION, ids=[case[0] for case in SESSION])
def test_a_session_is_not_ended_by_settings_of_the_server(
    postgres_server: str, setting: str, value: str, why: str
) -> None:
    """A server for short questions of web pages ends what a night needs; we say otherwise."""
    with (
        postgres.database(postgres_server) as url,
        opened(f"{url}?options=-c%20statement_timeout%3D9000") as register,
    ):
        found = register.connection.scalar(text(f"SHOW {setting}"))

    assert found == value, why


def test_the_url_may_set_how_long_a_dead_line_is_believed_in() -> None:
    """Who knows their network better writes it into the URL."""
    place = find_location("postgresql+psycopg://db/kuntactl?connect_timeout=5")

    told = arguments(place, started=None)

    assert "connect_timeout" not in told
    assert told["keepalives_idle"] == 30


@pytest.mark.parametrize("machine", ["db", "kunta-yö" * 9], ids=["short", "long"])
def test_the_server_is_told_since_when_whatever_the_machine_is_called(machine: str) -> None:
    """A server keeps 63 bytes of what a session says of itself: the end is what is looked for."""
    holder = Holder(
        process="4194304", user="kuntactl", machine=machine, started="2026-11-22 03:00:00 +0200"
    )

    name = packed(holder)

    assert len(name.encode()) <= 63
    found = unpacked(name)
    assert found.startswith("process 4194304 of kuntactl on " + machine[:8])
    assert found.endswith(" since 2026-11-22 03:00:00 +0200")


def test_the_command_waits_for_the_folder_and_the_register(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """The second night into one folder says who holds it, and with --wait does its work."""
    path = tmp_path / "out" / "register.db"
    coaches = write_coaches(tmp_path / "coaches.csv")
    export = write_export(tmp_path / "export.csv", [client_row(asiakasnumero="A1")])
    night = ("run", export, "--coaches", coaches, "--on", "2021-03-01", "--out", tmp_path / "out")
    path.parent.mkdir()
    with hold(path) as other:
        busy = kuntactl(*night, "--workers", 1)
        threading.Timer(0.5, other.stdin.close).start()  # type: ignore[union-attr]
        waited = kuntactl(*night, "--workers", 1, "--wait", 30)

    assert (busy.code, waited.code) == (75, 0)
    assert f"process {other.pid} of {getpass.getuser()} on " in busy.err


# commands that hold the register and write into it, beside those that write letters
OTHERS = [
    ("register", "upgrade", "--register", "register.db"),
    ("purge", "out", "--register", "register.db", "--before", "2021-03-02"),
    ("register", "delete", "--register", "register.db", "--before", "2099-01-01",
     "--receipt", "receipt.json"),
]  # fmt: skip


@pytest.mark.parametrize("words", OTHERS, ids=lambda words: "-".join(words[:2]))
def test_every_command_that_holds_the_register_can_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kuntactl: RunCli, words: tuple[str, ...]
) -> None:
    """Whoever clears up by hand in the morning may meet the night that is still running."""
    monkeypatch.chdir(tmp_path)
    run_night(tmp_path / "register.db", ("A1", PORVOO, "eligible"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json").write_text("{}", "utf-8")
    with hold(tmp_path / "register.db") as other:
        busy = kuntactl(*words)
        threading.Timer(0.5, other.stdin.close).start()  # type: ignore[union-attr]
        waited = kuntactl(*words, "--wait", 30)

    assert busy.code == 75
    assert waited.code != 75  # what each of them then finds wrong is told elsewhere
