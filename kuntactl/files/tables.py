"""Tables as CSV in the dialect that a Finnish spreadsheet opens with a double click."""

import io
import re
from collections.abc import Callable

import polars as pl

# What a spreadsheet runs, or some take for it: the signs, their full-width and small forms, the
# true minus; also behind space of any width. A tab or a line's end leads into a cell of its own.
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
_SPACE = " \t\r\n\v\f\x85\xa0\u1680\u180e\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_LOOKS_LIKE_FORMULA = f"^(?:[\t\r\n]|[{_SPACE}]*[{_SIGNS}])"
_NEGATIVE_NUMBER = r"\A-[0-9]+(?:[.,][0-9]+)?\z"  # is one whether it is run or not


def write_table(frame: pl.DataFrame) -> bytes:
    """Return the frame as CSV: UTF-8 with BOM, ``;``, CRLF, one header line.

    Decimal comma, ISO dates, lists parted by ``, ``, true as ``K`` and false as ``E``,
    null as an empty cell. A text cell that a spreadsheet would run as a formula gets an
    apostrophe before it; numbers, negative ones too, stay as they are, also as text.
    """
    cells = frame.select(
        _written(pl.col(name), dtype).alias(name) for name, dtype in frame.schema.items()
    )
    out = io.BytesIO()
    cells.write_csv(out, separator=";", line_terminator="\r\n", include_bom=True)
    return out.getvalue()


def _written(values: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Return the values as the text of their cells; blank is null."""
    write = next((write for kind, write in _WRITERS if kind(dtype)), _text)
    return write(values)


def _flag(values: pl.Expr) -> pl.Expr:
    return pl.when(values).then(pl.lit("K")).when(~values).then(pl.lit("E"))


def _real(values: pl.Expr) -> pl.Expr:
    return values.map_batches(_reals, return_dtype=pl.String)


def _reals(values: pl.Series) -> pl.Series:
    # Python rounds to six digits that count; Polars cannot. Weights are few, clients many.
    # What is added makes a zero of a minus zero.
    distinct = values.drop_nulls().unique()
    if distinct.is_empty():
        return values.cast(pl.String)
    texts = [f"{value + 0.0:.6g}".replace(".", ",") for value in distinct]
    return values.replace_strict(
        distinct, pl.Series(texts, dtype=pl.String), return_dtype=pl.String
    )


def _list(values: pl.Expr) -> pl.Expr:
    return _text(values.cast(pl.List(pl.String)).list.join(", "))


def _text(values: pl.Expr) -> pl.Expr:
    return values.cast(pl.String).map_batches(_texts, return_dtype=pl.String)


def _texts(values: pl.Series) -> pl.Series:
    # Few texts are blank or look like a formula: those that do not are not copied.
    harmful = values.str.contains(_LOOKS_LIKE_FORMULA)
    if harmful.any():
        harmful &= ~values.str.contains(_NEGATIVE_NUMBER)
        values = pl.select(pl.when(harmful).then("'" + values).otherwise(values)).to_series()
    blank = values == ""
    return values.set(blank, None) if blank.any() else values


def _number(values: pl.Expr) -> pl.Expr:
    return values.cast(pl.String)


_WRITERS: tuple[tuple[Callable[[pl.DataType], bool], Callable[[pl.Expr], pl.Expr]], ...] = (
    (lambda dtype: dtype == pl.Boolean, _flag),
    (lambda dtype: dtype.is_float(), _real),
    (lambda dtype: dtype.is_integer(), _number),
    (lambda dtype: isinstance(dtype, pl.List), _list),
)


def harmless(text: str) -> str:
    """Return the text so that no spreadsheet runs it as a formula."""
    if not re.search(_LOOKS_LIKE_FORMULA, text):
        return text
    return text if re.fullmatch(_NEGATIVE_NUMBER[2:-2], text) else f"'{text}"


def as_typed(text: str) -> str:
    """Return the text without the apostrophe that ``harmless`` put before it.

    Also the one before a negative number, which lists of an earlier version have.
    """
    bare = text.removeprefix("'")
    return bare if re.search(_LOOKS_LIKE_FORMULA, bare) else text
