"""From 1.1.2025 every jobseeker of mainland Finland is a client of an employment area."""

import csv
import json
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from builders import client_row
from client_frames import client, clients
from conftest import RunCli
from night_exports import write_coaches, write_export

from kuntactl.domain.areas import Area, load_areas
from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.types import AreaId
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.rules import choose, find_rules

FIRST_DAY = date(2025, 1, 1)
DAY = ("--on", "2025-03-01")
ALAND = "21"  # region
COACHES_OF_2025 = (
    {
        "valmentaja_id": "p1",
        "nimi": "Pia Porvoolainen",
        "alue": "porvoon-seutu-2025",
        "kielet": "fi,sv",
    },
)


def of_2025() -> list[Area]:
    """Return the employment areas."""
    return [area for area in load_areas().values() if area.trial_id == "employment-areas-2025"]


def by_municipality() -> dict[str, dict[str, str]]:
    """Return the rows of the municipality list, which holds the areas a second time."""
    with (files("kuntactl") / "data" / "municipalities.csv").open(encoding="utf-8") as lines:
        return {row["code"]: row for row in csv.DictReader(lines)}


def test_every_mainland_municipality_of_2025_is_in_one_area() -> None:
    """Whoever lives in a municipality left out would silently be outside."""
    seen = Counter(code for area in of_2025() for code in area.municipalities)
    mainland = {
        code for code in municipalities_of(2025) if by_municipality()[code]["region_code"] != ALAND
    }

    assert len(of_2025()) == 45
    assert set(seen) == mainland
    assert set(seen.values()) == {1}


def test_the_areas_agree_with_the_municipality_list() -> None:
    """Two files of the product tell the same; the second was made apart."""
    rows = by_municipality()

    for area in of_2025():
        names = {rows[code]["employment_area_2025_name_fi"] for code in area.municipalities}
        assert names == {area.name.fi}


def test_areas_have_both_names_and_their_languages() -> None:
    """Pietarsaari and its neighbours speak Swedish first, Pohjanmaa both."""
    known = load_areas()
    pietarsaari = known[AreaId("pietarsaaren-seutu-2025")]

    assert pietarsaari.name.sv == "Jakobstadsregionen"
    assert set(pietarsaari.languages(on=FIRST_DAY)) == {"sv", "fi"}
    assert known[AreaId("salo-2025")].languages(on=FIRST_DAY) == ("fi",)


def test_a_job_search_in_force_is_all_that_it_takes() -> None:
    """In work, 50 years old, Finnish, with a right to earnings-related allowance: belongs."""
    chosen = choose(on=FIRST_DAY)
    frame = clients(
        employment_code=["01", "05", None, "02", "02", "02", "02"],
        search_from=[date(2024, 5, 1)] * 5 + [None, date(2025, 1, 2)],
        municipality=["638", "235", "091", "170", None, "638", "638"],
        born=date(1975, 1, 1),
    )

    decided = decide(frame, chosen, on=FIRST_DAY)

    assert decided["outcome"].to_list() == [
        "eligible",
        "eligible",
        "eligible",
        "outside",  # Jomala, Åland
        "review",  # no home municipality
        "review",  # nobody knows whether they look for work
        "not_eligible",
    ]
    assert decided["grounds"].to_list()[:3] == [["lives_in_area"]] * 3
    assert decided["area"].to_list()[:3] == [
        "porvoon-seutu-2025",
        "espoo-kauniainen-2025",
        "helsinki-2025",
    ]


def test_the_old_areas_end_the_day_before() -> None:
    """Vantaa and Kerava part ways on 1.1.2025."""
    together = client(municipality="245")
    (before,) = decide(together, choose(on=date(2024, 12, 31)), on=date(2024, 12, 31))["area"]
    (after,) = decide(together, choose(on=FIRST_DAY), on=FIRST_DAY)["area"]

    assert (before, after) == ("vantaa-kerava", "kerava-sipoo-2025")


def test_what_is_not_verified_of_the_act_is_said(kuntactl: RunCli) -> None:
    """Nobody here has read the Act: whoever relies on it must see that."""
    (version,) = find_rules("act-380-2023").versions
    shown = kuntactl("rules", "show", "act-380-2023", "--lang", "fi").out

    assert version.unverified is not None
    assert "not read" in version.unverified.en
    assert f"vahvistamatta: {version.unverified.fi}" in shown
    assert "ei ole luettu" in kuntactl("areas", "show", "salo-2025", "--lang", "fi").out


def test_areas_and_rules_of_the_day_are_listed(kuntactl: RunCli) -> None:
    """45 areas with their municipalities, for scripts and eyes."""
    listed = json.loads(kuntactl("areas", "list", *DAY, "--json").out)

    assert len(listed) == 45
    assert sum(len(area["municipalities"]) for area in listed) == 292
    assert "act-380-2023" in kuntactl("rules", "list").out
    assert "2025-01-01" in kuntactl("areas", "show", "salo-2025").out


def test_check_decide_assign_and_explain_work(tmp_path: Path, kuntactl: RunCli) -> None:
    """All but letters can be done for the areas of 2025."""
    export = write_export(
        tmp_path / "export.csv", [client_row(tyollisyyskoodi="01", kotikunta="Askola")]
    )
    coaches = write_coaches(tmp_path / "coaches.csv", coaches=COACHES_OF_2025)

    checked = kuntactl("check", export, *DAY)
    decided = kuntactl("decide", export, *DAY, "--out", tmp_path / "a", "--json")
    assigned = kuntactl(
        "assign", export, "--coaches", coaches, *DAY, "--out", tmp_path / "b", "--json"
    )
    told = kuntactl("explain", "A1", export, *DAY, "--lang", "sv")

    assert [ended.code for ended in (checked, decided, assigned, told)] == [0, 0, 0, 0]
    assert json.loads(decided.out)["rules"][0]["id"] == "act-380-2023"
    assert json.loads(assigned.out)["assigned"] == 1
    assert "Borgåregionen" in told.out


@pytest.mark.parametrize("command", ["run", "preview"])
def test_letters_are_refused_aloud(command: str, tmp_path: Path, kuntactl: RunCli) -> None:
    """A letter that speaks of a trial and its end would be untrue; none is made up."""
    export = write_export(tmp_path / "export.csv", [client_row()])
    coaches = write_coaches(tmp_path / "coaches.csv", coaches=COACHES_OF_2025)
    asked = {
        "run": ["run", export, "--coaches", coaches, *DAY, "--out", tmp_path / "out"],
        "preview": ["letters", "preview", "--area", "salo-2025", "--out", tmp_path / "out"],
    }

    ended = kuntactl(*asked[command])

    assert ended.code == 11
    assert "no letters are written for area" in ended.err
    assert "do without letters" in ended.err
    assert not (tmp_path / "out").exists()


def test_the_sample_knows_the_areas(tmp_path: Path, kuntactl: RunCli) -> None:
    """A synthetic export of 2025 can be made and decided."""
    made = kuntactl("sample", tmp_path / "a.csv", "--rows", 90, *DAY)
    ended = kuntactl("decide", tmp_path / "a.csv", *DAY, "--out", tmp_path / "out", "--json")

    assert (made.code, made.err) == (0, "")
    assert json.loads(ended.out)["rows"]["eligible"] > 0
