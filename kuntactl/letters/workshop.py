"""Work on letters shared out among processes, or done in this one."""

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from kuntactl.errors import LetterError

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where work is done; without an executor it is done here."""

    executor: Executor | None
    workers: int

    def each(
        self,
        work: Callable[[_Task], _Result],
        tasks: Iterable[_Task],
        *,
        name: Callable[[_Task], str],
    ) -> Iterator[tuple[_Task, _Result]]:
        """Yield each task with what came of it, in order.

        Args:
            work: A function of a module, so that other processes can do it.
            tasks: Handed out one by one, a few ahead.
            name: What a task is called when a process ends under it.

        Raises:
            LetterError: If a process ends; the message names the task.
        """
        if self.executor is None:
            yield from ((task, work(task)) for task in tasks)
            return
        waiting: deque[tuple[_Task, Future[_Result]]] = deque()
        for task in tasks:
            with _starting_quietly():
                waiting.append((task, self.executor.submit(work, task)))
            if len(waiting) > self.workers:  # so that results do not pile up in memory
                yield _finished(*waiting.popleft(), name=name)
        while waiting:
            yield _finished(*waiting.popleft(), name=name)


@contextmanager
def workshop(workers: int) -> Iterator[Workshop]:
    """Yield a workshop of so many processes; with one, the work is done in this process."""
    if workers == 1:
        yield Workshop(None, 1)
        return
    # Spawned, not forked: Polars and Pango have threads that a fork would break.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_die_quietly)
    try:
        yield Workshop(executor, workers)
    finally:
        executor.shutdown(cancel_futures=True)


def _finished(
    task: _Task, future: Future[_Result], *, name: Callable[[_Task], str]
) -> tuple[_Task, _Result]:
    try:
        return task, future.result()
    except BrokenProcessPool as error:
        raise LetterError(
            f"{name(task)}: the process that laid it out ended unexpectedly",
            hint="with --workers 1 the letters are laid out in one process",
        ) from error


@contextmanager
def _starting_quietly() -> Iterator[None]:
    """Let workers that start here pass over Ctrl-C until they are up, for they would complain."""
    if threading.current_thread() is not threading.main_thread():  # only it may set handlers
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _die_quietly() -> None:
    """Let Ctrl-C end a worker without a traceback: the main process tells what happened."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
