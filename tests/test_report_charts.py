"""A chart is the same on every machine and lies about nothing."""

import re

import pytest

from kuntactl.report.charts import (
    AMBER,
    BLUE,
    GREY,
    INK,
    PALE_BLUE,
    PALE_GREY,
    RED,
    Bar,
    Line,
    Part,
    bar_chart,
)


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


def test_limit_is_marked_where_it_stands() -> None:
    """A coach with room for sixty and forty clients is two thirds full, and it shows."""
    svg = bar_chart(
        [Bar(label="a", text="x", parts=(Part(value=40, colour=BLUE),), limit=60), bar("b", 60)],
        description="d",
    )
    half_full, full = re.findall(r'<rect x="([\d.]+)"[^>]* width="([\d.]+)"', svg)
    (limit,) = re.findall(r'<line x1="([\d.]+)"[^>]*stroke="#a3302b"', svg)

    assert float(limit) == float(full[0]) + float(full[1])
    assert float(half_full[1]) * 1.5 == pytest.approx(float(full[1]), abs=0.2)


def test_limit_beyond_every_bar_is_inside_the_picture() -> None:
    """A limit of 200 over bars of 5 must not fall off the edge."""
    svg = bar_chart(
        [Bar(label="a", text="5", parts=(Part(value=5, colour=BLUE),), limit=200)], description="d"
    )
    width = float(re.search(r'viewBox="0 0 (\d+)', svg)[1])  # type: ignore[index]

    assert all(float(x) <= width for x in re.findall(r'x[12]?="([\d.]+)"', svg))


def test_the_rim_of_a_figure_is_a_text_of_its_own() -> None:
    """Programs that paint a rim over its figure made the figures vanish from the paper."""
    svg = bar_chart([bar("a", 1)], description="d", line=Line(value=1, text="mean"))
    rim, figure = (shape for shape in re.findall(r"<text[^>]*>", svg) if "bold" in shape)

    assert 'stroke="#fff"' in rim
    assert "stroke" not in figure


def test_picture_has_a_title_and_says_its_figures() -> None:
    """Who rests a pointer on it reads the title; who hears it, all of it (WCAG 1.1.1)."""
    svg = bar_chart([bar("a", 1)], description="Chart: a 1", title="Loads <1>")

    assert "<title>Loads &lt;1&gt;</title><desc>Chart: a 1</desc>" in svg
    assert 'role="img" aria-label="Chart: a 1"' in svg


@pytest.mark.parametrize(
    ("colour", "least"),
    [(INK, 4.5), (BLUE, 3), (AMBER, 3), (GREY, 3), (PALE_GREY, 3), (RED, 3)],
)
def test_colours_stand_out_from_white(colour: str, least: float) -> None:
    """Text needs a contrast of 4.5, what is drawn 3 (WCAG 2.2, 1.4.3 and 1.4.11)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = sum(c * share for c, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))

    assert 1.05 / (luminance + 0.05) >= least
