"""A Dask cluster of the tests' own: a real scheduler and real workers on loopback."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from distributed import Client

NO_SPILLING = {
    "DASK_DISTRIBUTED__WORKER__MEMORY__TARGET": "False",
    "DASK_DISTRIBUTED__WORKER__MEMORY__SPILL": "False",
}
_BEGUN = 60.0  # seconds in which a process of the cluster has to be there


@dataclass(slots=True)
class DaskCluster:
    """A scheduler and its workers; each writes into a folder of its own."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    host: str = "127.0.0.1"
    protocol: str = "tcp"
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    address: str = ""

    def start_scheduler(self) -> str:
        """Start the scheduler; return its address."""
        file = self.folder / "scheduler.json"
        self._start(
            "scheduler",
            *("distributed.cli.dask_scheduler", "--host", self.host, "--port", "0"),
            *("--protocol", self.protocol, "--no-dashboard", "--dashboard-address", ":0"),
            *("--scheduler-file", str(file)),
        )
        _wait_until(
            lambda: file.exists() and file.read_text("utf-8").endswith("}"), what=file.name
        )
        place = next(part for part in file.read_text("utf-8").split(chr(34)) if "://" in part)
        self.address = place
        return place

    def start_worker(
        self,
        name: str,
        *,
        more: Mapping[str, str] | None = None,
        spilling: bool = False,
        prefix: Sequence[str] = (),
        host: str | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a worker without a nanny.

        Args:
            name: Of the worker, its log and its folder.
            more: Variables of its environment.
            spilling: Whether it may spill.
            prefix: What its command is run by.
            host: Its own address; none: that of the scheduler.
        """
        quiet = {} if spilling else NO_SPILLING
        return self._start(
            name,
            *("distributed.cli.dask_worker", self.address, "--no-nanny", "--nthreads", "1"),
            *("--no-dashboard", "--dashboard-address", ":0", "--name", name),
            *(
                "--local-directory",
                str(self.folder / f"{name}.local"),
                "--host",
                host or self.host,
            ),
            prefix=prefix,
            more={**quiet, **(more or {})},
        )

    def wait_for_workers(self, number: int) -> None:
        """Wait until the scheduler knows of just so many workers."""
        with Client(self.address, set_as_default=False) as client:
            _wait_until(
                lambda: len(client.scheduler_info(n_workers=-1)["workers"]) == number,
                what=f"{number} workers",
            )

    @contextmanager
    def one_more(self, name: str, **how: Any) -> Iterator[None]:
        """Let one worker more be there for a while."""
        with Client(self.address, set_as_default=False) as client:
            before = len(client.scheduler_info(n_workers=-1)["workers"])
        process = self.start_worker(name, **how)
        self.wait_for_workers(before + 1)
        try:
            yield
        finally:
            process.kill()
            process.wait()
            self.wait_for_workers(before)

    def wait_until_said(self, name: str, words: str) -> None:
        """Wait until a process has written these words to its log."""
        _wait_until(lambda: words in self.said(name), what=f"{name}: {words}")

    def said(self, name: str) -> str:
        """Return what a process has written to its log."""
        return (self.folder / f"{name}.log").read_text("utf-8", errors="replace")

    def _start(
        self,
        name: str,
        *words: str,
        more: Mapping[str, str] | None = None,
        prefix: Sequence[str] = (),
    ) -> subprocess.Popen[bytes]:
        environment = {**os.environ, **self.environment, **(more or {})}
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [*prefix, sys.executable, "-m", *words],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )
        self.processes.append(process)
        return process

    def stop(self) -> None:
        """End every process."""
        for process in self.processes:
            process.kill()
            process.wait()
        self.processes.clear()


@contextmanager
def dask_cluster(folder: Path, **more: object) -> Iterator[DaskCluster]:
    """Yield a cluster that has a scheduler and no worker yet."""
    folder.mkdir(exist_ok=True)
    cluster = DaskCluster(folder, **more)  # type: ignore[arg-type]  # its fields by name
    try:
        cluster.start_scheduler()
        yield cluster
    finally:
        cluster.stop()


def _wait_until(is_so: Callable[[], bool], *, what: str) -> None:
    until = time.monotonic() + _BEGUN
    while not is_so():
        assert time.monotonic() < until, f"not in time: {what}"
        time.sleep(0.1)
