"""Contenders run beside each other in processes of their own, measured from outside."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "benchmarks" / "peers"
CACHE = ROOT / "build" / "bench"
ROUNDS = 5
MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A program that does the work once; its last line on stdout may tell facts as JSON."""

    name: str
    command: tuple[str, ...]
    one_core: bool = False
    codes: tuple[int, ...] = (0,)  # exit codes of a run that went well
    fresh: Path | None = None  # a folder that is not to be there when a run begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run, as the operating system saw it."""

    wall: float  # seconds, from its start to its end
    cpu: float  # seconds, of all its threads and processes
    peak: float  # MB, resident, of its greatest process
    facts: Mapping[str, Any]  # what it said of itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All rounds of one contender."""

    name: str
    runs: Sequence[Run] = field(default_factory=tuple)

    def middle(self, value: str) -> float:
        """Return the median over the rounds of ``wall``, ``cpu``, ``peak`` or a fact."""
        return median(
            run.facts[value] if value in run.facts else getattr(run, value) for run in self.runs
        )

    def fact(self, name: str) -> Any:
        """Return a fact that is the same in each round.

        Raises:
            AssertionError: If it is not: the contender does not do the same work twice.
        """
        told = [run.facts[name] for run in self.runs]
        if any(one != told[0] for one in told):
            raise AssertionError(f"{self.name}: {name} is not the same in each round: {told}")
        return told[0]


def python(script: str, *arguments: object) -> tuple[str, ...]:
    """Return the command that runs a script of ``peers`` in this Python."""
    return (sys.executable, str(PEERS / script), *map(str, arguments))


def product(*arguments: object) -> tuple[str, ...]:
    """Return the command that runs the product as a user would."""
    return (sys.executable, "-m", "kuntactl", *map(str, arguments))


def compete(contenders: Sequence[Contender], *, rounds: int) -> dict[str, Result]:
    """Return what each contender took, the rounds interleaved so that all meet the same weather.

    Raises:
        SystemExit: If one fails; what it said is shown.
    """
    runs: dict[str, list[Run]] = {one.name: [] for one in contenders}
    for number in range(rounds):
        for one in contenders:
            say(f"round {number + 1} of {rounds}: {one.name}")
            if one.fresh is not None:
                shutil.rmtree(one.fresh, ignore_errors=True)
            runs[one.name].append(run(one))
    return {name: Result(name=name, runs=done) for name, done in runs.items()}


def run(one: Contender) -> Run:
    """Return what one run of the contender took.

    Raises:
        SystemExit: If it fails; what it said is shown.
    """
    cores = sorted(os.sched_getaffinity(0))
    used = cores[:1] if one.one_core else cores
    # Polars leaves a setting of its allocator in the environment of whoever has loaded it.
    inherited = {name: value for name, value in os.environ.items() if "MALLOC" not in name}
    environment = inherited | {
        "POLARS_MAX_THREADS": str(len(used)),
        "OMP_NUM_THREADS": str(len(used)),
        "PYTHONHASHSEED": "0",
    }
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(one.command, stdout=out, stderr=err, env=environment, cwd=ROOT)
        os.sched_setaffinity(process.pid, used)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        said = out.read().decode(errors="replace")
        if process.returncode not in one.codes:
            complaint = err.read().decode(errors="replace")
            raise SystemExit(f"{one.name} ended with {process.returncode}\n{said}\n{complaint}")
    return Run(
        wall=wall,
        cpu=usage.ru_utime + usage.ru_stime,
        peak=usage.ru_maxrss * 1024 / MB,
        facts=_facts(said),
    )


def _facts(said: str) -> Mapping[str, Any]:
    last = said.strip().rpartition("\n")[2]
    return json.loads(last) if last.startswith("{") else {}


def print_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a plain table; what is not in the first column stands at its column's right."""
    texts = [list(header), *([_shown(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in texts) for column in range(len(header))]
    for row in texts:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join(cells).rstrip())
    print(flush=True)


def print_goal(what: str, value: float, limit: str, *, reached: bool) -> None:
    """Print a figure beside what it is to be."""
    print(f"{'reached' if reached else 'MISSED '}  {what}: {_shown(value)} (goal {limit})")


def say(sentence: str) -> None:
    """Say on stderr how far it is."""
    print(sentence, file=sys.stderr, flush=True)


def options(about: str, **more: Mapping[str, Any]) -> argparse.Namespace:
    """Return the options of a bench: ``--quick``, ``--rounds`` and its own."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--quick", action="store_true", help="a small run, to see that it works")
    parser.add_argument("--rounds", type=int, default=None, help=f"rounds, else {ROUNDS}")
    for name, settings in more.items():
        parser.add_argument(f"--{name.replace('_', '-')}", **settings)
    given = parser.parse_args()
    given.rounds = given.rounds or (1 if given.quick else ROUNDS)
    return given


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.3g}" if abs(cell) < 100 else f"{cell:,.0f}"  # noqa: PLR2004 - three digits
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
