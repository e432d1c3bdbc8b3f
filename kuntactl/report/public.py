"""The tables of reports that everybody may read: nobody can work out a few people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kuntactl.domain.ages import AGE_GROUPS
from kuntactl.domain.teams import DOMESTIC_LANGUAGES, LANGUAGE_UNKNOWN, YOUNG_UNDER
from kuntactl.domain.types import AreaId
from kuntactl.report.figures import OUTCOMES
from kuntactl.report.suppression import FEWEST, Sum, cells_to_hide
from kuntactl.report.table import Hidden, Line, Share, Table

Key = tuple[str, str, str, str]  # area or nothing for the run, table, line, column
Tables = Mapping[str, Table]

# What a public report has: no coach, no file, no drift, nobody's acceptance.
OF_AREA = (
    *("rows", "letters", "grounds", "together", "missing", "reasons"),
    *("municipalities", "ages", "languages", "service", "controls"),
)
OF_RUN = (
    *("rows", "letters", "areas", "area_letters", "rejected", "outside", "warnings", "changes"),
)
_RUN = ""
_FIGURES = ("median_days", "longest_days", "place_load")  # of the clients with a coach
_NOT_FOREIGN = (*DOMESTIC_LANGUAGES, LANGUAGE_UNKNOWN)
_YOUNG = tuple(
    group.id for group in AGE_GROUPS if group.last is not None and group.last < YOUNG_UNDER
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The tables of the reports of a run, with the counts hidden that may not be shown."""

    areas: Mapping[AreaId, Tables]
    run: Tables
    hidden: int  # counts


def publish(areas: Mapping[AreaId, Tables], run: Tables, *, rest: Mapping[Key, int]) -> Published:
    """Return the tables without a count of one to four people, or what would tell one.

    All reports are looked at together: what one of them hides, no other gives away.

    Args:
        areas: The tables of each area, without anybody under non-disclosure.
        run: The tables of the run; everybody counts in their totals.
        rest: Counts that no line shows, and that the totals of the run hold.
    """
    tables = {
        (area, table.id): table
        for area, of_area in [*areas.items(), (_RUN, run)]
        for table in of_area.values()
    }
    counts = dict(_counts(tables)) | dict(rest)
    beside, of_groups = _beside(areas, tables, counts)
    counts |= beside
    sums = [one for one in [*_sums(tables, rest=rest), *of_groups] if _holds(one, counts)]
    # Where the rest is a few, the run's totals go rather than a count of every area.
    few = [key for key, count in rest.items() if 0 < count < FEWEST]
    first = {(_RUN, name, "total", column) for _, name, _, column in few}
    hide = cells_to_hide(counts, sums, unseen={*rest, *beside, *first}) | first
    shown = {key: _without(table, key, hide, counts) for key, table in tables.items()}
    return Published(
        areas={
            area: {name: shown[area, name] for name in of_area} for area, of_area in areas.items()
        },
        run={name: shown[_RUN, name] for name in run},
        hidden=len(hide),
    )


def _counts(tables: Mapping[tuple[str, str], Table]) -> Iterator[tuple[Key, int]]:
    """Yield every count of people or rows, with its place."""
    for (area, name), table in tables.items():
        for line in table.every_line:
            for column, value in zip(table.columns, line.values, strict=True):
                if column.kind == "number" and isinstance(value, int) and _is_count(column.key):
                    yield (area, name, line.key, column.key), value


def _is_count(column: str) -> bool:
    return column not in {"expected", *_FIGURES}


def _holds(one: Sum[Key], counts: Mapping[Key, int]) -> bool:
    """Return whether a sum holds in this run: a reader may try it, whether or not it must."""
    told = (one.total, *one.parts)
    return all(key in counts for key in told) and not sum(
        sign * counts[key] for key, sign in one.signed
    )


def _sums(
    tables: Mapping[tuple[str, str], Table], *, rest: Mapping[Key, int]
) -> Iterator[Sum[Key]]:
    for (area, name), table in tables.items():
        yield from _down(area, table, rest=rest)
        yield from _across(area, table)
        if name == "rows":
            yield from _between(area, tables)


