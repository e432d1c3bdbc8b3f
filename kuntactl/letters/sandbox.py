"""Jinja in which a template runs no code, prints nothing but text, and changes no open text."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateRuntimeError, Undefined
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import escape

from kuntactl.letters.marker import MARKER, OpenText
from kuntactl.locale import phrase

# Filters that hand a text on as it is.
_HARMLESS = frozenset({"d", "default", "e", "escape", "first", "join", "last", "list"})


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of all templates.

    While a text of the client's own is open, a marker stands for it. What a template makes of
    the marker it would make otherwise of the text: ``replace("+358 ", "0")`` leaves the marker
    as it is. So a filter or a method of text that meets one is an error.
    """

    def __init__(self, loader: BaseLoader, extensions: list[type[Extension]]) -> None:
        """Take templates from a loader."""
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            keep_trailing_newline=True,
            finalize=_printed,
            extensions=extensions,
        )
        self.texts_are_open = False
        del self.filters["safe"]  # a name that looks like HTML is a name
        for name in self.filters.keys() - _HARMLESS:
            self.filters[name] = self._guarded(self.filters[name])

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Call something from a template, as the sandbox allows it.

        Raises:
            TypeError: If it is a method of an open text.
        """
        _, called, *_ = args
        self._require_closed(getattr(called, "__self__", None))
        return super().call(*args, **kwargs)

    def _guarded(self, filters: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(filters)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            for argument in args:
                self._require_closed(argument)
            return filters(*args, **kwargs)

        return guarded

    def _require_closed(self, value: object) -> None:
        if self.texts_are_open and (
            isinstance(value, OpenText) or (isinstance(value, str) and MARKER.search(value))
        ):
            raise TypeError


def _printed(value: object) -> object:
    """Return what a template prints, escaped even where it turned escaping off.

    Raises:
        TemplateRuntimeError: If it would print None, True or a record as Python writes them.
    """
    if value is None:
        raise TemplateRuntimeError(
            phrase("a value that is not known is printed: ask {{% if %}} before")
        )
    is_text = isinstance(value, str | int | float | date | Undefined) or hasattr(value, "__html__")
    if isinstance(value, bool) or not is_text:
        raise TemplateRuntimeError(
            phrase("a question, a list or a record is printed, which is no text")
        )
    return escape(value)
