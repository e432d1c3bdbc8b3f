"""What holds for every command: JSON as documented, a dry run that writes nothing."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from builders import client_row
from conftest import REPOSITORY, Ended, RunCli
from night_exports import FIRST_NIGHT, write_coaches, write_export
from register_nights import run_night
from test_cli_reference import COMMANDS
from test_sealing import RECIPIENT, identity_file

from kuntactl.cli.shapes.table import SHAPES, check, schema

DAY, LATER = "--on 2021-03-01", "--on 2025-01-02"
PORVOO = "--area porvoo"
REGISTER = "--register out/register.db"
# command, what it is given in the world of this file; each is tried with --json, and with
# --dry-run where it writes
LINES = {
    "check": f"e.csv {DAY} --out new",
    "run": f"e.csv --coaches c.csv {DAY} {PORVOO} --out out --workers 1",
    "explain": f"A2 e.csv {DAY} --coaches c.csv",
    "close": f"porvoo e.csv {LATER} --out out --workers 1",
    "decide": f"e.csv {DAY} --out new --expect porvoo=9 --accept-totals me",
    "assign": f"e.csv --coaches c.csv {DAY} --out new",
    "what-if": f"e.csv --coaches c.csv {DAY} {PORVOO} --without p2 --max-moves 1 {REGISTER}",
    "return": "A1 e.csv --on 2021-06-02 --reason own_request --out out --workers 1",
    "letters preview": "-o new.pdf",
    "letters check": "return.sv.html --picture new.png",
    "letters proof": f"n.csv --coaches c.csv {DAY} {PORVOO} --out out --workers 1",
    "letters verify": "out",
    "letters reprint": "1-2 --from out --out new.pdf",
    "unseal": "out/porvoo/protected/porvoo-1.tar.age --identity key.txt --out new",
    "register show": REGISTER,
    "register log": REGISTER,
    "register history": f"A1 {REGISTER}",
    "register members": REGISTER,
    "register verify": f"{REGISTER} --out out",
    "register backup": f"new.db {REGISTER}",
    "register export": f"{REGISTER} --out new",
    "register upgrade": REGISTER,
    "register delete": "--register over.db --before 2031-01-01 --receipt new.json",
    "purge": f"out {REGISTER} --before 2031-01-01 {LATER} --recipient {RECIPIENT}",
    "outcomes": f"e.csv n.csv --before-on 2021-03-01 {LATER} --out new",
    "areas list": "",
    "areas show": "salo-marttila-koski",
    "rules list": "",
    "rules show": "act-1269-2020",
    "rules docs": "",
    "rules lint": "announced-pori",
    "rules diff": f"act-1269-2020 announced-porvoo e.csv {DAY} --out new.csv",
    "rules equity": f"e.csv {DAY} --out new.csv",
    "sample": f"new.csv --rows 5 {DAY} --coaches new2.csv",
    "doctor": f"--out out {REGISTER}",
    "config show": "run",
    "completion": "fish",
    "reference": "",
}
OPTIONS = {
    " ".join(words): {option for one in command.params for option in one.opts}
    for words, command in COMMANDS
}
TO_WRITE = {"--out", "--from", "--picture", "--receipt"}  # what names a file or a folder of it
WRITERS = {name for name, options in OPTIONS.items() if options & TO_WRITE}
WRITERS |= {"sample", "register backup", "register upgrade", "purge"}  # which say it otherwise
WRITERS -= {"doctor", "register verify"}  # their --out is a folder to look into
HAVE_DRY_RUN = {name for name, options in OPTIONS.items() if "--dry-run" in options}


def everything(folder: Path) -> dict[str, str]:
    """Return each file and folder below, with a hash of what it holds."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        if path.is_file()
        else "folder"
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture(scope="module")
def tried(
    tmp_path_factory: pytest.TempPathFactory, heard_kuntactl: RunCli
) -> dict[str, tuple[Ended, set[str]]]:
    """How each command ended, and which files it changed, in a folder where a run has been."""
    here = tmp_path_factory.mktemp("every")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        newcomer = client_row(asiakasnumero="B1")
        write_export(here / "e.csv", FIRST_NIGHT)
        write_export(here / "n.csv", [*FIRST_NIGHT, newcomer])
        write_coaches(here / "c.csv")
        identity_file(here)
        run_night(str(here / "over.db"), ("U1", "porvoo", "not_eligible"))
        order = f"run {LINES['run']} --recipient {RECIPIENT} --json --quiet"
        done = {"really": (heard_kuntactl(*order.split()), set[str]())}
        before = everything(here)
        for name, line in LINES.items():
            dry = ["--dry-run"] if name in HAVE_DRY_RUN else []
            ended = heard_kuntactl(*name.split(), *line.split(), *dry, "--json", "--quiet")
            after = everything(here)
            changed = {
                path
                for path in before.keys() | after.keys()
                if before.get(path) != after.get(path)
            }
            done[name] = (ended, changed)
            before = after
    return done


def test_every_command_is_tried() -> None:
    """A new command cannot forget its JSON."""
    names = {" ".join(words) for words, _ in COMMANDS}

    assert names == LINES.keys() == SHAPES.keys()
    assert [name for name, options in OPTIONS.items() if "--json" not in options] == []


@pytest.mark.parametrize("name", ["really", *LINES])
def test_json_is_as_documented(name: str, tried: dict[str, tuple[Ended, set[str]]]) -> None:
    """A script that reads it may rely on docs/json.schema.json."""
    ended, _ = tried[name]

    assert ended.code in {0, 12, 13, 20}, ended.err
    assert ended.err == ""
    check("run" if name == "really" else name, ended.out)


def test_every_command_that_writes_has_a_dry_run() -> None:
    """Whoever is unsure sees first what would be written."""
    assert WRITERS <= HAVE_DRY_RUN


@pytest.mark.parametrize("name", LINES)
def test_a_dry_run_writes_nothing(name: str, tried: dict[str, tuple[Ended, set[str]]]) -> None:
    """Neither does a command that only looks: no file, no folder, no byte."""
    _, changed = tried[name]

    assert changed == set()


def test_the_schema_is_what_the_shapes_say(kuntactl: RunCli) -> None:
    """Nobody relies on a key that is gone; `make docs` writes the schema anew."""
    printed = kuntactl("reference", "--schema")

    assert printed.code == 0
    assert (REPOSITORY / "docs" / "json.schema.json").read_text("utf-8") == printed.out


def test_what_is_not_of_the_shape_is_found() -> None:
    """The check can fail: a key that nobody has documented, and one that is missing."""
    backup = {"file": "a", "bytes": 1}

    check("register backup", json.dumps(backup))
    for other in (backup | {"more": 1}, {"file": "a"}, backup | {"bytes": "1"}):
        with pytest.raises(ValueError, match="File"):
            check("register backup", json.dumps(other))


def test_every_shape_says_what_it_is() -> None:
    """A schema without a word of explanation documents nothing."""
    silent = [name for name, shape in schema()["$defs"].items() if not shape.get("description")]

    assert silent == []
