"""A command stopped at any of its steps, then given again, ends as if never stopped."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import client_row
from kills import KilledError, steps_of
from night_exports import write_coaches, write_export
from register_rows import rows_of_clients

from kuntactl.cli.main import main
from kuntactl.errors import ExitCode

FIRST = [client_row(asiakasnumero=f"A{number}") for number in range(1, 5)]
SECOND = [
    client_row(asiakasnumero="A1", kotikunta="734"),  # moves to Salo
    client_row(asiakasnumero="A2", turvakielto="K"),  # is protected since
    client_row(asiakasnumero="A3", kotikunta="018"),  # leaves the trials
    client_row(asiakasnumero="A4", lahiosoite=""),
    client_row(asiakasnumero="A5", turvakielto="K"),  # joins, protected
    client_row(asiakasnumero="A6"),  # joins
]
COACHES = [
    {"valmentaja_id": "p1", "nimi": "Pia Porvoolainen", "alue": "porvoo"},
    {"valmentaja_id": "s1", "nimi": "Saara Salolainen", "alue": "salo-marttila-koski"},
]
OTHERS = [COACHES[0] | {"valmentaja_id": "p2"}, COACHES[1]]  # p1 has left: new coaches
GROWING = ("*/letters.csv", "*/letters/*", "*/protected/*", "*/print/*", "purged.json")

Command = tuple[str, ...]
PLACES = ("out", "coaches.csv", "others.csv", "first.csv", "second.csv")
DESK = ("--out", "out", "--workers", "1")
PURGE = ("purge", "out", "--register", "out/register.db", "--on", "2021-06-02")
COMMANDS: dict[str, Command] = {
    "run": ("run", "second.csv", "--coaches", "others.csv", "--on", "2021-06-02", *DESK),
    "return": (
        "return",
        "A1",
        "first.csv",
        "--reason",
        "own_request",
        "--on",
        "2021-06-02",
        *DESK,
    ),
    "close": ("close", "porvoo", "first.csv", "--on", "2025-01-01", *DESK),
    "purge": (*PURGE, "--before", "2024-01-01"),
    "purge-client": (*PURGE, "--client", "A1"),
}


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which A1 to A4 have joined Porvoo."""
    here = tmp_path_factory.mktemp("night")
    write_coaches(here / "coaches.csv", COACHES)
    write_coaches(here / "others.csv", OTHERS)
    write_export(here / "first.csv", FIRST)
    write_export(here / "second.csv", SECOND)
    first = ("run", "first.csv", "--coaches", "coaches.csv", "--on", "2021-06-01", *DESK)
    assert _give(here, first) == 0
    return here


def _give(here: Path, command: Command) -> int:
    """Give the command in the folder; return its exit code."""
    words = [str(here / word) if word.split("/")[0] in PLACES else word for word in command]
    with pytest.raises(SystemExit) as end:
        main(words)
    return int(end.value.code or 0)


@dataclass(frozen=True, slots=True)
class Left:
    """What a command has left behind: what only grows, and what the register holds."""

    files: dict[str, bytes]
    names: set[str]  # of all files
    tables: dict[str, list[tuple[object, ...]]]


def _left(here: Path) -> Left:
    out = here / "out"
    files = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for pattern in GROWING
        for path in sorted(out.glob(pattern))
    }
    names = {path.relative_to(out).as_posix() for path in out.rglob("*")}
    return Left(files=files, names=names, tables=rows_of_clients(out / "register.db"))


