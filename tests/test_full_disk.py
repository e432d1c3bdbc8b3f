"""A disk that is full stops a run, loses nothing, and the same run afterwards is whole."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders import client_row
from kills import steps_of
from night_exports import write_coaches, write_export

from kuntactl.cli.main import main

BLOCK = 512  # bytes, as the shell counts them
GROWING = ("*/letters.csv", "*/letters/*", "*/protected/*", "*/print/*")
EVERY = 8  # of the steps of a run, one in so many is tried


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which A1 and A2 have joined; then A1 leaves and A3 joins."""
    here = tmp_path_factory.mktemp("night")
    write_coaches(here / "coaches.csv")
    rows = [client_row(asiakasnumero=f"A{number}") for number in range(1, 4)]
    write_export(here / "export.csv", rows[:2])
    assert _run(here, on="2021-03-01") == 0
    write_export(here / "export.csv", [rows[0] | {"kotikunta": "018"}, *rows[1:]])
    return here


def _words(here: Path, *, on: str) -> list[str]:
    words = [
        *("run", here / "export.csv", "--coaches", here / "coaches.csv"),
        *("--out", here / "out", "--on", on, "--workers", "1"),
    ]
    return [str(word) for word in words]


def _run(here: Path, *, on: str = "2021-03-02") -> int:
    """Run the night; return the exit code."""
    with pytest.raises(SystemExit) as end:
        main(_words(here, on=on))
    return int(end.value.code or 0)


def _files(here: Path) -> dict[str, bytes]:
    return {
        path.relative_to(here).as_posix(): path.read_bytes()
        for pattern in GROWING
        for path in sorted((here / "out").glob(pattern))
    }


# what no file may exceed, the exit code, what does not fit
LIMITS = [(2 * 1024, 12, "the register"), (64 * 1024, 13, "a page that is being laid out")]


@pytest.mark.parametrize(("largest", "code", "why"), LIMITS, ids=[case[2] for case in LIMITS])
def test_files_that_do_not_fit_lose_nothing(
    night: Path, tmp_path: Path, largest: int, code: int, why: str
) -> None:
    """Real writes that really fail, of the database and of the libraries as well as ours."""
    full = Path(shutil.copytree(night, tmp_path / "full"))
    limited = f'ulimit -f {largest // BLOCK}; exec "$@"'
    command = ["sh", "-c", limited, "sh", sys.executable, "-m", "kuntactl"]

    stopped = subprocess.run(
        [*command, *_words(full, on="2021-03-02")], check=False, capture_output=True, text=True
    )

    assert stopped.returncode == code, why
    assert "full" in stopped.stderr
    assert _files(full) == _files(night)
    assert _run(full) == 0
    calm = Path(shutil.copytree(night, tmp_path / "calm"))
    assert (_run(calm), _files(calm)) == (0, _files(full))


def test_a_disk_that_fills_up_at_any_step_loses_nothing(night: Path, tmp_path: Path) -> None:
    """At night nobody is there to make room; in the morning the run is given again."""
    calm = Path(shutil.copytree(night, tmp_path / "calm"))
    with steps_of(calm / "out") as steps:
        assert _run(calm) == 0

    for last in range(0, len(steps.done), EVERY):
        full = Path(shutil.copytree(night, tmp_path / f"full-{last}"))
        with steps_of(full / "out", last=last, disk_full=True) as until:
            stopped = _run(full)
        assert stopped in ({12, 14} if until.is_dead else {0}), steps.done[last]
        assert _run(full) == 0
        assert _files(full) == _files(calm), steps.done[last]
        shutil.rmtree(full)