def _down(area: str, table: Table, *, rest: Mapping[Key, int]) -> Iterator[Sum[Key]]:
    """Yield what the columns add up to: the total, and in the flow of rows what is accepted."""
    if table.total is None:
        return
    for column in table.columns:
        parts = [(area, table.id, line.key, column.key) for line in table.lines]
        parts += [key for key in rest if (key[0], key[1], key[3]) == (area, table.id, column.key)]
        total = (area, table.id, table.total.key, column.key)
        if table.id == "rows" and area == _RUN:
            accepted, rejected = ((area, "rows", key, "rows") for key in ("accepted", "rejected"))
            outcomes = tuple(
                (area, "rows", line.key, "rows") for line in table.lines if line.look == "inner"
            )
            yield Sum(total=total, parts=(accepted, rejected))
            yield Sum(total=accepted, parts=outcomes)
        else:
            yield Sum(total=total, parts=tuple(parts))


# table, total, parts: columns that add up on each line
_ACROSS = (
    ("municipalities", "total", OUTCOMES),
    ("grounds", "clients", ("alone", "with_others")),
    ("area_letters", "letters_due", ("written", "already_sent", "undeliverable")),
)


def _across(area: str, table: Table) -> Iterator[Sum[Key]]:
    for name, total, parts in _ACROSS:
        if name == table.id:
            for line in table.every_line:
                yield Sum(
                    total=(area, name, line.key, total),
                    parts=tuple((area, name, line.key, part) for part in parts),
                )


def _between(area: str, tables: Mapping[tuple[str, str], Table]) -> Iterator[Sum[Key]]:
    """Yield what one table tells of another."""
    whole = {key: (area, "rows", key, "rows") for key in (*OUTCOMES, "read")}
    if area == _RUN:
        for one in OUTCOMES:
            yield _same(whole[one], (area, "areas", "total", one))
        for key in ("written", "already_sent", "undeliverable"):
            yield _same((area, "letters", key, "letters"), (area, "area_letters", "total", key))
        yield _same((area, "letters", "due", "letters"), whole["eligible"])
        yield _same((area, "outside", "total", "count"), (area, "rows", "outside", "rows"))
        changes = [(area, "changes", key, "count") for key in ("joined", "stayed", "moved")]
        yield Sum(total=whole["eligible"], parts=tuple(changes[:2]))
        yield Sum(total=whole["eligible"], parts=tuple(changes))
        return
    for one in OUTCOMES:
        yield _same(whole[one], (area, "municipalities", "total", one))
        yield _same(whole[one], (_RUN, "areas", area, one))
    for name in ("together", "ages", "languages"):
        yield _same(whole["eligible"], (area, name, "total", "count"))
    yield _same(whole["not_eligible"], (area, "reasons", "total", "count"))
    yield _same(whole["read"], (area, "municipalities", "total", "total"))
    yield from _letters(area, whole["eligible"])
    yield from _of_grounds(area, tables)
    yield from _of_places(area, tables)


def _letters(area: str, eligible: Key) -> Iterator[Sum[Key]]:
    yield _same((area, "letters", "due", "letters"), eligible)
    for key in ("written", "already_sent", "undeliverable"):
        yield _same((area, "letters", key, "letters"), (_RUN, "area_letters", area, key))
    yield _same((area, "letters", "due", "letters"), (_RUN, "area_letters", area, "letters_due"))
    for key in ("assigned", "unassigned"):
        yield _same((area, "service", "total", key), (_RUN, "area_letters", area, key))


def _of_grounds(area: str, tables: Mapping[tuple[str, str], Table]) -> Iterator[Sum[Key]]:
    """Yield what combinations tell of a ground."""
    grounds, together = (tables.get((area, name)) for name in ("grounds", "together"))
    if grounds is None or together is None:
        return
    for line in grounds.lines:
        count, alone = ((area, "grounds", line.key, key) for key in ("clients", "alone"))
        having = [one for one in together.lines if line.values[0] in _tuple(one)]
        yield Sum(total=count, parts=tuple(_count(area, "together", one) for one in having))
        yield Sum(
            total=alone,
            parts=tuple(_count(area, "together", one) for one in having if len(_tuple(one)) == 1),
        )


