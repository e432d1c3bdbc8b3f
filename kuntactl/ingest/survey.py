"""What stands in each line of a CSV file, counted in its bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kuntactl.ingest.roomy import Content
from kuntactl.ingest.text_lines import CR, LF, TextLines, in_shares
from kuntactl.ingest.values import SPACES

_SPACE, _QUOTE, _DELETE = 32, 34, 127
_TEXT_CONTROLS = (9, 10, 11, 12, 13)  # of the bytes below a space, those that text may hold
# Space that is none of ASCII, by its first byte in UTF-8.
_ENCODED = [space.encode() for space in SPACES if not space.isascii()]
_LONGEST_SPACE = max(map(len, _ENCODED))  # bytes
_RARE_SPACES = {
    first: tuple(space for space in _ENCODED if space.startswith(first))
    for first in sorted({space[:1] for space in _ENCODED})
}

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Survey:
    """What is known of a text's lines, one value a line."""

    delimiters: NDArray[np.uint32]  # how many
    ends_in_delimiter: Flags
    has_quote: Flags
    is_odd: Flags  # bytes that are no text, control characters, or a CR that ends no line
    is_text: bool  # no byte of the text is none
    loose_places: frozenset[int] | None  # cells with space at an end, or two; none: any may be


def survey(lines: TextLines, delimiter: str) -> Survey:
    """Return what stands in the lines.

    A cell is loose when it begins or ends with a space, or holds two side by side, or one
    that is no ASCII space: what ``values.trimmed`` or ``values.one_line`` would change.

    Args:
        lines: Of the whole file.
        delimiter: One ASCII character.
    """
    counted = _Counted(lines, ord(delimiter))
    in_shares(counted.count_all, list(lines.blocks()))
    broken = lines.broken()
    counted.is_odd[broken] = True
    unknown = (
        _has_rare_space(lines)
        or (counted.quotes and bool(counted.loose))
        or counted.is_loose_anywhere
    )
    return Survey(
        delimiters=counted.delimiters,
        ends_in_delimiter=counted.ends_in_delimiter,
        has_quote=counted.has_quote,
        is_odd=counted.is_odd,
        is_text=not len(broken),
        loose_places=None if unknown else frozenset(counted.loose),
    )


def _has_rare_space(lines: TextLines) -> bool:
    return any(
        _holds(lines.content, first, spaces, begin=lines.begin)
        for first, spaces in _RARE_SPACES.items()
    )


def _holds(content: Content, first: bytes, characters: tuple[bytes, ...], *, begin: int) -> bool:
    # The first byte is rare, and one byte is found ten times as fast as three.
    at = content.find(first, begin)
    while at >= 0 and not content[at : at + _LONGEST_SPACE].startswith(characters):
        at = content.find(first, at + 1)
    return at >= 0


class _Counted:
    """The counts so far, block by block."""

    def __init__(self, lines: TextLines, delimiter: int) -> None:
        self.content = np.frombuffer(lines.content, np.uint8)
        self.starts = lines.starts
        self.delimiter = delimiter
        self.quotes = lines.content.find(b'"') >= 0
        self.deletes = lines.content.find(b"\x7f") >= 0
        self.delimiters = np.zeros(len(lines), np.uint32)
        self.ends_in_delimiter = np.zeros(len(lines), np.bool_)
        self.has_quote = np.zeros(len(lines), np.bool_)
        self.is_odd = np.zeros(len(lines), np.bool_)
        self.loose: set[int] = set()
        self.is_loose_anywhere = False

    def count_all(self, blocks: Sequence[tuple[int, int]]) -> None:
        """Look at the lines of the blocks; others may be looked at beside them."""
        for first, after in blocks:
            self.count(first, after)

    def count(self, first: int, after: int) -> None:
        """Look at the lines from ``first`` to the one before ``after``."""
        at = self.starts[first]
        block = self.content[at : self.starts[after]]
        begins = self.starts[first:after] - at
        ends = self.starts[first + 1 : after + 1] - 1 - at
        is_delimiter = block == self.delimiter
        self.delimiters[first:after] = _sums(is_delimiter, begins)
        # A line that is empty ends where it begins: what is before it is not its own.
        cr = (ends > begins) & (block[np.maximum(ends - 1, 0)] == CR)
        last = ends - 1 - cr
        self.ends_in_delimiter[first:after] = (last >= begins) & is_delimiter[np.maximum(last, 0)]
        low = block < _SPACE
        plain = (after - first) + int(np.count_nonzero(cr)) - (len(block) == ends[-1])
        if self.deletes or int(np.count_nonzero(low)) > plain:
            odd = self._oddities(block, low)
            self.is_odd[first + np.searchsorted(begins, odd, side="right") - 1] = True
        edge = low | is_delimiter
        if self.quotes:
            is_quote = block == _QUOTE
            edge |= is_quote
            quotes = np.flatnonzero(is_quote)
            self.has_quote[first + np.searchsorted(begins, quotes, side="right") - 1] = True
        loose = _loose(block, edge)
        if len(loose):
            before = np.cumsum(is_delimiter, dtype=np.int64)
            line = np.searchsorted(begins, loose, side="right") - 1
            at_begin = before[begins] - is_delimiter[begins]
            self.loose.update(np.unique(before[loose] - at_begin[line]).tolist())

    def _oddities(self, block: NDArray[np.uint8], low: Flags) -> NDArray[np.int64]:
        """Return where the bytes stand that make a line odd."""
        is_cr = block == CR
        text = np.isin(block, _TEXT_CONTROLS)
        if bool(np.any(text & ~is_cr & (block != LF) & (block != self.delimiter))):
            self.is_loose_anywhere = True
        odd = (low & ~text) | (block == _DELETE)
        odd[:-1] |= is_cr[:-1] & (block[1:] != LF)
        return np.flatnonzero(odd)


def _loose(block: NDArray[np.uint8], edge: Flags) -> NDArray[np.int64]:
    """Return where spaces stand beside an edge or another space; ``edge`` is used up."""
    space = block == _SPACE
    edge |= space
    after, before = space[:-1] & edge[1:], space[1:] & edge[:-1]
    if not (after.any() or before.any() or space[0] or space[-1]):
        return np.array([], np.int64)
    loose = np.zeros(len(block), np.bool_)
    loose[:-1], loose[1:] = after, before
    loose[:-1] |= after
    loose[[0, -1]] |= space[[0, -1]]
    return np.flatnonzero(loose)


def _sums(flags: Flags, begins: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return how many flags are set from each beginning to the next."""
    sums = np.add.reduceat(flags.view(np.uint8), begins, dtype=np.uint8)
    if int(sums.sum(dtype=np.int64)) == int(np.count_nonzero(flags)):
        return sums.astype(np.uint32)
    return np.add.reduceat(flags, begins, dtype=np.uint32)  # 256 or more in one line
