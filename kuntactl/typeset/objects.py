"""The objects of a PDF as plain values that can be numbered anew."""

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pydyf

_REFERENCE = re.compile(rb"(\d+) 0 R")


@dataclass(frozen=True, slots=True)
class Ref:
    """Another object, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class Key:
    """A place in the tree that leads from what is marked to its tags, counted from zero."""

    number: int


@dataclass(frozen=True, slots=True)
class Stream:
    """An object with content that is not yet compressed."""

    entries: Mapping[str, Any]
    content: bytes


# What an object is made of: bytes (written as they are), Ref, Key, and lists and dictionaries
# of these; a dictionary's keys stand without their slash.
Value = Any
Names = Callable[["Ref | Key"], bytes]  # how a reference or a key is written


def plain(item: Any) -> Value:
    """Return an object of pydyf as a ``Value``, or as a ``Stream``."""
    if isinstance(item, pydyf.Stream):
        content = b"\n".join(_atom(part) for part in item.stream)
        return Stream(plain(pydyf.Dictionary(item.extra)), content)
    if isinstance(item, dict):
        return {_text(key): plain(value) for key, value in item.items()}
    if isinstance(item, list):
        return [plain(value) for value in item]
    atom = _atom(item)
    reference = None if isinstance(item, pydyf.String) else _REFERENCE.fullmatch(atom)
    return Ref(int(reference[1])) if reference else atom


def written(value: Value, names: Names) -> bytes:
    """Return a value as it stands in a file."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, list):
        return b"[%b]" % b" ".join(written(item, names) for item in value)
    if isinstance(value, dict):
        entries = (b"/%b %b" % (key.encode(), written(item, names)) for key, item in value.items())
        return b"<<%b>>" % b"".join(entries)
    return names(value)


def compressed(stream: Stream, names: Names) -> bytes:
    """Return the body of a stream, its content as small as it gets.

    What is in a form of its own already, as pictures are, stays in it.
    """
    if "Filter" in stream.entries:
        entries = written(dict(stream.entries) | {"Length": b"%d" % len(stream.content)}, names)
        return b"%b\nstream\n%b\nendstream" % (entries, stream.content)
    others = {key: value for key, value in stream.entries.items() if key != "Length"}
    return with_content(written(others, names)[2:-2], _deflated(stream.content))


def with_content(entries: bytes, deflated: bytes) -> bytes:
    """Return the body of a stream from its other entries and its compressed content."""
    return b"<<%b/Filter /FlateDecode/Length %d>>\nstream\n%b\nendstream" % (
        entries,
        len(deflated),
        deflated,
    )


@lru_cache(maxsize=64)
def _deflated(content: bytes) -> bytes:
    """Return content compressed; fonts, colours and metadata come again in many files."""
    return zlib.compress(content, 9)


def _atom(item: Any) -> bytes:
    if isinstance(item, bytes):
        return item
    data: bytes = pydyf.Array([item]).data  # pydyf has no public way to write one item
    return data[1:-1]


def _text(key: str | bytes) -> str:
    return key.decode() if isinstance(key, bytes) else key
