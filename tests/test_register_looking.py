"""The register can be asked: what was, on any day, and whether it is still what was written."""

import csv
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import RunCli
from register_nights import FIRST_DAY, PORVOO, SALO, coached, run_night
from sqlalchemy import Connection, create_engine, text

from kuntactl.register.store import open_register


@pytest.fixture
def nights(register: str) -> str:
    """Return the place of a register of two nights: A2 leaves and A3 joins in the second."""
    first = run_night(
        register, ("A1", PORVOO, "eligible"), ("A2", PORVOO, "eligible"), ("B1", SALO, "eligible")
    )
    with open_register(register) as opened:
        opened.begin_run(on=FIRST_DAY, version="0.1.0", inputs=[])
        opened.remember_coaches(coached(first.reconciled.members, "K1"))
        opened.commit()
    run_night(
        register,
        ("A1", PORVOO, "eligible"),
        ("A2", None, "outside"),
        ("A3", PORVOO, "eligible"),
        ("B1", SALO, "eligible"),
        number=1,
    )
    return register


@contextmanager
def changed(register: str) -> Iterator[Connection]:
    """Let the test change the database behind the register's back."""
    url = register if "://" in register else f"sqlite:///{register}"
    engine = create_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def test_members_are_shown_as_they_were_on_the_day(nights: str, kuntactl: RunCli) -> None:
    """A question about last March is not answered with today's list."""

    def members_on(day: str) -> list[tuple[str, str, str | None]]:
        shown = kuntactl(
            "register", "members", "--register", nights, "--area", PORVOO, "--on", day, "--json"
        )
        return [(row["client_id"], row["since"], row["coach_id"]) for row in json.loads(shown.out)]

    assert members_on("2021-02-28") == []
    assert members_on("2021-03-01") == [("A1", "2021-03-01", "K1"), ("A2", "2021-03-01", "K1")]
    assert members_on("2021-03-02") == [("A1", "2021-03-01", "K1"), ("A3", "2021-03-02", None)]


def test_history_tells_what_happened_to_a_client(nights: str, kuntactl: RunCli) -> None:
    """Who asks why they got a letter gets the whole story, in its order."""
    shown = kuntactl("register", "history", "A2", "--register", nights, "--json")

    events = json.loads(shown.out)
    assert [(event["run"], event["kind"]) for event in events] == [
        (1, "joined"),
        (1, "letter_written"),
        (2, "coach_given"),
        (3, "left"),
        (3, "letter_written"),
    ]
    assert events[2]["facts"] == {"coach": "K1"}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_history_names_each_fact_in_the_language(
    language: str, nights: str, kuntactl: RunCli
) -> None:
    """`first_page 2` is a column of the register, not a word of whoever reads."""
    asked = ("history", "A2", "--register", nights)
    events = json.loads(kuntactl("register", *asked, "--json").out)
    names = {name for event in events for name in event["facts"]}

    told = kuntactl("register", "--lang", language, *asked).out

    assert names >= {"decided_by", "lang", "bundle", "first_page", "pages", "event"}
    assert names & set(re.findall(r"\w+", told)) <= {
        "coach",
        "sha256",
    }  # words of Swedish and of all


def test_an_unknown_client_is_said_to_be_unknown(nights: str, kuntactl: RunCli) -> None:
    """No events is not the same as a number mistyped; the person looks again."""
    shown = kuntactl("register", "history", "Z9", "--register", nights)

    assert shown.code == 12
    assert shown.err.startswith("error: client Z9: not in this register\nhint: ")


def test_numbers_of_the_register_are_shown(nights: str, kuntactl: RunCli) -> None:
    """One look tells the runs, the members and the letters."""
    facts = json.loads(kuntactl("register", "show", "--register", nights, "--json").out)

    assert [run["run"] for run in facts["runs"]] == [1, 2, 3]
    assert facts["members"] == {PORVOO: 2, SALO: 1}
    assert facts["letters"] == [
        {"area": PORVOO, "kind": "coach", "status": "written", "letters": 1},
        {"area": PORVOO, "kind": "move", "status": "written", "letters": 1},
        {"area": PORVOO, "kind": "transfer", "status": "written", "letters": 3},
        {"area": SALO, "kind": "coach", "status": "written", "letters": 1},
        {"area": SALO, "kind": "transfer", "status": "written", "letters": 1},
    ]


