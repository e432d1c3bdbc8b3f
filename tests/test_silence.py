"""What goes wrong is told without a word of a client's, however it goes wrong."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from conftest import RunCli

from kuntactl.cli.redaction import GONE, redacted

HOSTILE = "Aino Salanimi 010190-900X aino@salanimi.fi Salakatu 7, 06100 PORVOO"
CANARIES = ("Aino", "Salanimi", "010190", "900X", "salanimi", "Salakatu", "06100", "PORVOO")

# what goes wrong inside a command, why it is here
FAULTS = [
    ("raise ValueError(HOSTILE)", "an error that nobody foresaw"),
    ("raise KeyError(HOSTILE)", "its text is the value that was sought"),
    ("raise ExceptionGroup(HOSTILE, [ValueError(HOSTILE)])", "errors in a bundle"),
    ("try:\n    int(HOSTILE)\nexcept ValueError as e:\n    raise OSError(1, HOSTILE) from e",
     "the cause of an error"),
    ("import threading\nt = threading.Thread(target=int, args=(HOSTILE,))\nt.start()\nt.join()",
     "an error in a thread"),
    ("class Last:\n    def __del__(self):\n        raise ValueError(HOSTILE)\nLast()",
     "an error that nobody can catch"),
    ("import warnings\nwarnings.warn(HOSTILE, stacklevel=1)", "a warning of a library"),
    ("import logging\nlogging.getLogger('weasyprint').error(HOSTILE)", "a log line of a library"),
    ("import logging\nlogging.warning('%d', HOSTILE)", "a log line that cannot be written"),
    ("from concurrent.futures import ThreadPoolExecutor as P\nP(1).submit(int, HOSTILE).result()",
     "an error of a worker"),
    ("from kuntactl.errors import InputError\nraise InputError(HOSTILE, hint=HOSTILE)",
     "a message of ours that says too much"),
]  # fmt: skip

PROGRAM = """
from kuntactl.cli.main import app, main
HOSTILE = {hostile!r}
@app.command("fault")
def fault():
{body}
main(["fault"])
"""


def ended(body: str) -> subprocess.CompletedProcess[str]:
    """Return how a command ended in which this goes wrong."""
    program = PROGRAM.format(hostile=HOSTILE, body=textwrap.indent(body, "    "))
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize(("body", "reason"), FAULTS, ids=[case[1] for case in FAULTS])
def test_a_fault_tells_no_data(body: str, reason: str) -> None:
    """A traceback goes into mails, tickets and logs, and stays there for years."""
    assert reason
    process = ended(body)

    said = process.stdout + process.stderr
    # Names in a message of ours cannot be told from words; that none is there others test.
    ours = reason == "a message of ours that says too much"
    canaries = [
        word for word in CANARIES if not (ours and word in {"Aino", "Salanimi", "Salakatu"})
    ]
    assert [word for word in canaries if word in said] == []
    assert "Traceback" not in said


def test_a_fault_says_where_it_is() -> None:
    """Silence about people is not silence about us: the place is enough to mend it."""
    process = ended("raise ValueError(HOSTILE)")

    assert process.returncode == 1
    assert process.stderr.splitlines()[0].startswith("error: a fault in kuntactl: ValueError in ")
    assert process.stderr.splitlines()[1] == (
        "hint: nothing was published; please report this line"
    )


def test_what_weasyprint_complains_of_still_stops_the_letters(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """Its complaints come as log lines: they are hidden from stderr, and from nobody else."""
    (tmp_path / "base.html").write_text(
        '<html lang="fi"><title>x</title><p style="colour: red">x</p></html>', encoding="utf-8"
    )

    ended = kuntactl("letters", "preview", "--templates", tmp_path, "-o", tmp_path / "x.pdf")

    assert ended.code == 13
    assert "colour" in ended.err


REDACTED = [
    ("client 010190-999X: not there", f"client {GONE}: not there", "an identity code"),
    ("010190A900X, 010101+9001", f"{GONE}, {GONE}", "whatever the century"),
    ("write to a.b+c@x-y.co.fi now", f"write to {GONE} now", "an e-mail address"),
    ("in 06100 PORVOO.", f"in {GONE}.", "a postal address"),
    ("to FI-06100 PORVOO-BORGÅ", f"to {GONE}", "with its country"),
    ("letters: 12000 of 30000", "letters: 12000 of 30000", "numbers are no data"),
    ("postgresql://me@db.example.fi/x", "postgresql://me@db.example.fi/x", "a server is nobody"),
    ("porvoo-000412, 2021-03-01", "porvoo-000412, 2021-03-01", "nor are letters and days"),
]


@pytest.mark.parametrize(("text", "left", "why"), REDACTED, ids=[case[2] for case in REDACTED])
def test_what_looks_personal_is_taken_out(text: str, left: str, why: str) -> None:
    """The last net, should a message of ours ever hold what it must not."""
    assert redacted(text) == left, why
