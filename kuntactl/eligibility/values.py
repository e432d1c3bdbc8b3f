"""The values of each fact between which some answer turns, cell by cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from kuntactl.domain.codes import BENEFITS, EMPLOYMENT
from kuntactl.domain.wording import Name

Edge = date | int

_LISTED: Mapping[str, Iterable[str]] = {"employment_code": EMPLOYMENT, "benefit": BENEFITS}
_OTHERS = {"citizenship": ("752", "643", "233"), "mother_tongue": ("ru", "et", "ar")}  # instances
_NEVER_BLANK = {"born", *_OTHERS}
_FACTS = (  # in the order of the export's columns
    *("born", "mother_tongue", "citizenship", "employment_code", "search_from", "search_to"),
    *("unemployed_from", "benefit", "earnings_right", "support_days"),
)
END_OF_SEARCH = "search_to"  # with `search_open`, which says what a blank day means


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """Where the answer of one criterion turns, in the values of one fact."""

    fact: str  # a column of Clients
    cuts: tuple[Edge, ...] = ()  # of days and numbers: the first value after each turn
    sets: tuple[tuple[str, ...], ...] = ()  # of codes: those that the criterion names together
    unknown: tuple[str, ...] = ()  # codes that tell nothing


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cell:
    """Values of one fact that no criterion tells apart; equal to nothing but itself."""

    fact: str
    sets: Mapping[str, Any]  # one of the values, as columns of Clients
    known: bool = True  # false: blank, or a code that tells nothing
    first: Edge | None = None  # of days and numbers; none: no limit
    last: Edge | None = None  # of days and numbers; none: no limit
    no_end: bool = False  # job search without a last day
    codes: tuple[str, ...] = ()
    name: Name | None = None  # of the area that the codes stand for
    other_than: tuple[str, ...] = ()  # of codes without a list of all
    flag: bool | None = None

    @property
    def is_run(self) -> bool:
        """Whether these are days or numbers in order."""
        return self.first is not None or self.last is not None

    def holds(self, row: Mapping[str, Any]) -> bool:
        """Return whether the row's value of the fact is in the cell."""
        value = row[self.fact]
        open_now = self.fact == END_OF_SEARCH and bool(row["search_open"])
        if open_now or self.no_end:
            return open_now and self.no_end
        if value is None or not self.known:
            return not self.known and (value is None or value in self.codes)
        if self.is_run:
            return (self.first is None or self.first <= value) and (
                self.last is None or value <= self.last
            )
        if self.other_than:
            return value not in self.other_than
        return value in self.codes if self.codes else self.flag is None or value == self.flag


def axes(turnings: Iterable[Turning], *, on: date) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells of each fact that the criteria ask for, in the order of the columns.

    Args:
        turnings: Of all criteria of a version.
        on: The day decided for: nobody is born after it.

    Returns:
        One axis a fact. Days and numbers stand in order, those without an end after them; the
        unknown is the last cell. Together the cells of an axis hold every value once.
    """
    found = tuple(turnings)
    by_fact = {fact: [one for one in found if one.fact == fact] for fact in _FACTS}
    return tuple(_axis(fact, asked, on=on) for fact, asked in by_fact.items() if asked)


def _axis(fact: str, turnings: Sequence[Turning], *, on: date) -> tuple[Cell, ...]:
    if fact == "earnings_right":
        known = [Cell(fact=fact, sets={fact: value}, flag=value) for value in (True, False)]
    elif any(one.sets for one in turnings):
        return _code_cells(fact, turnings)
    else:
        cuts = sorted({cut for one in turnings for cut in one.cuts}, key=_in_order)
        if fact == "born":
            cuts = [cut for cut in cuts if _in_order(cut) <= on.toordinal()]
        known = _cells_between(fact, cuts, newest=on if fact == "born" else None)
    if fact in _NEVER_BLANK:
        return tuple(known)
    if fact != END_OF_SEARCH:
        return (*known, Cell(fact=fact, sets={fact: None}, known=False))
    known = [_as_end(cell, search_open=False) for cell in known]
    no_end = Cell(fact=fact, sets={fact: None, "search_open": True}, no_end=True)
    unknown = Cell(fact=fact, sets={fact: None, "search_open": None}, known=False)
    return (*known, no_end, unknown)


def _as_end(cell: Cell, *, search_open: bool) -> Cell:
    return Cell(
        fact=cell.fact,
        sets={**cell.sets, "search_open": search_open},
        first=cell.first,
        last=cell.last,
    )


def _cells_between(fact: str, cuts: Sequence[Edge], *, newest: Edge | None) -> list[Cell]:
    """Return the cells before, between and from the cuts; without any, one of all values."""
    if not cuts:
        return [Cell(fact=fact, sets={fact: newest})]
    before = _step_back(cuts[0])
    cells = [Cell(fact=fact, sets={fact: before}, last=before)]
    cells += [
        Cell(fact=fact, sets={fact: first}, first=first, last=_step_back(following))
        for first, following in pairwise(cuts)
    ]
    return [*cells, Cell(fact=fact, sets={fact: cuts[-1]}, first=cuts[-1])]


def _step_back(edge: Edge) -> Edge:
    return edge - timedelta(days=1) if isinstance(edge, date) else edge - 1


def _in_order(edge: Edge) -> int:
    return edge.toordinal() if isinstance(edge, date) else edge


def _code_cells(fact: str, turnings: Sequence[Turning]) -> tuple[Cell, ...]:
    """Return the codes that every criterion treats alike, cell by cell."""
    sets = [codes for one in turnings for codes in one.sets]
    unknown = {code for one in turnings for code in one.unknown}
    named = dict.fromkeys(code for codes in sets for code in codes)
    alike: dict[tuple[bool, ...], list[str]] = {}
    for code in sorted({*named, *_LISTED.get(fact, ())} - unknown):
        alike.setdefault(tuple(code in codes for codes in sets), []).append(code)
    cells = [
        Cell(fact=fact, sets={fact: codes[0]}, codes=tuple(codes)) for codes in alike.values()
    ]
    if fact in _OTHERS:
        another = next(code for code in _OTHERS[fact] if code not in named)
        cells.append(Cell(fact=fact, sets={fact: another}, other_than=tuple(named)))
    if fact not in _NEVER_BLANK:
        cells.append(Cell(fact=fact, sets={fact: None}, known=False))
    if unknown:
        cells.append(
            Cell(
                fact=fact,
                sets={fact: min(unknown)},
                codes=tuple(sorted(unknown)),
                known=False,
            )
        )
    return tuple(cells)
