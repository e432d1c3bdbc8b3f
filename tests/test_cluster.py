"""Letters on a Dask cluster: the same bytes, once each, and nothing personal left behind."""

import pickle
import resource
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

import dask
import polars as pl
import postgres
import pytest
import worker_tasks
from builders import client_row
from client_frames import clients
from conftest import RunCli, files_of
from dask_cluster import DaskCluster, dask_cluster
from letters_due import due_for, facts_for
from namespaces import namespaces
from night_exports import write_coaches, write_export

from kuntactl.errors import ExitCode, LetterError
from kuntactl.files.staging import staged
from kuntactl.letters.handshake import Question, greet
from kuntactl.letters.printing import no_clock
from kuntactl.letters.write import Written, write_letters
from kuntactl.pipeline.order import RunOrder, SplitOrder
from kuntactl.pipeline.request import Request, Stopwatch
from kuntactl.pipeline.run import run
from kuntactl.workers.cluster import Cluster, Order, connected, work

pytestmark = pytest.mark.xdist_group("cluster")

NAME = "Istutettu"  # planted: whoever finds it elsewhere has found somebody's data
PEOPLE = clients(
    family_name=[f"{NAME}{chr(97 + place % 26)}" for place in range(40)],
    service_language=["fi", "sv"] * 20,
    protected=[place == 7 for place in range(40)],
)
MANY = clients(
    family_name=[f"{NAME}{chr(97 + place % 26)}" for place in range(600)]
)  # several shards
PATIENCE = 30.0  # seconds, on a machine that has much else to do
PRINT_RUNS = 2  # one a language; the protected client's letter is in none


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler with two workers."""
    with dask_cluster(tmp_path_factory.mktemp("dask")) as running:
        running.start_worker("one")
        running.start_worker("two")
        running.wait_for_workers(2)
        yield running


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    """The same letters, made in this process."""
    folder = tmp_path_factory.mktemp("here")
    return folder, write(folder, workers=1)


def write(
    folder: Path,
    *,
    workers: int | Cluster,
    people: pl.DataFrame = PEOPLE,
    progress: Callable[[int, int], None] | None = None,
) -> Written:
    """Write the letters into the folder."""
    with staged(folder) as staging:
        written = write_letters(
            due_for(people),
            facts_for(people),
            staging=staging,
            workers=workers,
            progress=progress,
        )
        staging.publish()
    return written


def in_the_middle(act: Callable[[], object], happened: list[int]) -> Callable[[int, int], None]:
    """Return a progress that does this once, while letters are still to come."""

    def hear(done: int, total: int) -> None:
        if 0 < done < total and not happened:
            act()
            happened.append(done)

    return hear


def refused(address: str, folder: Path, *, people: pl.DataFrame = PEOPLE[:1]) -> LetterError:
    """Return why the letters were not written; nothing of them is there."""
    with pytest.raises(LetterError) as stopped:
        write(folder / "out", workers=Cluster(address=address), people=people)
    assert stopped.value.exit_code == ExitCode.LETTERS == 13
    assert not (folder / "out").exists()
    return stopped.value


def test_letters_are_those_of_one_process(
    cluster: DaskCluster, here: tuple[Path, Written], tmp_path: Path
) -> None:
    """Nobody can tell from a letter where it was made."""
    far = write(tmp_path, workers=Cluster(address=cluster.address))

    assert files_of(tmp_path) == files_of(here[0])
    assert len(files_of(tmp_path)) == PEOPLE.height + PRINT_RUNS
    assert far.done.equals(here[1].done)


def test_workers_keep_nothing_of_anybody(cluster: DaskCluster) -> None:
    """What they lay out goes into the folder of the run; their own folders and logs hold none."""
    kept = {
        path
        for path in cluster.folder.rglob("*")
        if path.is_file() and NAME.encode() in path.read_bytes()
    }

    assert list(cluster.folder.glob("*.local"))
    assert not kept


def test_a_worker_that_may_spill_is_refused(cluster: DaskCluster, tmp_path: Path) -> None:
    """What Dask spills stays on a disk that nobody thinks of."""
    with cluster.one_more("spilling", spilling=True):
        why = refused(cluster.address, tmp_path)

    assert "may write what it holds to its own disk" in why.problem
    assert "MEMORY__SPILL=False" in str(why.hint)


@pytest.mark.soak  # tests/test_handshake.py tries each version without a worker
def test_other_versions_are_refused(cluster: DaskCluster, tmp_path: Path) -> None:
    """One comma set elsewhere, and the letters of two machines are no longer one batch."""
    older = tmp_path / "older"
    (older / "weasyprint-69.0.dist-info").mkdir(parents=True)
    (older / "weasyprint-69.0.dist-info/METADATA").write_text(
        "Metadata-Version: 2.1\nName: weasyprint\nVersion: 69.0\n", encoding="utf-8"
    )

    with cluster.one_more("older", more={"PYTHONPATH": str(older)}):
        why = refused(cluster.address, tmp_path)

    assert "has weasyprint 69.0, not 70" in why.problem
    assert "bytes would differ" in str(why.hint)


def test_a_scheduler_of_another_version_is_refused(tmp_path: Path) -> None:
    """Dask itself only warns, and then fails in the middle of the night."""
    older = tmp_path / "older"
    (older / "cloudpickle-2.0.0.dist-info").mkdir(parents=True)
    (older / "cloudpickle-2.0.0.dist-info/METADATA").write_text(
        "Metadata-Version: 2.1\nName: cloudpickle\nVersion: 2.0.0\n", encoding="utf-8"
    )
    with dask_cluster(tmp_path / "dask", environment={"PYTHONPATH": str(older)}) as running:
        why = refused(running.address, tmp_path)

    assert why.problem.startswith(f"{running.address}: has cloudpickle 2.0.0, not ")


@pytest.mark.soak
def test_a_cluster_without_workers_is_refused(tmp_path: Path) -> None:
    """Shards would wait for somebody who never comes."""
    with dask_cluster(tmp_path / "dask") as running:
        why = refused(running.address, tmp_path)

    assert why.problem == f"{running.address}: has no worker"


@pytest.mark.parametrize(
    ("dying", "said"), [(1, "no worker is left"), (0, "the scheduler has gone away")]
)
@pytest.mark.soak
def test_a_cluster_that_goes_away_in_the_middle_stops_the_run(
    dying: int, said: str, tmp_path: Path
) -> None:
    """A night would wait for ever; nothing is published, and the same command does it all."""
    killed: list[int] = []
    with dask_cluster(tmp_path / "dask") as running:
        running.start_worker("one")
        running.wait_for_workers(1)
        kill = in_the_middle(running.processes[dying].kill, killed)
        soon = Cluster(address=running.address, patience=2)
        with pytest.raises(LetterError) as stopped:
            write(tmp_path / "out", workers=soon, people=MANY, progress=kill)

    assert killed
    assert stopped.value.exit_code == 13
    assert stopped.value.problem == f"{running.address}: {said}"
    assert "same command again" in str(stopped.value.hint)
    assert not (tmp_path / "out").exists()


@pytest.mark.soak
def test_a_worker_that_comes_later_and_differs_does_no_work(tmp_path: Path) -> None:
    """It was not there when the others were looked at."""
    without = tmp_path / "without" / "font_roboto"
    without.mkdir(parents=True)
    (without / "__init__.py").write_text("raise ImportError('gone')\n", encoding="utf-8")
    killed: list[int] = []
    with dask_cluster(tmp_path / "dask") as running:
        running.start_worker("one")
        running.wait_for_workers(1)

        def exchange() -> None:
            running.start_worker("two", more={"PYTHONPATH": str(without.parent)})
            running.wait_for_workers(2)
            running.processes[1].kill()

        whole = Cluster(address=running.address)
        with pytest.raises(LetterError, match=r"cannot lay letters out \(ImportError\)"):
            write(
                tmp_path / "out",
                workers=whole,
                people=MANY,
                progress=in_the_middle(exchange, killed),
            )

    assert killed
    assert not (tmp_path / "out").exists()


def test_a_scheduler_that_is_not_there_is_refused_in_seconds(tmp_path: Path) -> None:
    """Nobody waits for a machine that is switched off, nor for a port that is something else's."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        listening = mute.getsockname()[1]
        began = time.monotonic()
        why = refused(f"tcp://127.0.0.1:{listening}", tmp_path)
        took = time.monotonic() - began
    nobody = refused(f"tcp://127.0.0.1:{listening}", tmp_path)

    assert took < PATIENCE
    assert (
        why.problem
        == nobody.problem
        == (f"tcp://127.0.0.1:{listening}: no Dask scheduler answers")
    )


