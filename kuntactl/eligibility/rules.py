"""Rule sets: dated versions of the criteria for belonging to a trial, chosen by day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources.abc import Traversable

from kuntactl.domain.areas import Area, find_area, load_areas
from kuntactl.domain.hints import nearest
from kuntactl.domain.own import NO_OWN, OwnSettings
from kuntactl.domain.settings import built_in, own_files, read_setting
from kuntactl.domain.trials import Trial, load_trials
from kuntactl.domain.types import AreaId, RulesId, TrialId
from kuntactl.domain.wording import Words
from kuntactl.eligibility.misfits import day_does_not_fit, days, no_rules
from kuntactl.eligibility.rule_file import Criterion, KnownFinding, RulesFile
from kuntactl.errors import SettingsError
from kuntactl.locale import phrase

__all__ = ["Chosen", "Criterion", "RuleSet", "RuleVersion", "choose", "find_rules", "load_rules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """What a rule set says from a day to a day."""

    begins: date
    ends: date | None  # none: as long as the trial takes clients
    conditions: tuple[Criterion, ...]  # all must hold
    grounds: tuple[Criterion, ...]  # one must hold
    source: Words
    unverified: Words | None

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The conditions, then the grounds: the order of every list of codes."""
        return (*self.conditions, *self.grounds)

    @property
    def facts(self) -> tuple[str, ...]:
        """The columns of Clients that the answers rest on, each once, by name."""
        return tuple(sorted({fact for one in self.criteria for fact in one.when.facts}))

    def in_force(self, *, on: date) -> bool:
        """Return whether the version is in force on the day."""
        return self.begins <= on and (self.ends is None or on <= self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One rule set (``data/rules/<id>.toml``)."""

    id: RulesId
    name: Words
    trial: TrialId
    areas: tuple[AreaId, ...]
    source: Words
    versions: tuple[RuleVersion, ...]  # by begins
    known_findings: tuple[KnownFinding, ...] = ()
    sha256: str = ""  # of the file

    def version(self, *, on: date) -> RuleVersion:
        """Return the version in force on the day.

        Raises:
            SettingsError: If there is none; the hint gives the days that would do.
        """
        for version in self.versions:
            if version.in_force(on=on):
                return version
        raise SettingsError(
            phrase("rule set `{id}` has no version in force on {on}", id=self.id, on=on),
            hint=phrase(
                "in force: {versions}",
                versions=[days(one.begins, one.ends) for one in self.versions],
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An area with the rules that decide who belongs to its trial on the day."""

    area: Area
    rules: RuleSet
    version: RuleVersion
    takes_new: bool  # the trial still takes clients on the day


def load_rules(own: OwnSettings = NO_OWN) -> Mapping[RulesId, RuleSet]:
    """Return every rule set by id, in order of id.

    Args:
        own: The user's own folders; a rule set of a built-in id replaces that one.

    Raises:
        SettingsError: If a file is wrong, or names an area or a trial that is not there.
    """
    rules = _built_in_rules()
    if own.rules is not None:
        added = [read_rules(path) for path in own_files(own.rules, option="--rules-dir")]
        for one in added:
            _check_areas(one, load_areas(own.areas))
        rules = {**rules, **{one.id: one for one in added}}
    return dict(sorted(rules.items()))


@cache
def _built_in_rules() -> Mapping[RulesId, RuleSet]:
    read = [read_rules(path) for path in built_in("rules")]
    for rules in read:
        _check_areas(rules, load_areas())
    return {rules.id: rules for rules in read}


def read_rules(path: Traversable) -> RuleSet:
    """Return the rule set that the file holds.

    Raises:
        SettingsError: If the file is wrong; the error names the file and the key.
    """
    file = read_setting(path, RulesFile)
    try:
        versions = tuple(
            RuleVersion(
                begins=table.begins,
                ends=table.ends,
                conditions=tuple(file.criterion(code, version=table) for code in table.conditions),
                grounds=tuple(file.criterion(code, version=table) for code in table.grounds),
                source=table.source,
                unverified=table.unverified,
            )
            for table in file.versions
        )
    except ValueError as error:
        raise SettingsError(
            phrase("{file}: `criteria`: {error}", file=path.name, error=error)
        ) from error
    return RuleSet(
        id=file.id,
        name=file.name,
        trial=file.trial,
        areas=file.areas,
        source=file.source,
        versions=versions,
        known_findings=file.known_findings,
        sha256=sha256(path.read_bytes()).hexdigest(),
    )


def _check_areas(rules: RuleSet, areas: Mapping[AreaId, Area]) -> None:
    if rules.trial not in load_trials():
        raise SettingsError(
            phrase("{id}.toml: `trial`: no trial `{trial}`", id=rules.id, trial=rules.trial),
            hint=nearest(rules.trial, known=list(load_trials()), what=phrase("trials")),
        )
    for area_id in rules.areas:
        if area_id not in areas:
            raise SettingsError(
                phrase("{id}.toml: `areas`: no area `{area_id}`", id=rules.id, area_id=area_id),
                hint=nearest(area_id, known=list(areas), what=phrase("areas")),
            )
        if areas[area_id].trial_id != rules.trial:
            raise SettingsError(
                phrase(
                    "{id}.toml: `areas`: area `{area_id}` belongs to trial "
                    "`{trial_id}`, the rule set to `{trial}`",
                    id=rules.id,
                    area_id=area_id,
                    trial_id=areas[area_id].trial_id,
                    trial=rules.trial,
                )
            )


def find_rules(rules_id: str, own: OwnSettings = NO_OWN) -> RuleSet:
    """Return the rule set of that id.

    Raises:
        SettingsError: If there is none; the hint suggests the nearest id.
    """
    known = load_rules(own)
    rules = known.get(RulesId(rules_id))
    if rules is None:
        raise SettingsError(
            phrase("no rule set `{rules_id}`", rules_id=rules_id),
            hint=nearest(rules_id, known=list(known), what=phrase("rule sets")),
        )
    return rules


def choose(
    *,
    on: date,
    area_ids: Sequence[str] = (),
    rules_id: str | None = None,
    after_intake: bool = False,
    own: OwnSettings = NO_OWN,
) -> tuple[Chosen, ...]:
    """Return the areas to decide for on the day, each with its rules, in order of area id.

    Args:
        on: The day that the decisions are for.
        area_ids: The areas asked for; none: all that have rules and fit the day.
        rules_id: The rule set for all of them; none: each area's own.
        after_intake: Whether a day after the intake and before the trial's end fits too.
        own: The user's own folders of areas and rule sets.

    Raises:
        SettingsError: If an area or the rule set is unknown, an area has no rules or is not
            one of the rule set's, or the day does not fit; the hint says what would do.
    """
    areas = load_areas(own.areas)
    rules = None if rules_id is None else find_rules(rules_id, own)
    sets = _rules_of(areas.values(), rules, own)
    named = [find_area(area_id, areas).id for area_id in area_ids]
    open_areas = [
        area_id
        for area_id in sorted(sets)
        if _fits(areas[area_id].trial, on=on, after_intake=after_intake)
    ]
    for area_id in named:
        if area_id not in sets:
            raise no_rules(area_id, rules_id, would_do=open_areas or list(sets))
        if area_id not in open_areas:
            raise day_does_not_fit(
                phrase("area `{area}` does not take clients on {on}", area=area_id, on=on),
                [areas[area_id]],
                on=on,
                after_intake=after_intake,
            )
    if not open_areas:
        closed = (
            phrase("no trial takes clients on {on}", on=on)
            if rules is None
            else phrase(
                "the trial of rule set `{rules}` does not take clients on {on}",
                rules=rules.id,
                on=on,
            )
        )
        raise day_does_not_fit(
            closed, [areas[area_id] for area_id in sets], on=on, after_intake=after_intake
        )
    return tuple(
        Chosen(
            area=areas[area_id],
            rules=sets[area_id],
            version=sets[area_id].version(on=on),
            takes_new=areas[area_id].trial.takes_clients(on=on),
        )
        for area_id in sorted(set(named) or open_areas)
    )


def _rules_of(
    areas: Iterable[Area], rules: RuleSet | None, own: OwnSettings
) -> dict[AreaId, RuleSet]:
    """Return the rule set to use for each area that has one."""
    if rules is not None:
        return dict.fromkeys(rules.areas, rules)
    known = load_rules(own)
    having = {area.id: area.rules for area in areas if area.rules is not None}
    for area_id, rules_id in having.items():
        if rules_id not in known:
            raise SettingsError(
                phrase(
                    "{area_id}.toml: `rules`: no rule set `{rules_id}`",
                    area_id=area_id,
                    rules_id=rules_id,
                ),
                hint=nearest(rules_id, known=list(known), what=phrase("rule sets")),
            )
    return {area_id: known[rules_id] for area_id, rules_id in having.items()}


def _fits(trial: Trial, *, on: date, after_intake: bool) -> bool:
    return trial.takes_clients(on=on) or (after_intake and trial.runs(on=on))
