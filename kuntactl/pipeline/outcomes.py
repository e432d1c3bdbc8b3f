"""What became of the unemployed between two exports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl

from kuntactl import __version__
from kuntactl.domain.areas import Area, find_area, load_areas
from kuntactl.errors import SettingsError
from kuntactl.files.staging import staged
from kuntactl.files.tables import write_table
from kuntactl.ingest.clients import Ingested
from kuntactl.locale import phrase
from kuntactl.pipeline.decided import read
from kuntactl.pipeline.request import Request, Stopwatch
from kuntactl.pipeline.runfile import as_json, facts_of_reading
from kuntactl.report.comparison import Compared, Line, compare
from kuntactl.report.moves import count_moves
from kuntactl.report.outcome_lists import lines_list, moves_list, outcome_workbook
from kuntactl.report.outcomes import count

_LINES, _MOVES = "outcomes.csv", "moves.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """The exports of two days."""

    before: tuple[Path, ...]
    before_on: date
    after: tuple[Path, ...]
    after_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """The figures of two days, with where they come from."""

    compared: Compared
    areas: tuple[Area, ...]  # chosen ones; none: every municipality of the exports
    facts: dict[str, Any]  # as JSON shows them


def outcomes(ends: Ends, request: Request, *, public: bool, watch: Stopwatch) -> Outcomes:
    """Return what became of the unemployed of the chosen areas between two days.

    Args:
        ends: The exports and their days.
        request: How to read them, the areas, the language; its own exports and day do not count.
        public: Whether counts of a few people are hidden, and what would give them away.
        watch: Measures ``ingest``.

    Raises:
        SettingsError: If an area is unknown, the days are in the wrong order, or no amount of
            support is known for one of them.
        InputError: If an export is missing, unreadable or wrong.
    """
    if ends.after_on <= ends.before_on:
        raise SettingsError(
            phrase(
                "the later day, {after_on}, is not after {before_on}",
                after_on=ends.after_on,
                before_on=ends.before_on,
            ),
            hint=phrase("give the earlier export first; --before-on and --on say their days"),
        )
    known = load_areas(request.own.areas)
    areas = tuple(find_area(area_id, known) for area_id in request.area_ids)
    sides = (
        replace(request, exports=ends.before, on=ends.before_on),
        replace(request, exports=ends.after, on=ends.after_on),
    )
    first, second = (read(side, watch=watch) for side in sides)
    at_home = [_of_areas(one.accepted, areas) for one in (first, second)]
    moves = count_moves(
        at_home[0], second.accepted, before_on=ends.before_on, after_on=ends.after_on
    )
    compared = compare(
        count(at_home[0], on=ends.before_on),
        count(at_home[1], on=ends.after_on),
        moves,
        public=public,
    )
    facts = {
        "version": __version__,
        "areas": [str(area.id) for area in areas],
        "public": public,
        "hidden": compared.hidden,
        "before": _read_facts(sides[0], first, public=public),
        "after": _read_facts(sides[1], second, public=public),
        "figures": [_as_dict(line) for line in compared.lines],
        "moves": {name: people for name, _, people in compared.moves},
        "announced": [
            one.model_dump(mode="json") for area in areas for one in area.announced_outcomes
        ],
    }
    return Outcomes(compared=compared, areas=areas, facts=facts)


def _read_facts(side: Request, ingested: Ingested, *, public: bool) -> dict[str, Any]:
    """Return what is told of an export; a few rejected rows are a few people, too."""
    facts = facts_of_reading(side, ingested)
    told = ("on", "inputs") if public else ("on", "inputs", "rows", "rejected_by_code")
    return {key: facts[key] for key in told}


def write_outcomes(
    out: Path, found: Outcomes, *, request: Request, dry_run: bool
) -> Sequence[str]:
    """Write the figures as lists, a workbook and JSON; return the names of the files.

    Raises:
        DeliveryError: If they cannot be written.
    """
    language = request.language
    files: Mapping[str, bytes] = {
        _LINES: write_table(lines_list(found.compared, language=language)),
        _MOVES: write_table(moves_list(found.compared, language=language)),
        "outcomes.xlsx": outcome_workbook(found.compared, found.areas, language=language),
        "outcomes.json": as_json(found.facts),
    }
    with staged(out, dry_run=dry_run) as sink:
        for name, content in files.items():
            sink.put(PurePosixPath(name), content)
        planned = sink.planned
        sink.publish()
    return planned


def _of_areas(clients: pl.DataFrame, areas: Sequence[Area]) -> pl.DataFrame:
    if not areas:
        return clients
    codes = sorted({code for area in areas for code in area.municipalities})
    return clients.filter(pl.col("municipality").is_in(codes))


def _as_dict(line: Line) -> dict[str, Any]:
    return {
        "place": line.place.code or line.place.kind,
        "figure": line.id,
        "before": _plain(line.before),
        "after": _plain(line.after),
        "change": _plain(line.change),
        "change_per_cent": _plain(line.change_per_cent),
        "unknown_before": line.unknown_before,
        "unknown_after": line.unknown_after,
    }


def _plain(value: Decimal | int | None) -> float | int | None:
    return float(value) if isinstance(value, Decimal) else value
