"""What a Parquet file would unpack to, from its own account of its pages."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

_MAGIC = b"PAR1"
_DEEPEST = 16  # structures in structures; the format has five

# Fields by number, as in the format's parquet.thrift.
_NUM_ROWS, _ROW_GROUPS = 3, 4  # of FileMetaData
_COLUMNS = 1  # of RowGroup
_META_DATA = 3  # of ColumnChunk
_CHUNK_SIZE, _FIRST_DATA_PAGE, _DICTIONARY_PAGE = 7, 9, 11  # of ColumnMetaData
_UNPACKED, _PACKED = 2, 3  # of PageHeader

_TRUE, _FALSE = 1, 2  # kinds of fields, as in Thrift's compact protocol
_LENGTH_FOLLOWS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """How large the table is."""

    cells: int
    bytes: int  # of all pages without compression


def unpacked_size(data: bytes) -> Unpacked:
    """Return how large the table in the file says it is, page by page.

    Pages are what a reader makes room for; the sum in the file's footer may say something else.

    Raises:
        ValueError: If the file contradicts itself.
    """
    size = int.from_bytes(data[-8:-4], "little")
    if data[-4:] != _MAGIC or not 0 < size <= len(data) - 12:
        raise ValueError("no footer")
    try:
        return _sum(data, _Compact(data, len(data) - 8 - size).struct())
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("a footer of another shape") from error


def _sum(data: bytes, footer: Mapping[int, Any]) -> Unpacked:
    groups = footer.get(_ROW_GROUPS) or []
    columns = max((len(group[_COLUMNS]) for group in groups), default=0)
    chunks = (chunk[_META_DATA] for group in groups for chunk in group[_COLUMNS])
    return Unpacked(
        cells=int(footer[_NUM_ROWS]) * columns,
        bytes=sum(sum(_pages(data, chunk)) for chunk in chunks),
    )


def _pages(data: bytes, chunk: Mapping[int, Any]) -> Iterator[int]:
    """Yield the size of each page of a column."""
    offsets = (chunk.get(_DICTIONARY_PAGE), chunk[_FIRST_DATA_PAGE])
    place = min(offset for offset in offsets if offset)
    end = place + chunk[_CHUNK_SIZE]
    while place < end:
        reader = _Compact(data, place)
        page = reader.struct()
        if page[_PACKED] < 0 or page[_UNPACKED] < 0:
            raise ValueError("a page of less than nothing")
        yield page[_UNPACKED]
        place = reader.place + page[_PACKED]


class _Compact:
    """Reads Thrift's compact protocol, as far as Parquet uses it."""

    def __init__(self, data: bytes, place: int) -> None:
        self._data, self.place = data, place

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """Return the fields of a structure by number."""
        if depth > _DEEPEST:
            raise ValueError("too deep")
        fields: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            number = number + (head >> 4) if head >> 4 else self._whole()
            fields[number] = self._value(head & 15, depth, in_list=False)
        return fields

    def _value(self, kind: int, depth: int, *, in_list: bool) -> Any:
        if kind in (_TRUE, _FALSE):
            return self._byte() == _TRUE if in_list else kind == _TRUE
        read = self._READERS.get(kind)
        if read is None:
            raise ValueError(f"a field of kind {kind}")
        return read(self, depth)

    def _list(self, depth: int) -> list[Any]:
        head = self._byte()
        length = self._length() if head >> 4 == _LENGTH_FOLLOWS else head >> 4
        return [self._value(head & 15, depth, in_list=True) for _ in range(length)]

    def _whole(self) -> int:
        number = self._length()
        return (number >> 1) ^ -(number & 1)

    def _length(self) -> int:
        number = shift = 0
        while True:
            byte = self._byte()
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:  # noqa: PLR2004 the sign that another byte follows
                return number
            if shift > 63:  # noqa: PLR2004 bits of the largest number
                raise ValueError("a number without end")

    def _byte(self) -> int:
        if not 0 <= self.place < len(self._data):
            raise ValueError("beyond the end")
        self.place += 1
        return self._data[self.place - 1]

    def _skip(self, length: int) -> None:
        self.place += length

    _READERS: ClassVar[Mapping[int, Callable[["_Compact", int], Any]]] = {
        3: lambda self, _: self._byte(),
        **{kind: (lambda self, _: self._whole()) for kind in (4, 5, 6)},
        7: lambda self, _: self._skip(8),
        8: lambda self, _: self._skip(self._length()),
        **{kind: (lambda self, depth: self._list(depth)) for kind in (9, 10)},
        12: lambda self, depth: self.struct(depth + 1),
    }
