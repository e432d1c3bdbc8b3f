"""A command killed at any moment and given again ends as if it had never been killed."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import SAMPLES
from register_rows import rows_of_clients

KILLS = 200  # over all commands
SEED = 20210301
FIRST = SAMPLES / "satakunta-2017-08-01.csv"
LAST = SAMPLES / "satakunta-2019-01-01.csv"
COACHES = SAMPLES / "coaches-2017.csv"

# one after the other they are a trial
DESK = ("--out", "{out}", "--workers", "2")
REGISTER = ("--register", "{out}/register.db")
COMMANDS = (
    ("run", str(FIRST), "--coaches", str(COACHES), "--on", "2017-08-01", *DESK),
    ("run", str(LAST), "--coaches", str(COACHES), "--on", "2018-12-31", *DESK),
    ("return", "595000003", str(FIRST), "--reason", "safety", "--on", "2018-12-31", *DESK),
    ("close", "pori-2017", str(LAST), "--on", "2019-01-01", *DESK),
    ("purge", "{out}", *REGISTER, "--before", "2020-01-01", "--on", "2020-01-01"),
)


def _command(words: tuple[str, ...], out: Path) -> list[str]:
    return [sys.executable, "-m", "kuntactl", *(word.format(out=out) for word in words)]


def _files(out: Path) -> dict[str, bytes]:
    """Return what only grows: a run killed after its commit has a second night after it."""
    growing = ("*/letters.csv", "*/letters/*", "*/protected/*", "*/print/*", "purged.json")
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for pattern in growing
        for path in sorted(out.glob(pattern))
    }


@pytest.mark.soak
@pytest.mark.parametrize("place", range(len(COMMANDS)))
def test_a_killed_command_given_again_equals_an_undisturbed_one(
    place: int, tmp_path: Path
) -> None:
    """Power fails at night, and nobody gets a second letter or none."""
    before, calm_out = tmp_path / "before", tmp_path / "calm"
    before.mkdir()
    for words in COMMANDS[:place]:
        subprocess.run(_command(words, before), check=False, capture_output=True)
    shutil.copytree(before, calm_out)
    words = COMMANDS[place]
    start = time.monotonic()
    subprocess.run(_command(words, calm_out), check=False, capture_output=True)
    whole = time.monotonic() - start
    calm = _files(calm_out)
    assert calm != _files(before)
    held = rows_of_clients(calm_out / "register.db")
    moments = random.Random(SEED + place)  # noqa: S311 not for secrets

    for number in range(KILLS // len(COMMANDS)):
        out = Path(shutil.copytree(before, tmp_path / f"killed-{number}"))
        process = subprocess.Popen(
            _command(words, out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(moments.uniform(0, whole * 1.05))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        ended = subprocess.run(_command(words, out), check=False, capture_output=True)

        assert ended.returncode in {0, 20}
        assert (_files(out), rows_of_clients(out / "register.db")) == (calm, held)
        shutil.rmtree(out)
