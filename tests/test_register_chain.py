"""Who ran what stands in the register's one chain, and no changed byte goes unseen."""

import getpass
import json
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from builders import client_row
from conftest import REPOSITORY, RunCli
from night_exports import write_coaches, write_export
from register_nights import FIRST_DAY, PORVOO, SALO, answer, fingerprints, run_night

from kuntactl.errors import RegisterError
from kuntactl.register import schema
from kuntactl.register.proof import Fault, faults
from kuntactl.register.reading import read_only
from kuntactl.register.store import open_register
from kuntactl.register.waiting import Matter

ROWS = [client_row(asiakasnumero=f"A{number}") for number in range(1, 4)]
DESK = ("--out", "out", "--workers", 1)
REGISTER = ("--register", "out/register.db")
COMMANDS: dict[str, tuple[object, ...]] = {
    "run": ("run", "one.csv", "--coaches", "coaches.csv", "--on", "2021-06-01", *DESK),
    "return": ("return", "A1", "one.csv", "--reason", "safety", "--on", "2021-06-02", *DESK),
    "close": ("close", "porvoo", "one.csv", "--on", "2025-01-01", *DESK),
    "purge": ("purge", "out", *REGISTER, "--client", "A2", "--on", "2025-01-02"),
}


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory, kuntactl_of_module: RunCli) -> Path:
    """A folder after the commands of a whole trial; ``first`` is its register after the run."""
    here = tmp_path_factory.mktemp("trial")
    write_coaches(here / "coaches.csv")
    write_export(here / "one.csv", ROWS)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        patch.setenv("USER", "somebody-else")  # what anybody can say is not believed
        for name, words in COMMANDS.items():
            assert kuntactl_of_module(*words).code in {0, 20}, name
            if name == "run":
                shutil.copy("out/register.db", "first.db")
    return here


def log_of(register: Path, kuntactl: RunCli) -> list[dict[str, Any]]:
    """Return the commands that a register tells of."""
    told: list[dict[str, Any]] = json.loads(
        kuntactl("register", "log", "--register", register, "--json").out
    )
    return told


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return sha256(path.read_bytes()).hexdigest()


def test_every_command_says_who_when_and_what_came_of_it(trial: Path, kuntactl: RunCli) -> None:
    """A question of next year: who sent this letter, from which file, by which rules?"""
    commands = log_of(trial / "out" / "register.db", kuntactl)

    assert [one["command"] for one in commands] == list(COMMANDS)
    run, _, _, purge = commands
    assert (run["user"], run["machine"]) == (getpass.getuser(), socket.gethostname())
    assert run["at"] <= purge["at"]
    assert run["inputs"] == {
        "exports": [hash_of(trial / "one.csv")],
        "coaches": [hash_of(trial / "coaches.csv")],
    }
    (rules,) = run["rules"]
    file = REPOSITORY / "kuntactl/data/rules/act-1269-2020.toml"
    assert (rules["id"], rules["sha256"]) == ("act-1269-2020", hash_of(file))
    assert rules["from"] == "2021-03-01"
    assert (run["counts"]["rows"]["eligible"], run["counts"]["letters"]["written"]) == (3, 3)
    assert purge["result"] == hash_of(trial / "out" / "purged.json")


def test_the_log_reads_as_a_table_too(trial: Path, kuntactl: RunCli) -> None:
    """Its last line is what a person may keep elsewhere."""
    shown = kuntactl("register", "log", *("--register", trial / "out/register.db")).out

    lines = shown.splitlines()
    assert "purge" in shown
    assert "2021-06-01, exports: 1, act-1269-2020" in shown  # the coaches' file is none
    assert lines[-1].startswith("head: ")
    assert len(lines[-1]) == len("head: ") + 64


def test_what_a_run_came_to_is_in_the_chain(trial: Path, kuntactl: RunCli) -> None:
    """Whoever changes a number in run.json later is found out."""
    out = Path(shutil.copytree(trial / "out", trial / "changed"))
    words = ("register", "verify", "--register", out / "register.db", "--out", out)
    assert kuntactl(*words).out == "faults: 0\n"
    file = out / "run.json"
    file.write_bytes(file.read_bytes().replace(b'"left": 2', b'"left": 3'))

    shown = kuntactl(*words)

    problem = "is of a run that the register does not know, or was changed"
    assert (shown.code, shown.out) == (12, f"file run.json: {problem}\nfaults: 1\n")


