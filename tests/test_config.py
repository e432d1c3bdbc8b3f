"""Options given once hold for all commands: a flag before a variable, that before the file."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import RunCli

from kuntactl.cli.given import OF_ONE_RUN
from kuntactl.cli.main import app
from kuntactl.cli.themes import THEMES

# what the file, the environment and the command line say; the language that holds
PRECEDENCE = [
    (None, None, None, "nimi"),
    ("sv", None, None, "namn"),
    ("sv", "en", None, "name"),
    ("sv", "en", "fi", "nimi"),
    ("sv", None, "fi", "nimi"),
    (None, "en", None, "name"),
]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("file", "variable", "flag", "says"), PRECEDENCE)
def test_a_flag_goes_before_a_variable_before_the_file(
    file: str | None,
    variable: str | None,
    flag: str | None,
    says: str,
    kuntactl: RunCli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever types a flag must get what they typed, whatever else is set."""
    monkeypatch.delenv("KUNTACTL_LANG")
    if file:
        Path("kuntactl.toml").write_text(f'lang = "{file}"\n')
    if variable:
        monkeypatch.setenv("KUNTACTL_LANG", variable)

    result = kuntactl("areas", "show", "porvoo", *(["--lang", flag] if flag else []))

    assert result.code == 0
    assert says in result.out.split()


