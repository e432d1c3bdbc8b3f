"""A compiled reader that gives up is heard as one sentence."""

import os

import pytest

from kuntactl.errors import InputError
from kuntactl.ingest.compiled import read_in_words


class PanicException(BaseException):
    """What a Rust library raises when it panics."""


def _read(reader: object) -> None:
    read_in_words(
        reader,  # type: ignore[arg-type]
        faults=(ValueError,),
        problem="e.parquet: cannot be read",
        hint="send it again",
    )


@pytest.mark.parametrize("fault", [PanicException("cell of a person"), ValueError("cell")])
def test_a_panic_is_a_sentence(fault: BaseException, capfd: pytest.CaptureFixture[str]) -> None:
    """The library prints part of the file to stderr before it gives up: nobody may read it."""

    def panic() -> None:
        os.write(2, b"thread panicked: cell of a person")
        raise fault

    with pytest.raises(InputError) as error:
        _read(panic)
    os.write(2, b"talk")

    assert (error.value.problem, error.value.hint) == (
        "e.parquet: cannot be read",
        "send it again",
    )
    assert capfd.readouterr().err == "talk"


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), TypeError("a fault of ours")])
def test_what_is_no_fault_of_the_file_goes_on(fault: BaseException) -> None:
    """Ctrl-C still stops, and our own faults are not blamed on the file."""

    def stop() -> None:
        raise fault

    with pytest.raises(type(fault)):
        _read(stop)
