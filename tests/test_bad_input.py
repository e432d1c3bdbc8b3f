"""Bad input gets one clear sentence and a hint, its own exit code, and nothing is written."""

from pathlib import Path

import pytest
from builders import client_row, csv_export
from conftest import RunCli
from night_exports import FIRST_NIGHT, write_coaches, write_export

DAY = ("--on", "2021-03-01")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder with a good export, good coaches, and odd things beside them."""
    monkeypatch.chdir(tmp_path)
    write_export(tmp_path / "good.csv", FIRST_NIGHT[:1])
    write_coaches(tmp_path / "coaches.csv")
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "rubbish.csv").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "rubbish.parquet").write_bytes(b"PAR1" + bytes(range(256)))
    (tmp_path / "header_only.csv").write_bytes(csv_export([client_row()]).split(b"\r\n")[0])
    (tmp_path / "sep.csv").write_bytes(b"sep=;\r\n\r\n")
    (tmp_path / "wide.csv").write_bytes(csv_export([client_row()], encoding="utf-32"))
    (tmp_path / "quote.csv").write_bytes(b'"asiakasnumero\r\n')
    short = {name: cell for name, cell in client_row().items() if name != "kotikunta"}
    del short["turvakielto"]
    (tmp_path / "short.csv").write_bytes(csv_export([short]))
    (tmp_path / "no_coach.csv").write_bytes(b"nimi;alue\r\nX;porvoo\r\n")
    return tmp_path


# words after `run`, exit code, start of the error, what the hint must name
CASES = [
    (["gone.csv", *DAY], 10, "error: gone.csv: ", None),
    (["folder", *DAY], 10, "error: folder: ", None),
    (["empty.csv", *DAY], 10, "error: empty.csv: ", None),
    (["rubbish.csv", *DAY], 10, "error: rubbish.csv: ", None),
    (["rubbish.parquet", *DAY], 10, "error: rubbish.parquet: ", None),
    (["header_only.csv", *DAY], 10, "error: header_only.csv: ", None),
    (
        ["short.csv", *DAY],
        10,
        "error: short.csv: columns `kotikunta`, `turvakielto` are missing",
        "henkilotunnus",
    ),
    (["good.csv", "--on", "2020-06-01"], 11, "error: ", "2021-03-01"),
    (["good.csv", *DAY, "--area", "porvo"], 11, "error: no area `porvo`", "`porvoo`"),
    (["good.csv", *DAY, "--area", "lappi-2017"], 11, "error: ", None),
    (["good.csv", *DAY, "--rules", "act-1269-2021"], 11, "error: ", "act-1269-2020"),
    (["good.csv", *DAY, "--rules", "pori-2017"], 11, "error: ", None),
    (["good.csv", *DAY, "--profile", "urra"], 11, "error: ", None),
    (["good.csv", *DAY, "--templates", "gone"], 11, "error: ", None),
    (["good.csv", *DAY, "--reviewed", "gone.csv"], 10, "error: gone.csv: ", None),
    (["good.csv", *DAY, "--coaches", "no_coach.csv"], 10, "error: no_coach.csv: ", None),
    (["good.csv", *DAY, "--coaches", "gone.csv"], 10, "error: gone.csv: ", None),
    (["good.csv", *DAY, "--register", "folder"], 12, "error: folder: ", None),
    (["good.csv", *DAY, "--register", "rubbish.parquet"], 12, "error: rubbish.parquet: ", None),
    (["good.csv", "--on", "31.2.2021"], 2, "error: ", "--help"),
    (["good.csv", *DAY, "--engine", "stampp"], 2, "error: ", "--help"),
    (["good.csv", "--on", "9999-12-31"], 2, "error: invalid value for '--on'", "--help"),
    (["good.csv", "--on", "1.1.1899"], 2, "error: invalid value for '--on'", "--help"),
    (["sep.csv", *DAY], 10, "error: sep.csv: there is nothing below the line", "sent again"),
    (["wide.csv", *DAY], 10, "error: wide.csv: is in UTF-32", "UTF-8"),
    (["quote.csv", *DAY], 10, "error: quote.csv: the first line is not a header", "pair"),
    (["good.csv", *DAY, "--encoding", ""], 11, "error: no encoding ``", "windows-1252"),
    (["good.csv", *DAY, "--delimiter", ""], 11, "error: no delimiter ``", "tab"),
    (["good.csv", *DAY, "--area", ""], 11, "error: no area ``", "kuntactl areas list"),
    (["good.csv", *DAY, "--rules", ""], 11, "error: no rule set ``", "pori-2017"),
    (["good.csv", "--reviewed", "-", "--coaches", "-", *DAY], 10, "error: stdin: ", "once"),
    ([*DAY], 2, "error: ", "--help"),
]


@pytest.mark.parametrize(
    ("words", "code", "start", "named"), CASES, ids=[" ".join(case[0]) for case in CASES]
)
def test_an_error_is_one_sentence_and_nothing_is_written(
    words: list[str], code: int, start: str, named: str | None, here: Path, kuntactl: RunCli
) -> None:
    """Whoever is on duty reads what is wrong, where, and what to do; the folder is untouched."""
    before = sorted(here.rglob("*"))
    coaches = [] if "--coaches" in words else ["--coaches", "coaches.csv"]

    ended = kuntactl("run", *words, *coaches, "--out", "out/deep", "--workers", 1)

    problem, *hint = ended.err.splitlines()
    assert (ended.code, ended.out) == (code, "")
    assert problem.startswith(start)
    assert len(hint) <= 1
    assert all(line.startswith("hint: ") for line in hint)
    if named:
        assert named in hint[0]
    assert sorted(here.rglob("*")) == before


@pytest.mark.parametrize("command", ["check", "decide", "assign", "run"])
@pytest.mark.parametrize("out", ["empty.csv", "empty.csv/deep/er"])
def test_a_file_in_the_place_of_the_folder_is_a_sentence(
    command: str, out: str, here: Path, kuntactl: RunCli
) -> None:
    """Whoever forgets the folder's name names the export: it must not be written over."""
    coaches = ["--coaches", "coaches.csv"] if command in {"assign", "run"} else []
    before = sorted(here.rglob("*"))

    ended = kuntactl(command, "good.csv", *coaches, *DAY, "--out", out)

    assert ended.code == 14
    assert ended.err.splitlines()[-2:] == [
        f"error: --out {out}: empty.csv is a file, not a folder",
        "hint: name a folder; one that is not there yet is made",
    ]
    assert sorted(here.rglob("*")) == before


