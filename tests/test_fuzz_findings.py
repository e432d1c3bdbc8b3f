"""What the fuzzer began with, and all that it has ever found, keeps every promise."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY
from fuzz_targets import SEEDS, TARGETS

MINUTES = 15  # of each target in `make soak`: an hour in all
KEPT = sorted(path.relative_to(SEEDS).as_posix() for path in SEEDS.glob("*/*"))


@pytest.mark.parametrize("kept", KEPT)
def test_what_was_found_once_is_mended(kept: str) -> None:
    """Bytes that broke a promise are kept, so that they never do again."""
    TARGETS[kept.partition("/")[0]]((SEEDS / kept).read_bytes())


def test_every_part_has_bytes_to_begin_with() -> None:
    """A target without a seed would be tried with bytes that it refuses at once."""
    assert {kept.partition("/")[0] for kept in KEPT} == set(TARGETS)


@pytest.mark.soak
@pytest.mark.parametrize("target", TARGETS)
def test_the_fuzzer_finds_nothing(target: str, tmp_path: Path) -> None:
    """Led by the code that each try reaches, it looks where no list of cases does."""
    pytest.importorskip("atheris", reason="not built for this Python: `uv sync --group fuzz`")
    words = [sys.executable, "tools/fuzz.py", target, str(MINUTES * 60), str(tmp_path)]

    ended = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stderr[-4_000:]
