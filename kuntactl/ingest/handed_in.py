"""The bytes that were handed in: a file's, or those of standard input."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from kuntactl.errors import InputError
from kuntactl.ingest.roomy import LARGE, Content, read_content
from kuntactl.locale import phrase
from kuntactl.locale.reasons import reason

STDIN = Path("-")
_STDIN_NAME = "stdin"


def name_of(path: Path) -> str:
    """Return the file's name without its folder, as messages and lists call it."""
    return _STDIN_NAME if path == STDIN else path.name


def names_of(paths: Sequence[Path]) -> tuple[str, ...]:
    """Return a name for each file, no two alike: rows are counted and listed by it.

    Files of one name have their folder before it, and a number when that is one, too.
    """
    own = Counter(name_of(path) for path in paths)
    near = [
        f"{path.absolute().parent.name}/{path.name}"
        if path != STDIN and own[name_of(path)] > 1
        else name_of(path)
        for path in paths
    ]
    names: list[str] = []
    for name in near:
        number = next(n for n in range(1, len(near) + 1) if _numbered(name, n) not in names)
        names.append(_numbered(name, number))
    return tuple(names)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name} ({number})"


def refuse_stdin_twice(paths: Iterable[Path]) -> None:
    """Stop if more than one of the files is standard input: its second reading would be empty.

    Raises:
        InputError: If so.
    """
    if list(paths).count(STDIN) > 1:
        raise InputError(
            phrase("stdin: named twice"),
            hint=phrase("standard input can be read once; name `-` once"),
        )


def read_bytes(path: Path, *, large: int = LARGE) -> Content:
    """Return the file's bytes; ``-`` is standard input, which can be read once.

    Args:
        path: The file.
        large: From how many bytes on memory can be given back, see ``read_content``.

    Raises:
        InputError: If it is missing, a folder, or may not be read.
    """
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        with path.open("rb") as file:
            return read_content(file, large=large)
    except FileNotFoundError as error:
        raise InputError(
            phrase("{path}: no such file", path=path), hint=phrase("check the path")
        ) from error
    except IsADirectoryError as error:
        raise InputError(
            phrase("{path}: is a folder, not a file", path=path),
            hint=phrase("name the files in it one by one"),
        ) from error
    except OSError as error:
        raise InputError(
            phrase("{path}: {why}", path=path, why=reason(error)),
            hint=phrase("check who may read it"),
        ) from error
