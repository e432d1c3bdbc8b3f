"""From a public table nobody can work out a count of a few people."""

from collections.abc import Mapping, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuntactl.report.suppression import FEWEST, Sum, cells_to_hide

TOWNS, GROUPS = ("a", "b", "c"), ("young", "old")


def table(values: Sequence[int]) -> tuple[dict[str, int], list[Sum[str]]]:
    """Return a table of towns by groups with its margins, and the sums in it."""
    cells = dict(
        zip((town + group for town, group in product(TOWNS, GROUPS)), values, strict=True)
    )
    sums = [
        *(Sum(total=town, parts=tuple(town + group for group in GROUPS)) for town in TOWNS),
        *(Sum(total=group, parts=tuple(town + group for town in TOWNS)) for group in GROUPS),
        Sum(total="all", parts=TOWNS),
    ]
    for one in sums:
        cells[one.total] = sum(cells[part] for part in one.parts)
    return cells, sums


def could_be(cells: Mapping[str, int], hidden: frozenset[str]) -> dict[str, set[int]]:
    """Return every value that each hidden cell may have: all tables that look the same."""
    most = cells["all"] if "all" not in hidden else 24
    found: dict[str, set[int]] = {cell: set() for cell in hidden}
    inner = [town + group for town, group in product(TOWNS, GROUPS)]
    choices = [range(most + 1) if cell in hidden else (cells[cell],) for cell in inner]
    for values in product(*choices):
        other, _ = table(values)
        if all(other[cell] == count for cell, count in cells.items() if cell not in hidden):
            for cell in hidden:
                found[cell].add(other[cell])
    return found


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 4), min_size=6, max_size=6).filter(lambda cells: sum(cells) <= 9))
def test_a_few_people_could_always_be_more(values: list[int]) -> None:
    """Whoever tries all tables that look the same finds one with five or more in the cell."""
    cells, sums = table(values)

    hidden = cells_to_hide(cells, sums)

    few = {cell for cell, count in cells.items() if 0 < count < FEWEST}
    assert few <= hidden
    if "all" in hidden:  # nothing bounds the tables: any value will do
        return
    possible = could_be(cells, hidden)
    assert all(max(possible[cell]) >= FEWEST for cell in few)


def test_one_small_count_takes_a_second_with_it() -> None:
    """Ten in all, of whom eight shown, would tell the two that are not."""
    counts = {"all": 18, "a": 8, "b": 2, "c": 8}

    hidden = cells_to_hide(counts, [Sum(total="all", parts=("a", "b", "c"))])

    assert hidden == {"a", "b"}


def test_two_small_counts_that_add_up_to_a_few_take_a_third() -> None:
    """One and one are two: hidden both, and still told."""
    counts = {"all": 22, "a": 1, "b": 1, "c": 20}

    hidden = cells_to_hide(counts, [Sum(total="all", parts=("a", "b", "c"))])

    assert hidden == {"a", "b", "c"}


def test_what_nobody_shows_is_thought_of_too() -> None:
    """Of twelve unemployed eleven under 25: the one who is older is not in the table."""
    counts = {"unemployed": 12, "under_25": 11, "older": 1}

    hidden = cells_to_hide(
        counts, [Sum(total="unemployed", parts=("under_25", "older"))], unseen=["older"]
    )

    assert hidden == {"under_25"}


def test_a_table_without_small_counts_is_shown_whole() -> None:
    """What gives nobody away is not kept back; no one and five are such counts."""
    counts = {"all": 25, "a": 20, "b": 5, "c": 0}

    assert not cells_to_hide(counts, [Sum(total="all", parts=("a", "b", "c"))])


def test_counts_that_do_not_add_up_are_refused() -> None:
    """A sum that does not hold would make the proof worth nothing."""
    with pytest.raises(ValueError, match="is not the sum"):
        cells_to_hide({"all": 3, "a": 1, "b": 1}, [Sum(total="all", parts=("a", "b"))])
