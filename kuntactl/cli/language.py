"""Which language the terminal speaks, and what is said in it."""

import copy
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from typer.core import TyperGroup

from kuntactl.cli.given import Given, Option, settings_file, variable_of
from kuntactl.domain.types import Language
from kuntactl.errors import SettingsError
from kuntactl.locale import LANGUAGES, translated

_OPTION = "lang"
FLAG = f"--{_OPTION}"
OF_ROOT = "Language of messages, help, lists and reports; of every command."
_OF_TALK = "Language of messages and help."


@dataclass(slots=True)
class _Speech:
    """What is spoken now: known from the first word on, also to threads and signal handlers."""

    language: Language = Language.FI


_speech = _Speech()


def speak(language: Language) -> None:
    """Say everything from now on in this language."""
    _speech.language = language


def spoken() -> Language:
    """Return the language that is spoken now."""
    return _speech.language


def said(text: str) -> str:
    """Return a phrase in the language that is spoken; any other text as it is."""
    return translated(text, _speech.language)


def language_of(
    words: Sequence[str], environment: Mapping[str, str], *, command: Sequence[str]
) -> Language:
    """Return the language asked for: ``--lang``, else ``KUNTACTL_LANG``, else the file's.

    It must be known before anything can be said, also of a command line that cannot be parsed;
    so a value that is no language, or a file that cannot be read, counts as none here. What is
    wrong with it is said later, by those who read it.

    Args:
        words: Of the command line, all of them.
        environment: The variables that are set.
        command: The words from the command on, which the file may have a table of.
    """
    for asked in _asked(words, environment, command):
        if asked in LANGUAGES:
            return Language(asked)
    return Language.FI


def flagged(words: Sequence[str]) -> Language | None:
    """Return the language that the command line itself asks for, wherever it says so."""
    found = [word for word in _flags(words) if word in LANGUAGES]
    return Language(found[-1]) if found else None


def of_language(options: Sequence[Option], language: Language | None) -> list[Given]:
    """Return the language as if it was given to every command; none: it was not."""
    return [
        Given(option=option, value=language.value, origin=FLAG)
        for option in options
        if language is not None and option.name == _OPTION
    ]


def add_to_all(group: TyperGroup) -> None:
    """Let every command take ``--lang``, and every group of them, wherever it is written."""
    commands = list(_below(group))
    pattern = next(one for command in commands for one in command.params if one.name == _OPTION)
    for command in commands:
        if all(one.name != _OPTION for one in command.params):
            added: Any = copy.copy(pattern)
            added.expose_value, added.help = False, _OF_TALK
            command.params.append(added)


def _below(group: TyperGroup) -> Iterator[Any]:
    for command in group.commands.values():
        yield command
        if isinstance(command, TyperGroup):
            yield from _below(command)


def _asked(
    words: Sequence[str], environment: Mapping[str, str], command: Sequence[str]
) -> Iterator[str | None]:
    yield flagged(words)
    yield environment.get(variable_of(_OPTION))
    yield _of_file(command, environment)


def _flags(words: Sequence[str]) -> Iterator[str]:
    for number, word in enumerate(words):
        name, equals, value = word.partition("=")
        if word == "--":
            return
        if name == FLAG:
            yield value if equals else next(iter(words[number + 1 :]), "")


def _of_file(command: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """Return what the file says of this command, else of all."""
    try:
        path = settings_file(environment)
        table = tomllib.loads(path.read_text("utf-8")) if path else {}
    except (SettingsError, OSError, ValueError):
        return None
    found = table.get(_OPTION)
    for word in command:
        table = table.get(word, {})
        if not isinstance(table, dict):
            break
        found = table.get(_OPTION, found)
    return found if isinstance(found, str) else None
