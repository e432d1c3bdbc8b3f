"""The end of a trial: everybody is sent back once, with a letter, and the outcome is counted."""

import contextlib
import json
import re
import shlex
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import area_lists
import pytest
from builders import client_row
from conftest import SAMPLES, Ended, RunCli
from letters_due import text_of
from night_exports import write_coaches, write_export

PORI = "pori-2017"


@dataclass(frozen=True, slots=True)
class Closed:
    """Pori after its trial, in the folder of its nights."""

    out: Path
    joined: int
    codes: list[int]  # of the commands of the walk
    again: Ended  # the last close once more, with the same export
    facts: dict[str, Any]  # run.json of the first close
    files: set[str]  # of the area after the first close

    @property
    def closed(self) -> int:
        """How many were members to the end: one was returned on the way."""
        return self.joined - 1


def walk() -> list[list[str]]:
    """Return the commands of the walk in sample_data/README.md, word by word."""
    text = (SAMPLES / "README.md").read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    (block,) = [block for block in blocks if "kuntactl close" in block]
    return [shlex.split(line)[1:] for line in block.splitlines()]


@pytest.fixture(scope="module")
def pori(tmp_path_factory: pytest.TempPathFactory, kuntactl_of_module: RunCli) -> Closed:
    """The walk as it is written: Pori joins on 1.8.2017, one goes back, 1.1.2019 is the end."""
    here = tmp_path_factory.mktemp("pori")
    (here / "sample_data").symlink_to(SAMPLES)
    out = here / "pori"
    joined, codes, facts, files = 0, [], {}, set()
    with contextlib.chdir(here):
        for words in walk():
            codes.append(kuntactl_of_module(*words).code)
            facts_now = json.loads((out / "run.json").read_text("utf-8"))
            joined = facts_now.get("joined", joined)
            facts = facts_now
        files = {path.relative_to(out).as_posix() for path in (out / PORI).rglob("*")}
        (last,) = [words for words in walk() if words[0] == "close"]
        again = kuntactl_of_module(*last)
    return Closed(out=out, joined=joined, codes=codes, again=again, facts=facts, files=files)


def lines(out: Path, name: str, area: str = PORI) -> list[dict[str, str]]:
    """Return the lines of a list of the area."""
    return area_lists.lines(out, name, area)


def test_every_member_is_sent_back_and_accounted_for(pori: Closed) -> None:
    """Whoever was a member has a letter of return, or stands in the list of those without."""
    returns = [line for line in lines(pori.out, "letters.csv") if line["kind"] == "return"][1:]
    letters = pori.facts["letters"]

    assert pori.closed > 50
    assert pori.facts["left"] == letters["due"] == len(returns) == pori.closed
    assert letters["due"] == sum(count for name, count in letters.items() if name != "due")
    assert Counter(line["status"] for line in returns) == {
        status: letters[status] for status in ("written", "protected", "undeliverable")
    }
    assert pori.facts["reasons"] == {"left": {"trial_end": pori.closed}}


def test_addresses_come_from_the_newest_export(pori: Closed) -> None:
    """A year and a half later people live elsewhere; who is gone from it has no address."""
    texts = [
        text_of((pori.out / PORI / line["file"]).read_bytes())
        for line in lines(pori.out, "letters.csv")
        if line["kind"] == "return" and line["status"] == "written"
    ][1:]
    why = Counter(line["code"] for line in lines(pori.out, "undeliverable.csv"))

    assert any("Uusikatu" in text for text in texts)
    assert why["not_in_export"] > 0
    assert all("1.1.2019" in text for text in texts)


def test_who_is_protected_by_now_is_not_in_a_print_run(pori: Closed) -> None:
    """Non-disclosure set after the first letter holds for the last one."""
    last = {
        line["client_id"]: line
        for line in lines(pori.out, "letters.csv")
        if line["kind"] == "return"
    }
    first = {
        line["client_id"]: line
        for line in lines(pori.out, "letters.csv")
        if line["kind"] == "transfer"
    }
    since = [
        client
        for client, line in last.items()
        if line["status"] == "protected" and first[client]["status"] == "written"
    ]

    assert since
    assert {last[client]["bundle"] for client in since} == {""}


def test_the_outcome_is_counted_for_people_and_for_scripts(pori: Closed) -> None:
    """What came of the trial is asked of every municipality; the counts are the register's."""
    outcome = json.loads((pori.out / PORI / "outcome.json").read_text("utf-8"))
    counts = outcome["outcome"]
    listed = {
        (line["figure"], line["value"]): int(line["count"])
        for line in lines(pori.out, "outcome.csv")
    }

    assert (outcome["area"], outcome["on"]) == (PORI, "2019-01-01")
    assert counts["clients"] == counts["memberships"] == pori.joined
    assert counts["members_now"] == 0
    assert counts["ended_because"] == {"language": 1, "trial_end": pori.closed}
    assert counts["joined_in_month"] == {"2017-08": pori.joined}
    assert counts["ended_in_month"] == {"2017-09": 1, "2019-01": pori.closed}
    assert listed["letters_sent", "return trial_end"] == counts["letters_sent"]["return trial_end"]
    assert "protected" not in (pori.out / PORI / "outcome.json").read_text("utf-8")


