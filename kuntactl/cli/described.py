"""What the commands translate of themselves, as help, docs and the manual page tell it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from inspect import cleandoc
from typing import Any

import typer

EXAMPLE = "Example: "
Translate = Callable[[str], str]  # an English text of help to the same in the reader's language


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One command as its help tells it."""

    words: str  # "kuntactl letters check"
    pieces: tuple[str, ...]  # what follows the words in the usage
    paragraphs: tuple[str, ...]
    example: str | None
    arguments: tuple[tuple[str, str], ...]  # what to write, what it is
    options: tuple[tuple[str, str], ...]

    @property
    def usage(self) -> str:
        """The command line in short."""
        return " ".join((self.words, *self.pieces))


def described(command: Any, context: typer.Context, translate: Translate = str) -> Described:
    """Return the command as its help tells it.

    Args:
        command: A command or a group of commands.
        context: The command's own, or one made for it.
        translate: How its texts are said; as they stand when left out.
    """
    paragraphs = paragraphs_of(command)
    examples = [text.removeprefix(EXAMPLE) for text in paragraphs if text.startswith(EXAMPLE)]
    parameters = command.params
    return Described(
        words=context.command_path,
        pieces=tuple(_pieces(command, parameters, translate)),
        paragraphs=tuple(translate(text) for text in paragraphs if not text.startswith(EXAMPLE)),
        example=examples[0] if examples else None,
        arguments=_records(parameters, context, translate, "argument"),
        options=_records(parameters, context, translate, "option"),
    )


def paragraphs_of(command: Any) -> list[str]:
    """Return the help of a command by paragraphs, each on one line."""
    return [" ".join(text.split()) for text in cleandoc(command.help or "").split("\n\n") if text]


def first_sentence(text: str) -> str:
    """Return the text up to the end of its first sentence."""
    return text.partition(". ")[0].removesuffix(".") + "."


def texts_of(command: Any, context: typer.Context) -> Iterator[str]:
    """Yield what has to be said in each language: paragraphs, placeholders, what they are."""
    yield from (text for text in paragraphs_of(command) if not text.startswith(EXAMPLE))
    for parameter in command.get_params(context):
        yield parameter.help
        if parameter.metavar and _is_word(parameter.metavar):
            yield parameter.metavar


def _pieces(command: Any, parameters: list[Any], translate: Translate) -> Iterator[str]:
    yield translate("[OPTIONS]")
    for parameter in parameters:
        if parameter.param_type_name == "argument":
            name = _placeholder(parameter, translate)
            yield name if parameter.required else f"[{name}]"
    if getattr(command, "commands", None):
        yield translate("COMMAND")


def _records(
    parameters: list[Any], context: typer.Context, translate: Translate, kind: str
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (_name(parameter, translate), _told(parameter, context, translate))
        for parameter in parameters
        if parameter.param_type_name == kind and not parameter.hidden
    )


def _name(parameter: Any, translate: Translate) -> str:
    """Return what to write: ``-o, --out DIR``, ``--json``, ``EXPORT...``."""
    if parameter.param_type_name == "argument":
        return _placeholder(parameter, translate)
    written = ", ".join(sorted(parameter.opts, key=len))
    return written if parameter.is_flag else f"{written} {_placeholder(parameter, translate)}"


def _placeholder(parameter: Any, translate: Translate) -> str:
    if parameter.metavar:
        return (
            translate(parameter.metavar) if _is_word(parameter.metavar) else str(parameter.metavar)
        )
    return "|".join(str(choice.value) for choice in parameter.type_descriptor.choices)


def _is_word(placeholder: str) -> bool:
    """Return whether a placeholder stands for what to write, or is that itself: ``one|two``."""
    return placeholder != placeholder.lower()


def _told(parameter: Any, context: typer.Context, translate: Translate) -> str:
    """Return what a parameter is for, with its default and its limits in brackets."""
    remarks = "; ".join(_remarks(parameter, context, translate))
    text = translate(parameter.help)
    return f"{text} [{remarks}]" if remarks else text


def _remarks(parameter: Any, context: typer.Context, translate: Translate) -> Iterator[str]:
    default = parameter.get_default(context, call=False)
    # A flag that is off, a list of nothing, an option without a value: there is nothing to tell.
    if parameter.show_default and default is not None and default is not False and default != []:
        yield translate("default: {default}").format(default=_written(default))
    if parameter.min is not None and parameter.max is not None:
        yield translate("{least} to {most}").format(
            least=_written(parameter.min), most=_written(parameter.max)
        )
    elif parameter.min is not None:
        yield translate("at least {least}").format(least=_written(parameter.min))
    choices = parameter.type_descriptor.choices
    if parameter.metavar and choices:  # else they are what to write
        yield translate("one of {words}").format(words=_written(list(choices)))
    if parameter.required:
        yield translate("required")


def _written(value: Any) -> str:
    """Return a value as it is written on the command line."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, list | tuple):
        return ", ".join(map(_written, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
