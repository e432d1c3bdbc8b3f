"""What Typer says of a command line that it cannot parse, as phrases of ours."""

from typing import Any

import typer

from kuntactl.domain.misfits import known_fault, raised_by_us, recognised
from kuntactl.locale import Phrase, phrase, template

_MISSING_ARGUMENT = template("missing argument {name}")
# What Typer says; the groups are the fields of our sentence. A sentence
# that is not here is shown as it is: a test has Typer say them all.
_KNOWN = (
    (r"missing argument (?P<name>.+?)", _MISSING_ARGUMENT),
    (r"missing option (?P<name>.+?)", template("missing option {name}")),
    (r"missing command", template("missing command")),
    (
        r"no such option: (?P<name>\S+) \(Possible options: (?P<near>.+)\)",
        template("no such option: {name} (Possible options: {near})"),
    ),
    (r"no such option: (?P<name>\S+)", template("no such option: {name}")),
    (
        r"no such command (?P<name>.+)\. Did you mean (?P<near>.+)\?",
        template("no such command {name}. Did you mean {near}?"),
    ),
    (r"no such command (?P<name>.+)", template("no such command {name}")),
    (
        r"got unexpected extra argument\(s\) \((?P<words>.+)\)",
        template("got unexpected extra argument(s) ({words})"),
    ),
    (r"option (?P<name>.+) requires an argument", template("option {name} requires an argument")),
    (
        r"option (?P<name>.+) does not take a value",
        template("option {name} does not take a value"),
    ),
    (
        r"(?P<value>.+) is not one of (?P<names>.+)",
        template("{value} is not one of {names}"),
    ),
)


def in_our_words(error: typer.TyperException) -> str:
    """Return what is wrong with the command line, as a phrase where we know the sentence."""
    message: str = error.message
    if not isinstance(error, typer.BadParameter) or _is_missing(error):
        return message if isinstance(message, Phrase) else _known(error.format_message())
    why = message if isinstance(message, Phrase) else _raised_by_us(error) or _known(message)
    named = _named(error)
    if named:
        return phrase("invalid value for {option}: {why}", option=named, why=why)
    return phrase("invalid value: {why}", why=why)


def _named(error: Any) -> str | None:
    """Return which option or argument an error is about, as Typer shows it; none: it is not."""
    hint = error.param_hint
    if hint is None and error.param is not None:
        hint = error.param.get_error_hint()
    if hint is None:
        return None
    return _as_in_help(hint) if isinstance(hint, str) else " / ".join(map(repr, hint))


def _as_in_help(named: str) -> str:
    """Return an argument by the placeholder that help shows for it; an option as it is."""
    word = named.strip("'")
    if word == named or word.startswith("-"):
        return named
    return Phrase("'{word}'", {"word": Phrase(word, {}, catalogue="help")})


def set_once(error: typer.TyperException) -> tuple[tuple[str, ...], str] | None:
    """Return the command and the option whose value was set for all commands, and does not fit.

    Whoever did not type the option looks for it on the command line in vain.
    """
    context, parameter = (getattr(error, name, None) for name in ("ctx", "param"))
    if context is None or parameter is None:
        return None
    source = context.get_parameter_source(parameter.name)
    if source is None or source.name != "DEFAULT_MAP":
        return None
    return tuple(context.command_path.split()[1:]), parameter.name


def _is_missing(error: object) -> bool:
    return hasattr(error, "param_type")


def _raised_by_us(error: BaseException) -> Phrase | None:
    """Return the phrase that a parser of ours raised, and pydantic wrapped."""
    read = getattr(error.__cause__, "errors", None)
    found = [raised_by_us(fault) for fault in (read() if read else ())]
    return next((one for one in found if one), None)


def _known(text: str) -> str:
    said = recognised(text, _KNOWN)
    if said is None:
        return known_fault(text)
    if said.template == _MISSING_ARGUMENT:
        return Phrase(_MISSING_ARGUMENT, {"name": _as_in_help(said.fields["name"])})
    return said
