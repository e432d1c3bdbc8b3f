"""Who enters and who leaves when other rules decide, or another day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from kuntactl.eligibility.compare import compare, count_changes, count_criteria, count_reasons
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.rules import Chosen, RuleVersion, choose
from kuntactl.errors import SettingsError
from kuntactl.files.private import replace_file
from kuntactl.files.tables import write_table
from kuntactl.locale import phrase
from kuntactl.pipeline.decided import read
from kuntactl.pipeline.request import Request, Stopwatch
from kuntactl.pipeline.runfile import facts_of_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two rule sets to compare, with its day."""

    rules: str
    on: date | None  # none: the day of the request


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What two ways to decide say of the same clients."""

    facts: dict[str, Any]  # as JSON shows them
    changed: pl.DataFrame  # one row a client decided otherwise, for the list


def diff(before: Side, after: Side, request: Request, *, watch: Stopwatch) -> Compared:
    """Return who belongs by one of two rule sets and not by the other, area by area.

    Compared are the clients whose home municipality both sides decide for. The exports are read
    as on the later of the two days.

    Args:
        before: The rule set and day that are left.
        after: The rule set and day that take their place.
        request: The exports, the day of a side that names none, the areas of ``before``.
        watch: Measures ``ingest``.

    Raises:
        SettingsError: If a rule set, an area or a day does not fit, or the sides have no
            municipality in common.
        InputError: If an export is missing, unreadable or wrong.
    """
    old_day, new_day = before.on or request.on, after.on or request.on
    old = choose(
        on=old_day,
        area_ids=request.area_ids,
        rules_id=before.rules,
        after_intake=True,
        own=request.own,
    )
    new = choose(on=new_day, rules_id=after.rules, after_intake=True, own=request.own)
    _refuse_strangers(old, new)
    ingested = read(replace(request, on=max(old_day, new_day)), watch=watch)
    clients = ingested.accepted
    first = decide(clients, old, on=old_day)
    second = decide(clients, new, on=new_day)
    changed = compare(first, second, old=versions_of(old), new=versions_of(new))
    both = first["area"].is_not_null() & second["area"].is_not_null()
    facts = facts_of_reading(request, ingested)
    facts["rows"] |= {"compared": int(both.sum()), "changed": changed.height}
    return Compared(
        facts={
            **{key: facts[key] for key in ("version", "inputs", "rows")},
            "before": _side(old[0], old_day),
            "after": _side(new[0], new_day),
            "areas": count_changes(changed, ("area",)).to_dicts(),
            "criteria": count_criteria(changed, ("area",)).to_dicts(),
            "reasons": count_reasons(changed, ("area",)).to_dicts(),
        },
        changed=changed,
    )


def write_list(path: Path, compared: Compared) -> None:
    """Write the clients that are decided otherwise, by number.

    Raises:
        DeliveryError: If the file cannot be written.
    """
    replace_file(path, write_table(compared.changed))


def versions_of(chosen: Sequence[Chosen]) -> dict[str, RuleVersion]:
    """Return the versions in use, by rule set."""
    return {str(one.rules.id): one.version for one in chosen}


def _side(one: Chosen, on: date) -> dict[str, str]:
    return {
        "rules": one.rules.id,
        "rules_from": one.version.begins.isoformat(),
        "on": on.isoformat(),
    }


def _refuse_strangers(old: Sequence[Chosen], new: Sequence[Chosen]) -> None:
    homes = [{code for one in side for code in one.area.municipalities} for side in (old, new)]
    if homes[0].isdisjoint(homes[1]):
        areas = [", ".join(one.area.id for one in side) for side in (old, new)]
        raise SettingsError(
            phrase("the two rule sets have no municipality in common"),
            hint=phrase(
                "areas of the first: {areas}; of the second: {areas_2}",
                areas=areas[0],
                areas_2=areas[1],
            ),
        )
