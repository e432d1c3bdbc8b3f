"""A command killed between any two of its steps and given again ends as if never killed."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import client_row
from kills import KilledError, steps_of
from night_exports import write_coaches, write_export

from kuntactl.cli.main import main

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
KEPT = ("event", "membership", "letter")  # tables; a command given again adds a run

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
    connection = sqlite3.connect(out / "register.db")
    tables = {
        name: list(connection.execute(f"SELECT * FROM {name} ORDER BY 1"))  # noqa: S608 ours
        for name in KEPT
    }
    connection.close()
    files = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for pattern in GROWING
        for path in sorted(out.glob(pattern))
    }
    names = {path.relative_to(out).as_posix() for path in out.rglob("*")}
    return Left(files=files, names=names, tables=tables)


@pytest.fixture
def copy(night: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Return a copy of the night's folder, under a name of its own."""

    def copied(name: str) -> Path:
        return Path(shutil.copytree(night, tmp_path / name))

    return copied


def _deaths(steps: list[str], *, every: int) -> list[int]:
    """Return the steps to die at: each between seal and commit, and each so many elsewhere.

    Before the seal one step is like the other, files lie aside and are dropped; so are the
    moves after the commit, which the next command completes.
    """
    sealed, committed = steps.index("open .seal.json.new"), steps.index("commit")
    near = range(sealed - 1, committed + 2)
    return sorted({*range(0, len(steps), every), *near, len(steps) - 1})


@pytest.mark.parametrize(
    ("command", "every"),
    [
        ("run", 16),
        ("return", 2),
        ("close", 16),
        ("purge", 6),
        ("purge-client", 6),
        *(pytest.param(command, 1, marks=pytest.mark.soak) for command in ("run", "close")),
    ],
)
def test_killed_at_any_step_and_given_again(
    command: str, every: int, copy: Callable[[str], Path]
) -> None:
    """Power fails at night: nobody gets a second letter, none, or somebody else's number."""
    calm = copy("calm")
    with steps_of(calm / "out") as steps:
        code = _give(calm, COMMANDS[command])
    before, after = _left(copy("before")), _left(calm)
    assert after.files != before.files
    assert steps.done.count("commit") == 1

    told = len(steps.done) - 1 - steps.done[::-1].index("os.remove .seal.json")
    ends = {}
    for last in _deaths(steps.done, every=every):
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
