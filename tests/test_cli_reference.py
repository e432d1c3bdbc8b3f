"""docs/cli.md is what the commands say of themselves, each with an example that parses."""

import shlex
import shutil
import subprocess
from typing import Any

import pytest
import typer
from conftest import REPOSITORY, RunCli
from typer.core import TyperGroup

from kuntactl.cli.main import app
from kuntactl.cli.reference import EXIT_CODES
from kuntactl.errors import ExitCode

PAGE = REPOSITORY / "docs" / "cli.md"


def commands(group: Any, words: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """Return each command with its words."""
    found = []
    for name, command in group.commands.items():
        below = (*words, name)
        found += (
            commands(command, below) if isinstance(command, TyperGroup) else [(below, command)]
        )
    return found


COMMANDS = commands(typer.main.get_command(app))


def test_the_page_is_what_the_commands_say(kuntactl: RunCli) -> None:
    """Nobody reads of an option that is not there; `make docs` writes the page anew."""
    result = kuntactl("reference")

    assert result.code == 0
    assert PAGE.read_text("utf-8") == result.out


@pytest.mark.parametrize(("words", "command"), COMMANDS, ids=[" ".join(c[0]) for c in COMMANDS])
def test_every_command_shows_an_example_that_parses(words: tuple[str, ...], command: Any) -> None:
    """An example with an option that is gone sends its reader the wrong way."""
    example = next(
        " ".join(text.split()).removeprefix("Example: ")
        for text in command.help.split("\n\n")
        if text.strip().startswith("Example: ")
    )
    typed = shlex.split(example.partition(" > ")[0])

    assert typed[: 1 + len(words)] == ["kuntactl", *words]
    command.make_context("kuntactl", typed[1 + len(words) :], resilient_parsing=False)


@pytest.mark.parametrize(("words", "command"), COMMANDS, ids=[" ".join(c[0]) for c in COMMANDS])
def test_every_option_says_what_it_is_for(words: tuple[str, ...], command: Any) -> None:
    """An option without a sentence helps nobody."""
    del words
    silent = [parameter.name for parameter in command.params if not (parameter.help or "").strip()]

    assert silent == []


def test_every_exit_code_is_told() -> None:
    """The person on duty looks the number up."""
    assert set(EXIT_CODES) == set(ExitCode)


@pytest.mark.skipif(shutil.which("groff") is None, reason="no groff here")
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_manual_page_is_sound(language: str, kuntactl: RunCli) -> None:
    """Roff warns of nothing in it, in any language."""
    page = kuntactl("--lang", language, "reference", "--man").out

    done = subprocess.run(
        ["groff", "-Kutf8", "-man", "-ww", "-Tutf8", "-Z"],
        input=page.encode(),
        capture_output=True,
        check=True,
    )

    assert done.stderr == b""
    assert page.count(".SS ") == len(COMMANDS)
