"""Bytes of a table turned into text, every byte that is no text still to be seen."""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from kuntactl.errors import InputError, SettingsError
from kuntactl.ingest.roomy import Content
from kuntactl.ingest.text_lines import BLOCK, is_utf_8
from kuntactl.locale import phrase

UTF_8 = "utf-8"
UTF_16 = "utf-16"
WINDOWS_1252 = "windows-1252"
FAILING_ROWS_ALLOWED = 0.01  # of the rows, for a file without BOM to be UTF-8

# A byte that cannot be decoded stands in the text as a lone surrogate (PEP 383). Control
# characters decode, but no text holds them: a row that does is broken in the same way.
SURROGATE = "\udc80-\udcff"
CONTROL = r"\x00-\x08\x0e-\x1f\x7f"
UNDECODABLE = f"[{SURROGATE}{CONTROL}]"

_UNDECODABLE = re.compile(UNDECODABLE)

_ENCODINGS = phrase("one of utf-8, utf-16, windows-1252, latin-1")
_UTF_16_NAMES = (UTF_16, "utf-16-le", "utf-16-be")
_UTF_16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_BLANK = b' \t\r;,"'
_LONGEST_ROW = 1 << 20  # bytes; a quote that is never closed ends its row here
_UTF_32_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_LONGEST_BOM = 4  # bytes
_OLE = b"\xd0\xcf\x11\xe0"
_SNIFFED = 4096  # bytes in which the first line must end, or be text so far


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A decoded file."""

    content: Content  # in UTF-8; a byte that cannot be decoded stands as it stood in the file
    encoding: str  # in which the file came
    begin: int = 0  # of the text in the content, after a BOM
    is_sound: bool = False  # whether each byte is known to be text; else some may be none


def decode(file: str, data: Content, *, encoding: str | None) -> Text:
    """Return the file's text.

    UTF-8 when there is a BOM, or when a valid multibyte sequence occurs and under 1 % of
    rows fail; UTF-16 by its BOM; else Windows-1252 (CONTRACT section 1).

    Args:
        file: Name of the file, for the error.
        data: Its bytes.
        encoding: Taken as given instead of found.

    Raises:
        InputError: If the file is no text at all, or none in the encoding given.
        SettingsError: If there is no such encoding.
    """
    if data[:_LONGEST_BOM].startswith(
        _UTF_32_BOMS
    ):  # the first of them begins as one of UTF-16 does
        raise InputError(
            phrase("{file}: is in UTF-32", file=file), hint=phrase("save it as CSV in UTF-8")
        )
    name, is_sound = _found(data) if encoding is None else (_named(encoding), False)
    if name in _UTF_16_NAMES:
        return Text(content=_encoded(_utf_16(data, name)), encoding=name)
    _refuse_rubbish(file, data)
    if name == UTF_8:
        begin = len(codecs.BOM_UTF8) if data[:_LONGEST_BOM].startswith(codecs.BOM_UTF8) else 0
        content = _composed_bytes(data)
        return Text(content=content, encoding=name, begin=begin, is_sound=is_sound)
    try:
        return Text(content=_encoded(str(data, name, "surrogateescape")), encoding=name)
    except LookupError as error:  # Python also calls base64 and zip encodings, but not of text
        raise _no_encoding(name) from error
    except UnicodeError as error:  # an encoding in which not each byte stands for itself
        raise InputError(
            phrase("{file}: is not in {name}", file=file, name=name), hint=_ENCODINGS
        ) from error


def readable(text: str) -> str:
    r"""Return the text with each undecodable byte written out: ``\xe4``."""
    return _UNDECODABLE.sub(lambda byte: f"\\x{ord(byte[0]) & 0xFF:02x}", text)


def _encoded(text: str) -> bytes:
    return _composed(text).encode(UTF_8, "surrogateescape")


def _composed(text: str) -> str:
    """Return the text with ``a`` and two dots as ``ä``: fonts and lists know the letter."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _composed_bytes(content: Content) -> Content:
    """Return the UTF-8 with composed letters; a line without rare letters is composed already."""
    if all(_is_composed(line) for line in _lines_of_rare_letters(content)):
        return content
    return _encoded(str(content, UTF_8, "surrogateescape"))


def _is_composed(line: bytes) -> bool:
    return unicodedata.is_normalized("NFC", line.decode(UTF_8, "surrogateescape"))


