"""One client's letter from its master: the lines shaped, the rest as it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kuntactl.letters.fields import Fields
from kuntactl.letters.marker import Own
from kuntactl.letters.master import Line, Master, rare
from kuntactl.typeset.form import Form


class _Gone:
    """Stands for a line that the letter does not have."""


_GONE = _Gone()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """A letter whose lines are filled."""

    master: Master
    lines: tuple[bytes, ...]  # content of each open line
    gone: frozenset[int]  # lines that the letter does not have
    rare: frozenset[str]  # characters beyond our repertoire

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.master.sheets)

    @property
    def form(self) -> Form:
        """The letter's objects."""
        return self.master.form_without(self.gone)

    def contents(self) -> tuple[bytes, ...]:
        """Return the content of each page as it is."""
        return tuple(sheet.content(self.lines) for sheet in self.master.sheets)

    def deflated(self, extra: Sequence[bytes]) -> tuple[bytes, ...]:
        """Return the content of each page, compressed, each with its ``extra`` behind it."""
        return tuple(
            sheet.deflated(self.lines, more)
            for sheet, more in zip(self.master.sheets, extra, strict=True)
        )

    def file(self, contents: Sequence[bytes]) -> bytes:
        """Return the letter as a PDF, its content compressed."""
        return self.master.shell(self.gone, self.rare).file(contents)


def stamp(master: Master, fields: Sequence[Fields]) -> Stamped | None:
    """Return the letter, or nothing if it would not be exactly as laid out whole.

    That is so when a line is wider than its box, a text is missing, or has a character of which
    it is not known how Pango sets it.

    Args:
        master: The letter but for the client's texts.
        fields: The client's texts, one record a language, in the master's order.
    """
    filled = []
    gone = []
    texts = []
    for number, line in enumerate(master.lines):
        text = _text(line, fields)
        if isinstance(text, _Gone):
            gone.append(number)
            filled.append(line.slot.filled(None))
            continue
        shown = line.slot.show(text, line.language) if text else None
        if text is None or shown is None or not line.slot.holds(shown):
            return None
        texts.append(text)
        filled.append(line.slot.filled(shown))
    return Stamped(master=master, lines=tuple(filled), gone=frozenset(gone), rare=rare(texts))


def _text(line: Line, fields: Sequence[Fields]) -> str | _Gone | None:
    """Return what a line says, ``_GONE``, or nothing if one of its texts is missing."""
    words = []
    missing = 0
    for word in line.words:
        if isinstance(word, str):
            words.append(word)
            continue
        value = _value(word, fields)
        if isinstance(value, _Gone):
            missing += 1
        elif value:
            words.append(value)
        else:
            return None
    if missing:
        return _GONE if missing == len(line.own) else None
    return "".join(words)


def _value(own: Own, fields: Sequence[Fields]) -> str | _Gone | None:
    value: Any = getattr(fields[own.part], own.name)
    if own.line is not None:
        value = value[own.line] if own.line < len(value) else _GONE
    text: str | _Gone | None = value
    return text
