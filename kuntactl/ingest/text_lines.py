"""The lines of a text, found in its bytes and decoded only when they are looked at."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar, overload

import numpy as np
import polars as pl
from numpy.typing import NDArray

from kuntactl.ingest.roomy import Content, give_back

LF, CR = 10, 13
# Bytes looked at in one go: few enough for a core's own cache, and so many that threads seldom
# wait for each other.
BLOCK = 1 << 18

Item = TypeVar("Item")
Result = TypeVar("Result")


class TextLines(Sequence[str]):
    """The lines of a text in UTF-8, without LF; a CR before it stays.

    A byte that is no text stands in a line as a lone surrogate (PEP 383). A text without any
    LF is parted at its CRs.
    """

    def __init__(self, content: Content, *, begin: int = 0, is_sound: bool = False) -> None:
        """Find the lines.

        Args:
            content: The text; bytes that are no UTF-8 may stand in it.
            begin: Its first byte, after a BOM.
            is_sound: Whether it is known that there are no such bytes.
        """
        self._is_sound = is_sound
        self.begin = begin
        has_lf = content.find(b"\n") >= 0
        self.content = content if has_lf else content[:].replace(b"\r", b"\n")
        parts = list(_parts(np.frombuffer(self.content, np.uint8), begin))
        starts = [np.array([begin]), *in_shares(_after_line_feeds, parts)]
        if len(self.content) > begin and self.content[-1] != LF:
            starts.append(np.array([len(self.content) + 1]))
        # Where each line begins, then where one more would: past the LF of the last, or past
        # the one that it would have.
        self.starts: NDArray[np.int64] = np.concatenate(starts)

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.starts) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> list[str]: ...

    def __getitem__(self, place: int | slice) -> str | list[str]:
        """Return a line, or several."""
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        return self.raw(range(len(self))[place]).decode("utf-8", "surrogateescape")

    def raw(self, place: int) -> bytes:
        """Return the bytes of a line."""
        return self.content[self.starts[place] : self.starts[place + 1] - 1]

    def give_back(self, line: int) -> None:
        """Give back the memory of the lines before this one; nobody may ask for them again."""
        give_back(self.content, int(self.starts[line]) if line < len(self) else len(self.content))

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Yield the lines in blocks of about ``BLOCK`` bytes: first line, line after the last."""
        first = 0
        while first < len(self):
            after = int(np.searchsorted(self.starts, self.starts[first] + BLOCK, side="right")) - 1
            after = min(max(after, first + 1), len(self))
            yield first, after
            first = after

    def part(self, first: int, after: int, *, is_sound: bool) -> "Part":
        """Return the lines from ``first`` to before ``after`` as they stand."""
        return Part(lines=self, first=first, after=after, is_sound=is_sound)

    def broken(self) -> NDArray[np.int64]:
        """Return the lines that hold bytes which are no text."""
        if self._is_sound:
            return np.array([], np.int64)
        found = [
            line
            for first, after in self._broken_among(list(self.blocks()))
            for some in self._broken_among(
                [(at, min(at + _FEW, after)) for at in range(first, after, _FEW)]
            )
            for line, _ in self._broken_among([(at, at + 1) for at in range(*some)])
        ]
        return np.array(found, np.int64)

    def _broken_among(self, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        for first, after in spans:
            if not is_utf_8(self.content[self.starts[first] : self.starts[after]]):
                yield first, after


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Lines that stand side by side in a text."""

    lines: TextLines
    first: int
    after: int
    is_sound: bool  # whether every byte of the text is known to be text

    def bytes_of(self, first: int, after: int) -> memoryview:
        """Return the bytes of some lines, counted from the first of the part, LF included."""
        starts = self.lines.starts
        return memoryview(self.lines.content)[
            starts[self.first + first] : starts[self.first + after]
        ]

    @property
    def is_most(self) -> bool:
        """Return whether it is the end of the text, and little stands before it."""
        return self.after == len(self.lines) and self.first <= self.after - self.first


_FEW = 32  # lines that are tried together


def is_utf_8(text: bytes) -> bool:
    """Return whether the bytes are UTF-8 throughout."""
    if _SHORT_TEXT < len(text) <= _LONGEST_CELL:  # Polars looks at many bytes at a time
        try:
            pl.Series([text], dtype=pl.Binary).cast(pl.String)
        except pl.exceptions.ComputeError:
            return False
        return True
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


_SHORT_TEXT = 1 << 12  # bytes
_LONGEST_CELL = (1 << 31) - 1  # bytes


def in_shares(work: Callable[[Sequence[Item]], Result], items: Sequence[Item]) -> list[Result]:
    """Return what the work makes of each share of the items, one share a core, in their order.

    Args:
        work: Leaves the other threads alone: most of it is done by a library.
        items: Those of one share stand side by side.
    """
    cores = pl.thread_pool_size()
    size = max(-(-len(items) // cores), 1)
    shares = [items[first : first + size] for first in range(0, len(items), size)]
    with ThreadPoolExecutor(cores) as threads:
        return list(threads.map(work, shares))


def _after_line_feeds(parts: Sequence[tuple[int, NDArray[np.uint8]]]) -> NDArray[np.int64]:
    return np.concatenate([np.flatnonzero(part == LF) + (first + 1) for first, part in parts])


def _parts(content: NDArray[np.uint8], begin: int) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    for first in range(begin, len(content), BLOCK):
        yield first, content[first : first + BLOCK]
