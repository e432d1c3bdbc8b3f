"""Which change of facts would turn a client's outcome, found by trying values around each turn."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, combinations, groupby, product
from typing import Any

import polars as pl

from kuntactl.domain.types import Language, Outcome
from kuntactl.domain.wording import Words
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.rules import Chosen
from kuntactl.eligibility.value_words import HOME, values_as_dict, values_in_words
from kuntactl.eligibility.values import Cell, axes

Cells = tuple[Cell, ...]
_AND = Words(fi="ja", sv="och", en="and")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Values of one fact, or of two at once, and the outcome that they would give."""

    facts: tuple[Cells, ...]  # one group a fact: the values that stand together
    outcome: Outcome

    def in_words(self, language: Language) -> str:
        """Return the values, joined by "and"."""
        joined = f" {_AND.in_language(language)} "
        return joined.join(values_in_words(cells, language) for cells in self.facts)

    def as_dict(self) -> dict[str, Any]:
        """Return the change for ``--json``."""
        return {
            "facts": [values_as_dict(cells) for cells in self.facts],
            "outcome": self.outcome.value,
            "text": {one.value: self.in_words(one) for one in Language},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """What would turn the outcome, and what each missing fact would make of it."""

    changes: tuple[Change, ...] = ()  # of the fewest known facts that do: one, else two
    answers: tuple[Change, ...] = ()  # one unknown fact each


def find_turns(
    client: pl.DataFrame, chosen: Chosen, *, on: date, settled: Outcome | None
) -> Turns:
    """Return what would turn the outcome of a client of the area.

    Each fact that a criterion asks for is put on either side of each of its turns, and decided
    anew. A known fact never becomes unknown; an unknown one is answered, one at a time.

    Args:
        client: One row, as ``domain.schema.Clients``.
        chosen: The client's area with its rules.
        on: The day decided for.
        settled: What a person answered for review; none: nobody did.
    """
    row = client.row(0, named=True)
    turnings = (turning for one in chosen.version.criteria for turning in one.when.turns(on=on))
    found = axes(turnings, on=on)
    now = {_cell_of(axis, row) for axis in found}

    def outcomes(*choices: Sequence[Cells]) -> dict[Cells, Outcome]:
        return _outcomes(client, chosen, list(chain(*choices)), on=on, settled=settled)

    (present,) = outcomes([()]).values()
    known = [axis for axis in found if now & {cell for cell in axis if cell.known}]
    asked = _asked_in_vain(client, chosen, on=on)
    unknown = [axis for axis in found if axis not in known and axis[0].fact in asked]
    single = outcomes([(cell,) for axis in found for cell in axis if cell.known])
    outcome_of = {cell: outcome for (cell,), outcome in single.items()}
    changes = [
        change for axis in known for change in _single(axis, now, outcome_of, present=present)
    ]
    if not changes:
        pairs = list(combinations(known, 2))
        doubles = outcomes(*(_others(one, other, now) for one, other in pairs))
        found_by_two = [
            change
            for one, other in pairs
            for change in _double(one, other, doubles, present=present)
        ]
        # that two changes would leave the matter open is worth a line only if nothing else is
        decided = [change for change in found_by_two if change.outcome is not Outcome.REVIEW]
        changes = decided or found_by_two
    answers = [change for axis in unknown for change in _answers(axis, outcome_of)]
    return Turns(changes=tuple(changes), answers=tuple(answers))


def answers_to_home(
    client: pl.DataFrame, chosen: Sequence[Chosen], *, on: date
) -> tuple[Change, ...]:
    """Return what each chosen area would make of a client without a home municipality."""
    cells = [
        Cell(
            fact=HOME,
            sets={HOME: one.area.municipalities[0]},
            codes=(one.area.id,),
            name=one.area.name,
        )
        for one in chosen
    ]
    decided = _decided(client, [cell.sets for cell in cells], chosen, on=on)
    outcome_of = dict(zip(cells, map(Outcome, decided), strict=True))
    return tuple(_by_outcome(cells, outcome_of))


def _cell_of(axis: Cells, row: Mapping[str, Any]) -> Cell:
    """Return the cell that holds the row's value; the unknown one, the last, is asked first."""
    return next(cell for cell in reversed(axis) if cell.holds(row))


def _asked_in_vain(client: pl.DataFrame, chosen: Chosen, *, on: date) -> set[str]:
    """Return the facts of the criteria that the client's facts do not answer."""
    criteria = chosen.version.criteria
    holds = client.select(one.holds(on=on).alias(one.code) for one in criteria).row(0)
    return {
        fact
        for one, answer in zip(criteria, holds, strict=True)
        if answer is None
        for fact in one.when.facts
    }


def _outcomes(
    client: pl.DataFrame,
    chosen: Chosen,
    choices: Sequence[Cells],
    *,
    on: date,
    settled: Outcome | None,
) -> dict[Cells, Outcome]:
    """Return the outcome for each choice of values in place of the client's own."""
    variants = [
        {name: value for cell in choice for name, value in cell.sets.items()} for choice in choices
    ]
    if not variants:
        return {}
    decided = [Outcome(one) for one in _decided(client, variants, [chosen], on=on)]
    given = [settled if one is Outcome.REVIEW and settled else one for one in decided]
    return dict(zip(choices, given, strict=True))


def _decided(
    client: pl.DataFrame,
    variants: Sequence[Mapping[str, Any]],
    chosen: Sequence[Chosen],
    *,
    on: date,
) -> pl.Series:
    """Return the outcome of the client with each variant's values in place of their own."""
    row = client.row(0, named=True)
    columns = sorted({name for variant in variants for name in variant})
    frame = client[[0] * len(variants)].with_columns(
        pl.Series("client_id", [str(number) for number in range(len(variants))]),
        *(
            pl.Series(
                name,
                [variant.get(name, row[name]) for variant in variants],
                dtype=client.schema[name],
            )
            for name in columns
        ),
    )
    return decide(frame, chosen, on=on)["outcome"]


def _single(
    axis: Cells, now: set[Cell], outcome_of: Mapping[Cell, Outcome], *, present: Outcome
) -> Iterator[Change]:
    """Yield the values of one fact that turn the outcome; of days and numbers the nearest."""
    cells = [cell for cell in axis if cell.known]
    if not _is_ordered(axis):
        yield from _by_outcome(cells, outcome_of, but=present)
        return
    (place,) = (number for number, cell in enumerate(cells) if cell in now)
    for side in (cells[:place][::-1], cells[place + 1 :]):
        for outcome, run in groupby(side, key=outcome_of.__getitem__):
            if outcome is not present:
                yield Change(facts=(tuple(sorted(run, key=cells.index)),), outcome=outcome)
                break


def _answers(axis: Cells, outcome_of: Mapping[Cell, Outcome]) -> Iterator[Change]:
    """Yield each run of values that an unknown fact may have, with its outcome."""
    cells = [cell for cell in axis if cell.known]
    if not _is_ordered(axis):
        yield from _by_outcome(cells, outcome_of)
        return
    for outcome, run in groupby(cells, key=outcome_of.__getitem__):
        yield Change(facts=(tuple(run),), outcome=outcome)


def _others(one: Cells, other: Cells, now: set[Cell]) -> list[Cells]:
    """Return each pair of known values of two facts that are both not the present ones."""
    return list(
        product(
            [cell for cell in one if cell.known and cell not in now],
            [cell for cell in other if cell.known and cell not in now],
        )
    )


def _double(
    one: Cells, other: Cells, outcome_of: Mapping[Cells, Outcome], *, present: Outcome
) -> Iterator[Change]:
    """Yield the values of two facts that turn the outcome together."""
    for outcome in Outcome:
        if outcome is present:
            continue
        partners = {
            cell: tuple(mate for mate in other if outcome_of.get((cell, mate)) is outcome)
            for cell in one
        }
        for mates in dict.fromkeys(mates for mates in partners.values() if mates):
            cells = [cell for cell in one if partners[cell] == mates]
            for run, other_run in product(_runs(cells, one), _runs(mates, other)):
                yield Change(facts=(run, other_run), outcome=outcome)


def _by_outcome(
    cells: Iterable[Cell], outcome_of: Mapping[Cell, Outcome], *, but: Outcome | None = None
) -> Iterator[Change]:
    for outcome in Outcome:
        group = tuple(cell for cell in cells if outcome_of[cell] is outcome)
        if group and outcome is not but:
            yield Change(facts=(group,), outcome=outcome)


def _is_ordered(axis: Cells) -> bool:
    return any(cell.is_run for cell in axis)


def _runs(cells: Sequence[Cell], axis: Cells) -> list[Cells]:
    """Return the cells as one group; those of days and numbers as runs of neighbours."""
    if not _is_ordered(axis):
        return [tuple(cells)]
    runs: list[list[Cell]] = []
    for cell in axis:
        if cell not in cells:
            runs.append([])
        else:
            if not runs:
                runs.append([])
            runs[-1].append(cell)
    return [tuple(run) for run in runs if run]
