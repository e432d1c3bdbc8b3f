"""What every process that we start is told: leave Ctrl-C to its parent, end with its parent."""

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def end_with_parent() -> None:
    """Let the kernel end this process when the parent is gone, whatever native code is doing."""
    if sys.platform != "linux":
        return  # the work is finished, then the answer finds nobody
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None and os.getppid() != parent.pid:
        os._exit(1)  # it was gone before the kernel was told


@contextmanager
def without_interrupt() -> Iterator[None]:
    """Hold Ctrl-C back until a process has started; that process never hears it.

    A terminal sends it to all processes; the parent ends the other one.
    """
    resource_tracker.ensure_running()  # it would let the signal through when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
