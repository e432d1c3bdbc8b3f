"""Work done in a process of its own, which ends with this one."""

import importlib
import multiprocessing
from multiprocessing.connection import Connection
from typing import Any

from kuntactl.errors import KuntactlError
from kuntactl.workers.process import end_with_parent, without_interrupt

_HEED = 0.1  # seconds between two looks whether somebody has told us to stop


def apart(work: str, *values: Any, here: bool = False) -> Any:
    """Return what the work returns, done in a process of its own.

    Native code neither hears Ctrl-C nor gives back all of its memory. Its process can be ended
    at once, and takes its memory with it.

    Args:
        work: ``module:function``, so that only the process that does the work imports it.
        values: What the function is called with.
        here: Whether to do it in this process after all.

    Raises:
        KuntactlError: If the process ends before the work is done.
    """
    if here:
        return _function(work)(*values)
    context = multiprocessing.get_context("spawn")  # a fork would break the threads of Polars
    ours, theirs = context.Pipe()
    process = context.Process(target=_do, args=(theirs,), daemon=True)
    try:
        with without_interrupt():
            process.start()
        theirs.close()
        ours.send((work, values))  # not with the start, which waits until all of it is read
        while not ours.poll(_HEED):
            pass  # a signal that the system gave to another thread is heard here
        done, result = ours.recv()
    except (EOFError, ConnectionError) as error:
        process.join()
        raise KuntactlError(
            f"the process that sought the split ended unexpectedly ({process.exitcode})",
            hint="look whether this machine has run out of memory, and run it again",
        ) from error
    finally:
        if process.pid is not None:
            process.kill()
            process.join()
        ours.close()
    if not done:
        raise result
    return result


def _function(work: str) -> Any:
    module, _, name = work.partition(":")
    return getattr(importlib.import_module(module), name)


def _do(parent: Connection) -> None:
    """Do the work that the parent sends, send what came of it, and wait to be ended."""
    end_with_parent()
    try:
        work, values = parent.recv()
        answer = (True, _function(work)(*values))
    except Exception as error:  # noqa: BLE001 whatever it is, the parent raises it
        answer = (False, error)
    parent.send(answer)