@pytest.mark.parametrize("command", ["run", "close"])
def test_a_night_is_not_begun_for_a_cluster_that_is_not_there(
    command: str, kuntactl: RunCli, tmp_path: Path
) -> None:
    """Hours of reading and deciding before the first shard would be lost."""
    words = {"run": ("run", "--coaches", "none.csv"), "close": ("close", "pori-2017")}[command]

    ended = kuntactl(
        *(*words, "none.csv", "--on", "2021-03-01", "--out", tmp_path / "out"),
        *("--cluster", "tcp://127.0.0.1:1"),
    )

    assert (ended.code, ended.out) == (13, "")
    assert ended.err == (
        "error: tcp://127.0.0.1:1: no Dask scheduler answers\n"
        "hint: look at its address, whether it runs, and for tls:// at the certificates that "
        "Dask is told of\n"
    )


@pytest.mark.parametrize(
    ("address", "clear"),
    [
        ("tcp://scheduler:8786", True),
        ("tcp://10.0.0.7:8786", True),
        ("tls://scheduler:8786", False),
        ("tcp://localhost:8786", False),
        ("tcp://127.0.0.1:8786", False),
        ("tcp://[::1]:8786", False),
    ],
)
def test_a_line_that_others_can_read_is_known(address: str, *, clear: bool) -> None:
    """Names and addresses go over it; the run warns where nothing hides them."""
    assert Cluster(address=address).is_clear is clear


