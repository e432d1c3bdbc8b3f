"""What a register remembers of its runs: all of them as numbers, or one run's part."""

import json
from collections.abc import Sequence
from typing import Any

from kuntactl.domain.hints import nearest
from kuntactl.errors import RegisterError
from kuntactl.locale import phrase
from kuntactl.register import looking
from kuntactl.register.reading import read_only


def show(register: str) -> dict[str, Any]:
    """Return the register's runs, members and letters as numbers.

    Raises:
        RegisterError: If it cannot be opened or read.
    """
    with read_only(register) as opened:
        return {
            "runs": _runs(opened),
            "members": looking.members_now(opened),
            "letters": _letters(looking.letters(opened)),
        }


def show_run(register: str, number: int) -> dict[str, Any]:
    """Return what one run has remembered: its day, its inputs, events and letters as numbers.

    Raises:
        RegisterError: If the register cannot be opened or read, or has no such run.
    """
    with read_only(register) as opened:
        runs = {run["run"]: run for run in _runs(opened)}
        if number not in runs:
            raise RegisterError(
                phrase("no run {run} in this register", run=str(number)),
                hint=nearest(str(number), known=[*map(str, runs)], what=phrase("runs")),
            )
        return {
            **runs[number],
            "events": [
                {"area": area, "kind": kind, "events": count}
                for area, kind, count in looking.events_of_run(opened, number)
            ],
            "letters": _letters(looking.letters(opened, run=number)),
        }


def run_numbers(register: str) -> list[int]:
    """Return the numbers of the runs that the register remembers, the first one first.

    Raises:
        RegisterError: If it cannot be opened or read.
    """
    with read_only(register) as opened:
        return looking.runs(opened)["number"].to_list()


def _runs(opened: Any) -> list[dict[str, Any]]:
    return [
        {"run": number, "on": on.isoformat(), "version": version, "inputs": json.loads(inputs)}
        for number, on, version, inputs in looking.runs(opened).iter_rows()
    ]


def _letters(counts: Sequence[tuple[str, str, str, int]]) -> list[dict[str, Any]]:
    return [
        {"area": area, "kind": kind, "status": status, "letters": count}
        for area, kind, status, count in counts
    ]
