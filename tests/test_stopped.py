"""Ctrl-C and SIGTERM end a command soon, and say how to go on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from builders import client_row
from night_exports import write_coaches, write_export

from kuntactl.cli.stopping import GRACE, Stop

SIGNALS = [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
SAID = (
    "error: stopped\nhint: give the same command again: nothing is lost, and nothing done twice\n"
)

# A step of a library that takes minutes, and passes no signal on to Python until it is done.
LONG_STEP = """
import hashlib, sys
from kuntactl.cli.main import app, main
@app.command("long")
def long():
    print("begun", file=sys.stderr, flush=True)
    hashlib.pbkdf2_hmac("sha256", b"", b"", 2_000_000_000)
main(["long"])
"""
WAITING = """
import sys, time
from kuntactl.cli.main import app, main
@app.command("long")
def long():
    print("begun", file=sys.stderr, flush=True)
    while True:
        time.sleep(0.05)
main(["long"])
"""
# Workers that do not end by themselves, as those of letters do while they lay out.
WORKERS = """
import hashlib, sys, os
from concurrent.futures import ProcessPoolExecutor
import multiprocessing
from kuntactl.cli.main import app, main
@app.command("long")
def long():
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
        work = [pool.submit(hashlib.pbkdf2_hmac, "sha256", b"", b"", 2_000_000_000)]
        print("begun", *(p.pid for p in multiprocessing.active_children()), file=sys.stderr,
              flush=True)
        work[0].result()
main(["long"])
"""
# A process that is only just starting: it knows nothing yet of who started it.
STARTING = """
import hashlib, subprocess, sys, threading
from kuntactl.cli.main import app, main
@app.command("long")
def long():
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    said = {"file": sys.stderr, "flush": True}
    threading.Timer(0.3, print, ["begun"], said).start()  # when the long step has begun
    hashlib.pbkdf2_hmac("sha256", b"", b"", 2_000_000_000)
main(["long"])
"""
# A command that is told to stop when it has done its work already.
DONE = """
import os, signal, sys
from kuntactl.cli import main as entry
ended = entry._exit_code
def end(*given):
    code = ended(*given)
    os.kill(os.getpid(), signal.SIGTERM)
    return code
entry._exit_code = end
entry.main(["--version"])
"""
BUSY = [
    (WAITING, "between two steps"),
    (LONG_STEP, "a long step"),
    (WORKERS, "workers"),
    (STARTING, "a start"),
]


@pytest.mark.parametrize(("number", "code"), SIGNALS, ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize(("program", "reason"), BUSY, ids=[case[1] for case in BUSY])
def test_a_busy_command_ends_when_it_is_told_to(
    program: str, reason: str, number: signal.Signals, code: int
) -> None:
    """Systemd waits for a while and then kills; the person at the terminal does not wait."""
    assert reason
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", program], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        begun = process.stderr.readline().split()
        process.send_signal(number)
        said = process.stderr.read()  # ends when the last of its processes has

    assert begun[0] == "begun"
    assert process.returncode == code
    assert said == SAID


def test_a_command_that_is_done_takes_a_signal_calmly() -> None:
    """A traceback at the last moment would look like a run that broke."""
    done = subprocess.run(
        [sys.executable, "-c", DONE], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (143, SAID)


def test_the_end_is_said_once() -> None:
    """The guard ends workers, and then the command ends by itself before the guard ends it."""
    stop, heard = Stop(), list[str]()

    stop.say(lambda: heard.append("the guard"))
    stop.say(lambda: heard.append("the command"))

    assert heard == ["the guard"]


def test_two_seconds_are_promised() -> None:
    """What the guard waits leaves time to spare."""
    assert GRACE <= 1.5


@pytest.mark.parametrize(
    ("number", "workers"),
    [(signal.SIGINT, "1"), (signal.SIGTERM, "2")],
    ids=["Ctrl-C", "SIGTERM with workers"],
)
def test_the_same_command_goes_on(number: signal.Signals, workers: str, tmp_path: Path) -> None:
    """What the sentence promises: a run that was stopped half-way ends as if it never was."""
    write_coaches(tmp_path / "coaches.csv")
    write_export(
        tmp_path / "export.csv", [client_row(asiakasnumero=f"A{place}") for place in range(1, 60)]
    )
    words = [
        *(sys.executable, "-m", "kuntactl", "run", "export.csv", "--coaches", "coaches.csv"),
        *("--on", "2021-03-01", "--out", "out", "--workers", workers, "--engine", "whole"),
    ]
    with subprocess.Popen(
        words, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stderr is not None
        while not (tmp_path / "out" / ".kuntactl-new").exists():
            time.sleep(0.01)  # then it lays letters out, each by itself
        process.send_signal(number)
        said = process.stderr.read()

    (tmp_path / "temporary").mkdir()
    again = subprocess.run(
        words,
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
        capture_output=True,
        check=False,
        timeout=300,
    )

    assert said.endswith(SAID)
    assert "resource_tracker" not in said  # nothing that others would have to clear up
    assert again.returncode == 0
    assert len(list((tmp_path / "out/porvoo/letters").glob("*.pdf"))) == 59
    assert not (tmp_path / "out" / ".kuntactl-new").exists()
    assert not list((tmp_path / "temporary").iterdir())  # each night would leave fonts behind
