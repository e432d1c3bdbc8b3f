"""A sentence that still knows how it was made, so that it can be said in another language."""

import string
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any, Self

ERRORS, TERMINAL = "errors", "terminal"


class Phrase(str):
    """A text whose value is English, with the template and the fields it was made of.

    It may be joined, compared, logged and pickled as any text; ``translated`` says it in another
    language. Fields may be phrases themselves, or tuples of phrases: those are translated too.
    """

    __slots__ = ("catalogue", "fields", "many", "number", "template")
    template: str  # English, with {names} of fields
    many: str  # the same where the count is not one; empty where nothing is counted
    number: int  # how many, where something is counted
    fields: Mapping[str, Any]
    catalogue: str  # which catalogue holds the template

    def __new__(
        cls,
        template: str,
        fields: Mapping[str, Any],
        *,
        many: str = "",
        count: int = 1,
        catalogue: str = ERRORS,
    ) -> Self:
        """Fill the template in; English."""
        kept = {name: _kept(value) for name, value in fields.items()}
        made = super().__new__(cls, filled(many if many and count != 1 else template, kept))
        made.template, made.many, made.number = template, many, count
        made.fields, made.catalogue = kept, catalogue
        return made

    def __str__(self) -> str:
        """Return the phrase itself: the text of an error that was made with one is one."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a phrase come whole from another process."""
        return _again, (self.template, dict(self.fields), self.many, self.number, self.catalogue)


class Worded(Phrase):
    """A text that brings its own translations, as the words of a rule do."""

    __slots__ = ("texts",)
    texts: Mapping[str, str]  # by language

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it come whole from another process."""
        return worded, (dict(self.texts),)


def worded(texts: Mapping[str, str]) -> Worded:
    """Return the text that is given in every language."""
    made = Worded("{text}", {"text": texts["en"]})
    made.texts = texts
    return made


def phrase(template: str, /, **fields: object) -> Phrase:
    """Return a sentence that can be said in each language, its value being the English one.

    ``phrase("{file}: no column `{column}`", file=path.name, column=name)``: the template is a
    literal, which ``make catalogues`` finds and puts into ``locale/*/errors.po``. Fields are
    named by plain words; the template may say ``{share:.1f}`` or ``{text!r}``, but no attribute.

    A number and a day among the fields are written as each language does, so give those as they
    are; what is only made of digits (a year, a code, a port) is given as text. A field may be
    another phrase, an error made with one, or a sequence, which is written with commas.
    """
    return Phrase(template, fields)


def counted(one: str, many: str, /, count: int, **fields: object) -> Phrase:
    """Return a phrase about ``{count}`` things: ``counted("{count} row", "{count} rows", 2)``."""
    return Phrase(one, {"count": count, **fields}, many=many, count=count)


def heading(template: str, /, **fields: object) -> Phrase:
    """Return a heading, a cell or a line of a result on stdout, as ``phrase`` does of talk.

    It is found and translated in ``locale/*/terminal.po``.
    """
    return Phrase(template, fields, catalogue=TERMINAL)


def joined(parts: Iterable[str], by: str = ", ") -> Phrase:
    """Return several phrases in one, with the same sign between each two."""
    fields = {f"part_{number}": part for number, part in enumerate(parts)}
    return Phrase(by.join(f"{{{name}}}" for name in fields), fields)


def template(text: str, /) -> str:
    """Return the template of a phrase that is made elsewhere; only here it can be found."""
    return text


def filled(template: str, fields: Mapping[str, Any]) -> str:
    """Return the template with its fields as Python writes them."""
    return string.Formatter().vformat(template, (), fields)


def _kept(value: object) -> Any:
    """Return a field as a value that can be written, and sent to another process, later."""
    if isinstance(value, (Phrase, bool, int, float, date)) and not isinstance(value, Enum):
        return value
    if isinstance(value, (list, tuple)):
        return Several(value)
    return str(value)


class Several(tuple[Any, ...]):
    """Some fields in the place of one, written with commas."""

    __slots__ = ()

    def __new__(cls, values: Any) -> Self:
        """Keep each as a field is kept."""
        return super().__new__(cls, [_kept(value) for value in values])

    def __str__(self) -> str:
        """Return them with commas."""
        return ", ".join(str(value) for value in self)

    def __format__(self, spec: str) -> str:
        """Return them with commas."""
        return format(str(self), spec)


def _again(
    template: str, fields: Mapping[str, Any], many: str, count: int, catalogue: str
) -> Phrase:
    return Phrase(template, fields, many=many, count=count, catalogue=catalogue)
