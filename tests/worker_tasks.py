"""Work for other processes, for tests: what ends them, and what tells who did it."""

import os
import signal
import time
from pathlib import Path


def double(number: int) -> int:
    """Return twice the number."""
    return 2 * number


def double_at_second_try(task: tuple[int, Path]) -> int:
    """Return twice the number; the first process that tries it is killed."""
    number, folder = task
    mark = folder / f"tried-{number}"
    if number % 3 == 0 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def die(task: tuple[int, Path]) -> int:
    """Leave a mark, and be killed if the number is 5."""
    number, folder = task
    if number == 5:
        (folder / f"try-{os.getpid()}").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def leave(code: int) -> None:
    """End the process."""
    os._exit(code)


def go_on(folder: Path) -> None:
    """Leave a mark, then do nothing for a minute."""
    (folder / f"{os.getpid()}").touch()
    time.sleep(60)


def fail(sentence: str) -> None:
    """Raise an error that says this."""
    raise ValueError(sentence)


def nothing() -> None:
    """Do nothing."""