@pytest.mark.parametrize(
    "words", [("--rules", ""), ("--area", ""), ("--profile", ""), ("--encoding", "")]
)
def test_a_blank_choice_is_no_choice_left_out(
    words: tuple[str, str], here: Path, kuntactl: RunCli
) -> None:
    """A variable that a script did not set must not choose something by itself."""
    ended = kuntactl("check", here / "good.csv", *DAY, *words)

    assert ended.code == 11
    assert ended.out == ""


def test_a_run_that_fails_leaves_the_folder_as_it_was(here: Path, kuntactl: RunCli) -> None:
    """A template that breaks on the second night costs nothing of the first."""
    write_export(here / "more.csv", [client_row(asiakasnumero="B1")])
    run = ("run", "--coaches", "coaches.csv", *DAY, "--out", "out", "--workers", 1)
    assert kuntactl(*run, "good.csv").code == 0
    before = _content(here / "out")
    (here / "mine").mkdir()
    (here / "mine" / "transfer.fi.html").write_text("{{ c.no_such_thing }}")

    ended = kuntactl(*run, "more.csv", "--templates", "mine")

    assert ended.code == 13
    assert ended.err.startswith("error: ")
    assert _content(here / "out") == before


def test_a_dry_run_writes_nothing_at_all(here: Path, kuntactl: RunCli) -> None:
    """It says what would be written, and a run after it still finds a new register."""
    before = sorted(here.rglob("*"))

    ended = kuntactl(
        "run", "good.csv", "--coaches", "coaches.csv", *DAY, "--out", "out", "--dry-run"
    )

    assert ended.code == 0
    assert "would write run.json" in ended.out
    assert "would write porvoo/letters/porvoo-000001.pdf" in ended.out
    assert sorted(here.rglob("*")) == before


@pytest.mark.parametrize("command", ["check", "decide", "assign"])
def test_every_command_has_a_dry_run(command: str, here: Path, kuntactl: RunCli) -> None:
    """The same holds for the commands that stop earlier."""
    before = sorted(here.rglob("*"))
    coaches = ["--coaches", "coaches.csv"] if command == "assign" else []

    ended = kuntactl(command, "good.csv", *coaches, *DAY, "--out", "out", "--dry-run")

    assert (ended.code, "would write run.json" in ended.out) == (0, True)
    assert sorted(here.rglob("*")) == before


def test_an_edited_letters_csv_is_not_overwritten(here: Path, kuntactl: RunCli) -> None:
    """The list of letters that were sent is evidence."""
    run = ("run", "--coaches", "coaches.csv", *DAY, "--out", "out", "--workers", 1)
    assert kuntactl(*run, "good.csv").code == 0
    (here / "out" / "porvoo" / "letters.csv").write_text("scribble")

    ended = kuntactl(*run, "good.csv")

    assert ended.code == 14
    assert (here / "out" / "porvoo" / "letters.csv").read_text() == "scribble"


def _content(folder: Path) -> dict[str, bytes]:
    """Return each file's bytes; of the lock beside the register only that it is there."""
    return {
        path.relative_to(folder).as_posix(): b"" if path.suffix == ".lock" else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
