"""Work is shared out among processes; one that dies is replaced, and its work done again."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path

import pytest
import worker_tasks
from client_frames import clients
from letters_due import due_for, facts_for

from kuntactl.errors import ExitCode, LetterError
from kuntactl.files.staging import staged
from kuntactl.letters.workshop import workshop
from kuntactl.letters.write import write_letters
from kuntactl.workers.cores import cores
from kuntactl.workers.pool import Here, Pool, WorkerEndedError


@pytest.mark.parametrize("executor", [Here(), Pool(2)], ids=["here", "processes"])
def test_one_interface(executor: Executor) -> None:
    """Whoever hands out work need not know where it is done."""
    with executor:
        results = executor.map(worker_tasks.double, range(5))
        failing = executor.submit(worker_tasks.fail, "said so")

        assert list(results) == [0, 2, 4, 6, 8]
        with pytest.raises(ValueError, match="said so"):
            failing.result()


def test_what_a_dead_worker_had_is_done_again(tmp_path: Path) -> None:
    """A machine short of memory kills one process; the night goes on, in the same order."""
    tasks = [(number, tmp_path) for number in range(8)]

    with workshop(2) as shop:
        done = list(shop.each(worker_tasks.double_at_second_try, tasks, name=str))

    assert [result for _, result in done] == [2 * number for number, _ in tasks]
    assert len(list(tmp_path.glob("tried-*"))) == 3


def test_work_that_kills_every_worker_is_named(tmp_path: Path) -> None:
    """It is tried three times, then a person has to look; nothing else is blamed."""
    tasks = [(number, tmp_path) for number in range(8)]

    with pytest.raises(LetterError) as stopped, workshop(2) as shop:
        list(shop.each(worker_tasks.die, tasks, name=lambda task: f"shard {task[0]}"))

    assert stopped.value.problem == (
        "shard 5: the process that laid it out ended unexpectedly (-9), 3 times"
    )
    assert "same command again" in str(stopped.value.hint)
    assert stopped.value.exit_code == 13
    assert len(list(tmp_path.glob("try-*"))) == 3


def test_a_layout_beyond_its_limits_is_not_tried_again() -> None:
    """Its process has ended itself, and would do so each time, ten seconds later."""
    with pytest.raises(LetterError, match="a letter: takes more time"), workshop(2) as shop:
        list(shop.each(worker_tasks.leave, [int(ExitCode.LETTERS)], name=lambda _: "a letter"))


def test_a_worker_that_is_killed_costs_no_letter(tmp_path: Path) -> None:
    """Whenever it is killed: each letter is there once, with the same bytes."""
    people = clients(family_name=["Eka", "Toka", "Kolmas"], mother_tongue=["fi", "ru", "fi"])
    killed: list[int | None] = []

    def kill_workers(done: int, total: int) -> None:
        if done and done < total:
            for process in multiprocessing.active_children():
                process.kill()
                killed.append(process.pid)

    written = {}
    for workers in (1, 2):
        out = tmp_path / str(workers)
        with staged(out) as staging:
            done = write_letters(
                due_for(people),
                facts_for(people),
                staging=staging,
                workers=workers,
                progress=kill_workers,
            ).done
            staging.publish()
        written[workers] = (
            done.rows(),
            {path.relative_to(out): path.read_bytes() for path in out.rglob("*.pdf")},
        )

    assert killed
    assert written[2] == written[1]


STOPPED = """
import sys
from pathlib import Path
import worker_tasks
from kuntactl.cli.main import app, main
from kuntactl.letters.workshop import workshop
@app.command("long")
def long():
    with workshop(2) as shop:
        list(shop.each(worker_tasks.go_on, [Path(sys.argv[1])] * 4, name=str))
if __name__ == "__main__":
    main(["long"])
"""


@pytest.mark.parametrize(
    ("number", "send"),
    [(signal.SIGINT, os.killpg), (signal.SIGTERM, os.kill)],
    ids=["Ctrl-C to each process", "SIGTERM to the command"],
)
def test_a_signal_ends_all_and_leaves_no_complaint(
    number: signal.Signals, send: Callable[[int, int], None], tmp_path: Path
) -> None:
    """A terminal tells every process; whoever kills by number tells the command alone."""
    program = tmp_path / "long.py"
    program.write_text(STOPPED, encoding="utf-8")
    marks = tmp_path / "marks"
    marks.mkdir()
    tests = str(Path(__file__).parent)
    with subprocess.Popen(
        [sys.executable, program, marks],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": tests},
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        while len(list(marks.iterdir())) < 2:
            time.sleep(0.02)
        send(process.pid, number)
        said = process.stderr.read()  # ends when the last of its processes has

    assert process.returncode == 128 + number
    assert said == (
        "error: stopped\n"
        "hint: give the same command again: nothing is lost, and nothing done twice\n"
    )
    assert not any(Path("/proc", mark.name).exists() for mark in marks.iterdir())


def test_a_closed_pool_takes_no_more_work(tmp_path: Path) -> None:
    """What comes after the end is told so, not kept waiting."""
    pool = Pool(1)
    begun = pool.submit(worker_tasks.go_on, tmp_path)
    while not any(tmp_path.iterdir()):
        time.sleep(0.01)
    waiting = pool.submit(worker_tasks.double, 1)
    pool.shutdown(cancel_futures=True)

    assert isinstance(begun.exception(), WorkerEndedError)
    assert isinstance(waiting.exception(), WorkerEndedError)


# cpu.max of our group, cpu.max of the group above, cores, why
QUOTAS = [
    ("max 100000", None, 99, "no limit"),
    ("50000 100000", None, 1, "half a core is one process"),
    ("100000 100000", None, 1, "one core"),
    ("max 100000", "100000 100000", 1, "the limit of a service counts for what is in it"),
    (None, None, 99, "a system without such limits"),
    ("odd", None, 99, "a file that we do not understand is no limit"),
]


@pytest.mark.parametrize(("own", "above", "most", "why"), QUOTAS, ids=[case[3] for case in QUOTAS])
def test_a_container_is_as_small_as_it_is_allowed_to_be(
    own: str | None, above: str | None, most: int, why: str, tmp_path: Path
) -> None:
    """Eight processes in a container of one core would only wait for each other."""
    group = tmp_path / "groups" / "service" / "own"
    group.mkdir(parents=True)
    for folder, said in ((group, own), (group.parent, above)):
        if said is not None:
            (folder / "cpu.max").write_text(f"{said}\n", encoding="ascii")
    ours = tmp_path / "cgroup"
    ours.write_text("1:name=systemd:/other\n0::/service/own\n", encoding="ascii")

    counted = cores(groups=tmp_path / "groups", ours=ours)

    assert counted == min(most, len(os.sched_getaffinity(0))), why
