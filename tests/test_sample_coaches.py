"""Synthetic coaches fit the areas they work in."""

from collections import Counter
from datetime import date
from pathlib import Path

from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import AreaId
from kuntactl.ingest.coaches import read_coaches
from kuntactl.sample.coaches import Staff, sample_coaches

SALO = AreaId("salo-marttila-koski")
SALO_STAFF = {SALO: Staff(from_te_office=13, new=8)}


def read(content: bytes, folder: Path) -> tuple[Coach, ...]:
    """Return the coaches as the import reads them; nothing in the file is odd."""
    path = folder / "coaches.csv"
    path.write_bytes(content)
    found = read_coaches(path, areas=load_areas(), on=date(2021, 3, 1))
    assert found.warnings == ()
    return found.coaches


def test_salo_has_thirteen_from_the_te_office_and_eight_new(tmp_path: Path) -> None:
    """The published team of 21: the thirteen keep the clients they had."""
    coaches = read(sample_coaches([SALO], seed=1, staff=SALO_STAFF), tmp_path)

    assert len(coaches) == 21
    assert sum(coach.former_officer is not None for coach in coaches) == 13


def test_the_small_municipalities_of_salo_have_their_own_coach(tmp_path: Path) -> None:
    """Clients of Marttila and Koski are served in their own municipal offices."""
    coaches = read(sample_coaches([SALO], seed=1, staff=SALO_STAFF), tmp_path)

    assert {coach.office: coach.municipalities for coach in coaches if coach.municipalities} == {
        "marttila": {"480"},
        "koski": {"284"},
    }


def test_youth_coaches_sit_in_ohjaamo(tmp_path: Path) -> None:
    """The youth team of Salo works in Ohjaamo, the others in Voimala."""
    coaches = read(sample_coaches([SALO], seed=1, staff=SALO_STAFF), tmp_path)
    young = {coach.office for coach in coaches if coach.team == "nuoret"}

    assert young == {"ohjaamo"}
    assert Counter(coach.team for coach in coaches)["alkupalvelu"] == 1


def test_a_bilingual_area_has_swedish_speaking_coaches(tmp_path: Path) -> None:
    """In Porvoo every Swedish speaker should be able to have one."""
    coaches = read(sample_coaches([AreaId("porvoo"), SALO], seed=1), tmp_path)
    speakers = Counter(coach.area for coach in coaches if "sv" in coach.languages)

    assert speakers[AreaId("porvoo")] >= 4
    assert speakers[SALO] == 0


def test_a_big_area_has_a_coach_for_about_150_clients(tmp_path: Path) -> None:
    """Helsinki expects about 50 000 clients; nobody is there twice."""
    coaches = read(sample_coaches([AreaId("helsinki")], seed=1), tmp_path)

    assert len(coaches) == 333
    assert len({coach.id for coach in coaches}) == 333
    assert len({coach.name for coach in coaches}) == 333
