"""What is written is whole, private and harmless, or not there at all."""

import os
import stat
from contextlib import suppress
from datetime import date
from pathlib import Path, PurePosixPath

import polars as pl
import pytest

from kuntactl.errors import DeliveryError, RegisterBusyError
from kuntactl.files.staging import staged
from kuntactl.files.tables import write_table


def test_nothing_appears_before_publish(tmp_path: Path) -> None:
    """A run that stops half-way leaves no half of its files."""
    with staged(tmp_path / "out") as sink:
        sink.put(PurePosixPath("a/letter.pdf"), b"letter")
        assert not (tmp_path / "out" / "a").exists()

    assert not (tmp_path / "out").exists()


def test_publish_replaces_whole_files(tmp_path: Path) -> None:
    """A reader sees the old file or the new one, never a mixture."""
    (tmp_path / "run.json").write_text("old and long")

    with staged(tmp_path) as sink:
        sink.put(PurePosixPath("run.json"), b"new")
        sink.publish()

    assert (tmp_path / "run.json").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


def test_a_retired_file_goes_only_with_publish(tmp_path: Path) -> None:
    """A departed coach's workbook stays if the run fails, and goes if it succeeds."""
    for name in ("gone.xlsx", "kept.xlsx"):
        (tmp_path / name).write_bytes(b"old")

    with staged(tmp_path) as sink:
        sink.retire(PurePosixPath("gone.xlsx"))
    assert (tmp_path / "gone.xlsx").exists()

    with staged(tmp_path) as sink:
        sink.retire(PurePosixPath("gone.xlsx"))
        sink.retire(PurePosixPath("kept.xlsx"))
        sink.put(PurePosixPath("kept.xlsx"), b"new")
        sink.publish()
    assert not (tmp_path / "gone.xlsx").exists()
    assert (tmp_path / "kept.xlsx").read_bytes() == b"new"


def test_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    """A colleague on the same machine cannot read the letters."""
    before = os.umask(0)
    with staged(tmp_path / "out") as sink:
        sink.put(PurePosixPath("a/b/letter.pdf"), b"letter")
        sink.publish()
    os.umask(before)

    file = tmp_path / "out" / "a" / "b" / "letter.pdf"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for folder in (file.parent, file.parent.parent, tmp_path / "out"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("path", ["/etc/motd", "../beside.csv", "a/../../b"])
def test_a_path_out_of_the_folder_is_refused(path: str, tmp_path: Path) -> None:
    """No name in the data can make a file elsewhere."""
    with staged(tmp_path / "out") as sink, pytest.raises(DeliveryError, match="outside"):
        sink.put(PurePosixPath(path), b"")


def test_a_file_in_the_way_is_a_sentence(tmp_path: Path) -> None:
    """`--out` may name a file by mistake."""
    (tmp_path / "out").write_text("a file")

    with pytest.raises(DeliveryError, match=r"out: ") as error, staged(tmp_path / "out"):
        pass

    assert error.value.hint
    assert (tmp_path / "out").read_text() == "a file"


def _stop_sealed(folder: Path, *, run: str = "run", register: str = "register") -> None:
    """Die between the seal and ``publish``, as a killed run does."""
    with suppress(KeyboardInterrupt), staged(folder) as sink:
        sink.put(PurePosixPath("new.csv"), b"new")
        sink.put(PurePosixPath("kept.xlsx"), b"new")
        sink.retire(PurePosixPath("gone.xlsx"))
        sink.retire(PurePosixPath("kept.xlsx"))
        sink.seal(run, register=register)
        raise KeyboardInterrupt


def test_sealed_files_of_a_remembered_run_appear(tmp_path: Path) -> None:
    """The register says the letters are written: they must not be lost with a killed run."""
    (tmp_path / "gone.xlsx").write_bytes(b"old")
    _stop_sealed(tmp_path)
    assert not (tmp_path / "new.csv").exists()

    with staged(tmp_path) as sink:
        appeared = sink.settle(lambda run: run == "run", register="register")
        sink.put(PurePosixPath("later.csv"), b"later")
        sink.publish()

    assert appeared
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "new.csv": b"new",
        "kept.xlsx": b"new",
        "later.csv": b"later",
    }


def test_half_published_files_are_completed(tmp_path: Path) -> None:
    """A kill in the middle of moving leaves some files in place and some sealed."""
    _stop_sealed(tmp_path)
    (tmp_path / ".kuntactl-new" / "kept.xlsx").replace(tmp_path / "kept.xlsx")

    with staged(tmp_path) as sink:
        sink.settle(lambda run: run == "run", register="register")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept.xlsx", "new.csv"]


def test_sealed_files_of_a_run_not_remembered_are_dropped(tmp_path: Path) -> None:
    """The kill came before the register's commit: the run never was."""
    _stop_sealed(tmp_path)

    with staged(tmp_path) as sink:
        assert not sink.settle(lambda _run: False, register="register")

    assert list(tmp_path.iterdir()) == []


def test_only_their_own_register_may_drop_sealed_files(tmp_path: Path) -> None:
    """Another register, or a command without one, cannot know whether the run is remembered."""
    _stop_sealed(tmp_path, register="/elsewhere/register.db")

    with staged(tmp_path) as sink, pytest.raises(DeliveryError, match="wait here"):
        sink.settle(lambda _run: False, register="/here/register.db")
    with staged(tmp_path) as sink, pytest.raises(DeliveryError, match="wait here"):
        sink.put(PurePosixPath("run.json"), b"{}")

    assert (tmp_path / ".kuntactl-new" / "new.csv").read_bytes() == b"new"


def test_two_do_not_write_into_one_folder(tmp_path: Path) -> None:
    """The second would take the first one's staged files for what a killed run left."""
    with staged(tmp_path) as first:
        first.put(PurePosixPath("run.json"), b"first")
        with pytest.raises(RegisterBusyError, match="another run"), staged(tmp_path):
            pass
        first.publish()

    assert (tmp_path / "run.json").read_bytes() == b"first"


CELLS = [
    (None, "", "null is an empty cell"),
    (True, "K", "yes as the exports write it"),
    (False, "E", "no as the exports write it"),
    (-1.5, "-1,5", "a negative number is a number, with a decimal comma"),
    (date(2021, 3, 1), "2021-03-01", "dates as ISO"),
    (["a", "b"], "a, b", "lists parted by comma and space"),
    ("=1+1", "'=1+1", "a formula is only text"),
    ("+358", "'+358", "a leading plus would run"),
    ("  @x", "'  @x", "spaces do not hide a formula"),
    ("-", "'-", "a leading minus in text would run"),
    ("a;b", '"a;b"', "the delimiter is quoted"),
]


@pytest.mark.parametrize(("value", "cell", "reason"), CELLS, ids=[case[2] for case in CELLS])
def test_cells_are_written_for_a_spreadsheet(value: object, cell: str, reason: str) -> None:
    """The lists open with a double click and run nothing."""
    assert reason
    frame = pl.DataFrame({"x": [value], "y": ["end"]})

    written = write_table(frame).decode("utf-8-sig")

    assert written == f"x;y\r\n{cell};end\r\n"