def test_an_untouched_register_verifies(nights: str, kuntactl: RunCli) -> None:
    """The check can say yes."""
    assert kuntactl("register", "verify", "--register", nights).out == "faults: 0\n"


# what was done, what is found, why
CHANGES = [
    (
        "UPDATE event SET facts = '{\"coach\":\"K9\"}' WHERE kind = 'coach_given'",
        "event 8: was changed after it was written",
        "who changes an event is found",
    ),
    (
        "UPDATE event SET day = '2021-02-01' WHERE sequence = 1",
        "event 1: was changed after it was written",
        "a day is part of what was written",
    ),
    (
        "UPDATE event SET previous = hash WHERE sequence = 3",
        "event 3: is not tied to the one before",
        "the chain is one chain",
    ),
    (
        "UPDATE membership SET coach_id = 'K9' WHERE client_id = 'A1'",
        "membership 1: is not what the events tell",
        "what is kept beside the events must follow from them",
    ),
    (
        "UPDATE letter SET sha256 = 'cd' WHERE client_id = 'B1'",
        "letter salo-marttila-koski-000001: is not what the events tell",
        "a letter's checksum is not changed quietly",
    ),
    (
        "DELETE FROM letter WHERE client_id = 'B1'",
        "letter salo-marttila-koski-000001: is told by the events, and gone",
        "a letter that is gone would be sent once more",
    ),
]


@pytest.mark.parametrize(("change", "finding", "why"), CHANGES, ids=[case[2] for case in CHANGES])
def test_a_change_is_found_and_named(
    nights: str, kuntactl: RunCli, change: str, finding: str, why: str
) -> None:
    """The register is evidence: whoever changes it by hand is found out."""
    with changed(nights) as connection:
        connection.execute(text(change.replace(":", "\\:")))

    shown = kuntactl("register", "verify", "--register", nights)

    assert shown.code == 12, why
    assert finding in shown.out.splitlines()


def test_an_event_that_is_gone_is_missed(nights: str, kuntactl: RunCli) -> None:
    """A hole in the chain is found though every other event is whole."""
    with changed(nights) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text("DELETE FROM event WHERE sequence = 9"))

    shown = kuntactl("register", "verify", "--register", nights)

    assert (shown.code, shown.out.splitlines()[0]) == (12, "event 9: is missing")


def test_a_backup_is_a_register(nights: str, kuntactl: RunCli, tmp_path: Path) -> None:
    """What cannot be read back is no backup."""
    copy = tmp_path / "copies" / "backup.db"

    made = kuntactl("register", "backup", copy, "--register", nights)

    assert made.out == f"{copy}: {copy.stat().st_size:,} bytes\n"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in copy.parent.iterdir()] == ["backup.db"]
    shown = ("register", "show", "--json", "--register")
    assert kuntactl(*shown, copy).out == kuntactl(*shown, nights).out
    assert kuntactl("register", "verify", "--register", copy).code == 0


def test_a_backup_replaces_nothing(nights: str, kuntactl: RunCli, tmp_path: Path) -> None:
    """The one backup there is may be the good one."""
    copy = tmp_path / "backup.db"
    copy.write_text("older", "utf-8")

    made = kuntactl("register", "backup", copy, "--register", nights)

    assert made.code == 12
    assert copy.read_text("utf-8") == "older"


def test_tables_are_handed_out_as_csv(nights: str, kuntactl: RunCli, tmp_path: Path) -> None:
    """Who audits wants the events in a spreadsheet, all of them."""
    kuntactl("register", "export", "--register", nights, "--out", tmp_path / "tables")

    with (tmp_path / "tables" / "event.csv").open(encoding="utf-8-sig", newline="") as file:
        events = list(csv.DictReader(file, delimiter=";"))
    assert [event["client_id"] for event in events if event["kind"] == "left"] == ["A2"]
    assert {path.name for path in (tmp_path / "tables").iterdir()} >= {"run.csv", "letter.csv"}


