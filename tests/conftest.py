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


@pytest.fixture
def kuntactl(capfd: pytest.CaptureFixture[str]) -> RunCli:
    """Run kuntactl with these words; return its exit code, stdout and stderr."""

    def run(*words: object) -> Ended:
        from kuntactl.cli.main import main

        capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        out, err = capfd.readouterr()
        return Ended(code=int(end.value.code or 0), out=out, err=err)

    return run
