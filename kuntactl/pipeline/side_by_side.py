"""Files of a run made beside each other, and put in the order in which they were named."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TypeVar

import polars as pl

from kuntactl.files.staging import Sink

Made = TypeVar("Made")


class Files:
    """Takes files that are yet to be made; most of the work is that of Polars and of zlib."""

    def __init__(self, sink: Sink, threads: ThreadPoolExecutor) -> None:
        """Put into ``sink`` what ``threads`` make."""
        self._sink = sink
        self._threads = threads
        self._waiting: list[tuple[PurePosixPath, Future[bytes]]] = []

    def put(self, path: PurePosixPath, make: Callable[[], bytes]) -> None:
        """Have a file made and put under its path relative to the target."""
        self._waiting.append((path, self._threads.submit(make)))

    def retire(self, path: PurePosixPath) -> None:
        """Take note of a file of the target that is to be gone."""
        self._sink.retire(path)

    def begin(self, make: Callable[[], Made]) -> Callable[[], Made]:
        """Begin to work out what several files need; return how to get it.

        It is begun before every file that is named later, so that none waits for good.
        """
        return self._threads.submit(make).result

    def finish(self) -> None:
        """Put every file, in order.

        Raises:
            DeliveryError: If one cannot be written.
        """
        for path, made in self._waiting:
            self._sink.put(path, made.result())
        self._waiting = []


@contextmanager
def side_by_side(sink: Sink) -> Iterator[Files]:
    """Yield what takes files to be made; all of them are in the sink afterwards."""
    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        files = Files(sink, threads)
        yield files
        files.finish()
