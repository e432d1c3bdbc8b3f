"""Another staff is weighed before anybody is told: before, after, and the price of each move."""

import hashlib
import json
from pathlib import Path

import pytest
from builders import client_row, csv_export
from conftest import RunCli
from night_exports import write_coaches
from register_nights import AREAS, FIRST_DAY, PORVOO, coached, decisions, homes

from kuntactl.domain.schema import Assignments
from kuntactl.register.store import open_register

ON = "2021-03-01"
PEOPLE = [
    client_row(asiakasnumero=f"A{n:02}", aidinkieli="ru" if n % 3 == 0 else "fi")
    for n in range(12)
]
COACHES = [
    {"valmentaja_id": "p1", "nimi": "Pia P", "alue": "porvoo", "kielet": "fi,ru"},
    {"valmentaja_id": "p2", "nimi": "Paavo P", "alue": "porvoo", "kielet": "fi"},
    {"valmentaja_id": "p3", "nimi": "Pilvi P", "alue": "porvoo", "kielet": "fi"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with an export of twelve clients, three coaches and one who comes."""
    (tmp_path / "vienti.csv").write_bytes(csv_export(PEOPLE))
    write_coaches(tmp_path / "coaches.csv", COACHES)
    write_coaches(
        tmp_path / "more.csv",
        [{"valmentaja_id": "p9", "nimi": "Uusi P", "alue": "porvoo", "kielet": "fi,ru"}],
    )
    return tmp_path


@pytest.fixture
def register(folder: Path) -> str:
    """Return a register in which all twelve are p1's."""
    place = str(folder / "register.db")
    rows = [(f"A{n:02}", PORVOO, "eligible") for n in range(12)]
    with open_register(place) as opened:
        opened.begin_run(on=FIRST_DAY, version="0.1.0", inputs=["cd" * 32])
        members = opened.reconcile(decisions(*rows), homes(*rows), areas=AREAS).members
        opened.remember_coaches(Assignments.validate(coached(members, "p1")))
        opened.commit()
    return place


def words(folder: Path, *more: object) -> list[object]:
    """Return the command line."""
    files = [folder / "vienti.csv", "--coaches", folder / "coaches.csv"]
    return ["what-if", *files, "--on", ON, "--area", "porvoo", *more]


def contents(folder: Path) -> dict[str, str]:
    """Return the hash of every file, by its path."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_without_a_coach_their_clients_go_to_the_others(folder: Path, kuntactl: RunCli) -> None:
    """A coach on leave: who gets their clients, and how much more everybody has."""
    done = kuntactl(*words(folder, "--without", "p3", "--json"))

    found = json.loads(done.out)
    assert done.code == 0, done.err
    assert [one["placed"] for one in (found["before"][0], found["after"][0])] == [12, 12]
    by_id = {row["coach_id"]: row for row in found["coaches"]}
    assert by_id["p3"]["clients"] == 4
    assert by_id["p3"]["clients_after"] is None
    assert by_id["p1"]["clients_after"] + by_id["p2"]["clients_after"] == 12
    assert found["after"][0]["changed"] == 4  # nobody else changes coaches
    assert found["after"][0]["largest"] > found["before"][0]["largest"]


def test_it_is_said_in_words_when_nobody_moves(folder: Path, kuntactl: RunCli) -> None:
    """The usual case: no member may move, and there is no move to tell of."""
    done = kuntactl(*words(folder, "--without", "p3"))

    assert done.code == 0, done.err
    assert "move " not in done.out
    assert "porvoo: moves" in done.out  # what moves would bring stands below all the same


def test_who_comes_gets_as_many_as_may_move(folder: Path, register: str, kuntactl: RunCli) -> None:
    """Each move has its price; the table shows what more of them would bring."""
    done = kuntactl(
        *words(folder, "--register", register, "--add", folder / "more.csv"),
        *("--max-moves", "2", "--json"),
    )

    found = json.loads(done.out)
    assert done.code == 0, done.err
    assert found["before"][0]["largest"] == pytest.approx(4.0, abs=1e-3)  # twelve on one
    assert [move["turn"] for move in found["moves"]] == [1, 2]
    assert {move["from_coach"] for move in found["moves"]} == {"p1"}
    assert all(move["price"] == [] for move in found["moves"])  # nobody loses their Russian
    assert [step["moves"] for step in found["steps"]] == [0, 1, 2, 5, 9]
    largest = [step["areas"][0]["largest"] for step in found["steps"]]
    assert largest == sorted(largest, reverse=True)
    assert largest[-1] == pytest.approx(1.0, abs=1e-3)
    assert [step["areas"][0]["changed"] for step in found["steps"]] == [0, 1, 2, 5, 9]


def test_nothing_is_written(folder: Path, register: str, kuntactl: RunCli) -> None:
    """A thought is no deed: neither the folder nor the register changes."""
    before = contents(folder)

    done = kuntactl(*words(folder, "--register", register, "--max-moves", "3"))

    assert done.code == 0, done.err
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", ["ennen", "jälkeen", "työmäärät tasaantuvat", "siirtoja", "sama valmentaja"]),
        ("sv", ["före", "efter", "arbetsmängden jämnas ut", "byten", "samma coach"]),
        ("en", ["before", "after", "the loads even out", "moves", "same coach"]),
    ],
)
def test_it_is_said_in_three_languages(
    folder: Path, register: str, kuntactl: RunCli, language: str, said: list[str]
) -> None:
    """The head of services reads it in the language that the lists are in."""
    done = kuntactl(*words(folder, "--register", register, "--max-moves", "1", "--lang", language))

    assert [word for word in said if word not in done.out] == []


@pytest.mark.parametrize(("language", "load"), [("fi", "4,00"), ("sv", "4,00"), ("en", "4.00")])
def test_it_can_be_read_on_a_terminal(
    folder: Path, register: str, kuntactl: RunCli, language: str, load: str
) -> None:
    """A dozen figures side by side broke into letters at 80 columns: a line a figure does not."""
    done = kuntactl(*words(folder, "--register", register, "--max-moves", "2", "--lang", language))

    lines = done.out.splitlines()
    assert max(len(line) for line in lines) <= 80
    assert load in done.out  # as the language writes numbers
    second = next(n for n, line in enumerate(lines) if " 2, A" in line and ": p1 → " in line)
    assert lines[second + 1].startswith("  ")  # what the move brings and costs stands under it


# options, the error, why it cannot be done
WRONG = [
    (["--without", "p7"], "no coach `p7` to do without", "nobody by that id"),
    (["--add", "coaches.csv"], "coaches.csv: coach `p1` is there already", "a coach twice"),
    (["--register", "none.db"], "none.db: there is no register", "no register"),
]


@pytest.mark.parametrize(
    ("options", "said"), [case[:2] for case in WRONG], ids=[case[2] for case in WRONG]
)
def test_what_cannot_be_supposed_is_said(
    folder: Path, kuntactl: RunCli, options: list[str], said: str
) -> None:
    """A slip of the pen is named, and the answer to another question is not given."""
    option, value = options
    place = value if option == "--without" else folder / value

    done = kuntactl(*words(folder, option, place))

    assert done.code in {10, 12}
    assert said in done.err
    assert done.out == ""


def test_the_screen_does_not_say_what_a_protected_move_brings(
    folder: Path, register: str, kuntactl: RunCli
) -> None:
    """What brings a protected client service in Swedish says in which municipalities they live."""
    (folder / "vienti.csv").write_bytes(csv_export([row | {"turvakielto": "K"} for row in PEOPLE]))

    asked = words(folder, "--register", register, "--max-moves", "1")
    said = kuntactl(*asked, "--lang", "fi").out

    assert "siirto 1, A" in said
    assert "hyötyä ei näytetä (turvakielto)" in said
    assert "työmäärät tasaantuvat" not in said