def test_an_address_that_is_none_is_refused(kuntactl: RunCli) -> None:
    """A word that is no address must not be looked for in the network."""
    ended = kuntactl("run", "e.csv", "--coaches", "c.csv", "--out", "out", "--cluster", "here")

    assert ended.code == ExitCode.USAGE
    assert "'here' is not like tcp://host:8786" in ended.err


def test_a_folder_that_a_worker_does_not_see_is_refused(
    cluster: DaskCluster, tmp_path: Path
) -> None:
    """Its letters would lie on its own disk, where nobody looks for them."""
    out = tmp_path / "out"
    with staged(out) as staging:
        outlet = staging.outlet_for(PurePosixPath("sign"))
        assert outlet is not None
        elsewhere = replace(outlet, target=tmp_path / "elsewhere")
        with (
            connected(Cluster(address=cluster.address)) as client,
            pytest.raises(LetterError, match="does not see the folder") as stopped,
        ):
            greet(client, Question(templates=None, outlet=elsewhere), cluster=cluster.address)

    assert "same folder under the same path" in str(stopped.value.hint)


def test_a_worker_that_is_killed_costs_no_letter(cluster: DaskCluster, tmp_path: Path) -> None:
    """Its shards go to another; each letter is there once, with the same bytes."""
    two = cluster.processes[2]
    killed: list[int] = []
    far = Cluster(address=cluster.address)
    write(tmp_path / "far", workers=far, people=MANY, progress=in_the_middle(two.kill, killed))
    write(tmp_path / "here", workers=1, people=MANY)

    assert killed
    assert files_of(tmp_path / "far") == files_of(tmp_path / "here")


class Meanwhile:
    """Hears how far a run is, and begins another one when it has its first letters."""

    def __init__(self, begin: Callable[[], int]) -> None:
        """Keep what begins the other run."""
        self._begin, self.codes = begin, list[int]()

    def say(self, sentence: str) -> None:
        """Hear a sentence."""

    def progress(self, what: str, done: int, total: int) -> None:
        """Begin the other run, once."""
        if what == "letters" and 0 < done < total and not self.codes:
            self.codes.append(self._begin())


@pytest.mark.soak
def test_two_runs_on_one_server_write_each_letter_once(
    cluster: DaskCluster, postgres_server: str, tmp_path: Path
) -> None:
    """The register hands the shards out to the run that holds it; the other one is told so."""
    export, coaches, out = tmp_path / "e.csv", tmp_path / "coaches.csv", tmp_path / "out"
    write_coaches(coaches)
    rows = [client_row(asiakasnumero=f"A{place}", asiointikieli="fi") for place in range(3)]
    write_export(export, [*rows, client_row(asiakasnumero="B1", asiointikieli="sv")])
    with postgres.database(postgres_server) as register:
        request = Request(exports=(export,), on=date(2021, 3, 1))
        order = RunOrder(
            split=SplitOrder(coaches=coaches),
            out=out,
            register=register,
            cluster=Cluster(address=cluster.address),
        )
        words = [
            *(sys.executable, "-m", "kuntactl", "run", export, "--coaches", coaches),
            *("--on", "2021-03-01", "--out", tmp_path / "other", "--register", register),
            *("--cluster", cluster.address),
        ]
        meanwhile = Meanwhile(lambda: subprocess.run(words, check=False).returncode)
        first = run(request, order, watch=Stopwatch(clock=no_clock), talk=meanwhile)
        again = run(request, order, watch=Stopwatch(clock=no_clock), talk=meanwhile)

    assert meanwhile.codes == [ExitCode.BUSY]
    assert first.facts["letters"]["written"] == 4
    assert (again.facts["letters"]["written"], again.facts["letters"]["already_sent"]) == (0, 4)
    assert len(list(tmp_path.rglob("porvoo/letters/*.pdf"))) == 4
    assert not (tmp_path / "other").exists()


