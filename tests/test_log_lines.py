"""How much a command says of its work, and in which form, is the same choice everywhere."""

import io
import json
import re
from pathlib import Path

import pytest
from conftest import RunCli
from night_exports import FIRST_NIGHT, write_export
from test_cli_reference import COMMANDS

from kuntactl.cli.console import Terminal
from kuntactl.cli.language import speak, spoken
from kuntactl.cli.log import FORMATS, Log
from kuntactl.cli.redaction import GONE
from kuntactl.domain.types import Language
from kuntactl.locale import phrase

DAY = ("--on", "2021-03-01")
OF_LOGFMT = re.compile(r'[a-z_]+=("(\\.|[^"\\])*"|[^" =]*)')


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export of which some rows are rejected: there is something to say."""
    return write_export(tmp_path / "export.csv", FIRST_NIGHT)


@pytest.mark.parametrize(("words", "command"), COMMANDS, ids=[" ".join(c[0]) for c in COMMANDS])
def test_every_command_takes_them(words: tuple[str, ...], command: object) -> None:
    """A script that passes the same options to every command is not told off."""
    options = {option for one in command.params for option in one.opts}  # type: ignore[attr-defined]

    assert options >= {"--quiet", "--verbose", "--log-format"}, words


@pytest.mark.parametrize("place", ["before", "after", "variable", "file"])
def test_quiet_says_nothing_and_the_exit_code_tells(
    place: str,
    export: Path,
    tmp_path: Path,
    kuntactl: RunCli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Cron mails whatever is printed: a night without errors sends no mail."""
    monkeypatch.chdir(tmp_path)
    if place == "variable":
        monkeypatch.setenv("KUNTACTL_QUIET", "1")
        monkeypatch.setenv("KUNTACTL_NO_SUCH", "1")
    if place == "file":
        Path("kuntactl.toml").write_text("quiet = true\n")
    before, after = (["--quiet"] if place == here else [] for here in ("before", "after"))

    ended = kuntactl(*before, "check", export, *DAY, *after)

    assert (ended.code, ended.out, ended.err) == (20, "", "")


def test_quiet_leaves_errors(kuntactl: RunCli) -> None:
    """Silence means that nothing is wrong, and nothing else."""
    ended = kuntactl("areas", "show", "porvo", "-q")

    assert ended.code == 11
    assert ended.err == "error: no area `porvo`\nhint: did you mean `porvoo`?\n"


def test_quiet_leaves_the_json_that_was_asked_for(export: Path, kuntactl: RunCli) -> None:
    """Whoever pipes the result on wants it, and nothing beside it."""
    ended = kuntactl("check", export, *DAY, "--json", "--quiet")

    assert json.loads(ended.out)["rows"]["read"] == len(FIRST_NIGHT)
    assert ended.err == ""


def test_quiet_and_verbose_are_refused_together(kuntactl: RunCli) -> None:
    """Neither is silently stronger than the other."""
    ended = kuntactl("areas", "list", "--quiet", "--verbose")

    assert ended.code == 2
    assert "--quiet and --verbose contradict each other" in ended.err


def test_verbose_tells_each_step_with_time_and_counts(export: Path, kuntactl: RunCli) -> None:
    """Where the time of a long night goes is seen while it runs."""
    silent = kuntactl("check", export, *DAY)
    ended = kuntactl("check", export, *DAY, "--verbose")

    assert " s, " not in silent.err
    assert ended.out == silent.out
    assert re.search(r"^ingest: \d+\.\d\d s, files 1, accepted \d+$", ended.err, re.MULTILINE)
    assert re.search(r"^kuntactl check: \d+\.\d\d s, exit code 20$", ended.err, re.MULTILINE)


def test_a_command_without_stages_tells_what_it_printed(kuntactl: RunCli) -> None:
    """Verbose is nowhere an option that does nothing."""
    ended = kuntactl("areas", "list", *DAY, "-v")

    printed, whole = ended.err.splitlines()
    assert printed == "printed: rows 25"
    assert re.fullmatch(r"kuntactl areas list: \d+\.\d\d s, exit code 0", whole)


