"""The drift of a run, as a person at the terminal sees it."""

from collections.abc import Mapping
from typing import Any

import typer

from kuntactl.cli.console import print_table

_MOST_LINES = 60  # more than a screen or two is read in run.json


def show_drift(facts: Mapping[str, Any]) -> None:
    """Print which counts differ from the earlier run, and of which areas there is none."""
    drift: Mapping[str, Mapping[str, Any]] = facts.get("drift", {})
    changed = [
        [area, cell["by"], cell["key"], _number(cell["before"]), _number(cell["now"]),
         f"{cell['change']:+d}"]
        for area, of_area in drift.items()
        if of_area["run"] is not None
        for cell in of_area["cells"]
        if cell["change"]
    ]  # fmt: skip
    if changed:
        columns = ["drift", "by", "", "before", "now", "change"]
        print_table(columns, changed[:_MOST_LINES], numbers=range(3, 6))
    if len(changed) > _MOST_LINES:
        typer.echo(f"drift: {len(changed) - _MOST_LINES} more counts differ, see run.json")
    for words, areas in _in_one_line(drift, {line[0] for line in changed}).items():
        typer.echo(f"drift: {words}: {', '.join(areas)}")
    for area, eligible in facts.get("drift_without_rows", {}).items():
        typer.echo(
            f"drift: {area}: no rows in these exports; eligible in the run before: {eligible}"
        )


def _in_one_line(
    drift: Mapping[str, Mapping[str, Any]], changed: set[str]
) -> Mapping[str, list[str]]:
    """Return the areas without a changed count, by what there is to say of them."""
    lines: dict[str, list[str]] = {}
    for area, of_area in drift.items():
        if of_area["run"] is None:
            lines.setdefault("no earlier run to compare with", []).append(area)
        elif area not in changed:
            words = f"nothing has changed since run {of_area['run']} ({of_area['on']})"
            lines.setdefault(words, []).append(area)
    return lines


def _number(count: int | None) -> str:
    return "-" if count is None else str(count)
