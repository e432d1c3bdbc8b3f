"""Work done in processes of their own, which end with this one."""

import importlib
import multiprocessing
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from kuntactl.errors import KuntactlError
from kuntactl.locale import phrase
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
    (result,) = apart_each(work, [values], workers=1)
    return result


def apart_each(work: str, calls: Sequence[tuple[Any, ...]], *, workers: int) -> list[Any]:
    """Return what comes of each call, in their order, done in so many processes at a time.

    Args:
        work: ``module:function``.
        calls: For each what the function is called with.
        workers: The most processes that work at the same time; each does call after call.

    Raises:
        KuntactlError: If a process ends before its work is done.
    """
    results: dict[int, Any] = {}
    waiting = list(enumerate(calls))[::-1]
    seekers: list[_Seeker] = []
    try:
        while waiting and len(seekers) < workers:
            seekers.append(_Seeker())
            seekers[-1].take(work, *waiting.pop())
        while len(results) < len(calls):
            ready = wait([seeker.ours for seeker in seekers], _HEED)  # and hear what tells to stop
            for seeker in [one for one in seekers if one.ours in ready]:
                results[seeker.place] = seeker.result()
                if waiting:
                    seeker.take(work, *waiting.pop())
                else:
                    seekers.remove(seeker)
                    seeker.end()
    finally:
        for seeker in seekers:
            seeker.end()
    return [results[place] for place in range(len(calls))]


class _Seeker:
    """A process, and the pipe to it."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would break the threads of Polars
        self.ours, theirs = context.Pipe()
        self.place = 0  # of the call that it works on
        self._process = context.Process(target=_do, args=(theirs,), daemon=True)
        with without_interrupt():
            self._process.start()
        theirs.close()

    def take(self, work: str, place: int, values: tuple[Any, ...]) -> None:
        """Begin with the call at a place.

        Raises:
            KuntactlError: If the process has ended.
        """
        self.place = place
        try:
            self.ours.send((work, values))  # not with the start, which waits until all is read
        except ConnectionError as error:
            raise self._ended() from error

    def result(self) -> Any:
        """Return what came of the call.

        Raises:
            KuntactlError: If the process ended before that.
        """
        try:
            done, result = self.ours.recv()
        except (EOFError, ConnectionError) as error:
            raise self._ended() from error
        if not done:
            raise result
        return result

    def end(self) -> None:
        """End the process at once, whatever it does."""
        self._process.kill()
        self._process.join()
        self.ours.close()

    def _ended(self) -> KuntactlError:
        self._process.join()
        return KuntactlError(
            phrase(
                "the process that sought the split ended unexpectedly ({exitcode})",
                exitcode=self._process.exitcode,
            ),
            hint=phrase("look whether this machine has run out of memory, and run it again"),
        )


def _function(work: str) -> Any:
    module, _, name = work.partition(":")
    return getattr(importlib.import_module(module), name)


def _do(parent: Connection) -> None:
    """Do what the parent sends, one piece after the other, until it sends no more."""
    end_with_parent()
    while True:
        try:
            work, values = parent.recv()
        except EOFError:
            return
        try:
            answer = (True, _function(work)(*values))
        except Exception as error:  # noqa: BLE001 whatever it is, the parent raises it
            answer = (False, error)
        parent.send(answer)
