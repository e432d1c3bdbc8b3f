"""A client given back to the TE office: told once, recorded with a code, and not fetched again."""

import csv
import io
import json
from pathlib import Path

import pytest
from builders import client_row
from conftest import Ended, RunCli
from letters_due import text_of
from night_exports import write_coaches, write_export

FIRST = [client_row(asiakasnumero="A1"), client_row(asiakasnumero="A2")]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kuntactl: RunCli) -> Path:
    """Work in a folder where A1 and A2 have joined Porvoo on 1.6.2021."""
    monkeypatch.chdir(tmp_path)
    write_coaches(tmp_path / "coaches.csv")
    write_export(tmp_path / "export.csv", FIRST)
    assert night(kuntactl, "2021-06-01").code == 0
    return tmp_path


def night(kuntactl: RunCli, on: str) -> Ended:
    """Run the night of this day."""
    words = ("run", "export.csv", "--coaches", "coaches.csv", "--out", "out", "--workers", 1)
    return kuntactl(*words, "--on", on)


def give_back(kuntactl: RunCli, *more: object, on: str = "2021-06-02") -> Ended:
    """Give a client back."""
    return kuntactl("return", *more, "--out", "out", "--on", on, "--workers", 1)


def facts(here: Path) -> dict[str, object]:
    """Return what the last night says in run.json."""
    found: dict[str, object] = json.loads((here / "out" / "run.json").read_text("utf-8"))
    return found


def lines(here: Path, name: str = "letters.csv") -> list[dict[str, str]]:
    """Return the lines of a list of Porvoo."""
    text = (here / "out" / "porvoo" / name).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def history(kuntactl: RunCli, client: str) -> list[dict[str, object]]:
    """Return what the register knows of a client."""
    shown = kuntactl("register", "history", client, "--register", "out/register.db", "--json")
    found: list[dict[str, object]] = json.loads(shown.out)
    return found


# the reason given, what the letter says
REASONS = [
    ("own_request", "Pyysit, että palvelusi siirretään takaisin"),
    ("language", "Nyt palvelusi siirtyvät takaisin"),
    ("conflict", "Nyt palvelusi siirtyvät takaisin"),
    ("safety", "Nyt palvelusi siirtyvät takaisin"),
]


@pytest.mark.parametrize(("reason", "sentence"), REASONS, ids=[case[0] for case in REASONS])
def test_the_register_knows_the_reason_and_the_letter_only_a_request(
    here: Path, kuntactl: RunCli, reason: str, sentence: str
) -> None:
    """A letter that lies on a kitchen table must not speak of a conflict or of danger."""
    ended = give_back(kuntactl, "A1", "export.csv", "--reason", reason)

    assert ended.code == 0
    (line,) = [line for line in lines(here) if line["kind"] == "return"]
    text = text_of((here / "out" / "porvoo" / line["file"]).read_bytes())
    assert sentence in " ".join(text.split())
    assert "2.6.2021" in text
    ends = [event for event in history(kuntactl, "A1") if event["kind"] == "returned"]
    assert [(event["day"], event["facts"]) for event in ends] == [
        ("2021-06-02", {"reason": reason})
    ]


def test_a_return_lasts(here: Path, kuntactl: RunCli) -> None:
    """The next night's export still says that the client belongs; that changes nothing."""
    give_back(kuntactl, "A1", "export.csv", "--reason", "own_request")

    assert night(kuntactl, "2021-06-03").code == 0

    found = facts(here)
    assert (found["joined"], found["stayed"], found["kept_out"]) == (0, 1, 1)
    assert [line["client_id"] for line in lines(here, "transfer_list.csv")] == ["A2"]
    assert len(lines(here)) == 3


def test_a_client_may_join_again_when_a_person_says_so(here: Path, kuntactl: RunCli) -> None:
    """People change their minds; the next night then takes the client in anew."""
    give_back(kuntactl, "A1", "export.csv", "--reason", "own_request")
    again = give_back(kuntactl, "A1", "--again", on="2021-06-03")

    night(kuntactl, "2021-06-04")

    assert (again.code, again.out) == (0, "areas: porvoo\n")
    assert facts(here)["joined"] == 1
    assert [line["kind"] for line in lines(here) if line["client_id"] == "A1"] == [
        "transfer",
        "return",
        "transfer",
    ]


