"""The catalogues of translated texts, and what they make of a phrase."""

import string
from collections.abc import Mapping
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any

from kuntactl.locale.phrases import Phrase, Several, Worded
from kuntactl.locale.writing import with_signs, written_day

LANGUAGES = ("fi", "sv", "en")  # the first is spoken where none is asked for
FOLDER = Path(__file__).parent
_OF_SOURCES = "en"  # in which the texts are written; it has no catalogue


def translated(text: str, language: str) -> str:
    """Return a phrase in the language; a text that is no phrase as it is."""
    if not isinstance(text, Phrase):
        return text
    if isinstance(text, Worded):
        return text.texts[language]
    known = _catalogue(text.catalogue, language)
    template = (
        known.ngettext(text.template, text.many, text.number)
        if text.many
        else known.gettext(text.template)
    )
    fields = {name: _written(value, language) for name, value in text.fields.items()}
    return _Filler(language).vformat(template, (), fields)


def in_language(text: str, language: str, *, catalogue: str) -> str:
    """Return a fixed text without fields in the language, as a catalogue has it."""
    return _catalogue(catalogue, language).gettext(text) if text else text


@cache
def _catalogue(name: str, language: str) -> NullTranslations:
    """Return one part of the texts; it is read when the first of them is said."""
    if language == _OF_SOURCES:
        return NullTranslations()
    with (FOLDER / language / "LC_MESSAGES" / f"{name}.mo").open("rb") as file:
        return GNUTranslations(file)


def _written(value: Any, language: str) -> Any:
    """Return a field as the language writes it; a number stays, for its template may shape it."""
    if isinstance(value, Phrase):
        return translated(value, language)
    if isinstance(value, Several):
        return ", ".join(_Filler(language).format_field(_written(v, language), "") for v in value)
    return value


class _Filler(string.Formatter):
    """Fills a template in with numbers and days as a language writes them."""

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, bool) or not isinstance(value, (int, float, date)):
            return str(super().format_field(value, format_spec))
        if isinstance(value, date):
            return self._day(value, format_spec)
        spec = format_spec or ("," if isinstance(value, int) else "")
        written = format(value, spec)
        return written if self._language == _OF_SOURCES else with_signs(written, self._language)

    def _day(self, day: date, format_spec: str) -> str:
        # English days are ISO here, as the options take them: a person may copy one.
        if format_spec or self._language == _OF_SOURCES:
            return format(day, format_spec)
        return written_day(day, language=self._language)

    def check_unused_args(self, *_: Any) -> None:
        """Let a translation leave a field out: its test says which may."""


def fields_of(template: str) -> Mapping[str, str]:
    """Return the names of a template's fields, each with how it is shaped."""
    return {
        name: f"!{conversion}" if conversion else spec or ""
        for _, name, spec, conversion in string.Formatter().parse(template)
        if name is not None
    }
