"""Nothing is ever written through a symbolic link, whoever put it there, and whenever."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from builders import client_row
from conftest import RunCli
from night_exports import write_coaches, write_export
from register_nights import FIRST_DAY, PORVOO, run_night

from kuntactl.errors import DeliveryError, RegisterError
from kuntactl.files.private import replace_file
from kuntactl.files.staging import staged
from kuntactl.register.store import open_register


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder that links lead to; nothing may change in it."""
    folder = tmp_path / "elsewhere"
    (folder / "porvoo").mkdir(parents=True)
    (folder / "theirs").write_text("theirs")
    return folder


def untouched(folder: Path) -> bool:
    """Return whether the folder is as it was."""
    return {path.name for path in folder.rglob("*")} == {"porvoo", "theirs"} and (
        folder / "theirs"
    ).read_text() == "theirs"


def test_a_target_that_is_a_link_is_refused(tmp_path: Path, elsewhere: Path) -> None:
    """`--out` in a folder that others may write could lead anywhere."""
    out = tmp_path / "out"
    out.symlink_to(elsewhere)

    with pytest.raises(DeliveryError, match="is a symbolic link"), staged(out):
        pass

    assert untouched(elsewhere)


def test_a_link_inside_stops_the_run_before_it_is_remembered(
    tmp_path: Path, elsewhere: Path
) -> None:
    """The folder of an area is looked at while nothing is kept yet."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "porvoo").symlink_to(elsewhere / "porvoo")

    with staged(out) as sink:
        sink.put(PurePosixPath("porvoo/letters/a.pdf"), b"letter")
        with pytest.raises(DeliveryError, match="is in the way"):
            sink.seal("run", register="register")

    assert untouched(elsewhere)


def test_a_link_that_is_put_there_meanwhile_leads_nowhere(tmp_path: Path, elsewhere: Path) -> None:
    """Between the look and the move is time enough for somebody who waits for it."""
    out = tmp_path / "out"
    with staged(out) as sink:
        sink.put(PurePosixPath("porvoo/a.csv"), b"a")
        sink.seal("run", register="register")
        (out / "porvoo").symlink_to(elsewhere / "porvoo")
        with pytest.raises(DeliveryError, match="is a symbolic link"):
            sink.publish()
        (out / "porvoo").unlink()
        sink.publish()

    assert (out / "porvoo" / "a.csv").read_bytes() == b"a"
    assert untouched(elsewhere)


def test_a_folder_that_is_put_in_place_of_the_target_gets_nothing(
    tmp_path: Path, elsewhere: Path
) -> None:
    """The folder is held open from the start: its name may lead elsewhere by now."""
    out, moved = tmp_path / "out", tmp_path / "moved"
    with staged(out) as sink:
        out.rename(moved)
        out.symlink_to(elsewhere)
        sink.put(PurePosixPath("porvoo/a.csv"), b"a")
        sink.publish()

    assert (moved / "porvoo" / "a.csv").read_bytes() == b"a"
    assert untouched(elsewhere)


def test_a_staging_folder_that_is_a_link_is_refused(tmp_path: Path, elsewhere: Path) -> None:
    """What a killed run left is cleared; what only looks like it is not."""
    out = tmp_path / "out"
    out.mkdir()
    (out / ".kuntactl-new").symlink_to(elsewhere)

    with pytest.raises(DeliveryError), staged(out):
        pass

    assert untouched(elsewhere)


def test_a_file_that_is_a_link_is_replaced_itself(tmp_path: Path, elsewhere: Path) -> None:
    """A planted `proof.pdf` must not send the proof into somebody's file."""
    planted = tmp_path / "proof.pdf"
    planted.symlink_to(elsewhere / "theirs")
    (tmp_path / ".proof.pdf.kuntactl-new").symlink_to(elsewhere / "theirs")

    replace_file(planted, b"proof")

    assert (planted.is_symlink(), planted.read_bytes()) == (False, b"proof")
    assert untouched(elsewhere)


def test_a_folder_of_a_single_file_that_is_a_link_is_refused(
    tmp_path: Path, elsewhere: Path
) -> None:
    """One file is written as carefully as a whole run."""
    (tmp_path / "link").symlink_to(elsewhere)

    with pytest.raises(DeliveryError, match="is a symbolic link"):
        replace_file(tmp_path / "link" / "proof.pdf", b"proof")

    assert untouched(elsewhere)


def exchange(register: Path, what: str) -> None:
    """Put something else in the register's place, or nothing."""
    register.rename(register.with_name("away.db"))
    if what == "a link":
        register.symlink_to(register.with_name("away.db"))
    if what == "another file":
        shutil.copy(register.with_name("away.db"), register)


