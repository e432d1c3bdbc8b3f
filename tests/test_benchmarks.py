"""The benches work, and the peers in them do the same work as we do."""

import subprocess
import sys

import pytest
from conftest import REPOSITORY

# bench, what it must print, what it must find of the peers
BENCHES = [
    (
        "decide.py",
        ["kuntactl decide", "polars.read_csv", "pandas", "Python loop"],
        ["pandas: 1,943 clients decided alike", "loop: 1,943 clients decided alike"],
    ),
    (
        "letters.py",
        ["kuntactl stamp", "kuntactl whole", "WeasyPrint loop", "typst, a file each"],
        ["all letters say the same"],
    ),
    ("start.py", ["Python, nothing", "Typer, one command", "kuntactl --help"], []),
    (
        "assign.py",
        ["kuntactl", "round robin", "greedy best fit", "OR-tools min-cost flow"],
        [],
    ),
    ("large.py", ["one file", "10 files", "reached  peak memory, one file"], []),
    ("nation.py", ["a run of the whole country", "30 ", "wall s of", "typst, reckoned"], []),
]


@pytest.mark.parametrize(("bench", "names", "found"), BENCHES, ids=[case[0] for case in BENCHES])
def test_a_bench_runs(bench: str, names: list[str], found: list[str]) -> None:
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
    assert [finding for finding in found if finding not in done.stderr.splitlines()] == []


@pytest.mark.parametrize("bench", [case[0] for case in BENCHES])
def test_a_bench_can_be_found(bench: str) -> None:
    """A bench that nobody can find is never run again."""
    target = f"bench-{bench.removesuffix('.py')}"

    assert f"\n{target}: " in (REPOSITORY / "Makefile").read_text("utf-8")
    assert target in (REPOSITORY / "docs" / "benchmarks.md").read_text("utf-8")
