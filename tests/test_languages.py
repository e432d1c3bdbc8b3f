"""The terminal speaks the language that was asked for; what scripts read is the same in each."""

import ast
import json
from pathlib import Path

import pytest
from builders import client_row
from conftest import RunCli
from night_exports import write_export

import kuntactl.errors
from kuntactl.errors import KuntactlError

PACKAGE = Path(kuntactl.errors.__file__).parent
NO_AREA = {
    "fi": "error: aluetta `nowhere` ei ole\n",
    "sv": "error: inget område `nowhere`\n",
    "en": "error: no area `nowhere`\n",
}

# what the file, the environment and the command line say; the language that is spoken
PRECEDENCE = [
    (None, None, None, "fi"),
    ("sv", None, None, "sv"),
    ("sv", "en", None, "en"),
    ("en", "en", "sv", "sv"),
    (None, "xx", None, "fi"),
]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KUNTACTL_LANG")


@pytest.mark.parametrize(("file", "variable", "flag", "spoken"), PRECEDENCE)
def test_errors_come_in_the_language_asked_for(
    file: str | None,
    variable: str | None,
    flag: str | None,
    spoken: str,
    kuntactl: RunCli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Finnish where nobody asks; else the flag before the variable before the file."""
    if file:
        Path("kuntactl.toml").write_text(f'lang = "{file}"\n')
    if variable:
        monkeypatch.setenv("KUNTACTL_LANG", variable)

    ended = kuntactl("areas", "show", "nowhere", *(["--lang", flag] if flag else []))

    if variable == "xx":
        assert ended.err.startswith("error: KUNTACTL_LANG: kelpaamaton arvo")
    else:
        assert ended.err.startswith(NO_AREA[spoken])


def test_the_table_of_a_command_says_in_which_language_it_speaks(kuntactl: RunCli) -> None:
    """Cron's `run` may write Swedish lists while a person at the terminal reads Finnish."""
    Path("kuntactl.toml").write_text('lang = "en"\n[areas.show]\nlang = "sv"\n')

    assert kuntactl("areas", "show", "nowhere").err.startswith(NO_AREA["sv"])
    assert "no command" in kuntactl("config", "show", "nothing").err


@pytest.mark.parametrize(
    "words",
    [
        ["--lang", "sv", "areas", "show", "nowhere"],
        ["--lang=sv", "--quiet", "areas", "show", "nowhere"],
        ["areas", "show", "nowhere", "--lang", "sv"],
        ["areas", "--lang", "sv", "show", "nowhere"],
        ["--lang", "fi", "areas", "show", "nowhere", "--lang=sv"],
    ],
    ids=" ".join,
)
def test_the_flag_may_stand_before_the_command_or_after_it(
    words: list[str], kuntactl: RunCli
) -> None:
    """People write it where they think of it."""
    assert kuntactl(*words).err.startswith(NO_AREA["sv"])


def test_a_flag_before_the_command_chooses_its_lists_too(kuntactl: RunCli) -> None:
    """One language for all that one command says."""
    assert "namn" in kuntactl("--lang", "sv", "areas", "list").out.split()


# what cannot be parsed, what is said of it
UNPARSED = [
    (["chekc"], "komentoa 'chekc' ei ole. Tarkoititko 'check'?"),
    (["zzz"], "komentoa 'zzz' ei ole"),
    (["check"], "AINEISTO"),
    (["areas"], "komento puuttuu"),
    (["run", "a.csv", "--out", "o"], "valitsin '--coaches' puuttuu"),
    (["check", "a.csv", "--onn", "x"], "valitsinta --onn ei ole (sopisiko jokin näistä: "),
    (["check", "a.csv", "--zzz"], "valitsinta --zzz ei ole"),
    (["check", "a.csv", "--on"], "valitsin '--on' tarvitsee arvon"),
    (["check", "a.csv", "--json=1"], "valitsin '--json' ei ota arvoa"),
    (["check", "a.csv", "--on", "x"], "kelpaamaton arvo valitsimelle '--on': 'x' ei ole päivä"),
    (["explain", "A1", "a.csv", "--artificial", "x"], "ei ole mikään näistä: accept, reject"),
    (["areas", "show", "a", "b"], "ylimääräisiä sanoja komentorivillä: b"),
    (["areas", "list", "--lang", "xx"], "'xx' ei ole mikään näistä: 'fi', 'sv', 'en'"),
    (["run", "a.csv", "--workers", "x"], "arvon on oltava kokonaisluku"),
    (["run", "a.csv", "--workers", "0"], "arvon on oltava vähintään 1"),
]


@pytest.mark.parametrize(("words", "said"), UNPARSED, ids=[" ".join(one[0]) for one in UNPARSED])
def test_what_cannot_be_parsed_is_said_in_finnish(
    words: list[str], said: str, kuntactl: RunCli
) -> None:
    """The parser's own English sentences are ours before anybody reads them."""
    ended = kuntactl(*words)

    assert ended.code == 2
    assert said in ended.err
    assert ended.err.startswith("error: ")
    assert ended.err.splitlines()[1].endswith("--help kertoo, mitä on tarjolla")


def test_what_a_script_reads_is_the_same_in_each_language(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """A night job must not stop because somebody changed kuntactl.toml."""
    rows = [client_row(), client_row(asiakasnumero="A2", kotikunta="999")]
    export = write_export(tmp_path / "export.csv", rows)

    told = [
        kuntactl("check", export, "--on", "2021-03-01", "--json", "--lang", language)
        for language in NO_AREA
    ]

    facts = [json.loads(one.out) for one in told]
    assert len({one.code for one in told}) == 1
    assert len({json.dumps(one | {"seconds": None}) for one in facts}) == 1


ERRORS = {error.__name__ for error in KuntactlError.__subclasses__()} | {
    *("KuntactlError", "NotStampedError", "BadParameter", "_FaultError"),
}


def _is_fixed(node: ast.expr) -> bool:
    """Return whether an expression is a text that no catalogue can hold."""
    if isinstance(node, ast.IfExp):
        return _is_fixed(node.body) or _is_fixed(node.orelse)
    if isinstance(node, ast.BinOp):
        return _is_fixed(node.left) or _is_fixed(node.right)
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _said_by(call: ast.Call) -> list[ast.expr]:
    name = getattr(call.func, "id", None) or getattr(call.func, "attr", None)
    hints = [word.value for word in call.keywords if word.arg == "hint"]
    if name in ERRORS:
        return [*call.args[:1], *hints]
    to_stderr = name == "echo" and any(word.arg == "err" for word in call.keywords)
    is_talk = to_stderr or (name == "say" and isinstance(call.func, ast.Attribute))
    return [*(call.args[:1] if is_talk else ()), *hints]


def test_no_error_and_no_talk_is_a_fixed_text() -> None:
    """An f-string among the phrases would come in English to every reader."""
    places = [
        f"{path.relative_to(PACKAGE)}:{said.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        for said in _said_by(call)
        if _is_fixed(said)
    ]

    assert places == []
