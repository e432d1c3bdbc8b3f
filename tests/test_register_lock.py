"""Two runs on one register: the second one leaves, and says who holds it."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from register_nights import PORVOO, run_night

from kuntactl.errors import ExitCode, RegisterBusyError
from kuntactl.register.store import open_register

HOLD = """
import sys
from kuntactl.register.opening import opened
with opened(sys.argv[1], started="2021-03-01 03:00"):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(path: Path) -> subprocess.Popen[str]:
    """Return a process that holds the register until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
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
        f"{path}: held by another run (process {other.pid} since 2021-03-01 03:00)"
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
