"""What ``outcomes`` prints."""

from datetime import date
from typing import Any

from kuntactl.cli.shapes.base import Input, RowsRead, Shape


class Side(Shape):
    """One of the two exports."""

    on: date
    inputs: list[Input]
    rows: RowsRead | None = None
    """Not with ``--public``, as the next one: a few rows are a few people."""
    rejected_by_code: dict[str, int] | None = None


class Figure(Shape):
    """A figure of a place; a null is not known, or hidden by ``--public``."""

    place: str
    """A municipality's code, or what else it is."""
    figure: str
    before: float | None
    after: float | None
    change: float | None
    change_per_cent: float | None
    unknown_before: int | None
    """People of whom it cannot be told."""
    unknown_after: int | None


class Outcomes(Shape):
    """``outcomes``: the content of ``outcomes.json``."""

    version: str
    areas: list[str]
    public: bool
    hidden: int
    """Figures that ``--public`` hides."""
    before: Side
    after: Side
    figures: list[Figure]
    moves: dict[str, int | None]
    """What became of those who were unemployed."""
    announced: list[dict[str, Any]]
    """What the area itself announced, with its source."""
