"""`explain --coaches` tells who the coach is, why, who else there would be, and what binds."""

import json
from pathlib import Path

import pytest
from builders import client_row, csv_export
from conftest import RunCli
from night_exports import write_coaches

ON = "2021-03-01"
COACHES = [
    {"valmentaja_id": "p1", "nimi": "Pia P", "alue": "porvoo", "kielet": "fi,ru"},
    {"valmentaja_id": "p2", "nimi": "Paavo P", "alue": "porvoo", "kielet": "fi"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two Russian speakers, a client who does not belong, two coaches."""
    rows = [client_row(asiakasnumero=f"A{n}", aidinkieli="ru") for n in (1, 2)]
    rows.append(client_row(asiakasnumero="A3", tyollisyyskoodi="01"))
    (tmp_path / "vienti.csv").write_bytes(csv_export(rows))
    write_coaches(tmp_path / "coaches.csv", COACHES)
    return tmp_path


def explained(folder: Path, kuntactl: RunCli, client: str, *more: object) -> str:
    """Return what explain prints of the client."""
    done = kuntactl(
        *("explain", client, folder / "vienti.csv", "--on", ON, "--area", "porvoo"),
        *("--coaches", folder / "coaches.csv", *more),
    )
    assert done.code == 0, done.err
    return done.out


SAID = {
    "fi": [
        "Omavalmentaja: p2 (Paavo P)",
        (
            "  syyt: valmentaja puhuu asiakkaan asiointikieltä; valinnalla tasattiin "
            "valmentajien työmääriä"
        ),
        "  työmäärä: 0,33 tapaamista kuussa",
        "  seuraavaksi paras: p1 (Pia P): työmäärä nousisi yli rajan; työmäärä olisi 0,7",
        "  esteenä: p1: työmäärä rajalla",
    ],
    "sv": [
        "Egen coach: p2 (Paavo P)",
        "  orsaker: coachen talar kundens kontaktspråk; valet jämnade ut coachernas arbetsmängd",
        "  arbetsmängd: 0,33 möten i månaden",
        (
            "  näst bäst: p1 (Pia P): arbetsmängden skulle överskrida gränsen; arbetsmängden "
            "skulle bli 0,7"
        ),
        "  hinder: p1: arbetsmängden vid gränsen",
    ],
    "en": [
        "Coach: p2 (Paavo P)",
        (
            "  reasons: the coach speaks the client's language of service; the choice evened out "
            "the coaches' workload"
        ),
        "  weight: 0.33 meetings a month",
        "  next best: p1 (Pia P): the workload would pass its bound; the workload would be 0.7",
        "  what binds: p1: workload at its bound",
    ],
}


@pytest.mark.parametrize("language", SAID)
def test_the_coach_is_explained_in_words(folder: Path, kuntactl: RunCli, language: str) -> None:
    """Whoever asks at the desk gets an answer in their language, with the price of another."""
    texts = [explained(folder, kuntactl, number, "--lang", language) for number in ("A1", "A2")]

    (with_other,) = [text for text in texts if SAID[language][0] in text]
    assert with_other.rstrip().splitlines()[-5:] == SAID[language]


def test_scripts_read_codes(folder: Path, kuntactl: RunCli) -> None:
    """Words may change; codes do not."""
    found = json.loads(explained(folder, kuntactl, "A1", "--json"))["coach"]

    assert found["coach_id"] in {"p1", "p2"}
    assert found["second_coach"] in {"p1", "p2"} - {found["coach_id"]}
    assert set(found["second_price"]) <= {"above", "loses_mother_tongue"}


def test_who_does_not_belong_has_no_coach_to_explain(folder: Path, kuntactl: RunCli) -> None:
    """Nothing is made up for a client who is not shared out."""
    assert "Omavalmentaja" not in explained(folder, kuntactl, "A3")


def test_a_ban_is_heard(folder: Path, kuntactl: RunCli) -> None:
    """The explanation is of the split that the next run would make, ties and all."""
    ties = folder / "ties.csv"
    ties.write_text("asiakasnumero;valmentaja_id;laji;syy\nA1;p1;ban;safety\n", "utf-8")

    text = explained(folder, kuntactl, "A1", "--ties", ties, "--lang", "en")

    assert "Coach: p2 (Paavo P)" in text
    assert "a coach is ruled out" in text
    assert "p1" not in text


@pytest.mark.parametrize(("towns", "times"), [("", 1), ("638", 0)])
def test_who_else_could_serve_tells_no_secret_home(
    tmp_path: Path, kuntactl: RunCli, towns: str, times: int
) -> None:
    """A coach for one municipality as the next best would say where a protected client lives."""
    rows = [client_row(asiakasnumero="A1", turvakielto="K", yhteysosoite="PL 12, 06101 PORVOO")]
    (tmp_path / "vienti.csv").write_bytes(csv_export(rows))
    local = {"valmentaja_id": "p3", "nimi": "Lea L", "alue": "porvoo", "kunnat": towns}
    write_coaches(tmp_path / "coaches.csv", [*COACHES, local])

    text = explained(tmp_path, kuntactl, "A1", "--lang", "en")

    assert text.count("next best") == times
