"""How much text the cells of a sheet hold that share their texts."""

import re

import polars as pl

_TEXT = re.compile(rb"<(?:\w+:)?si[ >].*?</(?:\w+:)?si>|<(?:\w+:)?si/>", re.DOTALL)
_SHARED_CELL = rb"\bt=[\"']s[\"']"
_SHARED = r"""\bt=["']s["'][^>]*>\s*<(?:\w+:)?v>([0-9]+)<"""


def shared_size(texts: bytes, sheet: bytes, *, most: int) -> int:
    """Return how many bytes the shared texts take once each stands in its own cell.

    A text that stands once in a workbook may fill each of its cells.

    Args:
        texts: The part ``sharedStrings.xml``.
        sheet: The part of the sheet.
        most: Nothing is counted exactly unless it may be more than this.
    """
    lengths = [len(text[0]) for text in _TEXT.finditer(texts)]
    cells = sum(1 for _ in re.finditer(_SHARED_CELL, sheet))
    estimate = max(lengths, default=0) * cells
    if estimate <= most:
        return estimate
    found = pl.Series([sheet.decode(errors="replace")]).str.extract_all(_SHARED)
    places = found.explode(empty_as_null=True).str.extract(r"([0-9]+)<$").cast(pl.UInt32)
    sizes = pl.DataFrame({"place": range(len(lengths)), "size": lengths}).cast(
        {"place": pl.UInt32, "size": pl.UInt64}
    )
    return int(places.rename("place").to_frame().join(sizes, on="place")["size"].sum())
