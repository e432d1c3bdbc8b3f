"""What is wrong with a register is said in one sentence, with a cure."""

import os
import pwd
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import RunCli
from register_nights import FIRST_DAY, PORVOO, run_night
from sqlalchemy import create_engine, text

from kuntactl.errors import ExitCode, RegisterError
from kuntactl.register.store import open_register


def rubbish(path: Path) -> None:
    """Leave something that is no database."""
    path.write_bytes(b"asiakasnumero;sukunimi\r\n" * 400)


def truncated(path: Path) -> None:
    """Leave the first half of a register, as a full disk would."""
    run_night(path, *((f"A{number}", PORVOO, "eligible") for number in range(300)))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def overwritten(path: Path) -> None:
    """Leave a register whose pages were written over, as a failing disk would."""
    run_night(path, *((f"A{number}", PORVOO, "eligible") for number in range(300)))
    whole = bytearray(path.read_bytes())
    whole[4096:] = b"\xa5" * (len(whole) - 4096)
    path.write_bytes(whole)


def other_database(path: Path) -> None:
    """Leave another program's database."""
    _execute(path, "CREATE TABLE bookmark (url TEXT)")


def newer(path: Path) -> None:
    """Leave a register of a version to come."""
    run_night(path, ("A1", PORVOO, "eligible"))
    _execute(path, "UPDATE alembic_version SET version_num = '9999'")


def folder(path: Path) -> None:
    """Leave a folder."""
    path.mkdir()


def _execute(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


# what is there, what is said, the cure
CASES: list[tuple[Callable[[Path], None], str, str]] = [
    (rubbish, "is not a register", "--register"),
    (truncated, "is damaged", "backup"),
    (overwritten, "is damaged", "backup"),
    (other_database, "a database, but not a register of kuntactl", "--register"),
    (newer, "made by a newer version of kuntactl", "newer version"),
    (folder, "is a folder, not a register", "register.db"),
]


@pytest.mark.parametrize(
    ("spoil", "problem", "cure"), CASES, ids=[case[0].__name__ for case in CASES]
)
def test_a_bad_register_is_named_and_left_as_it_is(
    tmp_path: Path, spoil: Callable[[Path], None], problem: str, cure: str
) -> None:
    """The person on duty at three in the morning needs the place and what to do."""
    path = tmp_path / "register.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else b""

    with pytest.raises(RegisterError) as error:
        run_night(path, ("A1", PORVOO, "eligible"), number=1)

    assert error.value.exit_code is ExitCode.REGISTER
    assert str(error.value) == f"{path}: {problem}"
    assert cure in (error.value.hint or "")
    assert (path.read_bytes() if path.is_file() else b"") == before


@pytest.mark.parametrize("words", [("show",), ("verify",), ("upgrade",)], ids=" ".join)
def test_a_newer_register_is_left_to_the_newer_version(
    register: str, kuntactl: RunCli, words: tuple[str, ...]
) -> None:
    """Whoever looks with last year's version must not read this year's tables wrong."""
    run_night(register, ("A1", PORVOO, "eligible"))
    engine = create_engine(register if "://" in register else f"sqlite:///{register}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    ended = kuntactl("register", *words, "--register", register)

    assert (ended.code, ended.out) == (12, "")
    assert f"{register}: made by a newer version of kuntactl\nhint: run the newer" in ended.err


@pytest.mark.parametrize("spoil", [truncated, overwritten], ids=lambda spoil: spoil.__name__)
def test_a_damaged_register_is_not_backed_up(
    tmp_path: Path, kuntactl: RunCli, spoil: Callable[[Path], None]
) -> None:
    """A copy of half a register, under tonight's day, would be taken for the newest backup."""
    spoil(tmp_path / "register.db")
    (tmp_path / "copies").mkdir()

    ended = kuntactl(
        *("register", "backup", tmp_path / "copies" / "copy.db"),
        *("--register", tmp_path / "register.db"),
    )

    assert ended.code == 12
    assert "is damaged" in ended.err
    assert list((tmp_path / "copies").iterdir()) == []


# location, what is said, why
LOCATIONS = [
    ("/proc/register.db", "/proc/register.db.lock: ", "a folder that takes no files"),
    ("/dev/null/register.db", "/dev/null: ", "a folder that is a file"),
    ("mysql://host/kuntactl", "kind `mysql`", "a database we do not use"),
    ("sqlite://", "one in memory forgets", "a database in memory"),
    (":memory:", "one in memory forgets", "a database in memory"),
    ("://", "URL cannot be read", "no URL"),
    ("postgresql+pg8000://u:secret@host/k", "driver", "a driver that is not there"),
]


@pytest.mark.parametrize(
    ("location", "problem", "why"), LOCATIONS, ids=[case[0] for case in LOCATIONS]
)
def test_a_place_without_a_register_is_named(location: str, problem: str, why: str) -> None:
    """A wrong word in a crontab line must not end in a traceback, nor show a password."""
    with pytest.raises(RegisterError) as error, open_register(location):
        pass

    assert problem in str(error.value), why
    assert error.value.hint
    assert "secret" not in f"{error.value} {error.value.hint}"


# the folder's rights, those of the register, what is said
RIGHTS = [
    (0o555, 0o644, "register.db.lock: Permission denied"),
    (0o777, 0o444, "register.db: Permission denied"),
    (0o777, 0o000, "register.db: Permission denied"),
]


@pytest.mark.parametrize(
    ("folder_rights", "file_rights", "problem"),
    RIGHTS,
    ids=["read-only folder", "read-only file", "closed file"],
)
def test_a_register_that_may_not_be_written_is_named(
    folder_rights: int, file_rights: int, problem: str
) -> None:
    """Somebody restored it as another user: the sentence says what to mend, nothing is lost."""
    with tempfile.TemporaryDirectory() as name:  # pytest's own are closed to other users
        place = Path(name) / "register.db"
        run_night(place, ("A1", PORVOO, "eligible"))
        (place.parent / "register.db.lock").unlink()
        place.chmod(file_rights)
        place.parent.chmod(folder_rights)
        before = place.read_bytes() if os.geteuid() == 0 else b""

        with as_somebody_else(), pytest.raises(RegisterError) as error:
            run_night(place, ("A1", PORVOO, "eligible"), number=1)

        place.parent.chmod(0o700)
        place.chmod(0o600)
        assert problem in str(error.value)
        assert error.value.hint
        assert place.read_bytes() == (before or place.read_bytes())
        assert [path.name for path in place.parent.iterdir()] == ["register.db"]


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Be a user for whom rights count, if we are the one for whom they do not."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_a_full_disk_keeps_nothing(tmp_path: Path) -> None:
    """A night that does not fit leaves the register of the night before."""
    path = tmp_path / "register.db"
    run_night(path, ("A1", PORVOO, "eligible"))
    kept = tmp_path / "kept.db"
    shutil.copy(path, kept)

    with pytest.raises(RegisterError, match="does not fit on the disk"):
        run_out_of_pages(path)

    assert path.read_bytes() == kept.read_bytes()


def run_out_of_pages(path: Path) -> None:
    """Fill the disk in the middle of a run."""
    with open_register(str(path)) as register:
        connection = register._connection  # noqa: SLF001  # no disk of a test is as small
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
        register.begin_run(on=FIRST_DAY, version="0" * 100_000, inputs=[])
