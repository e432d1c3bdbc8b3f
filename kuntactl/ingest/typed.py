"""Parquet columns turned into the text that a CSV file would hold."""

import io
import re
from collections.abc import Callable, Mapping, Sequence

import polars as pl
from polars.datatypes import DataTypeClass

from kuntactl.errors import InputError
from kuntactl.ingest.careful import BLANK
from kuntactl.ingest.careful_rows import BROKEN_IN
from kuntactl.ingest.compiled import read_in_words
from kuntactl.ingest.decoding import CONTROL
from kuntactl.ingest.packed import refuse_bomb
from kuntactl.ingest.parquet_size import unpacked_size
from kuntactl.locale import phrase

_BYTES_OF_A_CELL = 4  # at the least, in memory; repeated ones take no room in the file
_CONTROL = re.compile(f"[{CONTROL}]")


def read_parquet(file: str, data: bytes) -> pl.DataFrame:
    """Return the table in the file.

    Raises:
        InputError: If it is damaged, or unpacks to more than an export can be.
    """

    def read() -> pl.DataFrame:
        said = unpacked_size(data)
        refuse_bomb(file, data, unpacked=said.bytes + said.cells * _BYTES_OF_A_CELL)
        return pl.read_parquet(io.BytesIO(data))

    table = read_in_words(
        read,
        faults=(pl.exceptions.PolarsError, OSError, ValueError),
        problem=phrase("{file}: cannot be read as Parquet", file=file),
        hint=phrase("have it written or sent again"),
    )
    refuse_bomb(file, data, unpacked=_letters(table))
    return table


def _letters(table: pl.DataFrame) -> int:
    """Return the bytes of all texts: one that stands once in the file may fill every row."""
    texts = table.select(pl.col(pl.String).str.len_bytes().cast(pl.UInt64).sum())
    return sum(texts.row(0)) if texts.width else 0


def as_text(file: str, column: pl.Series) -> pl.Series:
    """Return the column as String, as CONTRACT section 1 writes such a value.

    Whole numbers come without a decimal part, also from a column of floats (what some tools
    make of whole numbers with gaps); dates as ``2021-03-01``, without a time at midnight;
    flags as ``true`` and ``false``; NaN as null; a float so large that it has lost digits in
    exponent form, as a spreadsheet shows it. Letters written as two characters become one,
    as in a CSV file.

    Raises:
        InputError: If the column holds lists, structures or bytes.
    """
    convert = _CONVERSIONS.get(column.dtype.base_type())
    if convert is None:
        raise InputError(
            phrase(
                "{file}: column `{column}` holds {dtype}",
                file=file,
                column=column.name,
                dtype=column.dtype,
            ),
            hint=phrase("write it as text, whole numbers, dates or flags"),
        )
    return column.to_frame().select(convert(pl.col(column.name))).to_series()


def broken_in(columns: Sequence[str]) -> pl.Expr:
    """Return which of the columns hold control characters, as List[String]; null: none."""
    broken = [
        pl.when(pl.col(name).str.contains(f"[{CONTROL}]")).then(pl.lit(name)) for name in columns
    ]
    found = pl.concat_list(broken).list.drop_nulls()
    return pl.when(found.list.len() > 0).then(found)


def written_out(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    r"""Return the rows with control characters in these columns written out: ``\x01``."""
    if rows.get_column(BROKEN_IN).null_count() == rows.height:
        return rows
    signs = [chr(sign) for sign in range(0x80) if _CONTROL.match(chr(sign))]
    named = [f"\\x{ord(sign):02x}" for sign in signs]
    return rows.with_columns(pl.col(name).str.replace_many(signs, named) for name in columns)


def holds_anything(table: pl.DataFrame) -> pl.Series:
    """Return for each row whether any cell is filled, in a column that is not ours as well."""
    filled = [_is_filled(pl.col(name), dtype) for name, dtype in table.schema.items()]
    return table.select(pl.any_horizontal(filled).fill_null(value=False)).to_series()


def _is_filled(values: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if dtype.is_float():
        return values.is_not_nan()
    if dtype in (pl.String, pl.Categorical, pl.Enum):
        return values.cast(pl.String).str.strip_chars(BLANK) != ""
    return values.is_not_null()


def _plain(values: pl.Expr) -> pl.Expr:
    return values.cast(pl.String)


def _text(values: pl.Expr) -> pl.Expr:
    return values.cast(pl.String).str.normalize("NFC")


def _real(values: pl.Expr) -> pl.Expr:
    return _exact_to(values, 2**53)


def _single(values: pl.Expr) -> pl.Expr:
    return _exact_to(values, 2**24)


def _exact_to(values: pl.Expr, limit: int) -> pl.Expr:
    """Return floats as text; from the limit on, where they lack digits, in exponent form."""
    number = pl.when(values.is_not_nan()).then(values.cast(pl.Float64))
    is_exact = (number == number.floor()) & (number.abs() < limit)
    whole = pl.when(is_exact).then(number.cast(pl.Int64, strict=False))
    power = number.log10().floor()
    is_rounded = number.is_finite() & (number >= limit)
    rounded = pl.format(
        "{}E+{}", (number / 10**power).round(2), power.cast(pl.Int64, strict=False)
    )
    return pl.coalesce(
        whole.cast(pl.String), pl.when(is_rounded).then(rounded), number.cast(pl.String)
    )


def _decimal(values: pl.Expr) -> pl.Expr:
    # Not by way of a float: a client number of 17 digits would become another one.
    return values.cast(pl.String).str.replace(r"\.0*$|(\.[0-9]*[1-9])0+$", "$1")


def _moment(values: pl.Expr) -> pl.Expr:
    return (
        pl.when(values.dt.time() == pl.time(0, 0, 0))
        .then(values.dt.strftime("%Y-%m-%d"))
        .otherwise(values.dt.strftime("%Y-%m-%dT%H:%M:%S"))
    )


def _day(values: pl.Expr) -> pl.Expr:
    return values.dt.strftime("%Y-%m-%d")


_SIGNED = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.Int128)
_UNSIGNED = (pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64, pl.UInt128)
_CONVERSIONS: Mapping[DataTypeClass, Callable[[pl.Expr], pl.Expr]] = (
    dict.fromkeys((*_SIGNED, *_UNSIGNED, pl.Boolean, pl.Null), _plain)
    | dict.fromkeys((pl.String, pl.Categorical, pl.Enum), _text)
    | {pl.Float32: _single, pl.Float64: _real}
    | {pl.Decimal: _decimal, pl.Date: _day, pl.Datetime: _moment}
)