def test_closing_again_writes_nothing_twice(pori: Closed) -> None:
    """Whoever is not sure that it was done does it again, and nobody gets a second letter."""
    files = {path.relative_to(pori.out).as_posix() for path in (pori.out / PORI).rglob("*")}

    assert (pori.codes, pori.again.code) == ([20, 0, 20, 0], 0)
    assert files == pori.files
    returns = Counter(
        line["client_id"] for line in lines(pori.out, "letters.csv") if line["kind"] == "return"
    )
    assert set(returns.values()) == {1}


def test_the_register_verifies_after_the_end(pori: Closed, kuntactl: RunCli) -> None:
    """The evidence of the whole trial is still what was written."""
    register = ("--register", pori.out / "register.db")

    assert kuntactl("register", "verify", *register, "--out", pori.out).out == "faults: 0\n"
    shown = kuntactl("register", "members", *register, "--on", "2018-12-31", "--json")
    assert len(json.loads(shown.out)) == pori.closed
    shown = kuntactl("register", "members", *register, "--on", "2019-01-01", "--json")
    assert json.loads(shown.out) == []


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kuntactl: RunCli) -> Path:
    """Work in a folder where A1 and A2 have joined Porvoo."""
    monkeypatch.chdir(tmp_path)
    write_coaches(tmp_path / "coaches.csv")
    both = [client_row(asiakasnumero="A1"), client_row(asiakasnumero="A2")]
    write_export(tmp_path / "both.csv", both)
    write_export(tmp_path / "one.csv", both[:1])
    assert run(kuntactl, "both.csv", "2021-03-01").code == 0
    return tmp_path


def run(kuntactl: RunCli, export: str, on: str) -> Ended:
    """Run a night."""
    words = ("run", export, "--coaches", "coaches.csv", "--out", "out", "--workers", 1)
    return kuntactl(*words, "--on", on)


def close(kuntactl: RunCli, area: str, export: str, on: str, *more: object) -> Ended:
    """Close an area."""
    return kuntactl("close", area, export, "--on", on, "--out", "out", "--workers", 1, *more)


def test_a_newer_export_completes_the_letters(here: Path, kuntactl: RunCli) -> None:
    """Who could not be written to is, once an export has the address; nobody else is."""
    first = close(kuntactl, "porvoo", "one.csv", "2025-01-01")

    second = close(kuntactl, "porvoo", "both.csv", "2025-01-02", "--older")

    assert (first.code, second.code) == (20, 0)
    returns = [
        (line["client_id"], line["status"])
        for line in lines(here / "out", "letters.csv", "porvoo")
        if line["kind"] == "return"
    ]
    assert returns == [("A1", "written"), ("A2", "undeliverable"), ("A2", "written")]


def test_the_letter_tells_the_first_day_without_the_trial(here: Path, kuntactl: RunCli) -> None:
    """Whenever it is closed, the services moved when the trial was over."""
    close(kuntactl, "porvoo", "both.csv", "2025-01-15")

    (line, _) = [
        line for line in lines(here / "out", "letters.csv", "porvoo") if line["kind"] == "return"
    ]
    assert "1.1.2025" in text_of((here / "out" / "porvoo" / line["file"]).read_bytes())


def test_on_the_last_day_nobody_joins_a_closed_area_again(here: Path, kuntactl: RunCli) -> None:
    """The night's run comes after the close, and its export still holds everybody."""
    assert close(kuntactl, "porvoo", "both.csv", "2024-12-31").code == 0
    newcomer = [client_row(asiakasnumero=f"A{number}") for number in range(1, 4)]
    write_export(here / "more.csv", newcomer)

    assert run(kuntactl, "more.csv", "2024-12-31").code == 0

    facts = json.loads((here / "out" / "run.json").read_text("utf-8"))
    assert (facts["joined"], facts["stayed"], facts["letters"]["written"]) == (0, 0, 0)


# area, day, exit code, what is said, why
REFUSED = [
    ("porvoo", "2024-12-30", 11, "its last day is 2024-12-31", "the trial is not over"),
    ("porvo", "2025-01-01", 11, "did you mean `porvoo`?", "no such area"),
    ("pori-2017", "2025-01-01", 12, "nobody was ever a member", "an area of another register"),
    ("uusimaa", "2025-01-01", 11, "no area", "an area that there is not"),
]


@pytest.mark.parametrize(
    ("area", "on", "code", "sentence", "why"), REFUSED, ids=[case[4] for case in REFUSED]
)
def test_what_cannot_be_closed(
    here: Path, kuntactl: RunCli, area: str, on: str, code: int, sentence: str, why: str
) -> None:
    """The end of everybody's membership is not done by a slip of the hand."""
    before = {path.name for path in (here / "out").rglob("*")}

    ended = close(kuntactl, area, "both.csv", on)

    assert ended.code == code, why
    assert sentence in ended.err
    assert {path.name for path in (here / "out").rglob("*")} == before


def test_a_farewell_that_waited_is_sent_with_the_others(here: Path, kuntactl: RunCli) -> None:
    """Who moved to Salo and could not be told so is told at last, by the newest address."""
    moved = client_row(asiakasnumero="A1", kotikunta="734", lahiosoite="")
    write_export(here / "moved.csv", [moved, client_row(asiakasnumero="A2")])
    run(kuntactl, "moved.csv", "2021-03-02")

    close(kuntactl, "porvoo", "both.csv", "2025-01-01", "--older")

    sent = [
        (line["client_id"], line["kind"])
        for line in lines(here / "out", "letters.csv", "porvoo")
        if line["status"] == "written"
    ]
    assert sent == [
        ("A1", "transfer"), ("A2", "transfer"), ("A1", "move"), ("A2", "return"),
    ]  # fmt: skip
