"""Bar charts as SVG, with fixed geometry: no font of the machine moves anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

INK = "#1d2b36"
BLUE = "#0b5c8a"
PALE_BLUE = "#b9d7e6"
AMBER = "#a85a00"
GREY = "#5d6b76"
PALE_GREY = "#87929b"
RED = "#a3302b"
TRACK = "#e9eef2"

# Geometry in CSS pixels.
_WIDTH = 460
_ROOM_FOR_TEXT = 96  # right of the longest bar
_GAP = 6  # between a bar and its figure
_FOOT = 20  # below the last bar, when there is a line to name
_CHARACTER = 7  # about as wide as one at 14 px
_MANY = 40  # bars; above that they are thin


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """Where in its row a bar and its label stand."""

    height: int
    label_y: int  # baseline
    top: int  # of the bar
    bottom: int


_LABEL_ABOVE = _Row(height=48, label_y=18, top=24, bottom=38)
_LABEL_BESIDE = _Row(height=26, label_y=18, top=6, bottom=20)
_THIN = _Row(height=7, label_y=0, top=1, bottom=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One stretch of a bar."""

    value: float
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar with its label above and its figure to the right."""

    label: str
    text: str
    parts: tuple[Part, ...]
    start: float = 0  # where the bar begins
    limit: float | None = None  # marked by a stroke across the bar; none: there is none

    @property
    def end(self) -> float:
        """Where the bar ends."""
        return self.start + sum(part.value for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A value marked over all bars."""

    value: float
    text: str


def bar_chart(
    bars: Sequence[Bar],
    *,
    description: str,
    title: str = "",
    line: Line | None = None,
    tracks: bool = False,
    label_width: int = 0,
) -> str:
    """Return an ``<svg>`` element of horizontal bars, the same text for the same bars.

    Args:
        bars: From top to bottom; more than 40 are drawn thin, without labels or figures.
        description: Said by a screen reader in place of the picture.
        title: What the picture shows, in short; shown where a pointer rests on it.
        line: A value to mark over all bars.
        tracks: Whether each bar lies on a pale track as long as the longest of them.
        label_width: Room for labels left of the bars, in pixels; 0: labels stand above them.

    Returns:
        An element with ``role="img"``, as wide as its place allows, without ids, links,
        scripts or fonts of its own. Text takes the font of the page around it.
    """
    row = _THIN if len(bars) > _MANY else _LABEL_BESIDE if label_width else _LABEL_ABOVE
    left = 0 if row is _THIN else label_width
    height = len(bars) * row.height + (_FOOT if line else 0)
    limits = [bar.limit for bar in bars if bar.limit is not None]
    longest = max([bar.end for bar in bars] + limits + ([line.value] if line else []), default=0)
    scale = _Scale(left=left, step=(_WIDTH - left - _ROOM_FOR_TEXT) / (longest or 1))
    shapes = [
        shape
        for place, bar in enumerate(bars)
        for shape in _stretches(
            _on_track(bar, longest) if tracks else bar, y=place * row.height, row=row, scale=scale
        )
    ]
    texts = [
        text
        for place, bar in enumerate(() if row is _THIN else bars)
        for text in _texts(bar, y=place * row.height, row=row, scale=scale, rim=line is not None)
    ]
    marks = _marked(line, height=height, scale=scale) if line else []
    marks += [
        _limit(bar.limit, y=place * row.height, row=row, scale=scale)
        for place, bar in enumerate(bars)
        if bar.limit is not None
    ]
    said = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>" if title else ""
    return (
        f'<svg class="chart" role="img" aria-label="{escape(description)}" '
        f'viewBox="0 0 {_WIDTH} {height}">{said}{"".join(shapes + marks + texts)}</svg>'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """From values to pixels."""

    left: float
    step: float

    def x(self, value: float) -> str:
        """Return where the value stands."""
        return _px(self.left + value * self.step)


def _on_track(bar: Bar, longest: float) -> Bar:
    """Return the bar with pale stretches before and after it."""
    return Bar(
        label=bar.label,
        text=bar.text,
        parts=(
            Part(value=bar.start, colour=TRACK),
            *bar.parts,
            Part(value=longest - bar.end, colour=TRACK),
        ),
    )


def _stretches(bar: Bar, *, y: int, row: _Row, scale: _Scale) -> list[str]:
    drawn = []
    begins = bar.start
    for part in bar.parts:
        # A pale stretch has an edge: by itself it would not stand out from the paper.
        edge = f' stroke="{BLUE}" stroke-width="1"' if part.colour == PALE_BLUE else ""
        if part.value > 0:
            drawn.append(
                f'<rect x="{scale.x(begins)}" y="{y + row.top}" '
                f'width="{_px(max(part.value * scale.step, 1))}" '
                f'height="{row.bottom - row.top}" fill="{part.colour}"{edge}/>'
            )
        begins += part.value
    return drawn


def _texts(bar: Bar, *, y: int, row: _Row, scale: _Scale, rim: bool) -> list[str]:
    room = int((scale.left or _WIDTH) / _CHARACTER)
    label = bar.label if len(bar.label) <= room else f"{bar.label[: room - 1]}…"
    right = max(bar.end, bar.limit or 0)
    figure_x = scale.x(right + _GAP / scale.step)
    figure = (
        f'<text x="{figure_x}" y="{y + row.bottom - 2}" font-size="14" font-weight="bold" '
        "{look}>{text}</text>"
    )
    # The white rim keeps a figure readable where the marked line runs through it. It is a text
    # of its own: not every program that draws pages knows how to put a stroke below a fill.
    under = (
        [figure.format(look='fill="#fff" stroke="#fff" stroke-width="4"', text=escape(bar.text))]
        if rim
        else []
    )
    return [
        f'<text x="0" y="{y + row.label_y}" font-size="14" fill="{INK}">{escape(label)}</text>',
        *under,
        figure.format(look=f'fill="{INK}"', text=escape(bar.text)),
    ]


def _limit(value: float, *, y: int, row: _Row, scale: _Scale) -> str:
    x = scale.x(value)
    return (
        f'<line x1="{x}" y1="{y + row.top - 1}" x2="{x}" y2="{y + row.bottom + 1}" '
        f'stroke="{RED}" stroke-width="3"/>'
    )


def _marked(line: Line, *, height: int, scale: _Scale) -> list[str]:
    x = scale.x(line.value)
    return [
        (
            f'<line x1="{x}" y1="0" x2="{x}" y2="{height - _FOOT + 2}" stroke="{INK}" '
            'stroke-width="1.5" stroke-dasharray="4 3"/>'
        ),
        (
            f'<text x="{x}" y="{height - 4}" font-size="13" text-anchor="middle" '
            f'fill="{INK}">{escape(line.text)}</text>'
        ),
    ]


def _px(length: float) -> str:
    """Return the length to a tenth of a pixel, without a needless zero."""
    return f"{length:.1f}".removesuffix(".0")
