"""A fault of the machine at any write of a run loses nothing, and the same run then completes."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from builders import client_row
from kills import steps_of
from night_exports import write_coaches, write_export
from register_rows import rows_of_clients

from kuntactl.cli.main import main
from kuntactl.errors import DeliveryError
from kuntactl.files.staging import staged

GROWING = ("*/letters.csv", "*/letters/*", "*/protected/*", "*/print/*")
STOPPED = {12, 14, 130, 143}  # the register, a file, a signal; 1 would be a fault of ours
NEVER_FAIL = {"commit", "sync"}  # a database has faults of its own, which other tests make


def failing(number: int) -> Callable[[str], None]:
    """Return a fault of the system at a step; the database's own writes are not ours to fail."""

    def fail(step: str) -> None:
        if step not in NEVER_FAIL:
            raise OSError(number, os.strerror(number))

    return fail


def told(number: signal.Signals) -> Callable[[str], None]:
    """Return a signal that comes at a step."""
    return lambda _step: os.kill(os.getpid(), number)


# name: what happens, whether it lasts
FAULTS: dict[str, tuple[Callable[[str], None], bool]] = {
    "the disk fails once": (failing(errno.EIO), False),
    "the disk fails for good": (failing(errno.EIO), True),
    "a write is interrupted": (failing(errno.EINTR), False),
    "the folder becomes read-only": (failing(errno.EROFS), True),
    "the quota is used up": (failing(errno.EDQUOT), True),
    "SIGTERM": (told(signal.SIGTERM), False),
    "Ctrl-C": (told(signal.SIGINT), False),
}


USUAL = ("the disk fails once", "the folder becomes read-only", "SIGTERM")
PLACES = 45  # of each fault in `make soak`: more than 300 in all


def words(here: Path, *, on: str = "2021-03-02") -> list[str]:
    """Return the words of a night's run."""
    places = ("--coaches", here / "coaches.csv", "--out", here / "out")
    return [
        str(word) for word in ("run", here / "export.csv", *places, "--on", on, "--workers", "1")
    ]


def run(here: Path, *, on: str = "2021-03-02") -> int:
    """Run the night; return the exit code."""
    with pytest.raises(SystemExit) as end:
        main(words(here, on=on))
    return int(end.value.code or 0)


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which A1 and A2 have joined; then A1 leaves, A3 and the protected A4 join."""
    here = tmp_path_factory.mktemp("night")
    write_coaches(here / "coaches.csv")
    rows = [client_row(asiakasnumero=f"A{number}") for number in range(1, 4)]
    write_export(here / "export.csv", rows[:2])
    assert run(here, on="2021-03-01") == 0
    secret = client_row(asiakasnumero="A4", turvakielto="K", yhteysosoite="PL 12, 06101 PORVOO")
    write_export(here / "export.csv", [rows[0] | {"kotikunta": "018"}, *rows[1:], secret])
    return here


def outcome(here: Path) -> tuple[dict[str, bytes], dict[str, list[tuple[object, ...]]]]:
    """Return what only grows, and what the register holds."""
    out = here / "out"
    files = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for pattern in GROWING
        for path in sorted(out.glob(pattern))
    }
    return files, rows_of_clients(out / "register.db")


def verifies(here: Path) -> bool:
    """Return whether register and letters are as they were written."""
    out = here / "out"
    with pytest.raises(SystemExit) as end:
        main(["register", "verify", "--register", str(out / "register.db"), "--out", str(out)])
    return end.value.code == 0


@pytest.mark.parametrize(
    ("name", "places"),
    [
        *((name, 1) for name in USUAL),
        *(pytest.param(name, PLACES, marks=pytest.mark.soak) for name in FAULTS),
    ],
)
def test_a_run_with_a_fault_given_again_ends_as_if_there_had_been_none(
    name: str, places: int, night: Path, tmp_path: Path
) -> None:
    """At night nobody is there; in the morning the same command mends it, whatever it was."""
    fault, lasts = FAULTS[name]
    calm = Path(shutil.copytree(night, tmp_path / "calm"))
    with steps_of(calm / "out") as steps:
        assert run(calm) == 0
    after = outcome(calm)
    total = len(steps.done)

    wrong = []
    for place in sorted({total * (number + 1) // (places + 1) for number in range(places)}):
        here = Path(shutil.copytree(night, tmp_path / f"fault-{place}"))
        with steps_of(here / "out", last=place, fault=fault, lasts=lasts) as until:
            code = run(here)
        waits = (here / "out" / ".kuntactl-new" / ".seal.json").exists()  # to be moved into place
        was_sound = waits or verifies(here)
        again = run(here)
        if not (
            (code in STOPPED or code == 0)
            and until.is_dead
            and was_sound
            and again == 0
            and outcome(here) == after
            and verifies(here)
            and not (here / "out" / ".kuntactl-new").exists()
        ):
            wrong.append((steps.done[place], code, again))
        shutil.rmtree(here)

    assert wrong == []


def test_an_old_file_that_cannot_go_is_completed_later(tmp_path: Path) -> None:
    """The folder became read-only between two files: a sentence, and nothing is forgotten."""
    stands = tmp_path / "porvoo" / "old.xlsx"
    (stands / "in the way").mkdir(parents=True)
    with staged(tmp_path) as sink:
        sink.retire(PurePosixPath("porvoo/old.xlsx"))
        sink.put(PurePosixPath("new.csv"), b"new")
        sink.seal("ab", register="r")
        with pytest.raises(DeliveryError, match=r"old\.xlsx: ") as error:
            sink.publish()
    shutil.rmtree(stands)
    stands.write_bytes(b"old")

    with staged(tmp_path) as sink:
        assert sink.settle(lambda run: run == "ab", register="r") == "ab"

    assert error.value.hint == "run the same command again to complete it"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["new.csv"]


def test_a_closed_pipe_loses_nothing(night: Path, tmp_path: Path) -> None:
    """`kuntactl run … | head` may end before the run does: its words are lost, no more."""
    here = Path(shutil.copytree(night, tmp_path / "piped"))
    calm = Path(shutil.copytree(night, tmp_path / "calm"))
    assert run(calm) == 0
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "kuntactl", *words(here)],
            stdout=writer,
            stderr=writer,
            check=False,
            timeout=300,
        )
    finally:
        os.close(writer)

    assert ended.returncode != 0
    assert run(here) == 0
    assert outcome(here) == outcome(calm)
    assert verifies(here)
