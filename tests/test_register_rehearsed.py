"""A dry run reads the register as it was committed last, and leaves no copy of it anywhere."""

import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
from builders import client_row
from conftest import RunCli
from night_exports import write_coaches, write_export
from register_nights import FIRST_DAY, PORVOO, run_night

from kuntactl.register.store import open_register
from kuntactl.register.write_ahead import committed


def killed(folder: Path, *, pages: int) -> Path:
    """Return a copy of a database whose last commits stand only in the log beside it."""
    original, copy = folder / "original.db", folder / "copy.db"
    with closing(sqlite3.connect(original, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (n INTEGER, text TEXT)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for number in range(pages):
            connection.execute("INSERT INTO t VALUES (?, ?)", (number, "x" * 3000))
        connection.execute("DELETE FROM t WHERE n % 3 = 0")
        connection.execute("BEGIN")  # never committed
        connection.execute("INSERT INTO t VALUES (-1, 'lost')")
        for part in ("", "-wal"):
            shutil.copyfile(f"{original}{part}", f"{copy}{part}")
    return copy


@pytest.mark.parametrize("pages", [0, 1, 40])
def test_what_stands_in_the_log_is_read(pages: int, tmp_path: Path) -> None:
    """A run that was killed leaves its last commits beside the register's file."""
    copy = killed(tmp_path, pages=pages)
    log = copy.with_name("copy.db-wal").read_bytes()

    image = committed(copy.read_bytes(), log)

    with closing(sqlite3.connect(":memory:")) as memory, closing(sqlite3.connect(copy)) as file:
        memory.deserialize(image)
        every = "SELECT * FROM t ORDER BY n"
        assert memory.execute(every).fetchall() == file.execute(every).fetchall()
        assert memory.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_log_that_is_cut_or_changed_counts_as_far_as_it_is_whole(tmp_path: Path) -> None:
    """A power cut may leave half a frame: what was committed before it is what counts."""
    copy = killed(tmp_path, pages=20)
    whole, log = copy.read_bytes(), copy.with_name("copy.db-wal").read_bytes()

    for damaged in (log[:-100], log[:5000], log[:10], log[:-200] + b"\xff" * 200, log[:3000] * 9):
        with closing(sqlite3.connect(":memory:")) as memory:
            memory.deserialize(committed(whole, damaged))
            assert memory.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (found,) = memory.execute("SELECT count(*) FROM t").fetchone()
            assert 0 <= found <= 20


def test_a_rehearsal_knows_what_the_register_knows(tmp_path: Path) -> None:
    """It is the real register, and what is written into it is gone afterwards."""
    path = tmp_path / "register.db"
    run_night(path, ("A1", PORVOO, "eligible"))
    before = path.read_bytes()

    with open_register(str(path), dry_run=True) as register:
        register.begin_run(on=FIRST_DAY, version="1", inputs=[])
        known = register.last_day()
        register.commit()

    assert known == FIRST_DAY
    assert path.read_bytes() == before


_OPENED: list[str] = []


def _watch(name: str, arguments: tuple[object, ...]) -> None:
    if name == "open" or name.startswith("tempfile."):
        _OPENED.append(str(arguments[0]))


sys.addaudithook(_watch)


def test_a_dry_run_and_a_run_leave_no_client_in_the_temporary_folder(
    tmp_path: Path, kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others have their files there, and nobody empties it; WeasyPrint keeps our fonts there."""
    import_module("kuntactl.typeset.render")  # looks for libraries by way of empty files

    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setenv("SQLITE_TMPDIR", str(temporary))
    write_coaches(tmp_path / "coaches.csv")
    write_export(tmp_path / "export.csv", [client_row(asiakasnumero="TEMP1")])
    words = (
        *("run", tmp_path / "export.csv", "--coaches", tmp_path / "coaches.csv"),
        *("--on", "2021-03-01", "--out", tmp_path / "out", "--workers", 1),
    )
    _OPENED.clear()

    codes = [kuntactl(*words, *more).code for more in ((), ("--dry-run",))]

    assert codes == [0, 0]
    there = [path for path in _OPENED if path.startswith(f"{temporary}/")]
    assert not [path for path in there if not path.startswith(f"{temporary}/weasyprint-")]
    assert not [path for path in temporary.rglob("*") if _holds(path, b"TEMP1")]


def _holds(path: Path, text: bytes) -> bool:
    return path.is_file() and text in path.read_bytes()
