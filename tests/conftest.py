"""One fixture that runs the real command line."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
SAMPLES = REPOSITORY / "sample_data"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


RunCli = Callable[..., Ended]


def _run_cli(read: Callable[[], tuple[str, str]]) -> RunCli:
    def run(*words: object) -> Ended:
        from kuntactl.cli.main import main

        read()
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        out, err = read()
        return Ended(code=int(end.value.code or 0), out=out, err=err)

    return run


@pytest.fixture
def kuntactl(capfd: pytest.CaptureFixture[str]) -> RunCli:
    """Run kuntactl with these words; return its exit code, stdout and stderr."""
    return _run_cli(capfd.readouterr)


@pytest.fixture(scope="module")
def kuntactl_of_module() -> RunCli:
    """Run kuntactl for a fixture that a whole module shares; what it prints is not kept."""
    return _run_cli(lambda: ("", ""))
