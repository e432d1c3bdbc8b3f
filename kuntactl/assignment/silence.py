"""No words of the solver on stdout, which belongs to results."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager

_STDOUT = 1


@contextmanager
def solver_is_silent() -> Iterator[None]:
    """Send to nowhere what native code prints on stdout.

    The whole-number search of HiGHS 1.12 prints a line of its own (``... tmpSolver.run();``)
    however quiet it is told to be, and ``--json`` would not be JSON any more. C keeps its own
    buffer, so that is emptied before and after; Python's ``sys.stdout`` is not touched.
    """
    libc = ctypes.CDLL(None)
    libc.fflush(None)
    try:
        kept = os.dup(_STDOUT)
    except OSError:  # stdout is closed: there is nothing to keep clean
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STDOUT)
        yield
    finally:
        libc.fflush(None)
        os.dup2(kept, _STDOUT)
        os.close(kept)
        os.close(nowhere)
