"""A database of SQLite as it was committed last, from its file and what stands beside it."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_MAGIC_SIZE, _HEADER, _FRAME_HEADER = 4, 32, 24  # bytes
_BIG_ENDIAN_SUMS = 0x377F0683
_LITTLE_ENDIAN_SUMS = 0x377F0682
_FORMATS = slice(18, 20)  # of the file's header: 2, 2 says that there may be a log beside it
_PLAIN = b"\1\1"
_DATABASE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class _Frame:
    page: int  # from 1
    size: int  # of the database in pages after this commit; 0: no commit
    content: bytes


def committed(database: bytes, log: bytes) -> bytes:
    """Return the database with what was committed to its write-ahead log, as one plain file.

    What stands behind the last commit in the log was never committed, or is left of an older log.

    Args:
        database: The file; empty: there is none.
        log: The file ``-wal`` beside it; empty: there is none.
    """
    pages = bytearray(database)
    waiting: list[_Frame] = []
    for frame in _frames(log):
        waiting.append(frame)
        if frame.size:
            for one in waiting:
                place = (one.page - 1) * len(one.content)
                pages.extend(bytes(max(0, place - len(pages))))
                pages[place : place + len(one.content)] = one.content
            del pages[frame.size * len(frame.content) :]
            waiting.clear()
    if pages.startswith(_DATABASE):
        pages[_FORMATS] = _PLAIN
    return bytes(pages)


def _frames(log: bytes) -> Iterator[_Frame]:
    """Yield the frames of a log, as far as their sums vouch for them.

    Source: SQLite, "WAL-mode File Format".
    """
    magic = int.from_bytes(log[:_MAGIC_SIZE], "big")
    if len(log) < _HEADER or magic not in (_BIG_ENDIAN_SUMS, _LITTLE_ENDIAN_SUMS):
        return
    order = ">" if magic == _BIG_ENDIAN_SUMS else "<"
    page_size = int.from_bytes(log[8:12], "big")
    salts, said = log[16:24], log[24:32]
    sums = _summed((0, 0), log[:24], order)
    if struct.pack(">2I", *sums) != said:
        return
    for place in range(
        _HEADER, len(log) - _FRAME_HEADER - page_size + 1, _FRAME_HEADER + page_size
    ):
        head = log[place : place + _FRAME_HEADER]
        content = log[place + _FRAME_HEADER : place + _FRAME_HEADER + page_size]
        sums = _summed(_summed(sums, head[:8], order), content, order)
        if head[8:16] != salts or struct.pack(">2I", *sums) != head[16:24]:
            return
        page, size = struct.unpack(">2I", head[:8])
        yield _Frame(page, size, content)


def _summed(sums: tuple[int, int], part: bytes, order: str) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(part) // 4}I", part)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second
