"""The entry point: the one place where an error becomes text and an exit code."""

import os
import sys
import time
from collections.abc import Sequence
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

from kuntactl.cli import (
    areas,
    batch,
    completion,
    config,
    doctor,
    ending,
    explain,
    letters,
    outcomes,
    purge,
    reference,
    register,
    rules,
    sample,
    unseal,
    what_if,
)
from kuntactl.cli.console import printable
from kuntactl.cli.everywhere import without_these
from kuntactl.cli.given import as_defaults, given, options_of, unknown_variables
from kuntactl.cli.language import OF_ROOT, flagged, language_of, of_language, said, speak
from kuntactl.cli.log import current, logging_to
from kuntactl.cli.options import print_version
from kuntactl.cli.parse_errors import in_our_words, set_once
from kuntactl.cli.silence import fault_in, guarded_stderr
from kuntactl.cli.spoken import Commands
from kuntactl.cli.stopping import SAID, Stop, stoppable
from kuntactl.cli.themes import Themed
from kuntactl.cli.totals import with_account_for_who
from kuntactl.domain.types import Language
from kuntactl.errors import ExitCode, KuntactlError
from kuntactl.locale import joined, phrase

app = Commands(
    name="kuntactl",
    cls=Themed,
    help="Decide, write to and share out the clients that a TE office hands over to a trial.",
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=False,
)
app.command("check")(batch.check)
app.command("run")(batch.run)
app.command("explain")(explain.explain)
app.command("decide")(batch.decide)
app.command("assign")(batch.assign)
app.command("what-if")(what_if.what_if)
app.command("return")(ending.give_back)
app.command("close")(ending.close)
app.command("outcomes")(outcomes.outcomes)
app.add_typer(letters.app, name="letters")
app.command("purge")(purge.purge)
register.app.command("delete")(purge.delete_register)
app.add_typer(register.app, name="register")
app.add_typer(areas.app, name="areas")
app.add_typer(rules.app, name="rules")
app.add_typer(config.app, name="config")
app.command("doctor")(doctor.doctor)
app.command("reference")(reference.reference)
app.command("completion")(completion.completion)
app.command("sample")(sample.sample)
app.command("unseal")(unseal.unseal)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    *,
    version: bool = typer.Option(
        False,
        "--version",
        help="Print the version and end.",
        callback=print_version,
        is_eager=True,
    ),
    lang: Annotated[Language, typer.Option("--lang", help=OF_ROOT)] = Language.FI,
) -> None:
    """Decide, write to and share out the clients that a TE office hands over to a trial."""
    del version, lang  # a callback has answered; the language was known before
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main(argv: Sequence[str] | None = None) -> None:
    """Run kuntactl and exit with a code of ``ExitCode``, or as the signal that ended it."""
    words = sys.argv[1:] if argv is None else argv
    speak(language_of(words, os.environ, command=without_these(words)))
    with guarded_stderr(), logging_to(sys.stderr, words=words) as log:
        began = time.perf_counter()
        try:
            with stoppable() as stop:
                code = _exit_code(words, stop)
        except KeyboardInterrupt:  # between the last step of the command and the end of the guard
            code = _stopped(stop)
        log.step(log.command, seconds=time.perf_counter() - began, exit_code=code)
    raise SystemExit(code)


def _exit_code(words: Sequence[str], stop: Stop) -> int:
    """Run the command line; print what went wrong as one or two lines on stderr."""
    problem: str
    hint: str | None
    try:
        code = _run(with_account_for_who(words))
        return _stopped(stop) if code == _INTERRUPTED else code
    except KuntactlError as error:
        problem, hint, code = error.problem, error.hint, error.exit_code
    except typer.Abort:
        return _stopped(stop)
    except typer.TyperException as error:
        command = getattr(getattr(error, "ctx", None), "command_path", None) or "kuntactl"
        problem = _with_origin(error, in_our_words(error))
        hint = phrase("{command} --help says what there is", command=command)
        code = ExitCode.USAGE
    except BrokenPipeError:
        current().verbose = False
        sys.stderr.close()  # the reader of our output is gone: nobody is left to tell
        return ExitCode.FAILURE
    except Exception as error:  # noqa: BLE001 a traceback could print a person's data
        problem, hint = fault_in(error, error.__traceback__), _REPORT
        code = ExitCode.FAILURE
    return _show(problem, hint, code=code)


def _run(words: Sequence[str]) -> int:
    root = typer.main.get_command(app)
    code = root.main(
        args=words,
        prog_name="kuntactl",
        standalone_mode=False,
        default_map=_defaults(root, words),
    )
    return int(code or ExitCode.DONE)


_REPORT = phrase("nothing was published; please report this line")
_INTERRUPTED = 130  # what Typer makes of Ctrl-C


def _defaults(command: object, words: Sequence[str]) -> dict[str, Any] | None:
    """Return the options that the environment and ``kuntactl.toml`` give; none for help alone."""
    completing = completion.VARIABLE in os.environ
    if completing:
        completion.get_ready()
    first = without_these(words)
    asks_for_help = not first or first[0].startswith("-")
    if (asks_for_help and not completing) or not isinstance(command, TyperGroup):
        return None
    options = list(options_of(command))
    for name in unknown_variables(options, os.environ):
        current().say(phrase("{name} is not the name of an option; it is not used", name=name))
    return as_defaults([*given(options, os.environ), *of_language(options, flagged(words))])


def _with_origin(error: typer.TyperException, problem: str) -> str:
    """Return the problem, with the variable or the file that it is in, where it is in one."""
    place = set_once(error)
    if place is None:
        return problem
    values = given(list(options_of(cast("TyperGroup", typer.main.get_command(app)))), os.environ)
    found = [one.origin for one in values if (one.option.command, one.option.parameter) == place]
    return joined([*found, problem], ": ")


def _stopped(stop: Stop) -> int:
    """Say that the command was stopped, unless its guard has said so; return the exit code."""
    stop.say(lambda: _show(*SAID, code=stop.code))
    return stop.code


def _show(problem: str, hint: str | None, *, code: int) -> int:
    """Say what went wrong; return the exit code."""
    current().error(_one_line(said(problem)), _one_line(said(hint or "")), exit_code=int(code))
    return int(code)


def _one_line(text: str) -> str:
    return printable(" ".join(text.split()))
