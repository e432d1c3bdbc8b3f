"""Commands whose help is a page of ours, in the language that is spoken."""

import re
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from kuntactl.cli.described import described, first_sentence, paragraphs_of
from kuntactl.cli.language import spoken
from kuntactl.locale import in_language

Sections = tuple[tuple[str, tuple[str, ...]], ...]  # a heading, the commands below it


def in_help(text: str) -> str:
    """Return a text of help in the language that is spoken."""
    return in_language(text, spoken(), catalogue="help")


def of_help(text: str) -> str:
    """Return a text of help that ``in_help`` says elsewhere; only here it can be found."""
    return text


class Spoken(TyperCommand):
    """A command with such help."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, text, example, arguments, options."""
        _write(self, ctx, formatter)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return the options that begin so, each with what it is for."""
        return _in_help(super().shell_complete(ctx, incomplete))


class SpokenGroup(TyperGroup):
    """A group of commands with such help."""

    def sections(self) -> Sections:
        """Return the headings that part the commands, in English."""
        return (("Commands", tuple(self.commands)),)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, text, options; then each command with its first sentence, whole."""
        _write(self, ctx, formatter)
        known: dict[str, Any] = dict(self.commands)
        widest = max(map(len, known))
        for heading, names in self.sections():
            with formatter.section(in_help(heading)):
                formatter.write_dl([(name.ljust(widest), short(known[name])) for name in names])

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return the commands and options that begin so, each with what it is for."""
        found = super().shell_complete(ctx, incomplete)
        known: dict[str, Any] = dict(self.commands)
        for item in found:
            if item.value in known:
                item.help = short(known[item.value])
        return _in_help(found)


class Commands(typer.Typer):
    """Commands under one word; the help of each is such a page."""

    def __init__(self, **options: Any) -> None:
        """Make the group; the options are those of Typer."""
        # Plain help comes in half the time of a framed one.
        super().__init__(**{"cls": SpokenGroup, "rich_markup_mode": None, **options})

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        """Return what makes a function a command of this group."""
        return super().command(name, **{"cls": Spoken, **options})


def short(command: Any) -> str:
    """Return the first sentence of what a command says of itself."""
    return first_sentence(in_help(paragraphs_of(command)[0]))


def _in_help(found: list[Any]) -> list[Any]:
    for item in found:
        item.help = item.help and in_help(item.help)
    return found


def _write(command: Any, context: Any, formatter: Any) -> None:
    one = described(command, context, in_help)
    usage = in_help("Usage")
    formatter.write_usage(one.words, " ".join(one.pieces), prefix=f"{usage}: ")
    for text in one.paragraphs:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text)
    if one.example:
        with formatter.section(in_help("Example")):
            formatter.write(
                "".join(f"{line}\n" for line in _as_typed(one.example, formatter.width))
            )
    options = (*one.options, ("--help", in_help(command.get_help_option(context).help)))
    for heading, rows in (
        (in_help("Arguments"), one.arguments),
        (in_help("Options"), options),
    ):
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)


def _as_typed(example: str, width: int) -> list[str]:
    r"""Return the lines of an example that a shell takes as they stand, broken at ``\``.

    An option stays on one line with its value.
    """
    parts = re.split(r" (?=-)", example)
    lines = [f"  {parts[0]}"]
    for part in parts[1:]:
        if len(lines[-1]) + len(part) + len("  \\") > width:
            lines[-1] += " \\"
            lines.append(f"    {part}")
        else:
            lines[-1] += f" {part}"
    return lines
