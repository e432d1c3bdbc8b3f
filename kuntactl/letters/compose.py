"""Templates and values to the HTML of one envelope."""

import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.ext import Extension

from kuntactl.domain.types import Language
from kuntactl.errors import LetterError, SettingsError
from kuntactl.files.templates import template_folder
from kuntactl.letters.fields import Part
from kuntactl.letters.marker import OpenText
from kuntactl.letters.sandbox import Sandbox
from kuntactl.letters.template_names import Slip, Used, names_of
from kuntactl.locale import phrase
from kuntactl.typeset.fonts import missing_characters

BASE = "base.html"
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_LAYOUT = set("\n\r\t\u00ad")  # what shapes lines and is not printed itself
# What a template can raise beside Jinja's own errors: 1 / 0, none + 1, [][1].
_SLIPS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def template_folders(own: Path | None) -> tuple[Path, ...]:
    """Return the folders in which a template is looked for, in order.

    Args:
        own: The user's folder, whose files replace single files of ours; none: only ours.

    Raises:
        SettingsError: If the user's folder is not there, or ours.
    """
    if own is not None and not own.is_dir():
        raise SettingsError(phrase("{own}: no such folder of templates", own=own))
    ours = template_folder("letters")
    return (ours,) if own is None else (own, ours)


def template_name(kind: str, language: str) -> str:
    """Return the template of a kind of letter in a language."""
    return f"{kind}.{language}.html"


def day(value: date, language: str) -> str:
    """Return a day as running text writes it: 1.3.2021, but in English 1 March 2021."""
    if language == Language.EN:
        return f"{value.day} {_MONTHS_EN[value.month - 1]} {value.year}"
    return f"{value.day}.{value.month}.{value.year}"


class _FolderLoader(FileSystemLoader):
    """Loads templates of the folders; a link that leads out of them leads nowhere."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the source, its file, and whether it is still the same.

        Raises:
            TemplateNotFound: If no folder has it, or it is a link to elsewhere.
        """
        source, file, is_same = super().get_source(environment, template)
        folders = (Path(folder).resolve() for folder in self.searchpath)
        if not any(Path(file).resolve().is_relative_to(folder) for folder in folders):
            raise TemplateNotFound(template)
        return source, file, is_same


class _OnlyOurCharacters(Extension):
    """Refuses a template with text that our fonts cannot print, even where it is not reached."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source as it is.

        Raises:
            TemplateSyntaxError: If its text, or a text in its statements, has such a character.
        """
        for line, token, text in self.environment.lex(source):
            lacking = missing_characters(text) - _LAYOUT if token in {"data", "string"} else set()
            if lacking:
                raise TemplateSyntaxError(
                    phrase("our fonts lack the character U+{point:04X}", point=ord(min(lacking))),
                    line,
                    name,
                    filename,
                )
        return source


class Composer:
    """Fills templates in a sandbox: a template can neither run code nor reach a file."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Take templates from ``folders``; the first that has one is asked."""
        self.folders = tuple(folders)
        self._jinja = Sandbox(_FolderLoader(self.folders), [_OnlyOurCharacters])
        self._jinja.filters["day"] = day
        self._names: dict[str, tuple[tuple[Used, ...], tuple[Slip, ...]]] = {}  # by template

    def require(self, name: str) -> None:
        """Make sure that a template is there and can be read.

        Raises:
            SettingsError: If there is none of that name.
            LetterError: If its syntax is wrong.
        """
        self._template(name)

    def found(self) -> tuple[str, ...]:
        """Return the names of the templates of letters that there are, in order."""
        return tuple(
            sorted({path.name for folder in self.folders for path in folder.glob("[!_.]*.*.html")})
        )

    def names_of(self, name: str) -> tuple[tuple[Used, ...], tuple[Slip, ...]]:
        """Return the names that a template and those it includes use, and what is no Jinja.

        Raises:
            SettingsError: If one of them is not there.
        """
        if name not in self._names:
            try:
                self._names[name] = names_of(name, self._jinja)
            except TemplateNotFound as error:
                raise self._unknown(error) from error
        return self._names[name]

    def html(self, parts: Sequence[Part]) -> str:
        """Return the HTML of one envelope.

        Args:
            parts: The letter in each of its languages, in the order of printing.

        Raises:
            SettingsError: If a template is not there.
            LetterError: If a template is wrong, has a character that our fonts lack, or uses a
                name that is not declared; the message holds no value.
        """
        self._jinja.texts_are_open = any(isinstance(part.f.reference, OpenText) for part in parts)
        try:
            return self._template(BASE).render(parts=parts)
        except TemplateNotFound as error:
            raise self._unknown(error) from error
        except TemplateError as error:
            raise LetterError(
                phrase("{place}: {message}", place=_place(error), message=error.message)
            ) from error
        except _SLIPS as error:  # its text may quote a value
            raise LetterError(
                phrase("{place}: {name}", place=_place(error), name=type(error).__name__)
            ) from error

    def _template(self, name: str) -> Template:
        try:
            return self._jinja.get_template(name)
        except TemplateNotFound as error:
            raise self._unknown(error) from error
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            raise LetterError(
                phrase(
                    "{name}: line {line}: {message}", name=name, line=line, message=error.message
                )
            ) from error

    def _unknown(self, error: TemplateNotFound) -> SettingsError:
        return SettingsError(
            phrase("no letter template `{error}`", error=error.name),
            hint=phrase("templates found: {value}", value=list(self.found()) or phrase("none")),
        )


def _place(error: Exception) -> str:
    """Return the template and the line where the error arose: Jinja puts them in the trace."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith(".html"):
            return f"{Path(frame.filename).name}: line {frame.lineno}"
    return BASE
