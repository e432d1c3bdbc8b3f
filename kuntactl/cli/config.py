"""The command that shows options given for all commands, with where each comes from."""

import os
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from kuntactl.cli.console import print_json, print_table
from kuntactl.cli.given import FILE, FILE_VARIABLE, Given, given, options_of, settings_file
from kuntactl.cli.log import current
from kuntactl.cli.options import AsJson
from kuntactl.cli.redaction import without_password
from kuntactl.cli.spoken import Commands
from kuntactl.domain.hints import nearest
from kuntactl.errors import SettingsError
from kuntactl.locale import heading, phrase

if TYPE_CHECKING:
    from typer.core import TyperGroup

app = Commands(
    name="config",
    help=f"Options given once for all commands, in {FILE} or KUNTACTL_* variables.",
)


@app.callback()
def _group() -> None:
    """Options given once for all commands."""


@app.command("show")
def show(
    context: typer.Context,
    command: Annotated[
        list[str] | None,
        typer.Argument(metavar="COMMAND", help="Only of this command: `run`, `letters check`."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show which options are given for all runs, and where each comes from.

    A flag on the command line goes before KUNTACTL_NAME, that before kuntactl.toml in the
    folder of work (or the file that KUNTACTL_CONFIG names).

    Example: kuntactl config show run
    """
    options = list(options_of(cast("TyperGroup", context.find_root().command)))
    wanted = tuple(command or ())
    commands = list(dict.fromkeys(option.command for option in options))
    if wanted and not any(one[: len(wanted)] == wanted for one in commands):
        raise SettingsError(
            phrase("no command `{wanted}`", wanted=" ".join(wanted)),
            hint=nearest(
                " ".join(wanted),
                known=[" ".join(one) for one in commands],
                what=phrase("commands"),
                listed="kuntactl --help",
            ),
        )
    values = [
        one for one in given(options, os.environ) if one.option.command[: len(wanted)] == wanted
    ]
    path = settings_file(os.environ)
    if as_json:
        print_json({"file": str(path) if path else None, "options": [_as_dict(v) for v in values]})
        return
    current().say(
        (
            phrase("options are read from {path}", path=path)
            if path
            else phrase(
                "no {file} here, and {file_variable} is not set",
                file=FILE,
                file_variable=FILE_VARIABLE,
            )
        ),
    )
    if values:
        print_table(
            [heading("command"), heading("option"), heading("value"), heading("from")],
            [
                [" ".join(one.option.command), f"--{one.option.name}", _shown(one), one.origin]
                for one in values
            ],
        )


def _as_dict(one: Given) -> dict[str, Any]:
    return {
        "command": " ".join(one.option.command),
        "option": one.option.name,
        "value": _shown(one) if isinstance(one.value, str) else one.value,
        "from": one.origin,
    }


def _shown(one: Given) -> str:
    """Return the value without the password of a database."""
    value = one.value
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return without_password(text)