def test_a_table_holds_for_its_command_only(
    kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cron's settings of `run` are no settings of `areas show`."""
    monkeypatch.delenv("KUNTACTL_LANG")
    Path("kuntactl.toml").write_text('lang = "sv"\n[areas.show]\nlang = "en"\n')

    shown = kuntactl("config", "show", "--json")
    result = kuntactl("areas", "show", "porvoo")

    by_command = {
        one["command"]: (one["value"], one["from"])
        for one in json.loads(shown.out)["options"]
        if one["option"] == "lang"
    }
    assert by_command["areas show"] == ("en", "kuntactl.toml [areas.show]")
    assert by_command["run"] == ("sv", "kuntactl.toml")
    assert "name" in result.out.split()


def test_the_file_may_stand_elsewhere(
    kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A service has one file for all nights, whatever folder it works in."""
    (tmp_path / "etc.toml").write_text('lang = "en"\n')
    Path("kuntactl.toml").write_text('lang = "sv"\n')
    monkeypatch.setenv("KUNTACTL_CONFIG", str(tmp_path / "etc.toml"))
    monkeypatch.delenv("KUNTACTL_LANG")

    result = kuntactl("areas", "show", "porvoo")

    assert "name" in result.out.split()


def test_options_that_repeat_and_flags_may_be_given(
    kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list in the file, commas in a variable; true and 1 for a flag."""
    Path("kuntactl.toml").write_text('area = ["porvoo", "helsinki"]\nmarks = true\n')
    monkeypatch.setenv("KUNTACTL_SEAL_ALL", "1")
    monkeypatch.delenv("KUNTACTL_LANG")

    shown = kuntactl("config", "show", "run", "--json")
    monkeypatch.setenv("KUNTACTL_AREA", "porvoo, espoo")
    again = kuntactl("config", "show", "run", "--json")

    values = {one["option"]: one["value"] for one in json.loads(shown.out)["options"]}
    assert values == {"area": ["porvoo", "helsinki"], "marks": True, "seal-all": True}
    later = {one["option"]: one["value"] for one in json.loads(again.out)["options"]}
    assert later["area"] == ["porvoo", "espoo"]


def test_a_path_may_come_from_the_file(kuntactl: RunCli) -> None:
    """An option that must be there may stand in the file."""
    Path("kuntactl.toml").write_text('register = "nowhere/register.db"\n')

    result = kuntactl("register", "show")

    assert result.code == 12
    assert "nowhere" in result.err


# the file, what the error names, what the hint says
WRONG = [
    ('langg = "sv"', "`langg`: no such option", "lang"),
    ('[runn]\nlang = "sv"', "`[runn]`: no such command", "run"),
    ("[run]\nmarks = 1", "`marks`: write true or false", ""),
    ('lang = ["sv"]', "`lang`: write one value", ""),
    ("lang = sv", "not valid TOML", ""),
    ("[run]\nolder = true", "`older` belongs to a single run", "--older"),
]


@pytest.mark.parametrize(("text", "problem", "hint"), WRONG, ids=[case[1] for case in WRONG])
def test_a_wrong_file_is_named_with_its_key(
    text: str, problem: str, hint: str, kuntactl: RunCli
) -> None:
    """A setting that nobody reads would look as if it held."""
    Path("kuntactl.toml").write_text(text)

    result = kuntactl("areas", "list")

    assert result.code == 11
    assert problem in result.err
    assert hint in result.err
    assert "kuntactl.toml" in result.err


@pytest.mark.parametrize(
    ("text", "variables", "named"),
    [
        ('lang = "xx"', {}, "kuntactl.toml: "),
        ('[areas.list]\nlang = "xx"', {}, "kuntactl.toml [areas.list]: "),
        ('lang = "sv"', {"KUNTACTL_LANG": "xx"}, "KUNTACTL_LANG: "),
    ],
)
def test_a_wrong_value_is_named_with_its_place(
    text: str,
    variables: Mapping[str, str],
    named: str,
    kuntactl: RunCli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever did not type the option looks for it on the command line in vain."""
    Path("kuntactl.toml").write_text(text)
    monkeypatch.delenv("KUNTACTL_LANG")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    set_once = kuntactl("areas", "list")
    typed = kuntactl("areas", "list", "--lang", "yy")

    assert set_once.code == typed.code == 2
    assert set_once.err.startswith(f"error: {named}")
    assert "'xx'" in set_once.err
    assert named not in typed.err


@pytest.mark.parametrize("name", ["accept-totals", "older", "again", "dry-run", "release"])
def test_what_is_decided_once_cannot_be_given_for_every_night(
    name: str, kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A control total accepted in March must not be accepted for all nights after it."""
    assert name in OF_ONE_RUN
    monkeypatch.setenv("KUNTACTL_" + name.upper().replace("-", "_"), "1")

    result = kuntactl("areas", "list")

    assert result.code == 11
    assert f"--{name}" in result.err


def test_a_variable_that_is_no_options_is_named(
    kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip of the pen in a unit file would else be found by nobody."""
    monkeypatch.setenv("KUNTACTL_LANGUAGE", "sv")

    result = kuntactl("areas", "show", "porvoo")

    assert "KUNTACTL_LANGUAGE" in result.err
    assert "name" in result.out.split()


def test_a_file_that_is_named_must_be_there(
    kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Going on without the settings would write to another place."""
    monkeypatch.setenv("KUNTACTL_CONFIG", "away.toml")

    result = kuntactl("areas", "list")

    assert result.code == 11
    assert "away.toml" in result.err


def test_the_password_of_a_database_is_not_shown(
    kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor in JSON, which ends up in tickets."""
    monkeypatch.setenv("KUNTACTL_REGISTER", "postgresql+psycopg://user:secret@host/base")

    shown, told = kuntactl("config", "show"), kuntactl("config", "show", "--json")

    assert "secret" not in shown.out + shown.err + told.out + told.err
    assert "user:***@host/base" in shown.out


def test_help_needs_no_settings(kuntactl: RunCli) -> None:
    """Whoever has a broken file can still read how to mend it."""
    Path("kuntactl.toml").write_text("lang =")

    assert kuntactl("--help").code == 0


def test_every_command_stands_in_help_under_one_theme(kuntactl: RunCli) -> None:
    """The four of every day come first; none is forgotten."""
    import typer

    listed = [name for _, names in THEMES for name in names]
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]  # a group

    shown = kuntactl("--help").out

    assert sorted(listed) == sorted(commands)
    assert listed[:4] == ["check", "run", "explain", "close"]
    places = [shown.index(f"\n  {name} ") for name in listed]
    assert places == sorted(places)


def test_a_mistyped_command_is_guessed(kuntactl: RunCli) -> None:
    """Whoever asks for the options of no command is told which they meant."""
    ended = kuntactl("config", "show", "letters", "chek")

    assert ended.code == 11
    assert ended.err.splitlines()[1] == "hint: did you mean `letters check`?"
