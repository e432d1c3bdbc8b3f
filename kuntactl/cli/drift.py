"""The drift of a run, as a person at the terminal sees it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from kuntactl.cli import counts
from kuntactl.cli.console import Cell, print_line, print_table, signed
from kuntactl.cli.language import spoken
from kuntactl.domain.drift import DriftBy
from kuntactl.locale import heading

_MOST_LINES = 60  # more than a screen or two is read in run.json


def show_drift(facts: Mapping[str, Any]) -> None:
    """Print which counts differ from the earlier run, and of which areas there is none."""
    drift: Mapping[str, Mapping[str, Any]] = facts.get("drift", {})
    changed = [
        _row(area, cell)
        for area, of_area in drift.items()
        if of_area["run"] is not None
        for cell in of_area["cells"]
        if cell["change"]
    ]
    if changed:
        columns = [
            *(heading("drift"), heading("by"), ""),
            *(heading("before"), heading("now"), heading("change")),
        ]
        print_table(columns, changed[:_MOST_LINES], numbers=range(3, 6))
    if len(changed) > _MOST_LINES:
        more = len(changed) - _MOST_LINES
        print_line(heading("drift: {count} more counts differ, see run.json", count=more))
    _say_the_rest(drift, {str(line[0]) for line in changed})
    for area, eligible in facts.get("drift_without_rows", {}).items():
        print_line(
            heading(
                "drift: {area}: no rows in these exports; eligible in the run before: {count}",
                area=area,
                count=eligible,
            )
        )


def _row(area: str, cell: Mapping[str, Any]) -> list[Cell]:
    from kuntactl.report.drift import in_words

    by, key = in_words(DriftBy(cell["by"]), cell["key"])
    cells = [_count(cell[when]) for when in ("before", "now")]
    words = [one.in_language(spoken()) for one in (by, key)]
    if cell["by"] == DriftBy.OUTCOME:
        words[1] = counts.in_words(cell["key"])
    return [area, words[0].lower(), words[1], *cells, signed(cell["change"])]


def _count(count: int | None) -> Cell:
    return "-" if count is None else count


def _say_the_rest(drift: Mapping[str, Mapping[str, Any]], changed: set[str]) -> None:
    """Say of the areas without a changed count why there is none, many of them in one line."""
    lines: dict[tuple[str, str] | None, list[str]] = {}
    for area, of_area in drift.items():
        if of_area["run"] is None:
            lines.setdefault(None, []).append(area)
        elif area not in changed:
            lines.setdefault((str(of_area["run"]), of_area["on"]), []).append(area)
    for earlier, areas in lines.items():
        if earlier is None:
            print_line(heading("drift: no earlier run to compare with: {areas}", areas=areas))
            continue
        run, day = earlier
        print_line(
            heading(
                "drift: nothing has changed since run {run} ({day}): {areas}",
                run=run,
                day=date.fromisoformat(day),
                areas=areas,
            )
        )
