"""Every command with its options, as a page for docs and as a manual page."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from kuntactl import __version__
from kuntactl.cli.console import print_json
from kuntactl.cli.described import Described, described
from kuntactl.cli.options import AsJson
from kuntactl.cli.spoken import in_help, of_help
from kuntactl.cli.themes import THEMES
from kuntactl.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

_IN_SHORT = of_help("decide, write to and share out the clients of a municipal trial")
Row = tuple[str, str]  # what to write, what it is for
EXIT_CODES = {
    ExitCode.DONE: of_help("done"),
    ExitCode.FAILURE: of_help("a fault in kuntactl"),
    ExitCode.USAGE: of_help("the command line cannot be parsed"),
    ExitCode.INPUT: of_help(
        "an export, the coaches, answers or corrections are missing, unreadable or wrong, or a "
        "control total is off"
    ),
    ExitCode.SETTINGS: of_help(
        "unknown area, rule set, profile or template, a wrong settings file, or a day that does "
        "not fit"
    ),
    ExitCode.REGISTER: of_help("the register"),
    ExitCode.LETTERS: of_help("letters"),
    ExitCode.DELIVERY: of_help("files cannot be put in their place"),
    ExitCode.WAITING: of_help("done, and something new waits for a person"),
    ExitCode.BUSY: of_help("another run holds the register, or is writing into the folder"),
}


def reference(
    context: typer.Context,
    man: Annotated[bool, typer.Option("--man", help="As a manual page, for `man -l -`.")] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="As JSON Schema: what each prints with --json.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print every command with its options: docs/cli.md, a manual page, or a JSON Schema.

    In the language of --lang, as all help.

    Example: kuntactl reference --man > kuntactl.1
    """
    if schema:
        from kuntactl.cli.shapes import table

        print_json(table.schema())
        return
    root: Any = context.find_root().command
    commands = [one for name in _in_order() for one in _described(root.commands[name], name)]
    shared = [
        one for one in described(root, context, in_help).options if one in commands[0].options
    ]
    commands = [replace(one, options=_without(shared, one.options)) for one in commands]
    if as_json:
        print_json({"options": _as_records(shared), "commands": [*map(_as_dict, commands)]})
    else:
        typer.echo(as_man(commands, shared) if man else as_markdown(commands, shared), nl=False)


def _as_dict(one: Described) -> dict[str, Any]:
    return {
        "command": one.words,
        "usage": one.usage,
        "text": list(one.paragraphs),
        "example": one.example,
        "arguments": _as_records(one.arguments),
        "options": _as_records(one.options),
    }


def _as_records(rows: "Sequence[Row]") -> list[dict[str, str]]:
    return [{"name": name, "text": text} for name, text in rows]


def _without(shared: "Sequence[Row]", options: "Sequence[Row]") -> tuple[Row, ...]:
    return tuple(one for one in options if one not in shared)


def as_markdown(commands: "Sequence[Described]", shared: "Sequence[Row]") -> str:
    """Return the page ``docs/cli.md``; ``shared`` are the options of every command."""
    option, usage = in_help("option"), in_help("Usage")
    lines = [
        *_chapter("#", in_help("Commands")),
        in_help("Made by `make docs` from the commands themselves."),
        "",
        "",
        in_help("Every command takes these, before its name or after it:"),
        "",
        *_table(option, shared),
    ]
    for one in commands:
        lines += [*_chapter("##", one.words), *(f"{text}\n" for text in one.paragraphs)]
        if one.example:
            lines += ["```sh", one.example, "```", ""]
        lines += [f"{usage}: `{one.usage}`", ""]
        lines += _table(in_help("argument"), one.arguments)
        lines += _table(option, one.options)
    lines += [*_chapter("##", in_help("Exit codes"))]
    lines += ["| " + " | ".join((in_help("code"), in_help("meaning"))) + " |", "|---|---|"]
    lines += [f"| {code.value} | {in_help(meaning)} |" for code, meaning in EXIT_CODES.items()]
    return "\n".join(lines) + "\n"


def _chapter(mark: str, heading: str) -> list[str]:
    return [f"{mark} {heading}", ""]


def _table(heading: str, rows: "Sequence[Row]") -> list[str]:
    if not rows:
        return []
    cells = [f"| `{_in_cell(name)}` | {_in_cell(text)} |" for name, text in rows]
    return [f"| {heading} | |", "|---|---|", *cells, ""]


def as_man(commands: "Sequence[Described]", shared: "Sequence[Row]") -> str:
    """Return the manual page ``kuntactl(1)``; ``shared`` are the options of every command."""
    placeholders = (in_help("COMMAND"), in_help("[OPTIONS]"))
    lines = [
        f'.TH KUNTACTL 1 "" "kuntactl {__version__}" "kuntactl"',
        _section(in_help("NAME")),
        rf"kuntactl \- {in_help(_IN_SHORT)}",
        _section(in_help("SYNOPSIS")),
        r".B kuntactl",
        " ".join(rf"\fI{one}\fR" for one in placeholders),
        _section(in_help("OPTIONS OF EVERY COMMAND")),
        *(line for one in shared for line in _entry(*one)),
        _section(in_help("COMMANDS")),
    ]
    for one in commands:
        lines += [f".SS {_roff(one.words)}"]
        for text in one.paragraphs:
            lines += [_roff(text), ".PP"]
        if one.example:
            lines += [".RS", ".nf", _roff(one.example), ".fi", ".RE", ".PP"]
        for name, text in (*one.arguments, *one.options):
            lines += _entry(name, text)
    lines += [_section(in_help("EXIT STATUS"))]
    for code, meaning in EXIT_CODES.items():
        lines += _entry(str(code.value), in_help(meaning))
    return "\n".join(lines) + "\n"


def _section(heading: str) -> str:
    return f".SH {heading}"


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
    yield described(command, typer.Context(command, info_name=f"kuntactl {words}"), in_help)


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def _roff(text: str) -> str:
    """Return the text so that roff prints it as it stands."""
    safe = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{safe}" if safe.startswith((".", "'")) else safe
