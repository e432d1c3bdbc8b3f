"""What is not committed leaves no trace, and what is kept is private."""

import os
import resource
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from stat import S_IMODE

import pytest
from register_nights import FIRST_DAY, PORVOO, run_night

from kuntactl.errors import RegisterError
from kuntactl.register.opening import opened
from kuntactl.register.store import open_register


class CrashError(Exception):
    """What a stage may die of in the middle of a run."""


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Let files be open to everybody, as a careless service would."""
    before = os.umask(0)
    yield
    os.umask(before)


def crash(path: Path) -> None:
    """Die in the middle of a run."""
    with open_register(str(path)) as register:
        register.begin_run(on=FIRST_DAY, version="0.1.0", inputs=[])
        raise CrashError


def contents(register: Path) -> list[str]:
    """Return all that the register holds, as SQL."""
    connection = sqlite3.connect(register)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def test_crash_leaves_no_new_register(tmp_path: Path) -> None:
    """A run that failed, or a dry run, writes nothing at all, not even a folder."""
    path = tmp_path / "out" / "deep" / "register.db"

    with pytest.raises(CrashError):
        crash(path)

    assert list(tmp_path.iterdir()) == []


def test_crash_leaves_the_register_as_it_was(tmp_path: Path) -> None:
    """Half a night must not be remembered: the other half would never get its letters."""
    path = tmp_path / "register.db"
    run_night(path, ("A1", PORVOO, "eligible"))
    before = contents(path)

    run_night(path, ("A1", None, "outside"), ("A2", PORVOO, "eligible"), number=1, commit=False)

    assert contents(path) == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["register.db", "register.db.lock"]


def test_others_files_are_left_alone(tmp_path: Path) -> None:
    """Only what the run itself made is removed again."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine", "utf-8")

    with open_register(str(tmp_path / "out" / "register.db")):
        pass

    assert [file.name for file in (tmp_path / "out").iterdir()] == ["notes.txt"]


def test_what_a_killed_first_run_left_is_a_new_register(tmp_path: Path) -> None:
    """A run killed before its first commit leaves an empty file; the next one starts there."""
    path = tmp_path / "register.db"
    path.touch()

    night = run_night(path, ("A1", PORVOO, "eligible"))

    assert night.number == 1


def test_what_is_committed_outlives_a_power_cut(tmp_path: Path) -> None:
    """The letters are with the printer by then; who looks meanwhile is not in the way either."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}  # 2: FULL

    for _ in range(2):  # a new register, and one that was there
        with opened(str(tmp_path / "register.db")) as register:
            found = {
                name: register.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in wanted
            }
            register.commit()
        assert found == wanted


@pytest.mark.usefixtures("open_umask")
def test_register_is_private(tmp_path: Path) -> None:
    """Client numbers are personal data: nobody else on the machine may read them."""
    path = tmp_path / "out" / "register.db"

    with open_register(str(path)) as register:
        register.begin_run(on=FIRST_DAY, version="0.1.0", inputs=[])
        open_modes = {file.name: S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        register.commit()
    modes = {file.name: S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}

    names = {"register.db", "register.db-wal", "register.db-shm", "register.db.lock"}
    assert open_modes == dict.fromkeys(names, 0o600)
    assert modes == {"register.db": 0o600, "register.db.lock": 0o600}
    assert S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.fixture
def full_disk() -> Iterator[None]:
    """Let no file grow so far that a new register fits; SQLite opens it all the same."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("full_disk")
def test_a_run_that_does_not_fit_is_not_remembered(tmp_path: Path) -> None:
    """Whoever asks after the failure learns that the files of the run must not appear."""
    asked: list[bool] = []

    with pytest.raises(RegisterError):
        commit_and_ask(tmp_path / "register.db", asked)

    assert asked == [False]
    assert list(tmp_path.iterdir()) == []


def commit_and_ask(path: Path, asked: list[bool]) -> None:
    """Commit a sealed run, and ask in any case whether it is remembered."""
    with open_register(str(path)) as register:
        register.begin_run(on=FIRST_DAY, version="0.1.0", inputs=[])
        register.seal("ab" * 32)
        try:
            register.commit()
        finally:
            asked.append(register.remembers("ab" * 32))


def test_a_run_is_remembered_by_its_seal(tmp_path: Path) -> None:
    """The next run asks so whether the files that a killed one left are to appear."""
    path = str(tmp_path / "register.db")
    with open_register(path) as register:
        register.begin_run(on=FIRST_DAY, version="0.1.0", inputs=[])
        register.seal("ab" * 32)
        register.commit()

    with open_register(path) as register:
        assert register.remembers("ab" * 32)
        assert not register.remembers("cd" * 32)


def test_counts_of_a_run_are_kept(tmp_path: Path) -> None:
    """Who asks in two years what a night did finds the day, the version and the counts."""
    path = tmp_path / "register.db"
    with open_register(str(path)) as register:
        register.begin_run(on=FIRST_DAY, version="0.1.0", inputs=["ab", "cd"])
        register.finish_run({"joined": 2, "absent": 0})
        register.commit()

    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT number, on_day, version, inputs, counts FROM run").fetchall()
    connection.close()

    assert rows == [(1, "2021-03-01", "0.1.0", '["ab", "cd"]', '{"absent": 0, "joined": 2}')]