def records(lines: str, form: str) -> list[dict[str, object]]:
    """Return the lines as records; fail on one that is not of this form."""
    if form == "json":
        return [json.loads(line) for line in lines.splitlines()]
    assert all(
        re.fullmatch(rf"{OF_LOGFMT.pattern}( {OF_LOGFMT.pattern})*", line)
        for line in lines.splitlines()
    )
    return [
        {
            name: value.strip('"')
            for name, value in (part[0].split("=", 1) for part in OF_LOGFMT.finditer(line))
        }
        for line in lines.splitlines()
    ]


@pytest.mark.parametrize("form", ["logfmt", "json"])
def test_every_line_on_stderr_is_a_record(
    form: str, export: Path, tmp_path: Path, kuntactl: RunCli
) -> None:
    """A collector of logs reads talk, steps and errors alike."""
    done = kuntactl(
        "decide", export, *DAY, "--out", tmp_path / "out", "--verbose", "--log-format", form
    )
    wrong = kuntactl("decide", tmp_path / "no.csv", *DAY, "--out", tmp_path, "--log-format", form)
    unparsed = kuntactl("decide", "--no-such-option", "--log-format", form)

    said = records(done.err, form)
    assert {one["level"] for one in said} == {"debug", "info"}
    assert [one["step"] for one in said if one["event"] == "step"][:2] == ["ingest", "decide"]
    for ended in (wrong, unparsed):
        (error,) = records(ended.err, form)
        assert error["level"] == "error"
        assert int(str(error["exit_code"])) == ended.code
        assert error["hint"]
    assert list(said[0])[:3] == ["time", "level", "event"]


@pytest.mark.parametrize(("language", "begun"), [("fi", "varoitus: "), ("sv", "varning: ")])
def test_a_warning_is_a_warning_in_each_language(language: str, begun: str) -> None:
    """Whoever is called out at night filters by level, not by a Finnish word."""
    out = io.StringIO()
    kept = Log(stream=out, form="json")
    before = spoken()

    speak(Language(language))
    kept.say(phrase("warning: {warning}", warning="one"))
    kept.say(phrase("a new register: {register}", register="register.db"))
    speak(before)

    warned, told = records(out.getvalue(), "json")
    assert (warned["level"], told["level"]) == ("warning", "info")
    assert str(warned["event"]).startswith(begun)


def test_another_form_is_refused(kuntactl: RunCli) -> None:
    """With those there are."""
    ended = kuntactl("areas", "list", "--log-format", "xml")

    assert ended.code == 2
    assert ", ".join(FORMATS) in ended.err


@pytest.mark.parametrize("form", FORMATS)
def test_no_record_holds_what_looks_personal(form: str) -> None:
    """The last net, should a message of ours ever hold what it must not."""
    from kuntactl.cli.redaction import Redacting

    out = io.StringIO()
    kept = Log(stream=Redacting(out).as_stream(), form=form, verbose=True)

    kept.error("010190-999X is not there", "write to a.b@example.fi")

    assert "010190" not in out.getvalue()
    assert "example.fi" not in out.getvalue()
    assert out.getvalue().count(GONE) == 2


# letters in all, lines that are said of them
PROGRESS = [(16, 1), (4_000, 8), (100_000, 10), (300_000, 10)]


@pytest.mark.parametrize(("total", "lines"), PROGRESS)
def test_a_line_of_progress_each_tenth(
    total: int, lines: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mail from cron is read to its end, however many letters there were."""
    with Terminal() as talk:
        for done in range(0, total + 1, 16 if total % 16 == 0 else 1):
            talk.progress("letters", done, total)

    said = capsys.readouterr().err.splitlines()
    assert len(said) == lines
    assert re.sub(r"\D", "", said[-1]) == f"{total}{total}"  # in whatever language is spoken
