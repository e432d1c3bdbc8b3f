"""Help comes in the reader's language, and in Finnish where nobody says which."""

import os
from pathlib import Path

import pytest
from conftest import REPOSITORY, RunCli

GOLDEN = Path(__file__).parent / "golden" / "help"
TOLD = [(), ("check",), ("letters", "preview")]
PAGE = REPOSITORY / "docs" / "cli.md"


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("words", TOLD, ids=" ".join)
def test_help_is_the_approved_text(
    words: tuple[str, ...], language: str, kuntactl: RunCli
) -> None:
    """A person has read each word of it as it stands on a screen.

    Write with KUNTACTL_GOLDEN=write, and read the difference.
    """
    shown = kuntactl(*words, "--help", "--lang", language).out

    golden = GOLDEN / f"{'-'.join(('kuntactl', *words))}.{language}.txt"
    if os.environ.get("KUNTACTL_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(shown, "utf-8")
    assert shown == golden.read_text("utf-8")


# environment, the file, words before --help, how help begins
ASKED = [
    ({}, "", [], "Käyttö: "),
    ({}, 'lang = "sv"\n', [], "Användning: "),
    ({}, '[check]\nlang = "sv"\n', ["check"], "Användning: "),
    ({"KUNTACTL_LANG": "en"}, 'lang = "sv"\n', [], "Usage: "),
    ({"KUNTACTL_LANG": "en"}, "", ["--lang", "sv"], "Användning: "),
    ({"KUNTACTL_LANG": "en"}, "", ["--lang=fi", "check"], "Käyttö: "),
    ({"KUNTACTL_LANG": "sv"}, "", ["check", "--lang", "fi"], "Käyttö: "),
]


@pytest.mark.parametrize(("environment", "file", "words", "begins"), ASKED)
def test_help_is_in_finnish_or_as_asked(
    environment: dict[str, str],
    file: str,
    words: list[str],
    begins: str,
    tmp_path: Path,
    kuntactl: RunCli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Flag before variable before file, as with every option."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KUNTACTL_LANG")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "kuntactl.toml").write_text(file)

    shown = kuntactl(*words, "--help").out

    assert shown.startswith(begins)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_docs_are_english_whatever_is_spoken(
    language: str, kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`make docs` asks for English, so that the page is the same on every desk."""
    monkeypatch.setenv("KUNTACTL_LANG", language)

    assert kuntactl("--lang", "en", "reference").out == PAGE.read_text("utf-8")


@pytest.mark.parametrize(
    ("language", "heading"), [("fi", "KOMENNOT"), ("sv", "KOMMANDON"), ("en", "COMMANDS")]
)
def test_there_is_a_manual_page_in_each_language(
    language: str, heading: str, kuntactl: RunCli
) -> None:
    """Options and examples are the same in all, the words about them are not."""
    pages = {one: kuntactl("--lang", one, "reference", "--man").out for one in (language, "en")}

    assert f"\n.SH {heading}\n" in pages[language]
    options, _english = (
        [line for line in page.splitlines() if line.startswith(r"\fB\-\-dry\-run")]
        for page in (pages[language], pages["en"])
    )
    assert len(options) == len(_english) > 10
    assert pages[language].count(r"kuntactl reference \-\-man > kuntactl.1") == 1


def test_completion_tells_in_the_language_what_a_command_does(
    kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Zsh and fish show it beside the word."""
    monkeypatch.setenv("KUNTACTL_LANG", "sv")
    monkeypatch.setenv("_KUNTACTL_COMPLETE", "complete_zsh")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "kuntactl expla")

    shown = kuntactl().out

    assert "Berättar varför en kund hör eller inte hör till målgruppen" in shown
