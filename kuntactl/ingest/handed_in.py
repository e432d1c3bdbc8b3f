"""The bytes that were handed in: a file's, or those of standard input."""

import sys
from pathlib import Path

from kuntactl.errors import InputError

STDIN = Path("-")
_STDIN_NAME = "stdin"


def name_of(path: Path) -> str:
    """Return the file's name without its folder, as messages and lists call it."""
    return _STDIN_NAME if path == STDIN else path.name


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes; ``-`` is standard input, which can be read once.

    Raises:
        InputError: If it is missing, a folder, or may not be read.
    """
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file", hint="check the path") from error
    except IsADirectoryError as error:
        raise InputError(
            f"{path}: is a folder, not a file", hint="name the files in it one by one"
        ) from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", hint="check who may read it") from error
