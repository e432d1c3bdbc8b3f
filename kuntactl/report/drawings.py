"""The charts of the reports: which figure becomes which bar."""

from collections.abc import Sequence

from markupsafe import Markup

from kuntactl.domain.types import Language
from kuntactl.report import charts
from kuntactl.report.charts import Bar, Line, Part
from kuntactl.report.figures import AreaFigures, Count, Rows, Staffing
from kuntactl.report.numbers import written_number
from kuntactl.report.texts import texts_in

# Room for labels left of the bars, in pixels.
_SHORT = 112  # an age group, a language
_NAME = 176  # a coach, an area


def rows_chart(rows: Rows, *, of_area: bool, language: Language) -> Markup:
    """Return where every row went: each outcome takes its stretch of all the rows read."""
    said = texts_in(language)
    parts = (
        ("eligible", rows.eligible, charts.BLUE),
        ("review", rows.review, charts.AMBER),
        ("not_eligible", rows.not_eligible, charts.GREY),
        ("outside" if of_area else "outside_run", rows.outside, charts.PALE_GREY),
        ("rejected", rows.rejected, charts.RED),
    )
    bars = [_bar(said["read"], rows.read, charts.INK, language=language)]
    start = 0
    for key, count, colour in parts:
        bars.append(_bar(said[key], count, colour, start=start, language=language))
        start += count
    return _chart(bars, title=said["s_rows"], language=language, tracks=True)


def grounds_chart(figures: AreaFigures, *, language: Language) -> Markup:
    """Return each ground: those who have only it, then those who have others too."""
    bars = [
        Bar(
            label=ground.words.in_language(language),
            text=written_number(ground.count, language=language),
            parts=(
                Part(value=ground.alone, colour=charts.BLUE),
                Part(value=ground.count - ground.alone, colour=charts.PALE_BLUE),
            ),
        )
        for ground in figures.grounds
    ]
    return _chart(bars, title=texts_in(language)["grounds_each"], language=language)


def counts_chart(counts: Sequence[Count], *, title: str, language: Language) -> Markup:
    """Return one bar a count; ``title`` is a key of the reports' texts."""
    bars = [
        _bar(count.words.in_language(language), count.count, charts.BLUE, language=language)
        for count in counts
    ]
    return _chart(bars, title=texts_in(language)[title], language=language, label_width=_SHORT)


def areas_chart(areas: Sequence[AreaFigures], *, language: Language) -> Markup:
    """Return each area: in the target group, to be checked, not in the target group."""
    said = texts_in(language)
    bars = [
        Bar(
            label=area.area.name.in_language(language),
            text=written_number(sum(counts), language=language),
            parts=tuple(
                Part(value=count, colour=colour)
                for count, colour in zip(
                    counts, (charts.BLUE, charts.AMBER, charts.GREY), strict=True
                )
            ),
        )
        for area in areas
        for counts in [(area.rows.eligible, area.rows.review, area.rows.not_eligible)]
    ]
    return _chart(bars, title=said["rows_by_area"], language=language, label_width=_NAME)


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


def _bar(label: str, count: int, colour: str, *, language: Language, start: int = 0) -> Bar:
    return Bar(
        label=label,
        text=written_number(count, language=language),
        parts=(Part(value=count, colour=colour),),
        start=start,
    )


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
