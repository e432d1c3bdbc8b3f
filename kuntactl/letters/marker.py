"""Texts that stand for the client's own while a letter is laid out without one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, get_origin, get_type_hints

from kuntactl.letters.fields import Fields
from kuntactl.letters.window import MOST_LINES

# Letters that no template uses: a marker is told by the first and the last, and numbered in
# the others. All of them have a capital, so that `text-transform` cannot pass unseen.
_EDGE = "\u01e5"  # ǥ
_DIGITS = "\u014b\u0167\u0111\u0127\u0142\u01e9\u01ef\u0159\u0165\u013a"
MARKER = re.compile(f"{_EDGE}[{_DIGITS}]+{_EDGE}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """Which of the client's own texts stands somewhere."""

    part: int  # of the letter: one a language, counted from 0
    name: str  # of the field
    line: int | None  # of a field of several lines, counted from 0


# How many lines each field has: of several lines the number, else whether there is a text.
Shape = tuple[tuple[int, ...], ...]  # by part, in the order of the fields


def fields_of(values: Mapping[str, Any]) -> Fields:
    """Return a record of texts, or of what stands for them."""
    return Fields(**values)


def is_list(name: str) -> bool:
    """Whether a field has several lines."""
    return get_origin(_FIELDS[name]) is tuple


_FIELDS = get_type_hints(Fields)


def shape_of(parts: tuple[Fields, ...]) -> Shape:
    """Return how many lines each field of a letter has; the address always has the most."""
    return tuple(
        tuple(
            MOST_LINES
            if field.name == "recipient"
            else len(value)
            if isinstance(value := getattr(part, field.name), tuple)
            else int(value is not None)
            for field in fields(part)
        )
        for part in parts
    )


class Marks:
    """Hands out a marker for each place in which a template prints a field."""

    def __init__(self) -> None:
        """Begin with none."""
        self.stands_for: dict[str, Own] = {}  # by marker

    def fields(self, shape: Shape) -> tuple[Fields, ...]:
        """Return fields of a shape whose texts are markers."""
        return tuple(
            fields_of(
                {
                    field.name: self._value(part, field.name, lines)
                    for field, lines in zip(fields(Fields), of_part, strict=True)
                }
            )
            for part, of_part in enumerate(shape)
        )

    def new(self, own: Own) -> str:
        """Return a marker that no other place has."""
        number = str(len(self.stands_for))
        marker = f"{_EDGE}{''.join(_DIGITS[int(digit)] for digit in number)}{_EDGE}"
        self.stands_for[marker] = own
        return marker

    def _value(self, part: int, name: str, lines: int) -> object:
        if is_list(name):
            return _Lines(
                OpenText(self, Own(part=part, name=name, line=line)) for line in range(lines)
            )
        return OpenText(self, Own(part=part, name=name, line=None)) if lines else None


class _Lines:
    """Texts that can be gone through and nothing else: how many there are varies."""

    def __init__(self, texts: Iterable["OpenText"]) -> None:
        self._texts = tuple(texts)

    def __iter__(self) -> Iterator["OpenText"]:
        return iter(self._texts)

    def __bool__(self) -> bool:
        return bool(self._texts)


class OpenText:
    """A text that can be printed and nothing else; each printing has a marker of its own.

    A template that compares or measures the text of a field would look different for other
    texts; asking for anything but the text itself is an error, and such letters are laid out
    one by one.
    """

    def __init__(self, marks: Marks, own: Own) -> None:
        """Stand for a text of the client's own."""
        self._marks, self._own = marks, own

    def __html__(self) -> str:
        return self._marks.new(self._own)

    __str__ = __html__

    def __eq__(self, other: object) -> bool:
        raise TypeError

    __hash__ = None  # type: ignore[assignment]


def outside_text(html: str) -> Iterator[str]:
    """Yield the markers that stand in an attribute or in a style sheet of a page.

    Signs such as an apostrophe are read otherwise there, and a style sheet may ask what an
    attribute says.
    """
    for found in MARKER.finditer(html):
        before = html[: found.start()]
        if before.rfind("<") > before.rfind(">") or before.rfind("<style") > before.rfind(
            "</style"
        ):
            yield found[0]


def pieces(text: str) -> Iterator[str | re.Match[str]]:
    """Yield the constant words of a line and the markers between them."""
    end = 0
    for found in MARKER.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        yield found
        end = found.end()
    if end < len(text):
        yield text[end:]
