"""The workers of a Dask cluster behind the interface of an executor; Dask is loaded on demand."""

import asyncio
import pickle
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from kuntactl.errors import DeliveryError, KuntactlError, LetterError
from kuntactl.locale import Phrase, phrase
from kuntactl.workers.pool import WorkerEndedError

if TYPE_CHECKING:
    from distributed import Client

_ARRIVES = 5.0  # seconds in which a scheduler has to answer
_LEAVES = 0.5  # seconds for taking leave of it
_ONE_AT_A_TIME = threading.Lock()  # a worker may have threads; what lays letters out may not
_HAVE_TO_AGREE = ("python", "dask", "distributed", "cloudpickle", "msgpack")

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A Dask cluster that somebody runs."""

    address: str  # of its scheduler: tcp://host:8786 or tls://host:8786
    patience: int = 15  # looks, some two seconds apart, at a cluster that has no worker left

    @property
    def is_clear(self) -> bool:
        """Whether whoever is on the way can read what is sent."""
        host = self.address.partition("://")[2].rpartition(":")[0]
        on_this_machine = host in {"localhost", "127.0.0.1", "[::1]"}
        return not self.address.startswith("tls://") and not on_this_machine


@dataclass(frozen=True, slots=True)
class Order:
    """Work for a worker; packed, so that no log of Dask shows whose letter it is."""

    content: bytes = field(repr=False)


class ClusterExecutor(Executor):
    """Hands work to the cluster's workers."""

    def __init__(self, client: "Client", cluster: Cluster, *, guard: Callable[[], None]) -> None:
        """Work through a client.

        Args:
            client: Connected to the scheduler.
            cluster: The same, as the user named it.
            guard: Called by a worker before each work; raises if it may not do any. A worker may
                have come, or been started anew, after the others were looked at.
        """
        self._executor = client.get_executor(pure=False)
        self._client, self._cluster, self._guard = client, cluster, guard
        self._looks_without_workers = 0

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Hand out work: a function of a module, and what it is called with."""
        order = Order(pickle.dumps((self._guard, fn, args, kwargs)))
        ours: Future[_T] = Future()
        theirs = self._executor.submit(work, order)
        theirs.add_done_callback(partial(_pass_on, ours, self._cluster))
        return ours

    def look(self) -> None:
        """Look whether anybody is still there to do the work.

        Raises:
            LetterError: If the scheduler is gone, or every worker for longer than our patience.
        """
        try:
            workers = self._client.scheduler_info(n_workers=-1)["workers"]
        except Exception as error:  # whatever the library says of a lost line
            raise _lost(self._cluster) from error
        self._looks_without_workers = 0 if workers else self._looks_without_workers + 1
        if self._looks_without_workers > self._cluster.patience:
            raise LetterError(
                phrase("{cluster}: no worker is left", cluster=self._cluster.address),
                hint=phrase("start workers, then give the same command again"),
            )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  # as Executor has it
        """Take no more work; what goes on is waited for, or forgotten."""
        self._executor.shutdown(wait=wait and not cancel_futures)


@contextmanager
def connected(cluster: Cluster) -> Iterator["Client"]:
    """Yield a client of the cluster's scheduler.

    Raises:
        LetterError: If Dask is not installed here, the scheduler does not answer in some
            seconds, or has another version of Dask than we or a worker.
    """
    try:
        from distributed import Client  # noqa: PLC0415  # nobody else loads it
    except ImportError as error:
        raise LetterError(
            phrase("--cluster needs the packages of the extra `cluster`"),
            hint=phrase("install them with `pip install 'kuntactl[cluster]'`"),
        ) from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions it only warns; we refuse
        try:
            asyncio.run(asyncio.wait_for(_greets(cluster.address), _ARRIVES))
            client = Client(cluster.address, timeout=_ARRIVES, set_as_default=False)
        except Exception as error:  # whatever the library says of a line, a certificate, a port
            raise LetterError(
                phrase("{cluster}: no Dask scheduler answers", cluster=cluster.address),
                hint=phrase(
                    "look at its address, whether it runs, and for tls:// at the certificates "
                    "that Dask is told of"
                ),
            ) from error
        try:
            _refuse_other_versions(client, cluster)
            yield client
        finally:
            client.close(timeout=_LEAVES)


def look_for(cluster: Cluster | None) -> None:
    """Look whether the scheduler is there, before a night's work is done for its workers.

    Raises:
        LetterError: As ``connected`` does.
    """
    if cluster is not None:
        with connected(cluster):
            pass


async def _greets(address: str) -> None:
    """Return when a scheduler has greeted; a client would wait for a mute one for ever."""
    from distributed.comm.core import connect  # noqa: PLC0415  # nobody else loads it
    from distributed.security import Security  # noqa: PLC0415  # the same

    keys = Security().get_connection_args("client")
    comm = await connect(address, timeout=_ARRIVES, **keys)
    comm.abort()


def this_worker() -> Any:
    """Return the worker of Dask that calls this, which knows its address and what it holds."""
    from distributed import get_worker  # noqa: PLC0415  # nobody else loads it

    return get_worker()


def _refuse_other_versions(client: "Client", cluster: Cluster) -> None:
    try:
        found: Any = client.get_versions()
    except Exception as error:
        raise _lost(cluster) from error
    ours = found["client"]["packages"]
    others = {"": found["scheduler"], **found["workers"]}
    for place, theirs in others.items():
        for package in _HAVE_TO_AGREE:
            there = theirs["packages"].get(package) if theirs else None
            if there == ours[package]:
                continue
            raise other_version(
                place or cluster.address,
                {package: (ours[package] or "–", there or "–")},
            )


def other_version(place: str, differing: Mapping[str, tuple[str, str]]) -> LetterError:
    """Return the error that says which versions of a machine are not ours.

    Args:
        place: Its address.
        differing: By name, the version here and the one there; at least one.
    """
    name, (here, there) = next(iter(differing.items()))
    return LetterError(
        phrase(
            "{place}: has {name} {there}, not {here}",
            place=place,
            name=name,
            there=there,
            here=here,
        ),
        hint=phrase(
            "install the same versions there as here: else the letters' bytes would differ"
        ),
    )


def lacking(place: str, why: str | Phrase) -> LetterError:
    """Return the error that says that a machine lacks something that we need.

    Args:
        place: Its address.
        why: What went wrong there.
    """
    return LetterError(
        phrase("{place}: cannot lay letters out ({why})", place=place, why=why),
        hint=phrase(
            "install kuntactl there as here, with Pango, the fonts and the templates; "
            "`kuntactl doctor` says what is missing"
        ),
    )


def _lost(cluster: Cluster) -> LetterError:
    return LetterError(
        phrase("{cluster}: the scheduler has gone away", cluster=cluster.address),
        hint=phrase("nothing was published; see to the cluster and give the same command again"),
    )


def _pass_on(ours: Future[Any], cluster: Cluster, theirs: Future[Any]) -> None:
    """Pass on what came of the work, in our words."""
    if theirs.cancelled():  # so it is when the line to the scheduler is lost
        ours.set_exception(_lost(cluster))
        return
    error = theirs.exception()
    if error is None:
        ours.set_result(theirs.result())
    elif isinstance(error, KuntactlError):
        ours.set_exception(error)
    elif type(error).__name__ == "KilledWorker":  # Dask has tried several
        ours.set_exception(WorkerEndedError(None))
    elif isinstance(error, ImportError):  # a worker that came later, without kuntactl
        ours.set_exception(lacking(cluster.address, type(error).__name__))
    else:
        ours.set_exception(_fault(error))


def _fault(error: BaseException) -> LetterError:
    """Return what to say of a fault; its own text may hold what it was about."""
    return LetterError(
        phrase("a worker met a fault in kuntactl: {kind}", kind=type(error).__name__),
        hint=phrase("nothing was published; please report this line"),
    )


def work(order: Order) -> Any:
    """Do the work, on a worker; what goes wrong is told without anybody's data.

    Raises:
        KuntactlError: Whatever went wrong: Dask writes it into the worker's log.
    """
    with _ONE_AT_A_TIME:
        try:
            function, args, kwargs = _unpacked(order)
            return function(*args, **kwargs)
        except DeliveryError as error:
            raise LetterError(
                error.problem,
                hint=phrase(
                    "make room in the folder that the workers share, or mend its rights, "
                    "then give the same command again"
                ),
            ) from None
        except KuntactlError:
            raise
        except Exception as error:  # noqa: BLE001  # Dask would log its text
            raise _fault(error) from None


def _unpacked(order: Order) -> Any:
    """Return what is to be done, when the guard has let us.

    Raises:
        LetterError: If we may not, or lack what it needs: we may have come later.
    """
    try:
        guard, *what = pickle.loads(order.content)  # noqa: S301  # ours
        guard()
    except (ImportError, OSError) as error:
        raise lacking(this_worker().address, type(error).__name__) from None
    return what
