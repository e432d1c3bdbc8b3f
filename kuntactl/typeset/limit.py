"""An end to layouts that would take all time or all memory."""

import ctypes
import os
import resource
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from kuntactl.errors import ExitCode, LetterError
from kuntactl.locale import phrase

MOST_SECONDS = 10.0  # of the processor: a machine that has other work to do stops nobody
MOST_MEMORY = 500 * 10**6  # bytes, beyond what the process had before
_LOOK = 0.1  # seconds between two looks
_PATIENCE = 20  # looks until a library that does not hear of it is ended with its process
_HINT = phrase("look at its template for endless loops, huge tables or pictures")
_PAGE = resource.getpagesize()
_STATUS = Path("/proc/self/statm")


class _OverLimitError(BaseException):
    """A layout went beyond a limit; no `except Exception` on the way may pass over it."""


@contextmanager
def limited(*, seconds: float = MOST_SECONDS, memory: int = MOST_MEMORY) -> Iterator[None]:
    """End what is done inside when it goes beyond a limit.

    Another thread looks, and breaks in: into the main thread by a signal, into any other, as on
    the worker of a cluster, between two steps of Python. What stays in one step of a library is
    ended with the process.

    Args:
        seconds: Of the processor.
        memory: Bytes beyond what the process has now.

    Raises:
        LetterError: If it did.
    """
    watch = _Watch(seconds=_used() + seconds, memory=_held() + memory)
    is_main = threading.current_thread() is threading.main_thread()
    try:
        with _by_signal(watch) if is_main else _between_steps(watch):
            yield
    except _OverLimitError:
        limit = {
            "time": phrase("{seconds:g} s", seconds=seconds),
            "memory": phrase("{number} MB of memory", number=memory // 10**6),
        }
        raise LetterError(
            phrase("takes more than {limit} to lay out", limit=limit[watch.went_over]), hint=_HINT
        ) from None


@contextmanager
def _by_signal(watch: "_Watch") -> Iterator[None]:
    """Let the watch break into the main thread."""

    def break_in(_number: int, _frame: FrameType | None) -> None:
        if watch.went_over and not watch.is_over.is_set():
            raise _OverLimitError

    before = signal.signal(signal.SIGALRM, break_in)
    main = threading.main_thread().ident or 0
    watch.start(lambda: signal.pthread_kill(main, signal.SIGALRM))
    try:
        yield
    finally:
        watch.is_over.set()
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _between_steps(watch: "_Watch") -> Iterator[None]:
    """Let the watch break into this thread, which hears no signal."""
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    here = ctypes.c_ulong(threading.get_ident())
    thread = watch.start(lambda: raise_in(here, ctypes.py_object(_OverLimitError)))
    try:
        yield
    finally:
        watch.is_over.set()
        thread.join()
        raise_in(here, None)  # what it has sent and nobody has heard yet


class _Watch:
    def __init__(self, *, seconds: float, memory: int) -> None:
        self._seconds, self._memory = seconds, memory
        self.is_over = threading.Event()
        self.went_over = ""  # time or memory

    def start(self, break_in: Callable[[], object]) -> threading.Thread:
        """Begin to look; what breaks in is called by another thread."""
        thread = threading.Thread(target=self.look, args=(break_in,), daemon=True)
        thread.start()
        return thread

    def look(self, break_in: Callable[[], object]) -> None:
        """Break in as soon as a limit is passed, and again until it is heard."""
        looks = 0
        while not self.is_over.wait(_LOOK):
            if not self.went_over:
                self.went_over = self._passed()
            if self.went_over:
                looks += 1
                break_in()
            if looks > _PATIENCE:
                os._exit(ExitCode.LETTERS)

    def _passed(self) -> str:
        if _used() > self._seconds:
            return "time"
        return "memory" if _held() > self._memory else ""


def _used() -> float:
    """Return the seconds of the processor that this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _held() -> int:
    """Return the bytes that this process holds; 0 where the system does not tell."""
    try:
        return int(_STATUS.read_text("ascii").split()[1]) * _PAGE
    except OSError:
        return 0
