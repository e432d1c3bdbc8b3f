"""Help and version are there at once, for they load nothing of the work itself."""

import json
import os
import subprocess
import sys

import pytest

HEAVY = {
    *("babel", "dataframely", "holidays", "icalendar", "jinja2", "numpy", "polars", "pyarrow"),
    *("pydantic", "rich", "scipy", "sqlalchemy", "structlog", "uharfbuzz", "weasyprint"),
    "xlsxwriter",
}
OF_TYPER = {"pydantic"}  # it looks there for types of its own before it parses a command

# words, how many modules at most: of the first two Python itself and Typer are 180
HELP = [
    (["--help"], 240),
    (["--version"], 240),
    (["run", "--help"], 420),
    (["rules", "--help"], 420),
]

LOADED = """
import json, sys
from kuntactl.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(json.dumps(sorted(sys.modules)))
"""


@pytest.mark.parametrize(("words", "most"), HELP, ids=[" ".join(words) for words, _ in HELP])
def test_help_loads_no_library_of_the_work(words: list[str], most: int) -> None:
    """Half a second before a line of help appears feels broken; a run may take its time."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        env=os.environ | {"KUNTACTL_LANG": "fi"},  # what is spoken where nobody asks
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = json.loads(done.stdout.splitlines()[-1])
    allowed = OF_TYPER if len(words) > 1 else set()
    assert not {name.partition(".")[0] for name in loaded} & (HEAVY - allowed)
    assert len(loaded) <= most
