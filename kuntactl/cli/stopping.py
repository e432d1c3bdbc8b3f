"""Ctrl-C and SIGTERM: the command ends soon, and says how to go on."""

import multiprocessing
import os
import select
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from kuntactl.cli.language import said
from kuntactl.locale import phrase

SAID = (
    phrase("stopped"),
    phrase("give the same command again: nothing is lost, and nothing done twice"),
)
GRACE = 1.0  # seconds in which a command may clear up; a command that is killed needs it not
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_STDERR = 2
_PATIENCE = 0.3  # seconds that one waits for the other to say it


@dataclass(slots=True)
class Stop:
    """Whether the command was told to end, by which signal, and whether that is said."""

    signal: int = signal.SIGINT
    _said: bool = False
    _saying: threading.Lock = field(default_factory=threading.Lock)

    @property
    def code(self) -> int:
        """The exit code, as a shell gives it to a process that a signal ended."""
        return 128 + self.signal

    def say(self, tell: Callable[[], object]) -> None:
        """Tell that the command ends, once: it may end while the guard is ending it."""
        if self._saying.acquire(timeout=_PATIENCE):  # else somebody is saying it for ever
            try:
                if not self._said:
                    self._said = True
                    tell()
            finally:
                self._saying.release()


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Let a signal end what is done inside as Ctrl-C does, within ``GRACE`` and a moment.

    Python passes a signal on between two of its own steps, and a library may take minutes for
    one, or wait for other processes. So a thread that does nothing else waits for the signal,
    and after ``GRACE`` ends the process and those it has started.
    """
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():  # only it may set handlers
        yield stop
        return
    seen, tell = os.pipe()
    os.set_blocking(tell, False)
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    wakeup = signal.set_wakeup_fd(tell, warn_on_full_buffer=False)

    def interrupt(number: int, _frame: FrameType | None) -> None:
        stop.signal = number
        raise KeyboardInterrupt

    for number in _SIGNALS:
        if before[number] is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, interrupt)
    guard = threading.Thread(target=_guard, args=(seen, stop), daemon=True)
    guard.start()
    try:
        yield stop
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(tell)
        guard.join()
        os.close(seen)


def _guard(seen: int, stop: Stop) -> None:
    """Wait for a signal, then for the command to end by itself, then end it."""
    number = next((one for one in iter(lambda: os.read(seen, 1), b"") if one[0] in _SIGNALS), None)
    if number is None or _has_ended(seen):
        return
    told = "error: {}\nhint: {}\n".format(*map(said, SAID)).encode()
    stop.say(lambda: os.write(_STDERR, told))
    _end_children()
    os._exit(128 + number[0])


def _end_children() -> None:
    """Kill every process that this one has started, those too that are only just starting.

    One that has not yet been told to end with its parent would outlive it by its imports: for
    seconds, on a machine with other work.
    """
    for child in multiprocessing.active_children():
        child.kill()
    for thread in Path("/proc/self/task").glob("*/children"):  # Linux
        with suppress(OSError):
            for child_id in thread.read_text("ascii").split():
                os.kill(int(child_id), signal.SIGKILL)


def _has_ended(seen: int) -> bool:
    """Return whether the command ends within ``GRACE``; more signals do not hasten it."""
    poll = select.poll()
    poll.register(seen, select.POLLHUP)
    return bool(poll.poll(GRACE * 1000))
