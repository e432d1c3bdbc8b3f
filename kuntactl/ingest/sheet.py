"""The first visible sheet of a workbook, every cell as text."""

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import fastexcel
import polars as pl

from kuntactl.errors import InputError
from kuntactl.ingest.compiled import read_in_words
from kuntactl.ingest.packed import ALWAYS_ALLOWED, refuse_bomb, unzip
from kuntactl.ingest.shared_texts import shared_size
from kuntactl.locale import phrase

MOST_CELLS = 60_000_000  # from A1 to the last cell used: a full sheet of 57 columns

# Marks the text of a cell that has no value of its own; no text holds it (``CONTROL``).
NO_VALUE = "\x7f"
_MARK = NO_VALUE.encode()

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_SAVE_AS = phrase("save it as .xlsx or as CSV")

_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")

_IS_ERROR = rb"""\bt=(?:"e"|'e')"""
_VALUE = rb"<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>"
_ERROR_CELL = re.compile(
    rb"<((?:\w+:)?c)\b([^>]*?)" + _IS_ERROR + rb"([^>]*)>.*?" + _VALUE + rb"\s*</(?:\w+:)?c>",
    re.DOTALL,
)
_UNCOUNTED = re.compile(
    rb"<((?:\w+:)?c)\b([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
# Signs of such a number, each digit written as 0: no pattern is looked for so fast.
_DIGITS_AS_0 = bytes.maketrans(b"123456789", b"0" * 9)
_MAY_BE_LARGE = (b">" + b"0" * 16, b"0E0", b"0E+", b"0e0", b"0e+")
# a number of 16 digits or more: a spreadsheet keeps 15
_LARGE = re.compile(
    rb"<((?:\w+:)?c)\b([^>]*)>\s*(?:<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?"
    rb"<(?:\w+:)?v>([0-9]{16,}(?:\.[0-9]*)?|[0-9](?:\.[0-9]+)?[Ee]\+?(?:1[5-9]|[2-9][0-9]|[0-9]{3}))"
    rb"</(?:\w+:)?v>\s*</(?:\w+:)?c>"
)
_NO_NUMBER = re.compile(rb"""\bt=(?:"(?!n")|'(?!n'))""")
_TYPE = re.compile(rb"""\bt=(?:"\w*"|'\w*')""")
_REFERENCE = r"""r=["'][A-Z]{1,3}[0-9]{1,7}["']"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands in a sheet."""

    name: str
    cells: pl.DataFrame  # String columns "0", "1" ...; one row a row of the sheet, from the first


@dataclass(frozen=True, slots=True)
class _Listed:
    """A sheet as the workbook lists it."""

    name: str
    part: str  # of the zip file


def read_sheet(file: str, content: bytes) -> Sheet:
    """Return the first visible sheet.

    Whole numbers come without a decimal part and never as ``3.3E+08``, dates as
    ``2021-03-01``, flags as ``true`` and ``false``, an empty cell as null. A cell with an
    error of the spreadsheet (``#N/A``), or a formula that was never worked out, is shown as
    it stands with ``NO_VALUE`` before it. A number so large that the spreadsheet has rounded
    it comes in exponent form after all; text of as many digits stays whole.

    Raises:
        InputError: If it is another kind of zip file, damaged, locked, without a visible
            sheet, or larger than a sheet with clients can be.
    """
    parts = unzip(file, content, wanted=_is_wanted)
    listed = _first_visible(file, parts)
    xml = _with_marks(parts[listed.part])
    _refuse_far_cells(file, xml)
    _refuse_repeated_texts(file, content, parts, xml)
    kept = {name: part for name, part in parts.items() if not name.startswith("xl/worksheets/")}
    cells = _load(file, _packed(kept | {listed.part: xml}), listed.name)
    return Sheet(name=listed.name, cells=cells)


def _is_wanted(name: str) -> bool:
    return name.endswith((".xml", ".rels")) and name.startswith(
        (
            *("[Content_Types]", "_rels/", "xl/workbook", "xl/_rels/", "xl/worksheets/sheet"),
            *("xl/sharedStrings", "xl/styles"),
        )
    )


def _first_visible(file: str, parts: Mapping[str, bytes]) -> _Listed:
    if _WORKBOOK not in parts or _RELATIONS not in parts:
        raise InputError(
            phrase("{file}: is a zip file, but no .xlsx workbook", file=file), hint=_SAVE_AS
        )
    book, relations = (parts[name].decode(errors="replace") for name in (_WORKBOOK, _RELATIONS))
    targets = {
        relation.get("Id", ""): posixpath.join("/xl", relation.get("Target", "")).lstrip("/")
        for relation in _tags(_RELATION, relations)
    }
    for sheet in _tags(_SHEET, book):
        part = targets.get(sheet.get("id", ""), "")
        if sheet.get("state", "visible") == "visible" and part in parts:
            return _Listed(sheet.get("name", ""), part)
    raise InputError(phrase("{file}: the workbook has no visible sheet", file=file), hint=_SAVE_AS)


def _tags(pattern: re.Pattern[str], text: str) -> Iterator[dict[str, str]]:
    """Yield the attributes of each tag, without the prefixes of their names."""
    for tag in pattern.finditer(text):
        yield {
            name.rpartition(":")[2]: html.unescape(double or single)
            for name, double, single in _ATTRIBUTE.findall(tag[1])
        }


def _with_marks(xml: bytes) -> bytes:
    """Return the sheet with the cells that have no value, or a rounded one, as text.

    The first would be read as blank, and a blank end of a period means that it is open; the
    others would be read as numbers of somebody else.
    """
    if b't="e"' in xml or b"t='e'" in xml:
        xml = _ERROR_CELL.sub(rb"<\1\2t='str'\3><v>" + _MARK + rb"\4</v></\1>", xml)
    if b"<f" in xml or b":f" in xml:
        xml = _UNCOUNTED.sub(_marked_formula, xml)
    shape = xml.translate(_DIGITS_AS_0)
    if any(sign in shape for sign in _MAY_BE_LARGE):
        xml = _LARGE.sub(_in_exponent_form, xml)
    return xml


def _in_exponent_form(cell: re.Match[bytes]) -> bytes:
    if _NO_NUMBER.search(cell[2]):
        return cell[0]
    rounded = f"{float(cell[3]):.2E}".encode()
    return b"<%b%b t='str'><v>%b</v></%b>" % (
        *(cell[1], _TYPE.sub(b"", cell[2]), rounded),
        cell[1],
    )


def _marked_formula(cell: re.Match[bytes]) -> bytes:
    attributes = _TYPE.sub(b"", cell[2])
    return b"<%b%b t='str'><v>%b=%b</v></%b>" % (
        *(cell[1], attributes, _MARK, cell[3] or b"", cell[1]),
    )


def _refuse_far_cells(file: str, xml: bytes) -> None:
    """Stop if the cells from the first to the last are more than fit into memory.

    Raises:
        InputError: If so.
    """
    places = pl.Series("at", [xml.decode(errors="replace")]).str.extract_all(_REFERENCE)
    at = places.explode(empty_as_null=True).str.slice(3)
    columns = at.str.extract("^([A-Z]+)").unique().drop_nulls()
    last_column = max(map(_column_number, columns), default=0)
    last_row = int(at.str.extract("([0-9]+)").cast(pl.UInt32).max() or 0)  # type: ignore[arg-type]
    if last_column * last_row > MOST_CELLS:
        raise InputError(
            phrase(
                "{file}: its cells reach to row {last_row} and column {last_column}",
                file=file,
                last_row=last_row,
                last_column=last_column,
            ),
            hint=phrase(
                "delete what stands far below or to the right of the table, or save it as CSV"
            ),
        )


def _refuse_repeated_texts(
    file: str, content: bytes, parts: Mapping[str, bytes], xml: bytes
) -> None:
    """Stop if the texts that cells share are more than fit into memory, cell by cell.

    Raises:
        InputError: If so.
    """
    texts = parts.get("xl/sharedStrings.xml", b"")
    refuse_bomb(file, content, unpacked=shared_size(texts, xml, most=ALWAYS_ALLOWED))


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts as a zip file: what is read is what was unpacked within its limits."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def _load(file: str, content: bytes, name: str) -> pl.DataFrame:
    def load() -> pl.DataFrame:
        reader = fastexcel.read_excel(content)
        sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        return sheet.to_polars()

    cells = read_in_words(
        load,
        faults=(fastexcel.FastExcelError, pl.exceptions.PolarsError),
        problem=phrase("{file}: cannot be read as a workbook", file=file),
        hint=_SAVE_AS,
    )
    cells.columns = [str(place) for place in range(cells.width)]
    return cells.with_columns(
        pl.all().str.replace(r"^([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00$", "$1").str.normalize("NFC")
    )
