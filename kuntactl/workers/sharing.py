"""Pieces of work done by several processes at once, their results in order."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from typing import TypeVar

from kuntactl.errors import KuntactlError
from kuntactl.locale.phrases import phrase
from kuntactl.workers.pool import Pool, WorkerEndedError, ending

_MOST_TRIES = 3  # for a piece under which a process ends
_AHEAD = 2  # pieces a process that are handed out: one in work, one waiting beside it

_Piece = TypeVar("_Piece")
_Result = TypeVar("_Result")


def in_order(
    work: Callable[[_Piece], _Result], pieces: Iterable[_Piece], *, workers: int
) -> Iterator[_Result]:
    """Yield what comes of each piece, in their order, whoever did it.

    Args:
        work: A function of a module, so that other processes can do it.
        pieces: Taken one by one, a few ahead of the results.
        workers: How many processes; with 1 the work is done in this one.

    Raises:
        KuntactlError: If processes end under one piece again and again.
    """
    if workers == 1:
        yield from map(work, pieces)
        return
    waiting: deque[tuple[_Piece, Future[_Result]]] = deque()
    with ending(Pool(workers)) as pool:
        for piece in pieces:
            waiting.append((piece, pool.submit(work, piece)))
            if len(waiting) >= _AHEAD * workers:  # so that results do not pile up in memory
                yield _finished(pool, work, *waiting.popleft())
        while waiting:
            yield _finished(pool, work, *waiting.popleft())


def _finished(
    pool: Pool, work: Callable[[_Piece], _Result], piece: _Piece, future: Future[_Result]
) -> _Result:
    for tried in range(1, _MOST_TRIES + 1):
        try:
            return future.result()
        except WorkerEndedError as error:
            if tried == _MOST_TRIES:
                raise KuntactlError(
                    phrase("a process that worked for this run ended again and again"),
                    hint=phrase(
                        "look whether this machine has run out of memory, then give the same "
                        "command again"
                    ),
                ) from error
            future = pool.submit(work, piece)
    raise AssertionError("the last try returns or raises")
