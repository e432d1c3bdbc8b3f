"""Results on the terminal come in the reader's language, what scripts read in none."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from builders import client_row, csv_export
from conftest import RunCli

from kuntactl.cli.console import days_between, decimal, per_cent, print_table, signed
from kuntactl.cli.language import speak, spoken
from kuntactl.domain.types import Language
from kuntactl.locale import heading

NO_BREAK = "\u00a0"
DAY = ("--on", "2021-03-01")
CHECKED = {
    "fi": ["rivit", "luettu      2", "hylätty     1", "hyväksytty  1"],
    "sv": ["rader", "inlästa     2", "underkända  1", "godkända    1"],
    "en": ["rows", "read      2", "rejected  1", "accepted  1"],
}
FIRST = {"fi": "ensimmäinen: export.csv, rivi 3]", "sv": "den första: export.csv, rad 3]"}
# language, 2900, -17 as a change, 0.0099 in per cent, 1 March 2021 on, 3.867
WRITTEN = [
    ("fi", f"2{NO_BREAK}900", "\u221217", f"1,0{NO_BREAK}%", "1.3.2021 –", "3,87"),
    ("sv", f"2{NO_BREAK}900", "\u221217", f"1,0{NO_BREAK}%", "1.3.2021 –", "3,87"),
    ("en", "2,900", "\u221217", "1.0%", "2021-03-01 –", "3.87"),
]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export of two clients, one of them without a name."""
    bad = client_row(asiakasnumero="A2", sukunimi="", etunimet="")
    path = tmp_path / "export.csv"
    path.write_bytes(csv_export([client_row(asiakasnumero="A1"), bad]))
    return path


@pytest.fixture(autouse=True)
def speech() -> Iterator[None]:
    """Speak afterwards as before."""
    before = spoken()
    yield
    speak(before)


@pytest.mark.parametrize("language", CHECKED)
def test_a_check_is_read_in_each_language(language: str, export: Path, kuntactl: RunCli) -> None:
    """Rows, reasons and where the first is: no word of another language among them."""
    ended = kuntactl("check", export, *DAY, "--lang", language)

    lines = ended.out.splitlines()
    assert lines[1 : 1 + len(CHECKED[language])] == CHECKED[language]
    assert lines[-1].endswith(FIRST.get(language, "first: export.csv row 3]"))


def test_results_are_finnish_where_nobody_asks(
    export: Path, kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The staff of the trials never sets a thing."""
    monkeypatch.delenv("KUNTACTL_LANG")
    monkeypatch.chdir(export.parent)

    assert kuntactl("check", export, *DAY).out.splitlines()[1:5] == CHECKED["fi"]


def test_json_is_the_same_in_every_language(export: Path, kuntactl: RunCli) -> None:
    """A script reads codes and names of fields, whoever runs it."""
    printed = {
        kuntactl("check", export, *DAY, "--json", "--lang", language).out for language in CHECKED
    }

    assert len({text.partition('"seconds"')[0] for text in printed}) == 1


@pytest.mark.parametrize(("language", "number", "change", "share", "days", "load"), WRITTEN)
def test_numbers_and_days_are_written_as_the_language_does(
    language: str,
    number: str,
    change: str,
    share: str,
    days: str,
    load: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """2,900 reads as less than three in Finnish."""
    speak(Language(language))

    print_table(["", heading("rows")], [["x", 2900]], numbers=[1])

    assert capsys.readouterr().out.splitlines()[1].split(" ")[-1] == number
    assert signed(-17) == change
    assert per_cent(0.0099) == share
    assert days_between(date(2021, 3, 1), None) == days
    assert decimal(3.867) == load


@pytest.mark.parametrize(
    ("language", "named"),
    [("fi", "'AINEISTO...'"), ("sv", "'MATERIAL...'"), ("en", "'EXPORT...'")],
)
def test_an_error_names_an_argument_as_help_does(
    language: str, named: str, kuntactl: RunCli
) -> None:
    """Whoever looks the word up in help finds it there."""
    ended = kuntactl("check", "--lang", language)

    assert ended.code == 2
    assert named in ended.err.splitlines()[0]
    assert f"  {named.strip(chr(39))}  " in kuntactl("check", "--help", "--lang", language).out


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "näytetty: rivit"), ("sv", "visat: rader"), ("en", "printed: rows")],
)
def test_steps_are_told_in_the_language(language: str, said: str, kuntactl: RunCli) -> None:
    """Whoever asks where the time went reads it as they read the rest."""
    assert said in kuntactl("rules", "list", "--verbose", "--lang", language).err