# words after `kuntactl register`, what the answer holds
AS_JSON: list[tuple[tuple[str, ...], str]] = [
    (("show",), '"members"'),
    (("history", "A1"), '"joined"'),
    (("members", "--on", "2021-03-02"), '"since": "2021-03-01"'),
    (("verify",), "[]"),
    (("backup", "copy.db"), '"file": "copy.db"'),
    (("export", "--out", "tables"), '"tables/event.csv"'),
]


@pytest.mark.parametrize(("words", "holds"), AS_JSON, ids=[case[0][0] for case in AS_JSON])
def test_each_answer_can_be_read_by_a_script(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kuntactl: RunCli,
    words: tuple[str, ...],
    holds: str,
) -> None:
    """What a person sees as a table a script reads as JSON, and nothing else stands beside it."""
    monkeypatch.chdir(tmp_path)
    run_night("register.db", ("A1", PORVOO, "eligible"))

    shown = kuntactl("register", *words, "--register", "register.db", "--json")

    assert (shown.code, shown.err) == (0, "")
    assert holds in json.dumps(json.loads(shown.out))


def test_a_fault_is_named_in_json_too(tmp_path: Path, kuntactl: RunCli) -> None:
    """A script that watches over the register learns which letter it is."""
    place = tmp_path / "register.db"
    night = run_night(place, ("A1", PORVOO, "eligible"), ("A2", PORVOO, "eligible"))
    letters = tmp_path / PORVOO / "letters"
    letters.mkdir(parents=True)
    ((changed_one, _), (lost, _)) = night.new_letters
    (letters / f"{changed_one}.pdf").write_bytes(b"another letter")

    shown = kuntactl("register", "verify", "--register", place, "--out", tmp_path, "--json")

    assert shown.code == 12
    assert json.loads(shown.out) == [
        {
            "what": "file",
            "which": f"{changed_one}.pdf",
            "problem": "was changed after it was written",
        },
        {"what": "file", "which": f"{lost}.pdf", "problem": "is missing"},
    ]


def test_a_register_is_looked_at_while_a_run_holds_it(nights: str, kuntactl: RunCli) -> None:
    """A night's run takes minutes; whoever looks meanwhile sees what was before it."""
    with open_register(nights) as held:
        held.begin_run(on=FIRST_DAY, version="0.1.0", inputs=[])
        facts = json.loads(kuntactl("register", "show", "--register", nights, "--json").out)

    assert len(facts["runs"]) == 3


def test_looking_makes_no_register(kuntactl: RunCli, tmp_path: Path) -> None:
    """A mistyped path must not look like an empty register, nor leave one behind."""
    shown = kuntactl("register", "show", "--register", tmp_path / "regsiter.db")

    assert shown.code == 12
    assert "there is no register" in shown.err
    assert list(tmp_path.iterdir()) == []


def test_one_run_is_shown_with_its_events(nights: str, kuntactl: RunCli) -> None:
    """Whoever asks what a night did need not add up the histories of its clients."""
    shown = kuntactl("register", "show", "3", "--register", nights, "--json")
    table = kuntactl("register", "show", "3", "--register", nights)

    run = json.loads(shown.out)
    assert (run["run"], run["on"]) == (3, "2021-03-02")
    assert {"area": PORVOO, "kind": "joined", "events": 1} in run["events"]
    assert {"area": PORVOO, "kind": "left", "events": 1} in run["events"]
    assert table.code == 0
    assert "joined" in table.out


def test_a_run_that_is_not_there_is_told_with_those_that_are(
    nights: str, kuntactl: RunCli
) -> None:
    """A mistyped number is no empty table."""
    ended = kuntactl("register", "show", "33", "--register", nights)

    assert ended.code == 12
    assert ended.err == "error: no run 33 in this register\nhint: did you mean `3`?\n"
