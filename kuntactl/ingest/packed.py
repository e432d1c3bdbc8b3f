"""What is packed, unpacked as far as an honest export goes."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from zipfile import ZipFile, ZipInfo

from kuntactl.errors import InputError
from kuntactl.locale import phrase

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"

# A national export of 28 columns is some 60 MB as CSV and 300 MB as a sheet; CSV packs to a
# tenth, a sheet to a thirtieth. What unpacks to far more is not what it says it is.
MOST_UNPACKED = 2 << 30  # bytes
MOST_TIMES = 200  # of the packed size
ALWAYS_ALLOWED = 64 << 20  # bytes, however small the packed file is

# A member of a gzip file may be twenty bytes long: what is read beyond it is read again.
_FIRST_BLOCK, _LARGEST_BLOCK = 1 << 12, 1 << 22

_BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError),
    *(RuntimeError, NotImplementedError),  # a password; a way of packing that Python lacks
)


def gunzip(file: str, data: bytes) -> bytes:
    """Return what the gzip file holds, all its members one after the other.

    Raises:
        InputError: If it is cut off, damaged, or unpacks to more than an export can be.
    """
    most = _most(data)
    out = bytearray()
    place = 0
    while data.startswith(GZIP, place):
        member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        block = _FIRST_BLOCK
        while not member.eof:
            packed = data[place : place + block]
            if not packed:
                raise _not_whole(file)
            try:
                out += member.decompress(packed, most - len(out) + 1)
            except zlib.error as error:
                raise _not_whole(file) from error
            if len(out) > most:
                raise _too_much(file)
            place += len(packed) - len(member.unused_data)
            block = min(block * 2, _LARGEST_BLOCK)
    if data[place:].strip(b"\0"):
        raise _not_whole(file)
    return bytes(out)


def unzip(file: str, data: bytes, *, wanted: Callable[[str], bool]) -> Mapping[str, bytes]:
    """Return the wanted parts of the zip file by name.

    Raises:
        InputError: If it is damaged, locked with a password, or unpacks to more than an
            export can be.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            parts = {part.filename: part for part in archive.infolist() if wanted(part.filename)}
            if sum(part.file_size for part in parts.values()) > _most(data):
                raise _too_much(file)
            return {name: _read(archive, part) for name, part in parts.items()}
    except _BROKEN_ZIP as error:
        raise InputError(
            phrase("{file}: is not a whole workbook", file=file),
            hint=phrase("have it saved or sent again"),
        ) from error


def _read(archive: ZipFile, part: ZipInfo) -> bytes:
    with archive.open(part) as stream:
        return stream.read(part.file_size)


def refuse_bomb(file: str, data: bytes, *, unpacked: int) -> None:
    """Stop if the file unpacks to more bytes than an export can be.

    Raises:
        InputError: If so.
    """
    if unpacked > _most(data):
        raise _too_much(file)


def _most(data: bytes) -> int:
    return min(MOST_UNPACKED, max(ALWAYS_ALLOWED, MOST_TIMES * len(data)))


def _not_whole(file: str) -> InputError:
    return InputError(
        phrase("{file}: is not a whole gzip file", file=file),
        hint=phrase("have it packed or sent again"),
    )


def _too_much(file: str) -> InputError:
    return InputError(
        phrase(
            "{file}: unpacks to more than {most_times} times its size or {most_unpacked} GiB",
            file=file,
            most_times=MOST_TIMES,
            most_unpacked=MOST_UNPACKED >> 30,
        ),
        hint=phrase("an export does not; if it is one all the same, unpack it first, or split it"),
    )
