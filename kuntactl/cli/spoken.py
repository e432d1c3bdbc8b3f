"""Commands whose help is a page of ours."""

import re
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from kuntactl.cli.described import Say, described, first_sentence, paragraphs_of

Sections = tuple[tuple[str, tuple[str, ...]], ...]  # a heading, the commands below it


class Spoken(TyperCommand):
    """A command with such help."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, text, example, arguments, options."""
        _write(self, ctx, formatter, str)


class SpokenGroup(TyperGroup):
    """A group of commands with such help."""

    def sections(self) -> Sections:
        """Return the headings that part the commands."""
        return (("Commands", tuple(self.commands)),)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, text, options; then each command with its first sentence, whole."""
        say: Say = str
        _write(self, ctx, formatter, say)
        known: dict[str, Any] = dict(self.commands)
        widest = max(map(len, known))
        for heading, names in self.sections():
            with formatter.section(say(heading)):
                formatter.write_dl(
                    [(name.ljust(widest), _short(known[name], say)) for name in names]
                )


class Commands(typer.Typer):
    """Commands under one word; the help of each is such a page."""

    def __init__(self, **options: Any) -> None:
        """Make the group; the options are those of Typer."""
        # Plain help comes in half the time of a framed one.
        super().__init__(**{"cls": SpokenGroup, "rich_markup_mode": None, **options})

    def command(self, name: str | None = None, **options: Any) -> Callable[[Any], Any]:
        """Return what makes a function a command of this group."""
        return super().command(name, **{"cls": Spoken, **options})


def _short(command: Any, say: Say) -> str:
    return first_sentence(say(paragraphs_of(command)[0]))


def _write(command: Any, context: Any, formatter: Any, say: Say) -> None:
    one = described(command, context, say)
    formatter.write_usage(one.words, " ".join(one.pieces), prefix=f"{say('Usage')}: ")
    for text in one.paragraphs:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text)
    if one.example:
        with formatter.section(say("Example")):
            formatter.write(
                "".join(f"{line}\n" for line in _as_typed(one.example, formatter.width))
            )
    options = (*one.options, ("--help", say(command.get_help_option(context).help)))
    for heading, rows in (("Arguments", one.arguments), ("Options", options)):
        if rows:
            with formatter.section(say(heading)):
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
