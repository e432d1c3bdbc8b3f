"""A run keeps coaches as the register and people say, and moves members only when asked."""

import json
from pathlib import Path

from area_lists import lines
from builders import client_row
from conftest import Ended, RunCli
from night_exports import write_coaches, write_export

AREA = "porvoo"
CLIENTS = [client_row(asiakasnumero=f"A{n}") for n in range(1, 5)]
P1 = {"valmentaja_id": "p1", "nimi": "Pia Porvoo", "alue": AREA, "kielet": "fi"}
P2 = {"valmentaja_id": "p2", "nimi": "Paavo Porvoo", "alue": AREA, "kielet": "fi"}
TIES = "asiakasnumero;valmentaja_id;laji;syy\nA1;p1;pin;own_request\nA2;p1;ban;safety\n"


def night(folder: Path, kuntactl: RunCli, day: int, *more: object) -> Ended:
    """Run a night of March 2021."""
    return kuntactl(
        *("run", folder / "vienti.csv", "--coaches", folder / "coaches.csv", "--area", AREA),
        *("--out", folder / "out", "--workers", 1, "--on", f"2021-03-{day:02}", *more),
    )


def coaches(folder: Path) -> dict[str, str]:
    """Return the coach of each member."""
    listed = lines(folder / "out", "assignments.csv", AREA)
    return {line["client_id"]: line["coach_id"] for line in listed}


def test_ties_last_and_moves_are_as_many_as_asked_for(tmp_path: Path, kuntactl: RunCli) -> None:
    """Three nights: two coaches with pins and bans, one who leaves, one who comes back.

    The pin and the ban are handed in once and hold in every night; whoever moves gets the
    letter of another coach, and nobody else does.
    """
    write_export(tmp_path / "vienti.csv", CLIENTS)
    (tmp_path / "ties.csv").write_text(TIES, "utf-8")

    write_coaches(tmp_path / "coaches.csv", [P1, P2])
    first = night(tmp_path, kuntactl, 1, "--ties", tmp_path / "ties.csv")
    at_first = coaches(tmp_path)
    write_coaches(tmp_path / "coaches.csv", [P1])
    second = night(tmp_path, kuntactl, 2)
    alone = coaches(tmp_path)
    write_coaches(tmp_path / "coaches.csv", [P1, P2])
    third = night(tmp_path, kuntactl, 3, "--max-moves", "1")

    assert (first.code, second.code, third.code) == (0, 20, 0), first.err + second.err + third.err
    assert at_first["A1"] == "p1"
    assert at_first["A2"] == "p2"
    assert alone == {"A1": "p1", "A2": "", "A3": "p1", "A4": "p1"}
    assert "porvoo: coach p2 is in the list no longer" in second.err
    facts = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert facts["moves"] == 1  # A1 stays as agreed, so A3 goes
    assert coaches(tmp_path) == alone | {"A2": "p2", "A3": "p2"}


def test_a_member_who_moves_gets_a_letter(tmp_path: Path, kuntactl: RunCli) -> None:
    """The client hears who their coach is now from a letter, and not at the door."""
    write_export(tmp_path / "vienti.csv", CLIENTS)
    write_coaches(tmp_path / "coaches.csv", [P1])
    night(tmp_path, kuntactl, 1)
    write_coaches(tmp_path / "coaches.csv", [P1, P2])

    still = night(tmp_path, kuntactl, 2)
    unmoved = coaches(tmp_path)
    moved = night(tmp_path, kuntactl, 3, "--max-moves", "1")

    assert (still.code, moved.code) == (0, 0), still.err + moved.err
    assert set(unmoved.values()) == {"p1"}
    assert coaches(tmp_path) == {"A1": "p2", "A2": "p1", "A3": "p1", "A4": "p1"}
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["moves"] == 1
    listed = lines(tmp_path / "out", "letters.csv", AREA)
    assert [(line["client_id"], line["kind"]) for line in listed if line["run"] == "3"] == [
        ("A1", "coach")
    ]
