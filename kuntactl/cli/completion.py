"""The command that makes a shell complete what is typed."""

from typing import Annotated

import typer

from kuntactl.cli.console import print_json
from kuntactl.cli.options import AsJson
from kuntactl.cli.parsing import one_of

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_KUNTACTL_COMPLETE"  # set by the shell when it asks


def completion(
    shell: Annotated[
        str,
        typer.Argument(
            metavar="bash|zsh|fish",
            help="The shell.",
            callback=lambda value: one_of(value, SHELLS),
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Print what makes a shell complete commands, options and ids; it is read at login.

    Example: kuntactl completion bash > ~/.local/share/bash-completion/completions/kuntactl
    """
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # Typer says no other place

    script = get_completion_script(prog_name="kuntactl", complete_var=VARIABLE, shell=shell)
    if as_json:
        print_json({"shell": shell, "script": script})
    else:
        typer.echo(script)


def get_ready() -> None:
    """Let Typer know the shells, which it does only for commands that install completion."""
    from typer.completion import completion_init  # type: ignore[attr-defined]  # as above

    completion_init()
