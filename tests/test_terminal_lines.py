"""What is printed for a person at a terminal stands in columns there too."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

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


def test_a_broken_line_goes_on_under_its_text() -> None:
    """A rule under its answer, its facts below it: the eye finds the answers in one column."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    code = f"from kuntactl.cli.console import print_lines; print_lines({LINES!r})"
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}

    subprocess.run([sys.executable, "-c", code], stdout=theirs, env=environment, check=True)
    os.close(theirs)

    assert os.read(ours, 10_000).decode().replace("\r\n", "\n") == SHOWN
    os.close(ours)