def test_an_older_register_put_in_its_place_is_found(trial: Path, kuntactl: RunCli) -> None:
    """It is whole in itself: what witnesses against it is kept elsewhere."""
    verify = ("register", "verify", "--register", trial / "first.db")
    head = log_of(trial / "out" / "register.db", kuntactl)[-1]["hash"]
    first = log_of(trial / "first.db", kuntactl)[-1]["hash"]

    assert kuntactl(*verify).code == 0
    assert kuntactl(*verify, "--head", first).code == 0
    assert f"event {head}: is not in the chain" in kuntactl(*verify, "--head", head).out
    with_folder = kuntactl(*verify, "--out", trial / "out")
    assert (with_folder.code, with_folder.out.count("does not know")) == (12, 2)


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with something in every column of every table."""
    place = tmp_path_factory.mktemp("nights") / "register.db"
    rows = [("A1", PORVOO, "eligible"), ("A2", PORVOO, "eligible"), ("A3", PORVOO, "eligible")]
    run_night(place, *rows, coach="K1")
    run_night(place, rows[0], ("A2", SALO, "eligible"), ("A3", None, "outside"), number=1)
    with open_register(str(place)) as opened:
        opened.begin_run(on=date(2021, 3, 3), version="0.1.0", inputs=["cd" * 32], offices=[None])
        opened.remember_answers(answer("A1", belongs=True), fingerprints(A1="f1"))
        opened.waiting("review", [Matter(of="A9")], seen=[])
        opened.finish_run({"joined": 0})
        opened.seal("ab" * 32)
        opened.commit()
    with closing(sqlite3.connect(place)) as register:  # the file alone, without its log
        register.execute("PRAGMA journal_mode = DELETE")
        register.execute("UPDATE membership SET municipality = '638' WHERE ended_event IS NULL")
        register.commit()
    with open_register(str(place)) as opened:
        opened.begin_run(on=date(2021, 3, 4), version="0.1.0", inputs=[])
        opened.commit()
    return place


def found_in(register: Path) -> list[Fault]:
    """Return the faults of a register."""
    with read_only(str(register)) as opened:
        return list(faults(opened))


@pytest.fixture
def copy(nights: Path, tmp_path: Path) -> Callable[[], Path]:
    """Return the register once more, as it was."""
    return lambda: Path(shutil.copy(nights, tmp_path / "register.db"))


def changes() -> Iterator[tuple[str, str]]:
    """Yield every column of every table."""
    for name, table in schema.METADATA.tables.items():
        yield from ((name, column.name) for column in table.columns)


def test_a_change_in_any_column_is_found(copy: Callable[[], Path]) -> None:
    """Whoever can write the file can write any cell of it."""
    register = copy()
    assert found_in(register) == []
    unseen = []
    for table, column in changes():
        with closing(sqlite3.connect(register)) as opened:
            opened.execute("PRAGMA ignore_check_constraints = ON")
            key, value = opened.execute(
                f"SELECT rowid, {column} FROM {table} "  # noqa: S608 ours
                f"ORDER BY {column} IS NULL, rowid LIMIT 1"
            ).fetchone()
            other = value + 70 if isinstance(value, int) else "0" + (value or "")[1:] + "x"
            change = f"UPDATE {table} SET {column} = ? WHERE rowid = ?"  # noqa: S608 ours
            opened.execute(change, (other, key))
            opened.commit()
            found = {fault.what for fault in found_in(register)}
            back = key if column not in {"sequence", "number", "joined_event"} else key + 70
            opened.execute(change, (value, back if table != "letter" else key))
            opened.commit()
        if not found:
            unseen.append((table, column))
    assert found_in(register) == []
    assert unseen == []


def test_the_event_that_was_changed_is_named(copy: Callable[[], Path]) -> None:
    """Each event is looked at by itself: the others are whole, and stay evidence."""
    register = copy()
    with closing(sqlite3.connect(register)) as opened:
        last = opened.execute("SELECT max(sequence) FROM event").fetchone()[0]
        for number in (1, last // 2, last):
            change = "UPDATE event SET client_id = client_id || ? WHERE sequence = ?"
            opened.execute(change, ("x", number))
            opened.commit()
            problem = "was changed after it was written"
            assert found_in(register) == [Fault(what="event", which=str(number), problem=problem)]
            back = "UPDATE event SET client_id = rtrim(client_id, 'x') WHERE sequence = ?"
            opened.execute(back, (number,))
            opened.commit()


# what somebody does, what is found
CUTS = [
    (
        ["DELETE FROM event WHERE sequence = (SELECT max(sequence) FROM event)"],
        "run 4: its last event is gone, which tells who gave the command",
        "the last event is cut off",
    ),
    (
        [
            "UPDATE event SET sequence = -1 WHERE sequence = 2",
            "UPDATE event SET sequence = 2 WHERE sequence = 3",
            "UPDATE event SET sequence = 3 WHERE sequence = -1",
        ],
        "event 2: is not tied to the one before",
        "two events change places",
    ),
    (
        ["DELETE FROM run WHERE number = 2"],
        "run 2: is told by the events, and gone",
        "a run is taken out",
    ),
    (
        ["UPDATE run SET command_event = NULL", "DELETE FROM event WHERE kind = 'command'"],
        "event 10: is missing",
        "all that tells who ran what is taken out",
    ),
]


@pytest.mark.parametrize(("cut", "finding", "why"), CUTS, ids=[case[2] for case in CUTS])
def test_what_is_cut_off_or_moved_is_found(
    copy: Callable[[], Path], cut: list[str], finding: str, why: str
) -> None:
    """A chain is no better than its ends."""
    register = copy()
    with closing(sqlite3.connect(register)) as opened:
        for statement in cut:
            opened.execute(statement)
        opened.commit()

    found = [f"{one.what} {one.which}: {one.problem}" for one in found_in(register)]

    assert finding in found, why


def contents(register: Path) -> list[list[tuple[object, ...]]] | None:
    """Return every row of every table; none: it cannot be read."""
    try:
        with closing(sqlite3.connect(register)) as opened:
            names = [*schema.METADATA.tables, "alembic_version"]
            return [list(opened.execute(f"SELECT * FROM {name}")) for name in names]  # noqa: S608
    except sqlite3.Error:
        return None


@pytest.mark.parametrize(
    "places", [40, pytest.param(6_000, marks=pytest.mark.soak)], ids=["some", "many"]
)
def test_a_flipped_byte_is_found_or_changes_nothing(
    places: int, nights: Path, tmp_path: Path
) -> None:
    """A fault of the disk respects neither pages nor types; what it changes, the check sees."""
    content, whole = nights.read_bytes(), contents(nights)
    register = tmp_path / "register.db"
    unseen = []
    for turn in range(places):
        place = len(content) * turn // places
        flipped = bytearray(content)
        flipped[place] ^= 1 << turn % 8
        register.write_bytes(flipped)
        try:
            found: list[Any] = found_in(register)
        except RegisterError as error:
            found = [error]
        if not found and contents(register) != whole:
            unseen.append(place)
    assert unseen == []


@pytest.mark.parametrize("command", ["verify", "upgrade"])
def test_a_table_whose_name_is_no_text_is_damage(
    command: str, copy: Callable[[], Path], kuntactl: RunCli
) -> None:
    """SQLite complains of it with the very bytes; that is no fault of ours, and told as damage."""
    register = copy()
    content = register.read_bytes()
    assert b"membershipmembership" in content  # name and table of one line of the schema
    register.write_bytes(content.replace(b"membershipmembership", b"\xedembershipmembership"))

    ended = kuntactl("register", command, "--register", register)

    assert (ended.code, ended.err.splitlines()[0]) == (12, f"error: {register}: is damaged")


def test_nothing_is_kept_without_who_did_it(tmp_path: Path) -> None:
    """Whichever command comes to be added, it cannot change the register in silence."""
    place = tmp_path / "register.db"
    with open_register(str(place)) as opened:
        opened.begin_run(on=FIRST_DAY, version="0.1.0", inputs=[])
        opened.commit()

    with closing(sqlite3.connect(place)) as register:
        assert register.execute("SELECT kind FROM event").fetchall() == [("command",)]
