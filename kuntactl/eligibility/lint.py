"""What may be wrong with a rule set that can be read, shown by values around its numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.types import Outcome
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.finding import LintFinding, MadeUp
from kuntactl.eligibility.made_up import Grid, make_grid
from kuntactl.eligibility.rule_file import Criterion, FindingKind, KnownFinding
from kuntactl.eligibility.rules import Chosen, RuleSet, RuleVersion
from kuntactl.eligibility.value_words import label
from kuntactl.eligibility.values import Cell

_DAY = timedelta(days=1)


def lint(rules: RuleSet, area: Area) -> tuple[LintFinding, ...]:
    """Return what may be wrong with the rule set, each thing once, the declared ones as such.

    Every combination of the values on either side of each number, date and set of codes is
    decided by ``decide``; nothing is concluded from the text of a rule.

    Args:
        rules: The rule set.
        area: One of its areas, for the home municipality.

    Raises:
        SettingsError: If a version has too many combinations of values to try.
    """
    found: dict[tuple[Any, ...], LintFinding] = {}
    for version in rules.versions:
        for one in _of_version(rules, version, area):
            key = (one.kind, one.criteria, one.value)
            earlier = found.get(key)
            versions = (*(earlier.versions if earlier else ()), version.begins)
            found[key] = replace(earlier or one, versions=versions)
    findings = [*found.values(), *_gaps(rules, area)]
    known = [_with_reason(one, rules.known_findings) for one in findings]
    return (*known, *_not_found(rules, findings))


def _chosen(rules: RuleSet, version: RuleVersion, area: Area) -> Chosen:
    return Chosen(area=area, rules=rules, version=version, takes_new=True)


def _of_version(rules: RuleSet, version: RuleVersion, area: Area) -> Iterator[LintFinding]:
    grid = make_grid(rules.id, _chosen(rules, version, area), on=version.begins)
    yield from _not_covered(rules, version, grid)
    yield from _holes(rules, version, grid)
    answers = grid.frame.select(_answer(one).alias(one.code) for one in version.criteria)
    twins = _twins(version.criteria, answers)
    for one, other in twins:
        yield _finding(
            rules,
            FindingKind.SAME_ANSWERS,
            (one, other),
            grid=grid,
            place=_place(grid, answers[one.code] == True),  # noqa: E712 - over a column
        )
    paired = {one.code for pair in twins for one in pair}
    for one in version.criteria:
        if one.code not in paired:
            yield from _dead(rules, one, answers[one.code], grid=grid)


def _answer(criterion: Criterion) -> pl.Expr:
    """Return the criterion's answer from the lists of the decision."""
    code = criterion.code
    return (
        pl.when(pl.col("failed").list.contains(code))
        .then(pl.lit(value=False))
        .when(~pl.col("missing").list.contains(code))
        .then(pl.lit(value=True))
    )


def _not_covered(rules: RuleSet, version: RuleVersion, grid: Grid) -> Iterator[LintFinding]:
    """Yield the values with which a client of whom all is known still goes to a person."""
    open_cases = (
        grid.frame.with_row_index("place")
        .filter(pl.col("known") & (pl.col("outcome") == Outcome.REVIEW.value))
        .sort(pl.col("missing").list.len(), maintain_order=True)
    )
    for one in version.criteria:
        facts = [axis[0].fact for axis in grid.axes if axis[0].fact in one.when.facts]
        if not facts:
            continue
        of_criterion = open_cases.filter(pl.col("missing").list.contains(one.code))
        cells = [f"cell_{fact}" for fact in facts]
        for place in of_criterion.unique(cells, keep="first", maintain_order=True)["place"]:
            yield _finding(
                rules,
                FindingKind.VALUE_NOT_COVERED,
                (one,),
                grid=grid,
                place=place,
                cells=grid.cells(place, facts),
            )


def _holes(rules: RuleSet, version: RuleVersion, grid: Grid) -> Iterator[LintFinding]:
    """Yield days, ages or numbers that do not belong where those on both sides of them do."""
    for axis in grid.axes:
        fact = axis[0].fact
        others = [f"cell_{one[0].fact}" for one in grid.axes if one is not axis]
        belongs = pl.col("outcome") == Outcome.ELIGIBLE.value
        open_cases = (
            grid.frame.with_row_index("place")
            .filter(
                "known",
                pl.col(f"cell_{fact}").is_in([n for n, one in enumerate(axis) if one.is_run]),
            )
            .sort(f"cell_{fact}", maintain_order=True)
            .filter(
                (pl.col("outcome") == Outcome.NOT_ELIGIBLE.value)
                & belongs.cum_max().over(others or None)
                & belongs.cum_max(reverse=True).over(others or None)
            )
        )
        asking = [one for one in version.criteria if fact in one.when.facts]
        for place in open_cases.unique(f"cell_{fact}", keep="first", maintain_order=True)["place"]:
            yield _finding(
                rules,
                FindingKind.HOLE,
                asking,
                grid=grid,
                place=place,
                cells=grid.cells(place, [fact]),
            )


