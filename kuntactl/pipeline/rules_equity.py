"""Who would be decided otherwise in another area, by what it announced."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from kuntactl.domain.areas import Area, load_areas
from kuntactl.domain.own import OwnSettings
from kuntactl.domain.types import AreaId
from kuntactl.eligibility.compare import compare, count_changes, count_criteria, count_reasons
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.rules import Chosen, RuleSet, RuleVersion, choose, load_rules
from kuntactl.errors import SettingsError
from kuntactl.locale import phrase
from kuntactl.pipeline.decided import read
from kuntactl.pipeline.request import Request, Stopwatch
from kuntactl.pipeline.rules_diff import Compared, versions_of
from kuntactl.pipeline.runfile import facts_of_reading

_LIST = ("client_id", "area", "other_rules", "other_areas", "before", "after", "codes")


def equity(request: Request, *, watch: Stopwatch) -> Compared:
    """Return whom another area would have decided for otherwise, as if they lived there.

    A client's own area decides by what it announced (the set of the fewest areas, where two
    name it), or else by the rules it has; the other areas are those that announced a set.

    Args:
        request: The exports, the day, the areas that the clients live in.
        watch: Measures ``ingest``.

    Raises:
        SettingsError: If an area or the day does not fit, or no other area announced anything.
        InputError: If an export is missing, unreadable or wrong.
    """
    homes = choose(on=request.on, area_ids=request.area_ids, after_intake=True, own=request.own)
    announced = _announced(homes, request.own, on=request.on)
    at_home = [announced.get(one.area.id, one) for one in homes]
    if not any(area_id != home.area.id for area_id in announced for home in homes):
        raise SettingsError(
            phrase("on {on} no other area has rules of its own", on=request.on),
            hint=phrase("add some with --rules-dir, or choose another day"),
        )
    ingested = read(request, watch=watch)
    own = decide(ingested.accepted, at_home, on=request.on)
    lives_here = own["area"].is_not_null()
    clients, own = ingested.accepted.filter(lives_here), own.filter(lives_here)
    changed = pl.concat(
        _elsewhere(clients, own, there, old=versions_of(at_home), on=request.on)
        for there in _by_rules(announced)
    )
    facts = facts_of_reading(request, ingested)
    facts["rows"] |= {"compared": clients.height, "changed": changed["client_id"].n_unique()}
    each = changed.explode("other_areas").rename({"other_areas": "other_area"})
    return Compared(
        facts={
            **{key: facts[key] for key in ("version", "on", "inputs", "rows")},
            "own_rules": {str(one.area.id): one.rules.id for one in at_home},
            "areas": count_changes(each, ("area", "other_area", "other_rules")).to_dicts(),
            "criteria": count_criteria(each, ("area", "other_area")).to_dicts(),
            "reasons": count_reasons(each, ("area", "other_area")).to_dicts(),
        },
        changed=changed.select(_LIST),
    )


def _announced(homes: Sequence[Chosen], own: OwnSettings, *, on: date) -> dict[AreaId, Chosen]:
    """Return each area of the homes' trials that announced rules of its own, with them.

    Announced are the rule sets that are no area's usual ones.
    """
    areas = load_areas(own.areas)
    usual = {area.rules for area in areas.values()}
    trials = {one.area.trial_id for one in homes}
    found = [
        rules
        for rules in load_rules(own).values()
        if rules.trial in trials
        and rules.id not in usual
        and any(version.in_force(on=on) for version in rules.versions)
    ]
    closest: dict[AreaId, RuleSet] = {}
    for rules in sorted(found, key=lambda rules: -len(rules.areas)):
        closest |= dict.fromkeys(rules.areas, rules)  # what fewer areas announced comes later
    return {area_id: _chosen(areas[area_id], rules, on=on) for area_id, rules in closest.items()}


def _chosen(area: Area, rules: RuleSet, *, on: date) -> Chosen:
    return Chosen(area=area, rules=rules, version=rules.version(on=on), takes_new=True)


def _by_rules(announced: Mapping[AreaId, Chosen]) -> list[list[Chosen]]:
    """Return the areas that announced the same, together; in order of rule set and area."""
    together: dict[str, list[Chosen]] = {}
    for _, one in sorted(announced.items()):
        together.setdefault(one.rules.id, []).append(one)
    return [areas for _, areas in sorted(together.items())]


def _elsewhere(
    clients: pl.DataFrame,
    own: pl.DataFrame,
    there: Sequence[Chosen],
    *,
    old: Mapping[str, RuleVersion],
    on: date,
) -> pl.DataFrame:
    """Return who is decided otherwise by the rules of other areas, and which areas those are."""
    first = there[0]
    moved = clients.with_columns(municipality=pl.lit(first.area.municipalities[0]))
    decided = decide(moved, [first], on=on)
    elsewhere = [
        pl.when(pl.col("area") != one.area.id).then(pl.lit(str(one.area.id))) for one in there
    ]
    return (
        compare(own, decided, old=old, new=versions_of(there))
        .with_columns(
            other_rules=pl.lit(str(first.rules.id)),
            other_areas=pl.concat_list(elsewhere).list.drop_nulls(),
        )
        .filter(pl.col("other_areas").list.len() > 0)
    )
