"""What is printed for a person at a terminal stands in columns there too."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pytest

from kuntactl.cli.console import print_lines

LINES = [
    "Ehdot:",
    "  ei tiedossa " + "Asiakas on työtön tai lomautettu tai muussa palvelussa.",
    "              " + "työllisyyskoodi puuttuu",
    "",
    "  1 × municipality_unknown: " + "sellaista kuntaa ei ollut",
    "  2 × flag_invalid",
]
# broken at 40 columns
SHOWN = """\
Ehdot:
  ei tiedossa Asiakas on työtön tai
              lomautettu tai muussa
              palvelussa.
              työllisyyskoodi puuttuu

  1 × municipality_unknown: sellaista
  kuntaa ei ollut
  2 × flag_invalid
"""


AREA = "salo-marttila-koski"
TABLE = f"""\
print_table(
    ["area", "other area", "enters", "from review"], [["{AREA}", "{AREA}", "3", "1"]], whole=[0, 1]
)
"""


def test_a_broken_line_goes_on_under_its_text() -> None:
    """A rule under its answer, its facts below it: the eye finds the answers in one column."""
    assert shown_at(40, f"print_lines({LINES!r})") == SHOWN


def test_an_id_is_never_broken_and_a_heading_only_between_words() -> None:
    """Ids are copied into the next command."""
    shown = shown_at(62, TABLE)

    words = re.sub(r"\x1b\[[0-9;]*m", "", shown).split()
    assert words.count(AREA) == 2
    assert {"other", "area", "enters", "from", "review"} < set(words)
    assert max(map(len, re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines())) <= 62


COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def test_no_colour_where_none_is_wanted() -> None:
    """NO_COLOR is kept, and bold type goes with the colours: some read with what neither shows."""
    assert COLOURS.search(shown_at(62, TABLE))
    assert "\x1b" not in shown_at(62, TABLE, NO_COLOR="1")


def test_off_a_terminal_nothing_asks_for_colours() -> None:
    """A service that runs builds sets FORCE_COLOR; the mail of cron is plain all the same."""
    talk = "with Terminal() as talk:\n    talk.progress('letters', 1, 1)"
    done = subprocess.run(
        [sys.executable, "-c", f"from kuntactl.cli.console import Terminal\n{CODE}{TABLE}{talk}"],
        env=os.environ | {"FORCE_COLOR": "1", "TTY_COMPATIBLE": "1", "CLICOLOR_FORCE": "1"},
        capture_output=True,
        check=True,
    )

    assert b"\x1b" not in done.stdout + done.stderr
    assert done.stderr.count(b"\n") == 1


CODE = "from kuntactl.cli.console import print_lines, print_table\n"


def shown_at(columns: int, call: str, **environment: str) -> str:
    """Return what a terminal of so many columns is sent."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name != "COLUMNS"}

    subprocess.run(
        [sys.executable, "-c", CODE + call],
        # rich asks stdin for the size first
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=kept | {"TERM": "xterm-256color"} | environment,
        check=True,
    )
    os.close(theirs)
    sent = os.read(ours, 10_000).decode().replace("\r\n", "\n")
    os.close(ours)
    return sent


def test_no_lines_are_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A supposition without a move prints its tables, and no line between them."""
    print_lines([])

    assert capsys.readouterr().out == ""