def _twins(
    criteria: Sequence[Criterion], answers: pl.DataFrame
) -> list[tuple[Criterion, Criterion]]:
    """Return the pairs of one kind that answer alike on all values."""
    return [
        (one, other)
        for one, other in combinations(criteria, 2)
        if one.kind == other.kind
        and answers[one.code].equals(answers[other.code], check_names=False)
    ]


def _dead(
    rules: RuleSet, one: Criterion, answers: pl.Series, *, grid: Grid
) -> Iterator[LintFinding]:
    """Yield the finding that a criterion has one answer only, or never decides."""
    is_true = answers == True  # noqa: E712 - over a column
    if not is_true.any():
        yield _finding(
            rules, FindingKind.NEVER_TRUE, (one,), grid=grid, place=_place(grid, ~is_true)
        )
    elif not (answers == False).any():  # noqa: E712 - over a column
        yield _finding(
            rules, FindingKind.NEVER_FALSE, (one,), grid=grid, place=_place(grid, is_true)
        )
    elif _outcomes_without(one, grid) == grid.frame["outcome"].to_list():
        yield _finding(
            rules, FindingKind.NEVER_DECIDES, (one,), grid=grid, place=_place(grid, is_true)
        )


def _outcomes_without(one: Criterion, grid: Grid) -> list[str] | None:
    """Return the outcomes as they were without the criterion; none: no other of its kind."""
    version = grid.chosen.version
    conditions = tuple(other for other in version.conditions if other.code != one.code)
    grounds = tuple(other for other in version.grounds if other.code != one.code)
    if not conditions or not grounds:
        return None
    without = replace(version, conditions=conditions, grounds=grounds)
    clients = grid.frame.drop("outcome", "failed", "missing")
    decided = decide(clients, [replace(grid.chosen, version=without)], on=grid.on)
    return decided["outcome"].to_list()


def _place(grid: Grid, wanted: pl.Series) -> int:
    """Return a combination that shows it: all known and belonging if there is one."""
    shown = (
        grid.frame.with_row_index("place")
        .filter(wanted.fill_null(value=False))
        .sort(
            pl.col("outcome") == Outcome.ELIGIBLE.value,
            "known",
            descending=True,
            maintain_order=True,
        )
    )
    place: int = shown["place"][0]
    return place


def _finding(
    rules: RuleSet,
    kind: FindingKind,
    criteria: Sequence[Criterion],
    *,
    grid: Grid,
    place: int,
    cells: tuple[Cell, ...] = (),
) -> LintFinding:
    return LintFinding(
        rules=rules.id,
        kind=kind,
        criteria=tuple(one.code for one in criteria),
        value=label(cells, on=grid.on) if cells else None,
        cells=cells,
        client=MadeUp(
            row=grid.row(place), on=grid.on, outcome=Outcome(grid.frame["outcome"][place])
        ),
        facts=grid.chosen.version.facts,
    )


def _gaps(rules: RuleSet, area: Area) -> Iterator[LintFinding]:
    """Yield the days of the trial's intake on which no version is in force."""
    trial = area.trial
    first, last = rules.versions[0], rules.versions[-1]
    holes: list[tuple[date, date | None, RuleVersion]] = []
    if trial.begins < first.begins:
        holes.append((trial.begins, first.begins - _DAY, first))
    for earlier, later in pairwise(rules.versions):
        if earlier.ends is not None and earlier.ends + _DAY < later.begins:
            holes.append((earlier.ends + _DAY, later.begins - _DAY, earlier))
    if last.ends is not None and last.ends < (trial.intake_ends or date.max):
        holes.append((last.ends + _DAY, trial.intake_ends, last))
    for begins, ends, version in holes:
        yield LintFinding(
            rules=rules.id,
            kind=FindingKind.GAP,
            criteria=(),
            value=f"{begins} to {ends}" if ends else f"from {begins}",
            versions=(version.begins,),
            client=_left_alone(rules, version, area, on=begins),
            facts=version.facts,
        )


def _left_alone(rules: RuleSet, version: RuleVersion, area: Area, *, on: date) -> MadeUp | None:
    """Return a client who would belong on the day if the version were in force."""
    grid = make_grid(rules.id, _chosen(rules, version, area), on=on)
    belonging = grid.frame["outcome"] == Outcome.ELIGIBLE.value
    if not belonging.any():
        return None
    return MadeUp(row=grid.row(_place(grid, belonging)), on=on, outcome=None)


def _with_reason(finding: LintFinding, known: Iterable[KnownFinding]) -> LintFinding:
    reasons = [one.reason for one in known if _declares(one, finding)]
    return replace(finding, reason=reasons[0]) if reasons else finding


def _declares(known: KnownFinding, finding: LintFinding) -> bool:
    return (
        known.finding is finding.kind
        and known.criteria == finding.criteria
        and known.value in {None, finding.value}
    )


def _not_found(rules: RuleSet, findings: Sequence[LintFinding]) -> Iterator[LintFinding]:
    """Yield what the file declares and is there no more."""
    for known in rules.known_findings:
        if not any(_declares(known, finding) for finding in findings):
            yield LintFinding(
                rules=rules.id,
                kind=FindingKind.DECLARED_NOT_FOUND,
                criteria=known.criteria,
                value=": ".join(filter(None, (known.finding.value, known.value))),
            )
