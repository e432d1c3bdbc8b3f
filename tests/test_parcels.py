"""What several processes write of one run appears once and whole, whoever dies or comes late."""

import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from conftest import files_of

from kuntactl.errors import DeliveryError
from kuntactl.files.parcels import Outlet
from kuntactl.files.staging import Staging, staged

LETTER = PurePosixPath("porvoo/letters/porvoo-000001.pdf")
OTHER = PurePosixPath("porvoo/print/porvoo-transfer-fi-1.pdf")


def outlet_of(staging: object) -> Outlet:
    """Return the outlet of an open staging folder."""
    assert isinstance(staging, Staging)
    return staging.outlet_for(LETTER)


def test_a_parcel_that_is_taken_appears_beside_the_other_files(tmp_path: Path) -> None:
    """Letters that workers wrote and lists that the run itself wrote are one batch."""
    with staged(tmp_path) as staging:
        staging.take(outlet_of(staging).put([(LETTER, b"a letter"), (OTHER, b"a print run")]))
        staging.put(PurePosixPath("porvoo/letters.csv"), b"a list")
        planned = staging.planned
        staging.publish()

    assert files_of(tmp_path) == {
        "porvoo/letters.csv": b"a list",
        str(LETTER): b"a letter",
        str(OTHER): b"a print run",
    }
    assert planned == tuple(sorted(files_of(tmp_path), key=PurePosixPath))
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*.pdf")} == {0o600}
    assert stat.S_IMODE((tmp_path / "porvoo/letters").stat().st_mode) == 0o700


def test_work_that_is_done_twice_counts_once(tmp_path: Path) -> None:
    """A cluster that thinks a worker dead gives its shard to another; both may finish it."""
    with staged(tmp_path) as staging:
        outlet = outlet_of(staging)
        first = outlet.put([(LETTER, b"a letter")])
        outlet.put([(LETTER, b"a letter")])
        staging.take(first)
        staging.publish()

    assert files_of(tmp_path) == {str(LETTER): b"a letter"}


def test_what_a_worker_had_half_done_never_appears(tmp_path: Path) -> None:
    """It died between two letters; another one does all of them."""

    def dying() -> Iterator[tuple[PurePosixPath, bytes]]:
        yield LETTER, b"a letter"
        raise KeyboardInterrupt

    with staged(tmp_path) as staging:
        with pytest.raises(KeyboardInterrupt):
            outlet_of(staging).put(dying())
        assert staging.planned == ()
        staging.publish()

    assert files_of(tmp_path) == {}


def test_a_worker_that_goes_on_after_its_run_writes_into_no_other(tmp_path: Path) -> None:
    """The run was stopped and its letter ids given to others: its letter must not take theirs."""
    with staged(tmp_path) as staging:
        late = outlet_of(staging)

    with pytest.raises(DeliveryError):
        late.put([(LETTER, b"of the run that was stopped")])
    with staged(tmp_path) as staging:
        mine = outlet_of(staging).put([(LETTER, b"of this run")])
        with pytest.raises(DeliveryError):
            late.put([(LETTER, b"of the run that was stopped")])
        staging.take(mine)
        staging.publish()

    assert files_of(tmp_path) == {str(LETTER): b"of this run"}


def test_a_killed_run_that_was_remembered_keeps_its_parcels(tmp_path: Path) -> None:
    """The register has the letters; the next command puts them in place."""
    with staged(tmp_path) as staging:
        outlet = outlet_of(staging)
        staging.take(outlet.put([(LETTER, b"a letter")]))
        outlet.put([(OTHER, b"never taken")])
        staging.seal("this run", register="here")

    assert not (tmp_path / LETTER).exists()
    with staged(tmp_path) as staging:
        staging.settle(lambda run: run == "this run", register="here")

    assert files_of(tmp_path) == {str(LETTER): b"a letter"}


def test_a_parcel_goes_through_no_link(tmp_path: Path) -> None:
    """Whoever puts a link in place of the folder leads no letter elsewhere."""
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with staged(out) as staging:
        outlet = outlet_of(staging)
        out.rename(tmp_path / "moved")
        out.symlink_to(elsewhere)

        with pytest.raises(DeliveryError, match="symbolic link"):
            outlet.put([(LETTER, b"a letter")])

    assert files_of(elsewhere) == {}


def test_a_parcel_stays_in_the_folder(tmp_path: Path) -> None:
    """No name leads out of the target."""
    with staged(tmp_path) as staging, pytest.raises(DeliveryError, match="outside the target"):
        outlet_of(staging).put([(PurePosixPath("../letter.pdf"), b"a letter")])
