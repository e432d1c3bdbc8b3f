"""The charts of the reports: which figure becomes which bar."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from kuntactl.domain.types import Language
from kuntactl.report import charts
from kuntactl.report.charts import Bar, Line, Part
from kuntactl.report.figures import OUTCOMES
from kuntactl.report.numbers import written_number
from kuntactl.report.shown import in_words
from kuntactl.report.staffing import Staffing
from kuntactl.report.table import Hidden, Table, Value
from kuntactl.report.table import Line as TableLine
from kuntactl.report.texts import TEXTS, texts_in

# Room for labels left of the bars, in pixels.
_SHORT = 112  # an age group, a language
_NAME = 176  # a coach, an area
_SERVICE = {"median_days": "days_chart", "place_load": "load_chart"}
_MOST = 12  # counts that have changed, drawn
# By the mark of a table's line.
_COLOURS: Mapping[str, str] = {
    "eligible": charts.BLUE,
    "review": charts.AMBER,
    "not_eligible": charts.GREY,
    "outside": charts.PALE_GREY,
    "rejected": charts.RED,
    "letter_written": charts.BLUE,
    "letter_already_sent": charts.PALE_BLUE,
    "letter_protected": charts.INK,
    "letter_undeliverable": charts.RED,
}


def rows_chart(rows: Table, letters: Table | None, *, language: Language) -> Markup:
    """Return where every row went, then what became of the letters.

    Each outcome takes its stretch of all the rows read, each letter its stretch of all letters.
    Where a count may not be shown, every bar begins at nought: its place would tell the count.
    """
    said = texts_in(language)
    total = rows.total or rows.lines[0]
    bars = [_bar(total, charts.INK, language=language)]
    told = [*rows.every_line, *(letters.every_line if letters else ())]
    is_told = all(line.values[1] is not Hidden.HIDDEN for line in told)
    parts = [line for line in rows.lines if line.mark]
    for lines in (parts, letters.lines if letters else ()):
        bars += _one_after_the_other(lines, is_told=is_told, language=language)
    return _chart(bars, title=said["s_rows"], language=language, tracks=is_told)


def _one_after_the_other(
    lines: Sequence[TableLine], *, is_told: bool, language: Language
) -> Iterator[Bar]:
    start = 0.0
    for line in lines:
        yield _bar(line, _COLOURS[line.mark], start=start, language=language)
        start += _count(line.values[1]) if is_told else 0


def grounds_chart(grounds: Table, *, language: Language) -> Markup:
    """Return each ground: those who have only it, then those who have others too."""
    alone, others = grounds.column("alone"), grounds.column("with_others")
    bars = [
        Bar(
            label=in_words(line.values[0], language=language),
            text=in_words(line.values[1], language=language),
            parts=(
                Part(value=_count(line.values[alone]), colour=charts.BLUE),
                Part(value=_count(line.values[others]), colour=charts.PALE_BLUE),
            ),
        )
        for line in grounds.lines
    ]
    return _chart(bars, title=texts_in(language)["grounds_each"], language=language)


def short_counts_chart(counts: Table, *, language: Language) -> Markup:
    """Return one bar a line of the table, with short labels beside the bars."""
    return _counts_chart(counts, label_width=_SHORT, language=language)


def long_counts_chart(counts: Table, *, language: Language) -> Markup:
    """Return one bar a line of the table, with long labels above the bars."""
    return _counts_chart(counts, label_width=0, language=language)


def _counts_chart(counts: Table, *, label_width: int, language: Language) -> Markup:
    bars = [_bar(line, charts.BLUE, language=language) for line in counts.lines]
    title = counts.caption.in_language(language)
    return _chart(bars, title=title, language=language, label_width=label_width)


def outcomes_chart(table: Table, *, language: Language) -> Markup:
    """Return each area or municipality: in the target group, to be checked, not in it."""
    places = [table.column(key) for key in OUTCOMES]
    bars = [
        Bar(
            label=_short(line, language=language),
            text=_sum_in_words([line.values[place] for place in places], language=language),
            parts=tuple(
                Part(value=_count(line.values[place]), colour=_COLOURS[key])
                for key, place in zip(OUTCOMES, places, strict=True)
            ),
        )
        for line in table.lines
    ]
    title = table.caption.in_language(language)
    return _chart(bars, title=title, language=language, label_width=_NAME)


def service_charts(service: Table, *, language: Language) -> Mapping[str, Markup]:
    """Return a chart of each figure of equal service that there is, by the column's key."""
    there = {column.key for column in service.columns}
    return {
        key: _service_chart(service, key, title=title, language=language)
        for key, title in _SERVICE.items()
        if key in there
    }


def _service_chart(service: Table, key: str, *, title: str, language: Language) -> Markup:
    """Return a figure of each municipality, with that of the whole area marked."""
    place = service.column(key)
    bars = [
        _plain_bar(
            _short(line, language=language), line.values[place], decimals=1, language=language
        )
        for line in service.lines
    ]
    said = texts_in(language)
    whole = service.total.values[place] if service.total else None
    in_all = in_words(whole, decimals=1, language=language)
    line = Line(value=_count(whole), text=f"{said['key_area']} {in_all}")
    return _chart(bars, title=said[title], language=language, line=line, label_width=_NAME)


