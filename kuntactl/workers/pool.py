"""Processes of this machine that work for us, each replaced when it ends before its time."""

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

from kuntactl.workers.process import end_with_parent, without_interrupt

_GRACE = 0.5  # seconds that a worker which is told to end has for it

_P = ParamSpec("_P")
_T = TypeVar("_T")
_Executor = TypeVar("_Executor", bound=Executor)


class WorkerEndedError(BrokenExecutor):
    """A process ended before the work that it had was done."""

    def __init__(self, code: int | None) -> None:
        """Say how it ended: an exit code, or the negative of a signal; none: it is not known."""
        super().__init__(f"a worker ended with {code}")
        self.code = code

    def __reduce__(self) -> tuple[type, tuple[int | None]]:
        """Let it be sent to another process."""
        return type(self), (self.code,)


class Here(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Do the work; return what came of it. Ctrl-C is not kept but raised."""
        future: Future[_T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 whatever it is, the result raises it
            future.set_exception(error)
        return future


@contextmanager
def ending(executor: _Executor) -> Iterator[_Executor]:
    """Yield it, and end it afterwards; after a fault nobody waits for what is half done."""
    try:
        yield executor
    except BaseException:  # Ctrl-C, too
        executor.shutdown(cancel_futures=True)
        raise
    executor.shutdown()


class Pool(Executor):
    """So many processes, started one by one as there is work for them.

    Each has a pipe of its own, so it is known which work is lost with a process; the others go
    on. There is nothing that the system would have to clear up after a kill.
    """

    def __init__(self, workers: int) -> None:
        """Start nothing yet.

        Args:
            workers: How many processes there may be at a time.
        """
        self._workers = workers
        self._work: SimpleQueue[_Item | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()  # held while a process starts, and while all are ended
        self._hired: set[_Coworker] = set()
        self._is_open = True

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Hand out work: a function of a module, and what it is called with."""
        future: Future[_T] = Future()
        self._work.put(_Item(future, (fn, args, kwargs)))
        if len(self._threads) < self._workers:
            thread = threading.Thread(target=self._employ, daemon=True)
            self._threads.append(thread)
            thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  # as Executor has it
        """End the processes: with what is waiting done, or at once.

        Args:
            wait: Whether to return only when they have ended.
            cancel_futures: Whether to leave undone what is waiting, and break off what goes on.
        """
        if cancel_futures:
            with self._lock:
                self._is_open = False
                for one in self._hired:
                    one.process.terminate()
        for _ in self._threads:
            self._work.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _employ(self) -> None:
        """Hand work to one process after the other, until there is no more."""
        coworker: _Coworker | None = None
        while (item := self._work.get()) is not None:
            if not item.future.set_running_or_notify_cancel():
                continue
            coworker = coworker or self._hire()
            if coworker is None:
                item.future.set_exception(WorkerEndedError(None))
            elif not coworker.does(item):
                self._dismiss(coworker)
                item.future.set_exception(WorkerEndedError(coworker.process.exitcode))
                coworker = None
        if coworker is not None:
            self._dismiss(coworker)

    def _hire(self) -> "_Coworker | None":
        """Return a new process; none: the pool is closed."""
        with self._lock:
            if not self._is_open:
                return None
            coworker = _Coworker()
            self._hired.add(coworker)
            return coworker

    def _dismiss(self, coworker: "_Coworker") -> None:
        coworker.end()
        with self._lock:
            self._hired.discard(coworker)


@dataclass(frozen=True, slots=True)
class _Item:
    future: Future[Any]
    work: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class _Coworker:
    """A process, and the pipe to it."""

    def __init__(self) -> None:
        # Spawned, not forked: Polars and Pango have threads that a fork would break.
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(theirs,), daemon=True)
        with without_interrupt():
            self.process.start()
        theirs.close()  # so that its end is heard here

    def does(self, item: _Item) -> bool:
        """Have the work done; return whether the process lived to tell what came of it."""
        try:
            self._ours.send(item.work)
            done, result = self._ours.recv()
        except (EOFError, OSError):
            return False
        except Exception as error:  # noqa: BLE001 what cannot be sent is the work's own fault
            item.future.set_exception(error)
            return True
        if done:
            item.future.set_result(result)
        else:
            item.future.set_exception(result)
        return True

    def end(self) -> None:
        """Let it end by itself, so that it clears up behind it; kill it if it does not."""
        self._ours.close()
        self.process.join(_GRACE)
        self.process.kill()
        self.process.join()


def _work(parent: Connection) -> None:
    """Do what the parent sends, until it sends no more."""
    end_with_parent()
    signal.signal(signal.SIGTERM, _leave)
    while True:
        try:
            function, args, kwargs = parent.recv()
        except EOFError:
            return
        try:
            answer = (True, function(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 whatever it is, the parent raises it
            answer = (False, error)
        parent.send(answer)


def _leave(_number: int, _frame: object) -> None:
    """End as if all were done, so that what libraries keep in temporary folders goes."""
    raise SystemExit(0)
