"""How the cells of our workbooks look, by what they hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from kuntactl.domain.types import Language

_LINE = 15.0  # points, of text of 11 points
_NARROW = 1.1  # letters are narrower than the digits that widths are counted in
_RAGGED = 3  # characters that the last word of a line leaves empty
_DATE_FORMATS: Mapping[Language, str] = {
    Language.FI: "d.m.yyyy",
    Language.SV: "d.m.yyyy",
    Language.EN: "d mmm yyyy",
}
# The weekday in the sheet's own language, whatever that of the office program is.
_LOCALES: Mapping[Language, str] = {
    Language.FI: "[$-40B]ddd ",
    Language.SV: "[$-81D]ddd ",
    Language.EN: "[$-809]ddd ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFormats:
    """The formats of one workbook."""

    cells: Mapping[str, Any]  # by ``Column.kind``, and ``marked``
    heading: Any

    @classmethod
    def of(cls, book: Any, *, language: Language) -> "SheetFormats":
        """Add the formats to a workbook of xlsxwriter."""
        common: Mapping[str, object] = {
            "valign": "top",
            "bottom": 4,
            "bottom_color": "#B8C4CE",
            "font_size": 11,
        }
        day = _DATE_FORMATS[language]
        looks: Mapping[str, Mapping[str, object]] = {
            "text": {"text_wrap": True},
            "day": {"num_format": day, "align": "left"},
            "weekday": {"num_format": _LOCALES[language] + day, "align": "left"},
            "number": {"num_format": "0", "align": "left"},
            "decimal": {"num_format": "0.0", "align": "left"},
            "percent": {"num_format": "0%", "align": "left"},
            "marked": {"bold": True, "bg_color": "#FCE8D5"},
        }
        return cls(
            cells={kind: book.add_format({**common, **look}) for kind, look in looks.items()},
            heading=book.add_format(
                {
                    "bold": True,
                    "text_wrap": True,
                    "valign": "vcenter",
                    "bg_color": "#0B3D5C",
                    "font_color": "#FFFFFF",
                    "font_size": 11,
                }
            ),
        )


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """Return how high a row is in points, for its texts and the widths of their columns.

    Excel finds it out by itself, LibreOffice does not. Words that do not fit at the end of a
    line are allowed for.
    """
    lines = [
        sum(
            max(ceil(len(line) / max(_NARROW * width - _RAGGED, 1)), 1)
            for line in text.split("\n")
        )
        for text, width in texts
    ]
    return _LINE * max(lines, default=1)


def write_cell(sheet: Any, place: tuple[int, int], value: object, style: Any) -> None:
    """Write a value as what it is; text is never a formula or a link."""
    match value:
        case None:
            sheet.write_blank(*place, None, style)
        case str():
            sheet.write_string(*place, value, style)
        case date():
            sheet.write_datetime(*place, value, style)
        case _:
            sheet.write_number(*place, value, style)