def expected_chart(table: Table, *, language: Language) -> Markup:
    """Return how many were found of each whole, with what was expected marked."""
    return _marked_chart(table, now="found", mark="expected", language=language)


def drift_chart(table: Table, *, language: Language) -> Markup:
    """Return the counts that have changed most, with what they were marked."""
    place = table.column("drift_change")
    most = sorted(table.lines, key=lambda line: -abs(_count(line.values[place])))[:_MOST]
    kept = replace(table, lines=tuple(line for line in table.lines if line in most))
    return _marked_chart(kept, now="drift_now", mark="drift_before", language=language)


def _marked_chart(table: Table, *, now: str, mark: str, language: Language) -> Markup:
    value, limit = table.column(now), table.column(mark)
    bars = [
        replace(
            _plain_bar(
                in_words(line.values[table.head], language=language),
                line.values[value],
                language=language,
            ),
            limit=None if line.values[limit] is None else _count(line.values[limit]),
            text=f"{in_words(line.values[value], language=language)}"
            f" / {in_words(line.values[limit], language=language)}",
        )
        for line in table.lines
    ]
    return _chart(bars, title=table.caption.in_language(language), language=language)


def loads_chart(staffing: Staffing, *, roof: float | None, language: Language) -> Markup:
    """Return each coach's expected meetings for full time, with the mean over all coaches.

    ``roof`` is marked on each bar: what no load is to pass; none: it is not known.

    The heaviest load comes first; a coach who can take nobody more is said to be full.
    """
    said = texts_in(language)
    bars = [
        Bar(
            label=load.name,
            text=written_number(load.per_share, language=language, decimals=1)
            + (f" {said['full']}" if load.is_full else ""),
            parts=(
                Part(value=load.per_share, colour=charts.AMBER if load.is_full else charts.BLUE),
            ),
            limit=roof,
        )
        for load in staffing.by_load
    ]
    mean = written_number(staffing.mean_per_share, language=language, decimals=1)
    line = Line(value=staffing.mean_per_share, text=f"{said['mean']} {mean}")
    return _chart(bars, title=said["loads_chart"], language=language, line=line, label_width=_NAME)


def clients_chart(staffing: Staffing, *, language: Language) -> Markup:
    """Return each coach's clients with their own limit marked, and the mean of all coaches.

    The coaches stand in the order of ``loads_chart``.
    """
    said = texts_in(language)
    bars = [
        Bar(
            label=load.name,
            text=written_number(load.clients, language=language)
            + (f" / {written_number(load.limit, language=language)}" if load.limit else ""),
            parts=(
                Part(value=load.clients, colour=charts.AMBER if load.is_full else charts.BLUE),
            ),
            limit=load.limit,
        )
        for load in staffing.by_load
    ]
    mean = written_number(staffing.mean_clients, language=language, decimals=1)
    line = Line(value=staffing.mean_clients, text=f"{said['mean']} {mean}")
    return _chart(
        bars, title=said["clients_chart"], language=language, line=line, label_width=_NAME
    )


def _bar(line: TableLine, colour: str, *, language: Language, start: float = 0) -> Bar:
    return Bar(
        label=_short(line, language=language),
        text=in_words(line.values[1], language=language),
        parts=(Part(value=_count(line.values[1]), colour=colour),),
        start=start,
    )


def _plain_bar(label: str, value: Value, *, language: Language, decimals: int = 0) -> Bar:
    return Bar(
        label=label,
        text=in_words(value, decimals=decimals, language=language),
        parts=(Part(value=_count(value), colour=charts.BLUE),),
    )


def _count(value: Value) -> float:
    """Return how long a bar is: nothing for what is not known or may not be shown."""
    return value if isinstance(value, int | float) else 0


def _sum_in_words(values: Sequence[Value], *, language: Language) -> str:
    if Hidden.HIDDEN in values:
        return Hidden.HIDDEN.value
    return in_words(sum(_count(value) for value in values), language=language)


def _short(line: TableLine, *, language: Language) -> str:
    """Return the name of a line, cut down to what fits beside a bar."""
    name = line.values[0]
    if name is TEXTS["non_disclosure"]:
        name = TEXTS["place_not_shown"]
    return in_words(name, language=language)


def _chart(
    bars: Sequence[Bar],
    *,
    title: str,
    language: Language,
    line: Line | None = None,
    tracks: bool = False,
    label_width: int = 0,
) -> Markup:
    marked = [line.text] if line else []
    what = "; ".join([*(f"{bar.label} {bar.text}" for bar in bars), *marked])
    said = texts_in(language)["chart_of"].format(what=f"{title}. {what}")
    drawn = charts.bar_chart(
        bars,
        description=said,
        title=title,
        line=line,
        tracks=tracks,
        label_width=label_width,
    )
    return Markup(drawn)  # noqa: S704 - every text in it has been escaped where it was drawn
