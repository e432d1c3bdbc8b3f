"""The workbook that every sheet of ours is put into: no cell that came from data ever runs."""

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import xlsxwriter

_A4 = 9  # as Excel numbers papers


def new_book(out: io.BytesIO, *, on: date, told: Mapping[str, str] | None = None) -> Any:
    """Return an empty workbook of xlsxwriter, written to ``out`` when it is closed.

    Text in it is text: never a formula, a link or a number.

    Args:
        out: Takes the bytes, which are the same for the same cells.
        on: The day as which the workbook says it was made, for no clock may change the bytes.
        told: Further properties of the document: title, subject.
    """
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    made = datetime(on.year, on.month, on.day)  # noqa: DTZ001 - xlsx has no zone
    book.set_properties({**(told or {}), "author": "kuntactl", "created": made})
    return book


def lay_on_a4(sheet: Any, *, pages_wide: int) -> None:
    """Print the sheet on landscape A4, so many pages wide and as many below as it takes."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(pages_wide, 0)
