"""A chart is the same on every machine and lies about nothing."""

import re

from kuntactl.report.charts import BLUE, PALE_BLUE, Bar, Line, Part, bar_chart


def bar(label: str, *values: float, start: float = 0) -> Bar:
    """Return a bar of these stretches."""
    return Bar(
        label=label,
        text="x",
        parts=tuple(Part(value=value, colour=BLUE) for value in values),
        start=start,
    )


def widths(svg: str) -> list[float]:
    """Return how wide each stretch is drawn."""
    return [float(width) for width in re.findall(r'<rect[^>]* width="([\d.]+)"', svg)]


def test_lengths_are_in_proportion() -> None:
    """A bar twice as long means twice as many."""
    svg = bar_chart([bar("a", 200), bar("b", 100), bar("c", 50, 50)], description="d")
    longest, half, *quarters = widths(svg)

    assert half == longest / 2
    assert quarters == [longest / 4, longest / 4]


def test_nothing_is_drawn_for_nobody() -> None:
    """A bar of no length would look like a few."""
    assert widths(bar_chart([bar("a", 0), bar("b", 5)], description="d")) != []
    assert len(widths(bar_chart([bar("a", 0), bar("b", 5)], description="d"))) == 1


def test_one_of_very_many_can_still_be_seen() -> None:
    """One client among fifty thousand is somebody."""
    assert min(widths(bar_chart([bar("a", 50_000), bar("b", 1)], description="d"))) == 1


def test_chart_of_nothing_is_a_chart() -> None:
    """An area without rows gets a report too."""
    assert bar_chart([], description="d").startswith("<svg")
    assert widths(bar_chart([bar("a", 0)], description="d")) == []


def test_words_are_escaped() -> None:
    """A coach's name is no markup."""
    svg = bar_chart(
        [bar('<script>&"', 1)], description='"><script>', line=Line(value=1, text="<b>")
    )

    assert "<script" not in svg
    assert "<b>" not in svg


def test_many_bars_are_thin() -> None:
    """A town with 250 coaches still has a chart that fits a screen."""
    svg = bar_chart([bar("a", 1)] * 250, description="d")
    height = int(re.search(r'viewBox="0 0 \d+ (\d+)"', svg)[1])  # type: ignore[index]

    assert height < 2000
    assert "<text" not in svg


def test_pale_stretch_has_an_edge() -> None:
    """Pale blue on white is too faint to be seen without one (WCAG 1.4.11)."""
    svg = bar_chart(
        [Bar(label="a", text="x", parts=(Part(value=1, colour=PALE_BLUE),))], description="d"
    )

    assert f'stroke="{BLUE}"' in svg
