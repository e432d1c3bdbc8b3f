"""Compiled readers, whose faults are said in our words."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from kuntactl.errors import InputError
from kuntactl.locale import Phrase

_STDERR = 2
_PANIC = "PanicException"  # of any Rust library; a BaseException, and no module exports it

Result = TypeVar("Result")


def read_in_words(
    reader: Callable[[], Result],
    *,
    faults: tuple[type[Exception], ...],
    problem: Phrase,
    hint: Phrase,
) -> Result:
    """Return what the reader reads.

    A Rust library that meets a file it did not expect may panic: it then prints a page to
    stderr, part of the file among it, and raises what ``except Exception`` misses.

    Args:
        reader: Reads the file.
        faults: What it raises for a file that is wrong.
        problem: What to say then.
        hint: What to do then.

    Raises:
        InputError: If the reader raises one of the faults, or panics.
    """
    try:
        with _silence():
            return reader()
    except faults as error:
        raise InputError(problem, hint=hint) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise InputError(problem, hint=hint) from None


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what libraries print from stderr: nobody may read a cell there."""
    try:
        kept = os.dup(_STDERR)
    except OSError:  # there is no stderr: a service may run without
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STDERR)
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)
        os.close(nowhere)
