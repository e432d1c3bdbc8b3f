"""What the reports that everybody may read are made of, before counts are hidden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kuntactl.report.area_tables import area_tables, languages_table
from kuntactl.report.common_tables import column, letters_table
from kuntactl.report.figures import OUTCOMES, AreaFigures, Count, RunFigures
from kuntactl.report.public import OF_AREA, OF_RUN, Key
from kuntactl.report.run_tables import run_tables
from kuntactl.report.suppression import FEWEST
from kuntactl.report.table import Line, Table, Value
from kuntactl.report.texts import TEXTS

# The order of their lines would tell which of two hidden counts is the greater.
_BY_FREQUENCY = ("together", "reasons", "missing", "rejected", "outside", "warnings")


def public_area_tables(figures: AreaFigures) -> Mapping[str, Table]:
    """Return the tables of an area.

    Args:
        figures: Of the area, without anybody under non-disclosure.
    """
    tables = {
        **area_tables(figures),
        "languages": languages_table(_named(figures.languages), whole=figures.rows.eligible),
        "rows": _outcomes(figures),
        "letters": letters_table(figures.letters, apart=False),
    }
    return _chosen(tables, OF_AREA)


def public_run_tables(
    figures: RunFigures, areas: Sequence[AreaFigures]
) -> tuple[Mapping[str, Table], Mapping[Key, int]]:
    """Return the tables of a run, and what their totals hold beside the lines.

    Args:
        figures: Of the run; everybody counts.
        areas: Its areas without anybody under non-disclosure.
    """
    whole = run_tables(figures)
    told = run_tables(replace(figures, areas=tuple(areas), review_without_area=0))
    tables = dict(whole)
    rest: dict[Key, int] = {}
    for name in ("areas", "area_letters"):
        tables[name] = replace(whole[name], lines=told[name].lines)
        rest |= _rest(tables[name])
    return _chosen(tables, OF_RUN), rest


def _named(languages: Sequence[Count]) -> tuple[Count, ...]:
    """Return the languages of five or more by name, all others as one line."""
    named = [one for one in languages if one.count >= FEWEST]
    others = sum(one.count for one in languages if one.count < FEWEST)
    rest = Count(code="other", words=TEXTS["other_languages"], count=others)
    return (*sorted(named, key=lambda one: one.code), *((rest,) if others else ()))


def _outcomes(figures: AreaFigures) -> Table:
    """Return the clients of the area by outcome."""
    counts: Mapping[str, int] = {key: getattr(figures.rows, key) for key in OUTCOMES}
    return Table(
        id="rows",
        caption=TEXTS["public_rows"],
        columns=(column("outcome", "head"), column("rows")),
        lines=tuple(
            Line(key=key, values=(TEXTS[key], count), mark=key) for key, count in counts.items()
        ),
        total=Line(key="read", values=(TEXTS["total"], sum(counts.values())), look="sum"),
    )


def _rest(table: Table) -> Mapping[Key, int]:
    total: tuple[Value, ...] = table.total.values if table.total else ()
    found: dict[Key, int] = {}
    for place, one in enumerate(table.columns):
        whole = total[place]
        if isinstance(whole, int):
            found["", table.id, "rest", one.key] = whole - sum(
                value for line in table.lines if isinstance(value := line.values[place], int)
            )
    return found


def _chosen(tables: Mapping[str, Table], names: Iterable[str]) -> Mapping[str, Table]:
    chosen = {name: tables[name] for name in names if name in tables and tables[name].lines}
    for name in chosen.keys() & set(_BY_FREQUENCY):
        lines = sorted(chosen[name].lines, key=lambda line: line.key)
        chosen[name] = replace(chosen[name], lines=tuple(lines))
    return chosen