def _lines_of_rare_letters(content: Content) -> Iterator[bytes]:
    """Yield each line with a letter from U+0300 on: only those compose, and never over an LF."""
    taken = 0
    whole = np.frombuffer(content, np.uint8)
    for first in range(0, len(content), BLOCK):
        rare = np.flatnonzero(whole[first : first + BLOCK] >= _FIRST_RARE_BYTE) + first
        for at in rare.tolist():
            if at >= taken:
                begin, taken = content.rfind(b"\n", 0, at) + 1, content.find(b"\n", at) + 1
                taken = taken or len(content)
                yield content[begin:taken]


_FIRST_RARE_BYTE = 0xCC  # of UTF-8: below it stand the letters before U+0300


def _named(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise _no_encoding(encoding) from error
    return {"utf-8-sig": UTF_8, "cp1252": WINDOWS_1252}.get(name, name)


def _no_encoding(encoding: str) -> SettingsError:
    return SettingsError(phrase("no encoding `{encoding}`", encoding=encoding), hint=_ENCODINGS)


def _found(data: Content) -> tuple[str, bool]:
    """Return the encoding, and whether each byte is known to be text in it."""
    begin = data[:_LONGEST_BOM]
    if begin.startswith(codecs.BOM_UTF8):
        return UTF_8, False
    if begin.startswith(_UTF_16_BOMS):
        return UTF_16, False
    if (isinstance(data, bytes) and data.isascii()) or not _MULTIBYTE.search(data):
        return WINDOWS_1252, False
    if all(map(is_utf_8, _slices(data))):
        return UTF_8, True
    rows, failing = _count_rows(data)
    is_utf = not failing or failing < rows * FAILING_ROWS_ALLOWED
    return UTF_8 if is_utf else WINDOWS_1252, False


def _count_rows(data: Content) -> tuple[int, int]:
    """Return how many rows there are below the header, and how many are not UTF-8.

    Blank rows do not count; a row goes on while its quotes are not paired.
    """
    rows = failing = 0
    for row in islice((row for row in _rows(data) if row.strip(_BLANK)), 1, None):
        rows += 1
        failing += not is_utf_8(row)
    return rows, failing


def _slices(data: Content) -> Iterator[bytes]:
    """Yield the bytes some at a time, no character of UTF-8 in two pieces."""
    first = 0
    while first < len(data):
        after = min(first + _SLICE, len(data))
        while after < len(data) and after > first + 1 and data[after] & 0xC0 == _FURTHER_BYTE:
            after -= 1
        yield data[first:after]
        first = after


_SLICE = 1 << 24  # bytes
_FURTHER_BYTE = 0x80  # its first two bits: of a character that has begun before


def _lines(data: Content) -> Iterator[bytes]:
    first = 0
    while (end := data.find(b"\n", first)) >= 0:
        yield data[first:end]
        first = end + 1
    yield data[first:]


def _rows(data: Content) -> Iterator[bytes]:
    row = b""
    for line in _lines(data):
        row += line
        if row.count(b'"') % 2 == 0 or len(row) > _LONGEST_ROW:
            yield row
            row = b""
    yield row


def _utf_16(data: Content, name: str) -> str:
    """Return the text; a BOM tells the byte order, else the name does, else it is as on a PC."""
    unsaid = "utf-16-le" if name == UTF_16 else name
    encoding = UTF_16 if data[:_LONGEST_BOM].startswith(_UTF_16_BOMS) else unsaid
    try:
        return str(data, encoding)
    except UnicodeDecodeError:
        # Half a character has no byte of its own to show: any one stands for it.
        return str(data, encoding, "replace").replace("\ufffd", "\udcff")


def _refuse_rubbish(file: str, data: Content) -> None:
    if data[: len(_OLE)] == _OLE:
        raise InputError(
            phrase("{file}: is an old workbook (.xls), or one that a password locks", file=file),
            hint=phrase("save it as .xlsx without a password, or as CSV"),
        )
    if b"\0" in data[:_SNIFFED].split(b"\n", 1)[0]:
        raise InputError(
            phrase("{file}: is neither CSV nor Parquet nor .xlsx", file=file),
            hint=phrase("save it as CSV in UTF-8, or name its encoding with --encoding"),
        )
