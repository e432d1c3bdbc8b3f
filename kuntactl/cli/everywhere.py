"""The options that every command takes: how much it says, and in which form."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kuntactl.cli.language import FLAG
from kuntactl.cli.log import FORMAT, FORMATS, QUIET, current
from kuntactl.cli.parsing import one_of
from kuntactl.locale import phrase

if TYPE_CHECKING:
    from typer.core import TyperGroup

_FLAGS = (*QUIET, "--verbose", "-v")
_WITH_VALUE = (FORMAT, FLAG)


def _be_quiet(context: typer.Context, wanted: bool) -> None:
    if wanted:
        _refuse_both(verbose=current().verbose)
        current().quiet = True
    current().command = context.command_path


def _be_verbose(wanted: bool) -> None:
    if wanted:
        _refuse_both(verbose=current().quiet)
        current().verbose = True


def _refuse_both(*, verbose: bool) -> None:
    if verbose:
        raise typer.BadParameter(phrase("--quiet and --verbose contradict each other"))


def _take_form(form: str | None) -> None:
    if form is not None:
        current().form = one_of(form, FORMATS)


def _declared(
    quiet: Annotated[
        bool,
        typer.Option(
            *QUIET,
            help="Say nothing but errors; with --json print the result, and nothing else.",
            callback=_be_quiet,
        ),
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose",
            "-v",
            help="Say of each step how long it took and what it counted.",
            callback=_be_verbose,
        ),
    ] = False,
    log_format: Annotated[
        str | None,
        typer.Option(
            FORMAT,
            metavar="|".join(FORMATS),
            help="What is said on stderr: plain text, or a line key=value or JSON each.",
            callback=_take_form,
        ),
    ] = None,
) -> None:
    """Take the options; their callbacks have done the rest."""


def offer_everywhere(group: "TyperGroup") -> None:
    """Let the group and each command below it take these options, wherever they stand."""
    app = typer.Typer(add_completion=False)
    app.command()(_declared)
    options = typer.main.get_command(app).params
    for option in options:
        option.expose_value = False  # no command is told: the log is
    for command in _all_of(group):
        command.params.extend(options)


def _all_of(group: "TyperGroup") -> Iterator[Any]:
    from typer.core import TyperGroup

    yield group
    for command in group.commands.values():
        if isinstance(command, TyperGroup):
            yield from _all_of(command)
        else:
            yield command


def without_these(words: Sequence[str]) -> list[str]:
    """Return the words from the first on that is none of these options, nor of their values."""
    left = list(words)
    while left and (left[0] in _FLAGS or left[0].split("=")[0] in _WITH_VALUE):
        left = left[2:] if left[0] in _WITH_VALUE else left[1:]
    return left
