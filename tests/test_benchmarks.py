"""The benches work, and the peers in them do the same work as we do."""

import subprocess
import sys

import pytest
from conftest import REPOSITORY

# bench, what it must print
BENCHES = [
    ("decide.py", ["kuntactl decide", "polars.read_csv", "pandas", "Python loop"]),
    ("start.py", ["Python, nothing", "Typer, one command", "kuntactl --help"]),
    ("assign.py", ["kuntactl", "round robin", "greedy best fit", "OR-tools min-cost flow"]),
    ("letters.py", ["kuntactl stamp", "kuntactl whole", "WeasyPrint loop", "typst, a file each"]),
]


@pytest.mark.parametrize(("bench", "names"), BENCHES, ids=[case[0] for case in BENCHES])
def test_a_bench_runs(bench: str, names: list[str]) -> None:
    """A figure that nobody can make again is a claim; decisions are compared on the way."""
    done = subprocess.run(
        [sys.executable, REPOSITORY / "benchmarks" / bench, "--quick"],
        check=False,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
    )

    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [name for name in names if not any(line.startswith(name) for line in lines)] == []
