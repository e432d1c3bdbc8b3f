"""Options given once for all commands: in the environment, or in ``kuntactl.toml``."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.core import TyperGroup

from kuntactl.domain.hints import nearest
from kuntactl.errors import SettingsError
from kuntactl.locale import phrase
from kuntactl.locale.reasons import reason

FILE = "kuntactl.toml"
FILE_VARIABLE = "KUNTACTL_CONFIG"
_PREFIX = "KUNTACTL_"
_OF_TESTS = ("KUNTACTL_GOLDEN",)
# What a person decides on one day must not decide every night after it.
OF_ONE_RUN = ("accept-totals", "again", "dry-run", "help", "json", "older", "release", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of one command."""

    command: tuple[str, ...]  # ("letters", "check")
    name: str  # as on the command line, without the dashes
    parameter: str  # what the command calls it
    many: bool  # whether it may be repeated
    flag: bool  # whether it takes no value


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The value of one option, with where it comes from."""

    option: Option
    value: Any  # text, a flag's truth value, or a list of texts
    origin: str  # the variable, or the file with its table


def options_of(group: TyperGroup, path: tuple[str, ...] = ()) -> Iterator[Option]:
    """Return each option of each command, in the order of the help."""
    for name, command in group.commands.items():
        below = (*path, name)
        if isinstance(command, TyperGroup):
            yield from options_of(command, below)
            continue
        for parameter in command.params:
            long = [text for text in parameter.opts if text.startswith("--")]
            if long and parameter.name:
                yield Option(
                    command=below,
                    name=long[0].removeprefix("--"),
                    parameter=parameter.name,
                    many=bool(getattr(parameter, "multiple", False)),
                    flag=bool(getattr(parameter, "is_flag", False)),
                )


def given(options: Sequence[Option], environment: Mapping[str, str]) -> tuple[Given, ...]:
    """Return what the environment and the file say; the environment goes before the file.

    The file is ``kuntactl.toml`` in the folder of work, or the one that ``KUNTACTL_CONFIG``
    names. Its keys are the options without dashes; those at its top hold for every command that
    has the option, those of a table (``[run]``, ``[letters.check]``) for that command.

    Raises:
        SettingsError: If the file is missing where it was named, is not TOML, or names an option
            or a command that does not exist; if a value does not fit; or if an option is one
            that belongs to a single run.
    """
    found = {(one.option.command, one.option.name): one for one in _of_file(options, environment)}
    for option in options:
        variable = variable_of(option.name)
        text = environment.get(variable)
        if text is None:
            continue
        _refuse_of_one_run(option.name, variable)
        found[option.command, option.name] = Given(
            option=option, value=_of_text(text, option, variable), origin=variable
        )
    return tuple(found.values())


def variable_of(name: str) -> str:
    """Return the variable of the environment that an option is read from."""
    return _PREFIX + name.upper().replace("-", "_")


def unknown_variables(options: Sequence[Option], environment: Mapping[str, str]) -> list[str]:
    """Return the variables that look like ours and are no option's, by name."""
    known = {variable_of(option.name) for option in options} | {FILE_VARIABLE, *_OF_TESTS}
    return sorted(name for name in environment if name.startswith(_PREFIX) and name not in known)


def as_defaults(values: Sequence[Given]) -> dict[str, Any]:
    """Return the values as the commands' defaults, one mapping within another."""
    defaults: dict[str, Any] = {}
    for one in values:
        place = defaults
        for word in one.option.command:
            place = place.setdefault(word, {})
        place[one.option.parameter] = one.value
    return defaults


def settings_file(environment: Mapping[str, str]) -> Path | None:
    """Return the file that options are read from, or none where there is none.

    Raises:
        SettingsError: If the one that the environment names is not there.
    """
    named = environment.get(FILE_VARIABLE)
    if named:
        if not Path(named).is_file():
            raise SettingsError(
                phrase(
                    "{file_variable}: no file `{named}`", file_variable=FILE_VARIABLE, named=named
                ),
                hint=phrase("name a file, or unset the variable"),
            )
        return Path(named)
    here = Path(FILE)
    return here if here.is_file() else None


def _of_file(options: Sequence[Option], environment: Mapping[str, str]) -> Iterator[Given]:
    path = settings_file(environment)
    if path is None:
        return
    try:
        facts = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(
            phrase("{file}: cannot be read: {why}", file=path.name, why=reason(error))
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            phrase("{file}: not valid TOML: {error}", file=path.name, error=error)
        ) from error
    shared = {key: value for key, value in facts.items() if not isinstance(value, dict)}
    yield from _of_table(shared, options, origin=path.name)
    for table, values in _tables({k: v for k, v in facts.items() if isinstance(v, dict)}):
        own = [option for option in options if option.command == table]
        name = ".".join(table)
        if not own:
            commands = sorted({".".join(option.command) for option in options})
            raise SettingsError(
                phrase("{file}: `[{name}]`: no such command", file=path.name, name=name),
                hint=nearest(
                    name, known=commands, what=phrase("commands"), listed="kuntactl --help"
                ),
            )
        yield from _of_table(values, own, origin=f"{path.name} [{name}]")


def _tables(
    facts: Mapping[str, Any], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    for name, table in facts.items():
        below = (*path, name)
        own = {key: value for key, value in table.items() if not isinstance(value, dict)}
        if own or not table:
            yield below, own
        yield from _tables({k: v for k, v in table.items() if isinstance(v, dict)}, below)


def _of_table(
    values: Mapping[str, Any], options: Sequence[Option], *, origin: str
) -> Iterator[Given]:
    for key, value in values.items():
        name = key.replace("_", "-")
        named = [option for option in options if option.name == name]
        if not named:
            known = sorted({option.name for option in options})
            raise SettingsError(
                phrase("{origin}: `{key}`: no such option", origin=origin, key=key),
                hint=nearest(name, known=known, what=phrase("options")),
            )
        _refuse_of_one_run(name, origin)
        # A list holds for the commands that take several, and for no other.
        several = [option for option in named if option.many] if isinstance(value, list) else []
        for option in several or named:
            yield Given(option=option, value=_fitting(value, option, origin), origin=origin)


def _fitting(value: Any, option: Option, origin: str) -> Any:
    """Return a value of the file as the command line would give it."""
    if option.flag:
        if isinstance(value, bool):
            return value
        raise SettingsError(
            phrase("{origin}: `{option}`: write true or false", origin=origin, option=option.name)
        )
    if option.many:
        several = value if isinstance(value, list) else [value]
        return [_text(one, option, origin) for one in several]
    return _text(value, option, origin)


def _text(value: Any, option: Option, origin: str) -> str:
    if isinstance(value, (list, dict, bool)):
        raise SettingsError(
            phrase("{origin}: `{option}`: write one value", origin=origin, option=option.name)
        )
    return str(value)


def _of_text(text: str, option: Option, variable: str) -> Any:
    """Return the value of a variable; of an option that repeats, parted by commas."""
    if option.flag:
        truth = _TRUTH.get(text.strip().casefold())
        if truth is None:
            raise SettingsError(phrase("{variable}: write 1 or 0", variable=variable))
        return truth
    if option.many:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


_TRUTH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}


def _refuse_of_one_run(name: str, origin: str) -> None:
    if name in OF_ONE_RUN:
        raise SettingsError(
            phrase("{origin}: `{name}` belongs to a single run", origin=origin, name=name),
            hint=phrase("give --{name} on the command line", name=name),
        )
