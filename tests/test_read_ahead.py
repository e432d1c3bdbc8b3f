"""A file that is read while libraries load is read whole, once for whoever asks first."""

import hashlib
from pathlib import Path

import pytest

from kuntactl.errors import InputError
from kuntactl.ingest.ahead import Handed, hand_in, read_ahead
from kuntactl.ingest.handed_in import STDIN


def test_what_was_read_ahead_is_taken_once(tmp_path: Path) -> None:
    """An export named twice is read twice: nobody waits for bytes that are gone."""
    export = tmp_path / "export.csv"
    export.write_bytes(b"asiakasnumero\n1\n")

    ahead = read_ahead([export])
    first = hand_in(export, ahead)
    taken = first.take()
    second = hand_in(export, ahead)

    assert first is ahead
    assert second is not ahead
    assert taken == second.take() == b"asiakasnumero\n1\n"
    assert first.checksum() == second.checksum() == hashlib.sha256(taken).hexdigest()


def test_another_file_is_not_mistaken_for_the_one_read_ahead(tmp_path: Path) -> None:
    """The bytes are those of the file that is asked for."""
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_bytes(b"a")
    second.write_bytes(b"b")

    handed = hand_in(second, read_ahead([first, second]))

    assert handed.take() == b"b"


def test_what_may_keep_a_thread_waiting_is_not_read_ahead(tmp_path: Path) -> None:
    """Standard input, a folder and a file that is missing wait for their turn."""
    assert read_ahead([]) is None
    assert read_ahead([STDIN]) is None
    assert read_ahead([tmp_path]) is None
    assert read_ahead([tmp_path / "missing.csv"]) is None


def test_a_file_that_goes_away_is_said_when_it_is_asked_for(tmp_path: Path) -> None:
    """What a thread met is told to whoever waits for the bytes, as our own error."""
    handed = Handed(tmp_path / "missing.csv", beside=True)

    with pytest.raises(InputError, match="no such file"):
        handed.take()