@pytest.fixture
def copy(night: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Return a copy of the night's folder, under a name of its own."""

    def copied(name: str) -> Path:
        return Path(shutil.copytree(night, tmp_path / name))

    return copied


# the boundaries of a command's stages: what is about to be done, by its first step
BOUNDARIES = {
    "hold the register": "open register.db.lock",
    "ask the register": "open register.db",
    "lay files aside": "os.mkdir .kuntactl-new",
    "write letters": "os.mkdir letters",
    "write protected letters": "os.mkdir protected",
    "bind print runs": "os.mkdir print",
    "write lists": "open decisions.parquet",
    "list the letters": "open letters.csv",
    "tell the numbers": "open run.json",
    "write the receipt": "open purged.json",
    "write the seal": "open .seal.json.new",
    "seal": "os.rename .seal.json.new",
    "commit": "commit",
    "publish": "os.rename letters.csv",
    "publish the numbers": "os.rename run.json",
    "publish the receipt": "os.rename purged.json",
    "remove what is old": "os.remove p1.xlsx",
    "unseal": "os.remove .seal.json",
    "clear away": "os.rmdir .kuntactl-new",
}
LETTERS = {"write letters", "bind print runs"}
NUMBERS = {"tell the numbers", "publish the numbers"}
RECEIPT = {"write the receipt", "publish the receipt", "remove what is old"}
ONLY_RUN = {"write protected letters", "write lists", "remove what is old"}
OF_ALL = BOUNDARIES.keys() - LETTERS - NUMBERS - RECEIPT - ONLY_RUN
PASSED = {  # by command
    "run": OF_ALL | LETTERS | NUMBERS | ONLY_RUN,
    "return": OF_ALL | LETTERS,
    "close": OF_ALL | LETTERS | NUMBERS,
    "purge": OF_ALL | RECEIPT,
    "purge-client": (OF_ALL | RECEIPT) | {"write lists"},
}


def _boundaries(command: str, steps: list[str]) -> dict[str, int]:
    """Return the first step of each stage of the command, by the boundary before it."""
    found = {name: steps.index(step) for name, step in BOUNDARIES.items() if step in steps}
    assert found.keys() == PASSED[command]
    return found


def _hold_what_is_promised(command: str, steps: list[str]) -> None:
    """Tell that the disk had all files before the commit, and all moves before the seal goes.

    A kill loses nothing that was written; only a power cut does, and no test can cut it.
    """
    at = _boundaries(command, steps)
    syncs = [number for number, step in enumerate(steps) if step == "sync"]
    assert syncs == [at["commit"] - 1, at["unseal"] - 1 - _cleared(steps, before=at["unseal"])]


def _cleared(steps: list[str], *, before: int) -> int:
    """Return how many empty staging folders go just before a step."""
    rest = steps[:before][::-1]
    return next(number for number, step in enumerate(rest) if not step.startswith("os.rmdir"))


def _deaths(command: str, steps: list[str], *, each: str) -> list[int]:
    """Return the steps to die at: each boundary, what is near the commit, the first and last.

    Between two boundaries one step is like the other: before the seal files lie aside and are
    dropped, after the commit the next command completes the moves. The soak tries each.
    """
    if each == "step":
        return [*range(len(steps))]
    at = _boundaries(command, steps)
    near = range(at["write the seal"] - 1, at["commit"] + 3)
    return sorted({0, *at.values(), *near, len(steps) - 1})


@pytest.mark.parametrize(
    ("command", "each"),
    [
        *((command, "boundary") for command in COMMANDS),
        *(pytest.param(command, "step", marks=pytest.mark.soak) for command in COMMANDS),
    ],
)
def test_killed_at_any_step_and_given_again(
    command: str, each: str, copy: Callable[[str], Path]
) -> None:
    """Power fails at night: nobody gets a second letter, none, or somebody else's number."""
    calm = copy("calm")
    with steps_of(calm / "out") as steps:
        code = _give(calm, COMMANDS[command])
    before, after = _left(copy("before")), _left(calm)
    assert after.files != before.files
    assert steps.done.count("commit") == 1
    _hold_what_is_promised(command, steps.done)

    told = len(steps.done) - 1 - steps.done[::-1].index("os.remove .seal.json")
    ends = {}
    for last in _deaths(command, steps.done, each=each):
        here = copy(f"killed-{last}")
        with steps_of(here / "out", last=last) as until, suppress(KilledError):
            _give(here, COMMANDS[command])
        assert until.is_dead
        again = _give(here, COMMANDS[command])

        ends[last] = _left(here) == after
        assert again == (code if last <= told else 0), steps.done[last]
        assert not (here / "out" / ".kuntactl-new").exists()
        shutil.rmtree(here)

    assert [steps.done[step] for step, is_same in ends.items() if not is_same] == []


@pytest.mark.parametrize("boundary", ["lay files aside", "list the letters", "write the seal"])
@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "run"])
def test_without_room_nothing_is_changed(
    command: str, boundary: str, copy: Callable[[str], Path]
) -> None:
    """The disk fills up; the command says so, and does it all once there is room."""
    calm, here = copy("calm"), copy("full")
    before = _left(here)
    with steps_of(calm / "out") as steps:
        code = _give(calm, COMMANDS[command])
    last = steps.done.index(BOUNDARIES[boundary])

    with steps_of(here / "out", last=last, disk_full=True) as until:
        stopped = _give(here, COMMANDS[command])
    left = _left(here)
    again = _give(here, COMMANDS[command])

    assert (until.is_dead, stopped, again) == (True, ExitCode.DELIVERY, code)
    assert (left.files, left.tables) == (before.files, before.tables)
    assert _left(here) == _left(calm)
