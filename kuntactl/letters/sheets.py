"""Letters on sheets of paper: backs left blank, and a code that says which sheet it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TypeVar

import numpy as np
import zxingcpp

from kuntactl.letters.window import Zone

Item = TypeVar("Item")

# The strip between the text, which ends at 190 mm, and the edge of the printable area; away
# from the folds at 99, 148.5 and 198 mm, and from every window.
PLACE = Zone(left=190.4, right=199.8, top=105, bottom=114.4)
MODULE = 0.4  # mm of one dark or light square, if the symbol then fits its place
_POINT = 72 / 25.4  # in a mm


def sheets_of(pages: int, *, sides: int) -> int:
    """Return on how many sheets so many pages are printed."""
    return -(-pages // sides)


def padded(items: Sequence[Item], pages: Sequence[int], *, sides: int, blank: Item) -> list[Item]:
    """Return the letters with a blank page after each that would leave a back to the next.

    Args:
        items: The letters of a print run.
        pages: How many pages each has.
        sides: Sides of a sheet that are printed, 1 or 2.
        blank: A letter of one page on which nothing stands.
    """

    def each() -> Iterator[Item]:
        for item, count in zip(items, pages, strict=True):
            yield item
            yield from [blank] * (sheets_of(count, sides=sides) * sides - count)

    return list(each())


def code_of(letter_id: str, *, sheet: int, sheets: int) -> str:
    """Return what the code says: porvoo-000412 1/2."""
    return f"{letter_id} {sheet}/{sheets}"


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Draws the code of each sheet on its front: an overlay of letters."""

    sides: int = 1  # of a sheet that are printed

    def __call__(self, letter_id: str, page: int, pages: int) -> bytes:
        """Return what is drawn on a page, in points from the sheet's top left corner."""
        if (page - 1) % self.sides:
            return b""  # the back of a sheet
        sheet = (page - 1) // self.sides + 1
        return _drawn(code_of(letter_id, sheet=sheet, sheets=sheets_of(pages, sides=self.sides)))


@lru_cache(maxsize=1024)  # the same sheet stands in a letter's own file and in its print run
def _drawn(text: str) -> bytes:
    """Return a Data Matrix symbol as rectangles, one a run of dark squares in a row."""
    symbol = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    dark = np.array(symbol.to_image(scale=1, add_quiet_zones=False)) == 0
    module = min(MODULE, (PLACE.right - PLACE.left) / len(dark)) * _POINT
    rectangles = [
        f"{start} {row} {length} 1 re"
        for row, squares in enumerate(dark.tolist())
        for start, length in _runs(squares)
    ]
    place = f"{module:.4f} 0 0 {module:.4f} {PLACE.left * _POINT:.4f} {PLACE.top * _POINT:.4f} cm"
    return "\n".join(["0 g", place, *rectangles, "f"]).encode()


def _runs(squares: list[bool]) -> list[tuple[int, int]]:
    """Return start and length of each run of dark squares."""
    runs = []
    for is_dark, group in groupby(enumerate(squares), key=lambda square: square[1]):
        numbers = [number for number, _ in group]
        if is_dark:
            runs.append((numbers[0], len(numbers)))
    return runs
