"""Fixtures: the real command line, and a register on each database that may hold one."""

import io
import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import postgres
import pytest

# A shell that runs the tests in the background has them, and what they start, ignore Ctrl-C.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The tests read messages in the language that they are written in; the product speaks Finnish.
os.environ["KUNTACTL_LANG"] = "en"

REPOSITORY = Path(__file__).parent.parent
SAMPLES = REPOSITORY / "sample_data"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


RunCli = Callable[..., Ended]


def files_of(folder: Path) -> dict[str, bytes]:
    """Return each file below the folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _run_cli(read: Callable[[], tuple[str, str]]) -> RunCli:
    def run(*words: object) -> Ended:
        from kuntactl.cli.main import main

        read()
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        out, err = read()
        _look_at_json(words, out)
        return Ended(code=int(end.value.code or 0), out=out, err=err)

    return run


def _look_at_json(words: tuple[object, ...], out: str) -> None:
    """Hold what any test has a command print with ``--json`` against the schema."""
    if "--json" in words and out.startswith(("{", "[")):
        from kuntactl.cli.shapes.table import SHAPES, check

        typed = [str(word) for word in words if not str(word).startswith("-")]
        command = " ".join(typed[:2])
        check(command if command in SHAPES else typed[0], out)


@pytest.fixture
def kuntactl(capfd: pytest.CaptureFixture[str]) -> RunCli:
    """Run kuntactl with these words; return its exit code, stdout and stderr."""
    return _run_cli(capfd.readouterr)


@pytest.fixture(scope="module")
def kuntactl_of_module() -> RunCli:
    """Run kuntactl for a fixture that a whole module shares; what it prints is not kept."""
    return _run_cli(lambda: ("", ""))


@pytest.fixture(scope="module")
def heard_kuntactl() -> RunCli:
    """Run kuntactl for a fixture that a whole module shares; what it prints is kept."""
    from kuntactl.cli.main import main

    def run(*words: object) -> Ended:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        _look_at_json(words, out.getvalue())
        return Ended(code=int(end.value.code or 0), out=out.getvalue(), err=err.getvalue())

    return run


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Return the URL of a PostgreSQL server that runs while the tests do.

    Where none is installed the tests that need it are passed over, but never where all
    tests must run (``CI``).
    """
    if postgres.programs() is None and not os.environ.get("CI"):
        pytest.skip("no PostgreSQL server is installed (Debian: postgresql)")
    # Not below pytest's own folder: that is closed to the user the server runs as.
    with tempfile.TemporaryDirectory(prefix="kuntactl-") as folder:
        Path(folder).chmod(0o755)
        with postgres.server(Path(folder) / "server") as url:
            yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return where a new register is to be, as ``--register`` takes it, once on each database."""
    if request.param == "sqlite":
        yield str(tmp_path / "out" / "register.db")
    else:
        with postgres.database(request.getfixturevalue("postgres_server")) as url:
            yield url
