"""Every command with its options, as a page for docs and as a manual page."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from kuntactl import __version__
from kuntactl.cli.described import Described, described
from kuntactl.cli.themes import THEMES
from kuntactl.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[str, str]  # what to write, what it is for
EXIT_CODES = {
    ExitCode.DONE: "done",
    ExitCode.FAILURE: "a fault in kuntactl",
    ExitCode.USAGE: "the command line cannot be parsed",
    ExitCode.INPUT: "an export, the coaches, answers or corrections are missing, unreadable or "
    "wrong, or a control total is off",
    ExitCode.SETTINGS: "unknown area, rule set, profile or template, a wrong settings file, or a "
    "day that does not fit",
    ExitCode.REGISTER: "the register",
    ExitCode.LETTERS: "letters",
    ExitCode.DELIVERY: "files cannot be put in their place",
    ExitCode.WAITING: "done, and something new waits for a person",
    ExitCode.BUSY: "another run holds the register, or is writing into the folder",
}


def reference(
    context: typer.Context,
    man: Annotated[bool, typer.Option("--man", help="As a manual page, for `man -l -`.")] = False,
) -> None:
    """Print every command with its options: docs/cli.md, or a manual page.

    Example: kuntactl reference --man > kuntactl.1
    """
    root: Any = context.find_root().command
    commands = [one for name in _in_order() for one in _described(root.commands[name], name)]
    shared = [one for one in described(root, context).options if one in commands[0].options]
    commands = [replace(one, options=_without(shared, one.options)) for one in commands]
    typer.echo(as_man(commands, shared) if man else as_markdown(commands, shared), nl=False)


def _without(shared: "Sequence[Row]", options: "Sequence[Row]") -> tuple[Row, ...]:
    return tuple(one for one in options if one not in shared)


def as_markdown(commands: "Sequence[Described]", shared: "Sequence[Row]") -> str:
    """Return the page ``docs/cli.md``; ``shared`` are the options of every command."""
    lines = [
        "# Commands",
        "",
        "Made by `make docs` from the commands themselves.",
        "",
        "Every command takes these, before its name or after it:",
        "",
        "| option | |",
        "|---|---|",
        *(f"| `{_in_cell(name)}` | {_in_cell(text)} |" for name, text in shared),
        "",
    ]
    for one in commands:
        lines += [f"## {one.words}", "", *(f"{text}\n" for text in one.paragraphs)]
        if one.example:
            lines += ["```sh", one.example, "```", ""]
        lines += [f"Usage: `{one.usage}`", ""]
        for heading, rows in (("argument", one.arguments), ("option", one.options)):
            if rows:
                lines += [f"| {heading} | |", "|---|---|"]
                lines += [f"| `{_in_cell(name)}` | {_in_cell(text)} |" for name, text in rows]
                lines.append("")
    lines += ["## Exit codes", "", "| code | meaning |", "|---|---|"]
    lines += [f"| {code.value} | {meaning} |" for code, meaning in EXIT_CODES.items()]
    return "\n".join(lines) + "\n"


def as_man(commands: "Sequence[Described]", shared: "Sequence[Row]") -> str:
    """Return the manual page ``kuntactl(1)``; ``shared`` are the options of every command."""
    lines = [
        f'.TH KUNTACTL 1 "" "kuntactl {__version__}" "kuntactl"',
        ".SH NAME",
        r"kuntactl \- decide, write to and share out the clients of a municipal trial",
        ".SH SYNOPSIS",
        r".B kuntactl",
        r"\fICOMMAND\fR [\fIOPTIONS\fR]",
        ".SH OPTIONS OF EVERY COMMAND",
        *(line for one in shared for line in _entry(*one)),
        ".SH COMMANDS",
    ]
    for one in commands:
        lines += [f".SS {_roff(one.words)}"]
        for text in one.paragraphs:
            lines += [_roff(text), ".PP"]
        if one.example:
            lines += [".RS", ".nf", _roff(one.example), ".fi", ".RE", ".PP"]
        for name, text in (*one.arguments, *one.options):
            lines += _entry(name, text)
    lines += [".SH EXIT STATUS"]
    for code, meaning in EXIT_CODES.items():
        lines += _entry(str(code.value), meaning)
    return "\n".join(lines) + "\n"


def _entry(name: str, text: str) -> list[str]:
    return [".TP", rf"\fB{_roff(name)}\fR", _roff(text)]


def _in_order() -> Iterator[str]:
    for _, names in THEMES:
        yield from names


def _described(command: Any, words: str) -> Iterator[Described]:
    if isinstance(command, TyperGroup):
        for name, below in command.commands.items():
            yield from _described(below, f"{words} {name}")
        return
    yield described(command, typer.Context(command, info_name=f"kuntactl {words}"))


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def _roff(text: str) -> str:
    """Return the text so that roff prints it as it stands."""
    safe = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{safe}" if safe.startswith((".", "'")) else safe
