"""Whole runs one after the other in one process; what each leaves in memory is printed.

Usage: load_of_runs.py run|decide ROWS RUNS FOLDER
"""

import gc
import json
import os
import shutil
import sys
import threading
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from kuntactl.cli.main import main

_PAGE = os.sysconf("SC_PAGE_SIZE")
_FORGET_PEAK = "5"  # Linux, proc(5): /proc/PID/clear_refs


def give(*words: object) -> int:
    """Give a command, and let nobody hear what it says; return its exit code."""
    with Path(os.devnull).open("w", encoding="utf-8") as nobody:
        try:
            with redirect_stdout(nobody), redirect_stderr(nobody):
                main([str(word) for word in words])
        except SystemExit as end:
            return int(end.code or 0)
    return 0


def megabytes(line: str) -> float:
    """Return a figure of ``/proc/self/status``."""
    status = Path("/proc/self/status").read_text("ascii")
    return float(status.partition(f"{line}:")[2].split()[0]) / 1024


def measured(folder: Path, *, peak: float, code: int) -> dict[str, float]:
    """Return what this process holds now."""
    gc.collect()
    resident = int(Path("/proc/self/statm").read_text("ascii").split()[1]) * _PAGE
    return {
        "code": code,
        "peak_mb": round(peak, 1),
        "after_mb": round(resident / 1024**2, 1),
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "threads": threading.active_count(),
        "temporary": len(list((folder / "tmp").iterdir())),
    }


def runs(command: str, rows: int, times: int, folder: Path) -> list[dict[str, float]]:
    """Do the same so many times, each with a register and a folder of its own."""
    export, coaches, out = folder / "export.csv", folder / "coaches.csv", folder / "out"
    if give("sample", export, "--rows", rows, "--coaches", coaches, "--on", "2021-03-01"):
        raise SystemExit("no sample could be made")
    found = []
    for _ in range(times):
        Path("/proc/self/clear_refs").write_text(_FORGET_PEAK, encoding="ascii")
        words = ("--on", "2021-03-01", "--out", out, "--workers", 1)
        code = give(command, export, *words, *(["--coaches", coaches] if command == "run" else []))
        found.append(measured(folder, peak=megabytes("VmHWM"), code=code))
        shutil.rmtree(out)
    return found


if __name__ == "__main__":
    _, what, clients, turns, place = sys.argv
    print(json.dumps(runs(what, int(clients), int(turns), Path(place))))  # noqa: T201
