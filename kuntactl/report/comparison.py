"""The figures of two days side by side, for everyone or only for those who may see all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from kuntactl.domain.wording import Words
from kuntactl.report.moves import STANDINGS
from kuntactl.report.outcomes import (
    ACTIVATION,
    GROUPS,
    HIDDEN,
    PARTS_OF_UNEMPLOYED,
    SERVED_PEOPLE,
    SHARE_EUROS,
    TOTAL,
    UNEMPLOYED_PEOPLE,
    WITH_SHARE,
    End,
    Place,
)
from kuntactl.report.suppression import Sum, cells_to_hide

BEFORE, AFTER = "before", "after"
Key = tuple[str, Place, str]  # end or ``moves``, place, group or standing
_MOVES, _UNKNOWN, _REST = "moves", "_unknown", "_rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """A figure that is reckoned from counts, and would tell them."""

    id: str
    words: Words
    value: Callable[[End, Place], Decimal | None]
    rests_on: tuple[str, ...]  # groups
    decimals: int
    has_per_cent: bool


RECKONED = (
    Reckoned(
        id="activation",
        words=ACTIVATION,
        value=End.activation,
        rests_on=(UNEMPLOYED_PEOPLE.id, SERVED_PEOPLE.id),
        decimals=1,
        has_per_cent=False,
    ),
    Reckoned(
        id="share_euros",
        words=SHARE_EUROS,
        value=End.euros,
        rests_on=(WITH_SHARE.id,),
        decimals=2,
        has_per_cent=True,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure of one place on both days; a value that may not be shown is none."""

    place: Place
    id: str
    words: Words
    before: Decimal | int | None
    after: Decimal | int | None
    unknown_before: int | None = 0  # people of whom it cannot be told
    unknown_after: int | None = 0
    decimals: int = 0
    has_per_cent: bool = True  # whether a change in per cent says anything

    hidden: frozenset[str] = frozenset()  # names of the values that may not be shown

    def is_hidden(self, name: str) -> bool:
        """Return whether the value is none because it may not be shown."""
        reckoned = {"change", "change_per_cent"}
        return name in self.hidden or (name in reckoned and bool(self.hidden & {BEFORE, AFTER}))

    @property
    def change(self) -> Decimal | int | None:
        """What has come or gone; none where one of the days is not shown."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def change_per_cent(self) -> Decimal | None:
        """The change in per cent of the first day; none where nothing was then."""
        if self.change is None or not self.before or not self.has_per_cent:
            return None
        return (Decimal(self.change) * 100 / Decimal(self.before)).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The figures of two days."""

    before: End
    after: End
    lines: tuple[Line, ...]  # by place, the total first; by figure
    moves: tuple[tuple[str, Words, int | None], ...]  # id, words, people; none: not shown
    hidden: int  # counts that are not shown


def compare(before: End, after: End, moves: Mapping[str, int], *, public: bool) -> Compared:
    """Return the figures of two days side by side.

    Args:
        before: The first day.
        after: The second.
        moves: Where the unemployed of the first day stand on the second.
        public: Whether counts of a few people are hidden, and what would give them away.
    """
    places = _places(before, after)
    counts = dict(_counts({BEFORE: before, AFTER: after}, places)) | {
        (_MOVES, TOTAL, name): people for name, people in moves.items()
    }
    unseen = {key for key in counts if key[2].endswith(_REST) or key[1] == HIDDEN}
    hide = cells_to_hide(counts, _sums(places), unseen=unseen) if public else frozenset()
    shown: dict[Key, int | None] = {
        key: None if key in hide else people for key, people in counts.items()
    }
    seen = [place for place in places if not (public and place == HIDDEN)]
    return Compared(
        before=before,
        after=after,
        lines=tuple(line for place in seen for line in _lines(place, before, after, shown=shown)),
        moves=tuple((one.id, one.words, shown[_MOVES, TOTAL, one.id]) for one in STANDINGS),
        hidden=len(hide),
    )


def _places(before: End, after: End) -> list[Place]:
    """Return the total, the municipalities by code, and those whose place is not shown."""
    found = {place for end in (before, after) for place, _ in end.groups}
    towns = sorted((place for place in found if place.code), key=lambda place: str(place.code))
    return [TOTAL, *towns, *([HIDDEN] if HIDDEN in found else [])]


def _counts(ends: Mapping[str, End], places: list[Place]) -> Iterator[tuple[Key, int]]:
    """Return every count of people, and what follows from two of them."""
    for (name, end), place in product(ends.items(), places):
        found = {group.id: end.groups.get((place, group.id)) for group in GROUPS}
        for group, counted in found.items():
            yield (name, place, group), counted.people if counted else 0
            yield (name, place, group + _UNKNOWN), counted.unknown if counted else 0
        everyone = found[UNEMPLOYED_PEOPLE.id]
        for part in PARTS_OF_UNEMPLOYED:
            counted = found[part.id]
            rest = (everyone.people - counted.people) if everyone and counted else 0
            yield (name, place, part.id + _REST), rest


def _sums(places: list[Place]) -> list[Sum[Key]]:
    towns = tuple(place for place in places if place != TOTAL)
    groups = [group.id for group in GROUPS]
    every = [*groups, *(group + _UNKNOWN for group in groups)]
    return [
        *(
            Sum(total=(end, TOTAL, name), parts=tuple((end, town, name) for town in towns))
            for end, name in product((BEFORE, AFTER), every)
        ),
        *(
            Sum(
                total=(end, place, UNEMPLOYED_PEOPLE.id),
                parts=((end, place, part.id), (end, place, part.id + _REST)),
            )
            for end, place, part in product((BEFORE, AFTER), places, PARTS_OF_UNEMPLOYED)
        ),
        Sum(
            total=(BEFORE, TOTAL, UNEMPLOYED_PEOPLE.id),
            parts=tuple((_MOVES, TOTAL, one.id) for one in STANDINGS),
        ),
    ]


def _lines(
    place: Place, before: End, after: End, *, shown: Mapping[Key, int | None]
) -> Iterator[Line]:
    for group in GROUPS:
        names = {
            BEFORE: (BEFORE, place, group.id),
            AFTER: (AFTER, place, group.id),
            "unknown_before": (BEFORE, place, group.id + _UNKNOWN),
            "unknown_after": (AFTER, place, group.id + _UNKNOWN),
        }
        values = {name: shown[key] for name, key in names.items()}
        yield Line(
            place=place,
            id=group.id,
            words=group.words,
            before=values[BEFORE],
            after=values[AFTER],
            unknown_before=values["unknown_before"],
            unknown_after=values["unknown_after"],
            hidden=frozenset(name for name, value in values.items() if value is None),
        )
    ends = {BEFORE: before, AFTER: after}
    for figure in RECKONED:
        told = {
            name
            for name in ends
            if all(shown[name, place, group] is not None for group in figure.rests_on)
        }
        yield Line(
            place=place,
            id=figure.id,
            words=figure.words,
            before=figure.value(before, place) if BEFORE in told else None,
            after=figure.value(after, place) if AFTER in told else None,
            decimals=figure.decimals,
            has_per_cent=figure.has_per_cent,
            hidden=frozenset(ends.keys() - told),
        )
