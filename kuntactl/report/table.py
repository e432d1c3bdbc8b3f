"""A table of a report, as one record for the page, the paper, the workbook."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kuntactl.domain.wording import Name, Words


class Hidden(StrEnum):
    """A count that may not be shown."""

    HIDDEN = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole, shown in per cent."""

    part: float
    whole: float


Label = Words | Name
Value = Label | tuple[Label, ...] | str | float | date | Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What stands below one heading."""

    key: str
    heading: Words
    kind: str = "number"  # head, text, number, decimal, change, share, day


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a value for each column; none is a dash."""

    key: str
    values: tuple[Value, ...]
    look: str = ""  # class of the line: inner, sum
    mark: str = ""  # class of the colour before its name
    link: str | None = None  # where its name leads


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table with its caption."""

    id: str
    caption: Words
    columns: tuple[Column, ...]  # exactly one is of the kind ``head``
    lines: tuple[Line, ...]
    total: Line | None = None

    @property
    def every_line(self) -> tuple[Line, ...]:
        """The lines, the total last."""
        return (*self.lines, self.total) if self.total else self.lines

    @property
    def head(self) -> int:
        """The place of the column that names the lines."""
        return next(place for place, one in enumerate(self.columns) if one.kind == "head")

    def column(self, key: str) -> int:
        """Return the place of a column."""
        return next(place for place, column in enumerate(self.columns) if column.key == key)
