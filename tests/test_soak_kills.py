"""A run killed at any moment and started again ends as if it had never been killed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import SAMPLES

KILLS = 40
SEED = 20210301


def _command(out: Path) -> list[str]:
    return [
        sys.executable, "-m", "kuntactl",
        "run", str(SAMPLES / "satakunta-2017-08-01.csv"),
        "--coaches", str(SAMPLES / "coaches-2017.csv"),
        "--on", "2017-08-01", "--out", str(out), "--workers", "2",
    ]  # fmt: skip


def _files(out: Path) -> dict[str, bytes]:
    """Return what only grows: a run killed after its commit has a second night after it."""
    growing = ("*/letters.csv", "*/letters/*", "*/protected/*", "*/print/*")
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for pattern in growing
        for path in sorted(out.glob(pattern))
    }


@pytest.mark.soak
def test_a_killed_run_started_again_equals_an_undisturbed_one(tmp_path: Path) -> None:
    """Power fails at night, and nobody gets a second letter or none."""
    start = time.monotonic()
    subprocess.run(_command(tmp_path / "calm"), check=False, capture_output=True)
    whole = time.monotonic() - start
    calm = _files(tmp_path / "calm")
    assert len(calm) > 60
    moments = random.Random(SEED)  # noqa: S311 not for secrets

    for number in range(KILLS):
        out = tmp_path / f"killed-{number}"
        process = subprocess.Popen(
            _command(out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(moments.uniform(0, whole * 1.05))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        ended = subprocess.run(_command(out), check=False, capture_output=True)

        assert ended.returncode in {0, 20}
        assert _files(out) == calm