def _beside(
    areas: Iterable[str],
    tables: Mapping[tuple[str, str], Table],
    counts: Mapping[Key, int],
) -> tuple[Mapping[Key, int], Sequence[Sum[Key]]]:
    """Return what ages and languages tell of a ground, with those beside it whom no line shows.

    Nobody but the young has the ground of the young; who of them does not have it is told by
    subtraction, as is who speaks Sámi among the languages that are not named.
    """
    found: dict[Key, int] = {}
    sums: list[Sum[Key]] = []
    for area in areas:
        for name, parts in _groups(area, tables):
            ground, whole, others = (
                (area, "grounds", name, key) for key in ("clients", "whole", "beside")
            )
            told = tuple(key for key in parts if key in counts)
            if ground not in counts or sum(counts[key] for key in told) < counts[ground]:
                continue
            found[whole] = sum(counts[key] for key in told)
            having: tuple[Key, ...] = (ground,)
            if found[whole] > counts[ground]:
                found[others] = found[whole] - counts[ground]
                having = (ground, others)
            sums += [Sum(total=whole, parts=told), Sum(total=whole, parts=having)]
    return found, sums


def _groups(
    area: str, tables: Mapping[tuple[str, str], Table]
) -> Iterator[tuple[str, Sequence[Key]]]:
    """Yield each ground that a group of an area's clients has, with the lines of the group."""
    foreign = [
        _count(area, "languages", line)
        for line in _lines(tables, area, "languages")
        if line.key not in _NOT_FOREIGN
    ]
    yield "foreign_language", foreign
    yield "under_30", [(area, "ages", key, "count") for key in _YOUNG]


def _of_places(area: str, tables: Mapping[tuple[str, str], Table]) -> Iterator[Sum[Key]]:
    """Yield what the municipalities tell of coaches, and of what was announced."""
    for line in _lines(tables, area, "municipalities"):
        yield Sum(
            total=(area, "municipalities", line.key, "eligible"),
            parts=tuple((area, "service", line.key, key) for key in ("assigned", "unassigned")),
        )
        yield Sum(
            total=(area, "service", line.key, "assigned"),
            parts=((area, "service", line.key, "contacts"),),
        )
    by_name = {line.values[0]: line for line in _lines(tables, area, "municipalities")}
    for line in _lines(tables, area, "controls"):
        places = line.values[0] if isinstance(line.values[0], tuple) else ()
        named = [by_name[place] for place in places if place in by_name]
        parts = [(area, "municipalities", one.key, "eligible") for one in named] or [
            (area, "municipalities", "total", "eligible")
        ]
        yield Sum(total=(area, "controls", line.key, "found"), parts=tuple(parts))


def _same(one: Key, other: Key) -> Sum[Key]:
    return Sum(total=one, parts=(other,))


def _lines(tables: Mapping[tuple[str, str], Table], area: str, name: str) -> Sequence[Line]:
    table = tables.get((area, name))
    return table.lines if table else ()


def _count(area: str, name: str, line: Line) -> Key:
    return (area, name, line.key, "count")


def _tuple(line: Line) -> tuple[object, ...]:
    return line.values[0] if isinstance(line.values[0], tuple) else (line.values[0],)


def _without(
    table: Table,
    key: tuple[str, str],
    hide: frozenset[Key],
    counts: Mapping[Key, int],
) -> Table:
    """Return the table without what may not be shown, nor what is reckoned from it."""
    # A share of a whole that may not be shown would tell it.
    whole = (key[0], "rows", "eligible", "rows")
    ends = table.total.key if table.total else ""
    no_shares = whole in hide or any((*key, ends, one.key) in hide for one in table.columns)

    def hidden(line: Line) -> Line:
        gone = {one.key for one in table.columns if (*key, line.key, one.key) in hide}
        assigned = (*key, line.key, "assigned")
        if assigned in hide or 0 < counts.get(assigned, FEWEST) < FEWEST:
            gone |= set(_FIGURES)
        values = tuple(
            Hidden.HIDDEN
            if column.key in gone
            or (gone and column.kind == "change")
            or ((gone or no_shares) and isinstance(value, Share))
            else value
            for column, value in zip(table.columns, line.values, strict=True)
        )
        return replace(line, values=values)

    return replace(
        table,
        lines=tuple(hidden(line) for line in table.lines),
        total=hidden(table.total) if table.total else None,
    )
