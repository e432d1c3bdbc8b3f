"""How long a run of the whole country takes, where its time goes, and typst beside it."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from exports import version
from frame import CACHE, MB, ROOT, options, print_goal, print_table, product, python, say
from memory import watched

ON = date(2021, 3, 1)
SIZES = (10_000, 70_000, 700_000)
QUICK = (30,)
TYPST_LETTERS, QUICK_LETTERS = 3_000, 2  # as many as it takes to know its seconds a letter
MOST_SECONDS, MOST_SECONDS_OF_LETTERS, MOST_MB = 360, 180, 3_000
MOST_BENT = 1.15  # CPU seconds of ten times the rows, against ten times the CPU seconds
WAITING = 20  # exit code: done, and rows wait for a person
_LETTERS = ("letters", "print")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A program that has run, as seen from outside."""

    wall: float  # seconds
    cpu: float  # seconds, of all its processes
    peak: float  # MB, of all its processes at one time


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """A run of a country of so many rows."""

    rows: int
    seen: Watched
    facts: Mapping[str, Any]  # its run.json
    megabytes: float  # of the folder that it wrote

    @property
    def of_letters(self) -> float:
        """Seconds of wall time that went into letters and print runs."""
        return sum(self.facts["seconds"][stage] for stage in _LETTERS)


def main() -> None:
    """Run all sizes, print the curve, where the time goes, and typst on the same data."""
    given = options(
        __doc__ or "",
        rows={"type": int, "default": None, "help": "this size only"},
        no_typst={"action": "store_true", "help": "leave typst out"},
    )
    sizes = (given.rows,) if given.rows else QUICK if given.quick else SIZES
    say(f"load before: {os.getloadavg()[0]:.1f} on {len(os.sched_getaffinity(0))} cores")
    nights = []
    for rows in sizes:
        nights.append(night(rows))
        if rows == sizes[0] and not given.no_typst:
            typst = beside(nights[0], QUICK_LETTERS if given.quick else TYPST_LETTERS)
        shutil.rmtree(_out(rows))
    show(nights)
    if not given.no_typst:
        compare(nights, *typst)
    if not given.quick:
        hold(nights)


def night(rows: int) -> Night:
    """Run a country of so many rows into an empty folder."""
    folder = country(rows)
    out = _out(rows)
    shutil.rmtree(out, ignore_errors=True)
    say(f"a run of {rows:,} rows")
    exports = sorted((folder / "exports").glob("*.csv"))
    seen = watch(
        product(
            *("run", *exports, "--coaches", folder / "coaches.csv"),
            *("--on", ON, "--out", out, "--quiet"),
        )
    )
    facts = json.loads((out / "run.json").read_text("utf-8"))
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return Night(rows=rows, seen=seen, facts=facts, megabytes=size / MB)


def country(rows: int) -> Path:
    """Return the folder of a country's exports and coaches, made once."""
    folder = CACHE / f"nation-{rows}-{version()}"
    if not folder.exists():
        say(f"making a country of {rows:,} rows")
        beside_it = folder.with_suffix(f".{os.getpid()}")
        made = watch(
            product(
                *("sample", beside_it / "exports", "--nation", "--rows", rows, "--faults", 0.01),
                *("--coaches", beside_it / "coaches.csv"),
            )
        )
        say(f"made in {made.wall:.0f} s, {made.cpu:.0f} s of CPU")
        beside_it.replace(folder)
    return folder


def beside(first: Night, letters: int) -> tuple[Watched, int]:
    """Let typst write letters of the same data; return what it took and how many they were."""
    out = CACHE / "nation-typst"
    shutil.rmtree(out, ignore_errors=True)
    exports = country(first.rows) / "exports"
    say(f"typst, {letters:,} letters of the same country, a process a core")
    decisions = _out(first.rows) / "decisions.parquet"
    seen = watch(python("nation_typst.py", exports, decisions, letters, out))
    written = len(list(out.glob("*.pdf")))
    shutil.rmtree(out)
    return seen, written


def watch(command: Sequence[str]) -> Watched:
    """Run a program and return what it and all its processes took.

    Raises:
        SystemExit: If it fails; what it said is shown.
    """
    environment = {name: value for name, value in os.environ.items() if "MALLOC" not in name}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, cwd=ROOT
    )
    with watched(process.pid) as peak:
        assert process.stderr is not None
        complaint = process.stderr.read().decode(errors="replace")
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, WAITING}:
        raise SystemExit(f"{command} ended with {process.returncode}\n{complaint}")
    return Watched(wall=wall, cpu=usage.ru_utime + usage.ru_stime, peak=peak.bytes / MB)


def show(nights: Sequence[Night]) -> None:
    """Print the curve, then where the time goes."""
    print(f"a run of the whole country on {len(os.sched_getaffinity(0))} cores")
    print_table(
        ["rows", "eligible", "letters", "wall s", "cpu s", "cpu ms/row", "MB, all", "MB written"],
        [
            [
                f"{one.rows:,}",
                one.facts["rows"]["eligible"],
                one.facts["letters"]["due"],
                one.seen.wall,
                one.seen.cpu,
                one.seen.cpu / one.rows * 1e3,
                one.seen.peak,
                one.megabytes,
            ]
            for one in nights
        ],
    )
    stages = list(nights[0].facts["seconds"])
    print_table(
        ["wall s of", *stages, "the rest"],
        [
            [
                f"{one.rows:,}",
                *(one.facts["seconds"][stage] for stage in stages),
                one.seen.wall - sum(one.facts["seconds"].values()),
            ]
            for one in nights
        ],
    )


def compare(nights: Sequence[Night], typst: Watched, letters: int) -> None:
    """Print how typst stands to the whole run, by CPU and by wall seconds a letter."""
    rows = []
    for one in nights:
        due = one.facts["letters"]["due"]
        cpu, wall = typst.cpu / letters * due, typst.wall / letters * due
        rows.append([f"{one.rows:,}", cpu, wall, cpu / one.seen.cpu, wall / one.seen.wall])
    print(f"typst, reckoned from {letters:,} letters: only letters, and one kind of them")
    print_table(["rows", "cpu s", "wall s", "times our CPU", "times our wall"], rows)


def hold(nights: Sequence[Night]) -> None:
    """Print the goals, which are those of 700,000 rows on two cores."""
    last = nights[-1]
    if last.rows == SIZES[-1]:
        for what, value, most in (
            ("the whole country, s", last.seen.wall, MOST_SECONDS),
            ("letters and print runs, s", last.of_letters, MOST_SECONDS_OF_LETTERS),
            ("peak memory of all processes, MB", last.seen.peak, MOST_MB),
        ):
            print_goal(what, value, f"<= {most}", reached=value <= most)
    if len(nights) > 1:
        before = nights[-2]
        times = (last.seen.cpu / before.seen.cpu) / (last.rows / before.rows)
        what = f"CPU a row at {last.rows:,} rows against {before.rows:,}, times"
        print_goal(what, times, f"<= {MOST_BENT}", reached=times <= MOST_BENT)


def _out(rows: int) -> Path:
    return CACHE / f"nation-out-{rows}"


if __name__ == "__main__":
    main()
