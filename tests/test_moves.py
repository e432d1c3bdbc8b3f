"""A member who moves: inside the area, to another one, out of the trials; coach and letters."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from area_lists import lines
from builders import client_row
from client_frames import clients
from conftest import Ended, RunCli
from letters_due import text_of
from night_exports import write_coaches, write_export

from kuntactl.domain.areas import load_areas
from kuntactl.pipeline.homes import homes_of

SALO, MARTTILA, PORVOO, IMATRA = "734", "480", "638", "153"
SALO_AREA = "salo-marttila-koski"
COACHES = [
    {"valmentaja_id": "all", "nimi": "Aava Alue", "alue": SALO_AREA, "enintaan": "1"},
    {"valmentaja_id": "salo", "nimi": "Saara Salo", "alue": SALO_AREA, "kunnat": SALO},
    {"valmentaja_id": "p1", "nimi": "Pia Porvoo", "alue": "porvoo"},
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with two coaches of Salo's area: one of it all, one of the town."""
    monkeypatch.chdir(tmp_path)
    write_coaches(tmp_path / "coaches.csv", COACHES)
    return tmp_path


def night(kuntactl: RunCli, day: int, *more: object, **homes: str) -> Ended:
    """Run a night of March 2021 in which the clients live in these municipalities."""
    rows = [
        client_row(asiakasnumero=client, kotikunta=home, puhelin=f"000 {day}")
        for client, home in homes.items()
    ]
    write_export(Path("export.csv"), rows)
    words = ("run", "export.csv", "--coaches", "coaches.csv", "--out", "out", "--workers", 1)
    return kuntactl(*words, "--on", f"2021-03-{day:02}", *more)


def coaches(here: Path) -> dict[str, str]:
    """Return the coach of each member of Salo's area."""
    listed = lines(here / "out", "assignments.csv", SALO_AREA)
    return {line["client_id"]: line["coach_id"] for line in listed}


def letter(here: Path, area: str, client: str) -> str:
    """Return the text of the newest letter of the area to the client."""
    own = [
        line for line in lines(here / "out", "letters.csv", area) if line["client_id"] == client
    ]
    assert own[-1]["kind"] == "move"
    return " ".join(text_of((here / "out" / area / own[-1]["file"]).read_bytes()).split())


def test_a_coach_who_serves_the_new_municipality_is_kept(here: Path, kuntactl: RunCli) -> None:
    """Moving house is trouble enough without another coach."""
    night(kuntactl, 1, A1=SALO, A2=SALO)
    before = coaches(here)
    keeps = next(client for client, coach in before.items() if coach == "all")

    night(kuntactl, 2, **{client: MARTTILA if client == keeps else SALO for client in before})

    assert coaches(here) == before
    assert "Aava Alue" in letter(here, SALO_AREA, keeps)


def test_a_coach_of_the_old_municipality_only_is_changed(here: Path, kuntactl: RunCli) -> None:
    """The letter of the move names the new coach: one letter, not two."""
    night(kuntactl, 1, A1=SALO, A2=SALO)
    moves = next(client for client, coach in coaches(here).items() if coach == "salo")

    night(kuntactl, 2, **{moves: MARTTILA})

    assert coaches(here) == {moves: "all"}
    assert "Aava Alue" in letter(here, SALO_AREA, moves)
    kinds = [
        line["kind"]
        for line in lines(here / "out", "letters.csv", SALO_AREA)
        if line["client_id"] == moves
    ]
    assert kinds == ["transfer", "move"]


def test_a_move_to_another_area_is_told_by_both(here: Path, kuntactl: RunCli) -> None:
    """The old area says goodbye and names no coach; the new one welcomes and does."""
    night(kuntactl, 1, A1=SALO)
    assert night(kuntactl, 2, A1=PORVOO).code == 0

    goodbye, welcome = letter(here, SALO_AREA, "A1"), letter(here, "porvoo", "A1")
    assert "Pia Porvoo" in welcome
    assert "Pia Porvoo" not in goodbye
    assert "2.3.2021" in goodbye
    assert lines(here / "out", "transfer_list.csv")[0]["client_id"] == "A1"


def test_who_leaves_an_area_empty_is_still_written_to(here: Path, kuntactl: RunCli) -> None:
    """The last client of an area has no row in it any more, and a letter from it."""
    night(kuntactl, 1, A1=SALO)

    night(kuntactl, 2, A1=IMATRA)

    assert "TE-toimisto" in letter(here, SALO_AREA, "A1")
    assert len(lines(here / "out", "letters.csv", SALO_AREA)) == 2


def test_a_run_of_one_area_knows_the_others(here: Path, kuntactl: RunCli) -> None:
    """Salo's own run must not tell people that they left the trials when they moved to Porvoo."""
    night(kuntactl, 1, "--area", SALO_AREA, A1=SALO)

    assert night(kuntactl, 2, "--area", SALO_AREA, A1=PORVOO).code == 0

    assert "myös uusi kotikuntasi on mukana" in letter(here, SALO_AREA, "A1").casefold()


def test_the_register_is_not_handed_the_home_of_a_protected_client() -> None:
    """It could not keep what it never gets; the area is no secret from its own staff."""
    three = clients(
        client_id=["A1", "A2", "A3"],
        protected=[False, True, False],
        municipality=["638", "638", None],
    )

    homes = homes_of(three, areas=load_areas().values(), on=date(2021, 3, 1))

    found = homes.select("municipality", "trial_area", "protected").rows()
    assert found == [("638", "porvoo", False), (None, "porvoo", True), (None, None, False)]


def test_areas_of_a_trial_that_is_over_take_nobody_in() -> None:
    """Pori was in the trial of 2017; who moves there in 2020 has moved out of all trials."""
    mover = clients(municipality="609")
    areas = load_areas().values()

    found = pl.concat([homes_of(mover, areas=areas, on=date(year, 9, 1)) for year in (2017, 2020)])

    assert found["trial_area"].to_list() == ["pori-2017", None]