def test_a_folder_that_fills_up_stops_the_run(tmp_path: Path) -> None:
    """A worker meets it first; the run says so in one sentence, and can be given again."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with staged(tmp_path) as staging:
        outlet = staging.outlet_for(PurePosixPath("sign"))
        assert outlet is not None
        files = [(PurePosixPath("porvoo/letters/porvoo-000001.pdf"), bytes(10_000))]
        order = Order(pickle.dumps((worker_tasks.nothing, outlet.put, (files,), {})))
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
        try:
            with pytest.raises(LetterError) as stopped:
                work(order)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert stopped.value.exit_code == 13
    assert stopped.value.problem.endswith("porvoo-000001.pdf: File too large")
    assert "make room" in str(stopped.value.hint)
    assert "same command again" in str(stopped.value.hint)
    assert files_of(tmp_path) == {}


def test_a_fault_on_a_worker_tells_no_data() -> None:
    """Dask writes what was raised into the worker's log, with what it was about."""
    order = Order(pickle.dumps((worker_tasks.nothing, worker_tasks.fail, (NAME,), {})))

    with pytest.raises(LetterError) as stopped:
        work(order)

    assert stopped.value.problem == "a worker met a fault in kuntactl: ValueError"
    assert stopped.value.__cause__ is None
    assert NAME not in repr(order)


@pytest.mark.soak
def test_tls_lets_only_those_in_who_have_the_key(tmp_path: Path) -> None:
    """The certificate that all machines share is the secret that they share."""
    ours, theirs = _key(tmp_path, "ours"), _key(tmp_path, "theirs")
    one = PEOPLE[:1]
    with dask_cluster(tmp_path / "dask", environment=_env(ours), protocol="tls") as running:
        running.start_worker("stranger", more=_env(theirs))
        running.wait_until_said("stranger", "Waiting to connect")
        with dask.config.set(ours):
            running.start_worker("one")
            running.wait_for_workers(1)
            write(tmp_path / "out", workers=Cluster(address=running.address), people=one)
            running.wait_for_workers(1)  # the stranger has not come in meanwhile
        with dask.config.set(theirs):
            why = refused(running.address, tmp_path / "theirs", people=one)

    assert len(files_of(tmp_path / "out")) == 2
    assert "no Dask scheduler answers" in why.problem
    assert "tls://" in running.address


def _key(folder: Path, name: str) -> dict[str, object]:
    """Make a key and its own certificate; return what Dask is told of them."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl to make a key with")
    key, certificate = folder / f"{name}.key", folder / f"{name}.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-keyout", key, "-out", certificate, "-days", "2", "-subj", f"/CN={name}"],
        check=True, capture_output=True,
    )  # fmt: skip
    parts = {
        f"distributed.comm.tls.{who}.{what}": str(file)
        for who in ("scheduler", "worker", "client")
        for what, file in (("key", key), ("cert", certificate))
    }
    return {
        "distributed.comm.require-encryption": True,
        "distributed.comm.tls.ca-file": str(certificate),
        **parts,
    }


def _env(config: Mapping[str, object]) -> dict[str, str]:
    """Return the same as variables of the environment."""
    return {
        f"DASK_{name.upper().replace('.', '__').replace('-', '_')}": str(value)
        for name, value in config.items()
    }


@pytest.mark.soak
def test_a_machine_that_is_cut_off_costs_no_letter(tmp_path: Path) -> None:
    """Two network namespaces are two machines; the line to one of them breaks in the middle."""
    people = clients(family_name=[f"{NAME}{chr(97 + place % 26)}" for place in range(1500)])
    soon = {"DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "10 s"}  # Dask's own patience is minutes
    cut: list[int] = []
    with (
        namespaces() as (near, far),
        dask_cluster(tmp_path / "dask", host=near.ours, environment=soon) as running,
    ):
        for one in (near, far):
            by = ("ip", "netns", "exec", one.name)
            running.start_worker(one.name, prefix=by, host=one.own)
        running.wait_for_workers(2)
        whole = Cluster(address=running.address)
        write(
            tmp_path / "out",
            workers=whole,
            people=people,
            progress=in_the_middle(far.cut_off, cut),
        )
    write(tmp_path / "here", workers=1, people=people)

    assert cut
    assert files_of(tmp_path / "out") == files_of(tmp_path / "here")
