"""Help is whole on a screen of 80 columns, and its example can be copied from there."""

import shlex
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from kuntactl.cli.described import described
from kuntactl.cli.main import app

COLUMNS = 80


def commands(group: Any, words: str = "kuntactl") -> Iterator[tuple[str, Any]]:
    """Yield each command and group with its words."""
    yield words, group
    if isinstance(group, TyperGroup):
        for name, command in group.commands.items():
            yield from commands(command, f"{words} {name}")


COMMANDS = list(commands(typer.main.get_command(app)))


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal as wide as terminals are when nobody makes them wider."""
    monkeypatch.setenv("COLUMNS", str(COLUMNS))


@pytest.mark.parametrize(("words", "command"), COMMANDS, ids=[words for words, _ in COMMANDS])
def test_help_is_whole_at_80_columns(words: str, command: Any) -> None:
    """A sentence that ends in dots, or a line that the screen breaks anywhere, helps nobody."""
    context = typer.Context(command, info_name=words)

    shown = command.get_help(context)

    assert max(map(len, shown.splitlines())) <= COLUMNS
    for below in getattr(command, "commands", ()):
        assert f"\n  {below} " in shown
    placeholders = [one.metavar for one in command.params if one.metavar]
    for placeholder in placeholders:
        shown = shown.replace(placeholder, "")
    assert "..." not in shown


@pytest.mark.parametrize(
    ("words", "command"),
    [pytest.param(*one, id=one[0]) for one in COMMANDS if not isinstance(one[1], TyperGroup)],
)
def test_an_example_can_be_copied_from_the_screen(words: str, command: Any) -> None:
    """A shell runs what stands there, however many lines it takes."""
    context = typer.Context(command, info_name=words)

    shown = command.get_help(context)

    block = shown.partition("\nExample:\n")[2].partition("\n\n")[0]
    example = described(command, context).example
    assert example is not None
    assert shlex.split(block.replace("\\\n", "")) == shlex.split(example)
