"""Runs one after the other take no more memory and no more open files than the first."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY

RUNS = 5
# A first run loads what all of them need; the allocator gives back what it likes.
SLACK_MB, SLACK = 40, 1.1


@pytest.mark.parametrize(
    ("command", "rows"),
    [
        ("decide", "3000"),  # layouts and splits alone take longer than a test may
        pytest.param("run", os.environ.get("KUNTACTL_LOAD", "300000"), marks=pytest.mark.soak),
    ],
    ids=["few", "many"],
)
def test_memory_and_open_files_stay_flat(command: str, rows: str, tmp_path: Path) -> None:
    """A machine that makes every night's letters is not restarted to get its memory back."""
    (tmp_path / "tmp").mkdir()
    words = [sys.executable, "tests/load_of_runs.py", command, rows, str(RUNS), str(tmp_path)]
    environment = os.environ | {"TMPDIR": str(tmp_path / "tmp")}

    ended = subprocess.run(
        words, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 0, ended.stderr[-2_000:]
    first, second, *later = json.loads(ended.stdout)
    assert {run["code"] for run in (first, second, *later)} <= {0, 20}
    for run in later:
        assert run["files"] == second["files"], later
        assert run["threads"] == second["threads"], later
        assert run["temporary"] == second["temporary"], later
        assert run["peak_mb"] <= second["peak_mb"] * SLACK + SLACK_MB, later
        assert run["after_mb"] <= second["after_mb"] * SLACK + SLACK_MB, later