@pytest.mark.parametrize("what", ["a link", "another file", "nothing"])
def test_a_register_that_is_exchanged_in_use_is_given_up(what: str, tmp_path: Path) -> None:
    """SQLite would go on with a file that nobody finds, and the letters would be sent again."""
    place = tmp_path / "register.db"
    run_night(place, ("A1", PORVOO, "eligible"))
    before = place.read_bytes()

    with open_register(str(place)) as register:
        register.begin_run(on=FIRST_DAY, version="1", inputs=[])
        exchange(place, what)
        with pytest.raises(RegisterError, match=r"link|exchanged"):
            register.commit()

    assert (tmp_path / "away.db").read_bytes() == before


# What Python tells of the instants before and after SQLite opens a file.
BEFORE, AFTER = "sqlite3.connect", "sqlite3.connect/handle"
AT: dict[str, Callable[[], None]] = {}  # what happens then, once


def _watch(instant: str, _given: tuple[object, ...]) -> None:
    if instant in AT:
        AT.pop(instant)()


def test_a_link_that_the_database_follows_is_noticed(tmp_path: Path) -> None:
    """It is put there between our look and the opening, and away again before the next look."""
    place, other = tmp_path / "register.db", tmp_path / "other.db"
    for path in (place, other):
        run_night(path, ("A1", PORVOO, "eligible"))
    before = other.read_bytes()

    def plant() -> None:
        place.rename(tmp_path / "away.db")
        place.symlink_to(other)

    def take_away() -> None:
        place.unlink()
        (tmp_path / "away.db").rename(place)

    sys.addaudithook(_watch)  # stays for good; there is nothing for it to do afterwards
    AT.update({BEFORE: plant, AFTER: take_away})
    with pytest.raises(RegisterError, match="exchanged"), open_register(str(place)):
        pass

    assert AT == {}
    assert other.read_bytes() == before


@pytest.mark.parametrize("place", ["register.db", "register.db.lock", "register.db-wal", "."])
def test_a_register_is_not_written_through_a_link(
    place: str, tmp_path: Path, elsewhere: Path, kuntactl: RunCli
) -> None:
    """Neither the register nor a file beside it, nor its folder, is somebody else's."""
    write_coaches(tmp_path / "coaches.csv")
    write_export(tmp_path / "export.csv", [client_row()])
    folder = tmp_path / "registers"
    if place == ".":
        folder.symlink_to(elsewhere)
    else:
        folder.mkdir()
        (folder / place).symlink_to(elsewhere / "theirs")

    ended = kuntactl(
        *("run", tmp_path / "export.csv", "--coaches", tmp_path / "coaches.csv"),
        *("--on", "2021-03-01", "--out", tmp_path / "out", "--workers", 1),
        *("--register", folder / "register.db"),
    )

    assert ended.code == 12
    assert "is a symbolic link" in ended.err
    assert untouched(elsewhere)


def test_a_client_number_or_a_coach_never_becomes_a_path(tmp_path: Path, kuntactl: RunCli) -> None:
    """Files are named by area and number; a coach whose id is no file name is refused."""
    hostile = ["../../evil", "/etc/evil", "a/b", "..", "con\\evil", "~evil", "$(evil)"]
    write_coaches(tmp_path / "coaches.csv")
    write_export(tmp_path / "export.csv", [client_row(asiakasnumero=name) for name in hostile])
    before = {path.name for path in tmp_path.rglob("*")}
    words = (
        *("run", tmp_path / "export.csv", "--coaches", tmp_path / "coaches.csv"),
        *("--on", "2021-03-01", "--out", tmp_path / "out", "--workers", 1, "--engine", "stamp"),
    )

    ended = kuntactl(*words)
    names = {path.name for path in tmp_path.rglob("*")} - before
    coaches = [{"valmentaja_id": "../evil", "nimi": "Pia Paha", "alue": "porvoo"}]
    write_coaches(tmp_path / "coaches.csv", coaches)
    refused = kuntactl(*words)

    assert ended.code == 0
    assert not [name for name in names if "evil" in name]
    assert refused.code == 10
    assert not list(tmp_path.parent.glob("*evil*"))


def test_what_a_killed_command_left_beside_a_file_is_gone_after_the_next_run(
    tmp_path: Path,
) -> None:
    """Temporary files stand in the folder of the output, and not for long."""
    left = tmp_path / ".proof.pdf.kuntactl-new"
    left.write_bytes(b"half a proof")

    with staged(tmp_path) as sink:
        sink.put(PurePosixPath("run.json"), b"{}")
        sink.publish()

    assert os.listdir(tmp_path) == ["run.json"]  # noqa: PTH208  # hidden ones, too
