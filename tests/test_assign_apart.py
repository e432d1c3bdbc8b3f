"""A large split is sought in a process of its own, which ends with the one that waits for it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from assign_builders import client, coach, problem_of

from kuntactl.assignment.child import apart, apart_each
from kuntactl.errors import KuntactlError

_SPLIT = "kuntactl.assignment.split:split_area"

# pause() called so that Python cannot look after signals meanwhile, as a solver is
_STUCK = """
import ctypes, os, sys
from pathlib import Path

def wait(started):
    Path(started + ".new").write_text(str(os.getpid()))
    os.rename(started + ".new", started)
    ctypes.PyDLL(None).pause()

if __name__ == "__main__":
    from kuntactl.assignment.child import apart
    try:
        apart("stuck:wait", sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
"""


def _is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)]
)
def test_a_stop_ends_the_solver_at_once(number: int, code: int, tmp_path: Path) -> None:
    """A solver that cannot be interrupted would hold the terminal, or go on without anybody."""
    script, started = tmp_path / "stuck.py", tmp_path / "started"
    script.write_text(_STUCK)
    parent = subprocess.Popen([sys.executable, script, started], start_new_session=True)
    while not started.exists():
        assert parent.poll() is None
        time.sleep(0.01)
    child = int(started.read_text())

    os.killpg(parent.pid, number)  # as a terminal does

    assert parent.wait(timeout=60) == code
    while _is_running(child):  # a child that lives on makes this test hang, and fail so
        time.sleep(0.01)


def test_a_large_split_leaves_no_solver_behind(tmp_path: Path) -> None:
    """The memory of the solver is its own: the process that writes letters never loads it."""
    script = tmp_path / "large.py"
    script.write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from assign_builders import clients, coach, split\n"
        "if __name__ == '__main__':\n"
        "    result = split(clients(1000), [coach(f'C{n:02d}') for n in range(11)])\n"
        "    print(result.frame['coach_id'].null_count(), 'scipy' in sys.modules)\n"
    )

    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)

    assert done.stdout == "0 False\n"


def test_where_a_split_is_sought_changes_nothing() -> None:
    """The same clients get the same coaches, on any machine and however many they are."""
    rows = [client(f"A{n:02d}", officer_id=f"V{n % 3}", service_line="03") for n in range(20)]
    coaches = [coach(f"C{n}", former_officer=f"V{n}") for n in range(4)]
    problem = problem_of(rows, coaches)

    here, elsewhere = (apart(_SPLIT, problem, here=here) for here in (True, False))

    assert elsewhere.coach.tolist() == here.coach.tolist()
    assert elsewhere.proof == here.proof


def test_a_solver_that_dies_is_said() -> None:
    """Without a word the run would wait for ever, or end as if all had been placed."""
    with pytest.raises(KuntactlError, match=r"ended unexpectedly \(-6\)"):
        apart("os:abort")


def test_an_error_of_the_solver_is_the_error() -> None:
    """What the work raises is raised where the work was asked for."""
    with pytest.raises(ValueError, match="invalid literal"):
        apart("builtins:int", "x")


def test_areas_are_sought_side_by_side_and_come_in_order() -> None:
    """A whole country waits for its largest area only, and each area gets its own split."""
    calls = [(str(number),) for number in range(5)]

    assert apart_each("builtins:int", calls, workers=2) == [0, 1, 2, 3, 4]
    assert apart_each("builtins:int", [], workers=2) == []


def test_one_area_that_fails_ends_the_others() -> None:
    """No process goes on seeking for a run that has stopped."""
    with pytest.raises(ValueError, match="invalid literal"):
        apart_each("builtins:int", [("1",), ("x",), ("3",)], workers=2)
    with pytest.raises(KuntactlError, match=r"ended unexpectedly \(-6\)"):
        apart_each("os:abort", [(), ()], workers=2)
