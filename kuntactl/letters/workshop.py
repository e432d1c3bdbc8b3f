"""Work on letters shared out among processes, or done in this one."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from kuntactl.errors import ExitCode, LetterError
from kuntactl.files.parcels import Outlet
from kuntactl.letters.handshake import Question, greet
from kuntactl.locale import phrase
from kuntactl.workers.cluster import Cluster, ClusterExecutor, connected
from kuntactl.workers.pool import Here, Pool, WorkerEndedError, ending

MOST_TRIES = 3  # for work under which a process ends
_LOOK = 2.0  # seconds between two looks at a cluster
_AHEAD = 2  # tasks a process that are handed out: one in work, one waiting beside it

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


@dataclass(slots=True)
class _Handed(Generic[_Task, _Result]):
    task: _Task
    future: Future[_Result]
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where work is done."""

    executor: Executor
    ahead: int = 0  # tasks that are handed out beyond the one that is waited for
    tries: int = MOST_TRIES  # for work under which a process ends
    look: Callable[[], None] | None = None  # called now and then while we wait; may raise

    def each(
        self,
        work: Callable[[_Task], _Result],
        tasks: Iterable[_Task],
        *,
        name: Callable[[_Task], str],
    ) -> Iterator[tuple[_Task, _Result]]:
        """Yield each task with what came of it, in order.

        A task whose process ends is handed out again, to another one.

        Args:
            work: A function of a module, so that other processes can do it.
            tasks: Handed out one by one, a few ahead.
            name: What a task is called when processes end under it.

        Raises:
            LetterError: If processes end under a task every time; the message names it.
        """
        waiting: deque[_Handed[_Task, _Result]] = deque()
        for task in tasks:
            waiting.append(_Handed(task, self.executor.submit(work, task)))
            if len(waiting) > self.ahead:  # so that results do not pile up in memory
                yield self._finished(waiting.popleft(), work, name=name)
        while waiting:
            yield self._finished(waiting.popleft(), work, name=name)

    def _finished(
        self,
        handed: _Handed[_Task, _Result],
        work: Callable[[_Task], _Result],
        *,
        name: Callable[[_Task], str],
    ) -> tuple[_Task, _Result]:
        while True:
            while self.look and not wait([handed.future], timeout=_LOOK).done:
                self.look()
            try:
                return handed.task, handed.future.result()
            except WorkerEndedError as error:
                if error.code == ExitCode.LETTERS or handed.tries >= self.tries:
                    raise _ended(name(handed.task), error, tries=handed.tries) from error
            handed.tries += 1
            handed.future = self.executor.submit(work, handed.task)


@contextmanager
def workshop(workers: int) -> Iterator[Workshop]:
    """Yield a workshop of so many processes; with one, the work is done in this process."""
    if workers == 1:
        yield Workshop(Here())
        return
    with ending(Pool(workers)) as pool:
        yield Workshop(pool, ahead=_AHEAD * workers - 1)


@contextmanager
def cluster_workshop(
    cluster: Cluster, *, templates: Path | None, outlet: Outlet
) -> Iterator[Workshop]:
    """Yield a workshop of the workers of a cluster, each looked at before it gets any work.

    Args:
        cluster: Somebody's Dask cluster.
        templates: The user's own folder, which the workers must see too.
        outlet: Where they put what they make.

    Raises:
        LetterError: If the scheduler is not there or of another version, or a worker may not
            work for us; the message says which and why.
    """
    with connected(cluster) as client:
        guard = greet(
            client, Question(templates=templates, outlet=outlet), cluster=cluster.address
        )
        ahead = _AHEAD * max(1, sum(client.nthreads().values()))
        with ending(ClusterExecutor(client, cluster, guard=guard)) as executor:
            yield Workshop(executor, ahead=ahead, tries=1, look=executor.look)


def _ended(task: str, error: WorkerEndedError, *, tries: int) -> LetterError:
    """Return what to say of a task under which processes end."""
    if error.code == ExitCode.LETTERS:  # it has ended itself: see typeset.limit
        return LetterError(
            phrase("{task}: takes more time or memory than a letter may", task=task),
            hint=phrase("look at its template for endless loops, huge tables or pictures"),
        )
    if error.code is None:
        return LetterError(
            phrase("{task}: every worker that laid it out ended unexpectedly", task=task),
            hint=phrase("look into the workers' logs, then give the same command again"),
        )
    return LetterError(
        phrase(
            "{task}: the process that laid it out ended unexpectedly ({code}), {tries} times",
            task=task,
            code=error.code,
            tries=tries,
        ),
        hint=phrase(
            "look whether this machine has run out of memory, then give the same command again"
        ),
    )
