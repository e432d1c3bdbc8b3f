"""Lines of a sheet, written as XML all at once."""

import io
import re
import zipfile
from collections.abc import Sequence

import polars as pl

_SHEET = "xl/worksheets/sheet1.xml"
_FAST = 1  # of zlib's levels: a fourth of the time for a tenth more bytes
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# What XML cannot hold is written as Excel writes it, and so is what looks like that.
_RARE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]|_x[0-9a-fA-F]{4}_"
_RARE_IN_PYTHON = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)")


def insert_lines(
    book: bytes, lines: pl.DataFrame, styles: Sequence[pl.Series], *, row: int
) -> bytes:
    """Return the workbook with the lines in its first sheet, in the place of their last row.

    A workbook of 30,000 lines is ready in a tenth of the time that a call for each cell takes.

    Args:
        book: A workbook whose first sheet has a row where the last line is to stand, and none
            where the others are.
        lines: At least one, of at most 26 columns of text (String), null as an empty cell.
        styles: For each column the style of each line's cell (integer) as the workbook numbers
            it; null: the cell is left out.
        row: Of the first line, from 1.
    """
    last = re.compile(rf'<row r="{row + lines.height - 1}".*?</row>'.encode(), re.DOTALL)
    rows = _as_xml(lines, styles, row=row)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST) as written,
    ):
        for part in given.infolist():
            content = given.read(part)
            if part.filename == _SHEET:
                content = last.sub(lambda _: rows, content, count=1)
            written.writestr(part, content, compresslevel=_FAST)
    return out.getvalue()


def _as_xml(lines: pl.DataFrame, styles: Sequence[pl.Series], *, row: int) -> bytes:
    numbers = pl.int_range(row, row + lines.height, eager=True).cast(pl.String)
    columns = zip(lines.get_columns(), styles, strict=True)
    cells = [
        _cells(values, style, numbers, place=place)
        for place, (values, style) in enumerate(columns)
    ]
    rows = pl.select(
        pl.concat_str(pl.lit('<row r="'), numbers, pl.lit('">'), *cells, pl.lit("</row>"))
    )
    out = io.BytesIO()
    rows.write_csv(out, include_header=False, quote_style="never", line_terminator="")
    return out.getvalue()


def _cells(values: pl.Series, style: pl.Series, numbers: pl.Series, *, place: int) -> pl.Expr:
    """Return the cells of a column as XML, empty for one that is left out."""
    opened = pl.concat_str(
        pl.lit(f'<c r="{chr(ord("A") + place)}'), numbers, pl.lit('" s="'), style.cast(pl.String)
    )
    filled = pl.concat_str(
        opened,
        pl.lit('" t="inlineStr"><is><t xml:space="preserve">'),
        _escaped(values),
        pl.lit("</t></is></c>"),
    )
    return pl.coalesce(filled, pl.concat_str(opened, pl.lit('"/>')), pl.lit(""))


def _escaped(values: pl.Series) -> pl.Series:
    text = values.str.replace_many(_ESCAPED)
    rare = text.str.contains(_RARE).arg_true()
    if rare.is_empty():
        return text
    written = [_RARE_IN_PYTHON.sub(_code, value) for value in text.gather(rare)]
    return text.scatter(rare, pl.Series(written, dtype=pl.String))


def _code(character: re.Match[str]) -> str:
    return f"_x{ord(character[0]):04X}_"