@pytest.mark.parametrize(
    ("on", "code"), [("2021-06-01", 0), ("2021-05-31", 11)], ids=["from-1-june", "not-before"]
)
def test_a_client_may_ask_from_the_first_of_june_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kuntactl: RunCli, on: str, code: int
) -> None:
    """The right to ask came with Act 421/2021; safety did not have to wait for it."""
    monkeypatch.chdir(tmp_path)
    write_coaches(tmp_path / "coaches.csv")
    write_export(tmp_path / "export.csv", FIRST)
    night(kuntactl, "2021-03-01")

    asked = give_back(kuntactl, "A1", "export.csv", "--reason", "own_request", on=on)
    other = give_back(kuntactl, "A2", "export.csv", "--reason", "safety", on=on)

    assert (asked.code, other.code) == (code, 0)
    assert ("they can from 2021-06-01 on" in asked.err) == (code == 11)


def test_without_an_address_the_next_night_writes_the_letter(here: Path, kuntactl: RunCli) -> None:
    """Whoever answers the telephone has no export at hand; the letter waits for one."""
    ended = give_back(kuntactl, "A1", "--reason", "safety")

    assert ended.code == 20
    assert "undeliverable 1 (not_in_export)" in ended.err
    night(kuntactl, "2021-06-03")
    returns = [line for line in lines(here) if line["kind"] == "return"]
    assert [(line["status"], line["lang"]) for line in returns] == [
        ("undeliverable", ""),
        ("written", "fi"),
    ]
    assert len({line["letter_id"] for line in returns}) == 1


@pytest.mark.usefixtures("here")
def test_who_is_not_a_member_cannot_be_returned(kuntactl: RunCli) -> None:
    """A mistyped number must not look like a return that was done."""
    stranger = give_back(kuntactl, "A9", "export.csv", "--reason", "language")
    never_returned = give_back(kuntactl, "A1", "--again")

    assert (stranger.code, never_returned.code) == (12, 12)
    assert stranger.err.splitlines()[-2].endswith(
        "client A9: not a member of any area in this register"
    )
    assert "no return of theirs is in force" in never_returned.err


def test_the_same_return_given_again_is_done_already(here: Path, kuntactl: RunCli) -> None:
    """Whoever is not sure that it was done does it again; nobody is written to twice."""
    first = give_back(kuntactl, "A1", "--reason", "safety")
    again = give_back(kuntactl, "A1", "export.csv", "--reason", "safety")
    once_more = give_back(kuntactl, "A1", "export.csv", "--reason", "safety")

    assert [ended.code for ended in (first, again, once_more)] == [20, 0, 0]
    assert "nothing is done twice" in once_more.err
    returns = [line for line in lines(here) if line["kind"] == "return"]
    assert [line["status"] for line in returns] == ["undeliverable", "written"]
    events = [event["kind"] for event in history(kuntactl, "A1")]
    assert events.count("returned") == 1


@pytest.mark.usefixtures("here")
def test_another_return_of_who_went_back_is_refused(kuntactl: RunCli) -> None:
    """Another reason, or another day, is another return: somebody is mistaken."""
    give_back(kuntactl, "A1", "export.csv", "--reason", "safety")

    other = give_back(kuntactl, "A1", "export.csv", "--reason", "language")
    later = give_back(kuntactl, "A1", "export.csv", "--reason", "safety", on="2021-06-03")

    assert (other.code, later.code) == (12, 12)


@pytest.mark.usefixtures("here")
def test_letting_in_again_can_be_repeated_on_its_day(kuntactl: RunCli) -> None:
    """The same command after a kill is no mistake; a week later it is one."""
    give_back(kuntactl, "A1", "--reason", "safety")

    codes = [
        give_back(kuntactl, "A1", "--again", on=day).code
        for day in ("2021-06-03", "2021-06-03", "2021-06-10")
    ]

    assert codes == [0, 0, 12]
    events = [event["kind"] for event in history(kuntactl, "A1")]
    assert events.count("may_join_again") == 1


@pytest.mark.parametrize("words", [(), ("--again", "--reason", "safety")])
def test_a_reason_or_again_has_to_be_given(kuntactl: RunCli, words: tuple[str, ...]) -> None:
    """A return without a coded reason could not be accounted for."""
    assert give_back(kuntactl, "A1", *words).code == 2


def test_a_rehearsed_return_changes_nothing(here: Path, kuntactl: RunCli) -> None:
    """--dry-run writes nothing at all, the register included."""
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}

    ended = give_back(kuntactl, "A1", "export.csv", "--reason", "safety", "--dry-run")

    assert ended.code == 0
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before
