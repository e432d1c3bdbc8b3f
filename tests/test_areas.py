"""The area files hold the trial areas as the sources have them."""

import tomllib
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest
from conftest import RunCli

from kuntactl.domain.areas import Area, find_area, load_areas
from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.types import AreaId, MunicipalityCode, Team
from kuntactl.errors import SettingsError

START = date(2021, 3, 1)
MAISEMA_KARJALA = ("260", "422", "176", "707", "090", "146", "848")


def area(area_id: str) -> Area:
    """Return one area."""
    return load_areas()[AreaId(area_id)]


def of_trial(trial_id: str) -> list[Area]:
    """Return the areas of one trial."""
    return [found for found in load_areas().values() if found.trial_id == trial_id]


@pytest.mark.parametrize(
    ("trial_id", "areas", "municipalities"), [("trial-2021", 25, 118), ("trial-2017", 5, 23)]
)
def test_every_area_and_municipality_is_there_once(
    trial_id: str, areas: int, municipalities: int
) -> None:
    """A municipality that stands twice or not at all sends its clients to nobody or to two."""
    found = of_trial(trial_id)
    seen = Counter(code for one in found for code in one.municipalities)

    assert len(found) == areas
    assert len(seen) == municipalities
    assert set(seen.values()) == {1}


def test_the_id_is_the_name_of_the_file() -> None:
    """Users name areas by id, and look for the file under the same name."""
    folder = files("kuntactl") / "data" / "areas"
    facts = {
        path.name: tomllib.loads(path.read_text("utf-8"))["id"]
        for path in folder.iterdir()
        if path.name.endswith(".toml")
    }

    of_lists = {area.id for area in of_trial("employment-areas-2025")}
    assert facts == {f"{area_id}.toml": area_id for area_id in set(load_areas()) - of_lists}


@pytest.mark.parametrize(("trial_id", "year"), [("trial-2021", 2021), ("trial-2017", 2017)])
def test_every_municipality_existed_and_has_a_genitive(trial_id: str, year: int) -> None:
    """A Finnish letter says `Porvoon kaupungin`; without the genitive it could not."""
    listed = municipalities_of(year)
    codes = [code for found in of_trial(trial_id) for code in found.municipalities]

    assert [code for code in codes if code not in listed] == []
    assert [code for code in codes if not listed[code].genitive_fi] == []


def test_the_swedish_town_has_swedish_first() -> None:
    """Raasepori has a Swedish-speaking majority; Kerava is Finnish in a bilingual area."""
    listed = municipalities_of(2021)

    assert listed[MunicipalityCode("710")].languages == ("sv", "fi")
    assert listed[MunicipalityCode("245")].languages == ("fi",)


def test_maisema_karjala_belongs_to_no_area() -> None:
    """The 26th area was planned and fell: its clients stay with the TE office."""
    listed = municipalities_of(2021)
    in_trial = {code for found in of_trial("trial-2021") for code in found.municipalities}

    assert sorted(listed[MunicipalityCode(code)].name.fi for code in MAISEMA_KARJALA) == [
        "Heinävesi", "Ilomantsi", "Juuka", "Kitee", "Lieksa", "Rääkkylä", "Tohmajärvi",
    ]  # fmt: skip
    assert in_trial.isdisjoint(MAISEMA_KARJALA)


def test_the_areas_of_2021_go_by_the_act() -> None:
    """Of the five areas of 2017 only Pori's criteria are known well enough for rules."""
    assert {found.rules for found in of_trial("trial-2021")} == {"act-1269-2020"}
    assert {found.id: found.rules for found in of_trial("trial-2017") if found.rules} == {
        "pori-2017": "pori-2017"
    }


def test_office_codes_are_four_digits_and_differ() -> None:
    """The code is keyed in by the TE office: two areas with one code would be mixed up."""
    of_2025 = "employment-areas-2025"  # no source has their codes
    codes = [
        found.office_code or "" for found in load_areas().values() if found.trial_id != of_2025
    ]

    assert all(len(code) == 4 and code.isdigit() for code in codes)
    assert len(set(codes)) == len(codes)
    assert "1031" not in codes  # Maisema-Karjala's, dead


def test_what_no_source_confirms_is_said() -> None:
    """Lapland's four municipalities rest on a sum; whoever uses them must be able to see it."""
    doubt = area("rovaniemen-seutu").unverified

    assert doubt is not None
    assert "118" in doubt.fi


def test_every_area_knows_the_te_office_its_clients_come_from() -> None:
    """The letter says where the services move from."""
    unknown = {found.trial_id for found in load_areas().values() if found.te_office is None}
    assert unknown == {"employment-areas-2025"}  # of which no letters are written


# area, municipality, relation, clients
TOTALS = [
    ("porvoo", None, "about", 2600),
    ("salo-marttila-koski", None, "just under", 2900),
    ("salo-marttila-koski", "734", "about", 2700),
    ("mikkelin-seutu", None, "about", 3700),
    ("helsinki", None, "about", 50_000),
    ("turun-seutu", "577", "exactly", 311),
    ("jamsa-keuruu-saarijarvi", None, "over", 2000),
    ("pori-2017", None, "exactly", 2255),
]


@pytest.mark.parametrize(("area_id", "municipality", "relation", "clients"), TOTALS)
def test_expected_numbers_of_clients(
    area_id: str, municipality: str | None, relation: str, clients: int
) -> None:
    """A run that is far off the published number has probably had the wrong export."""
    expected = (municipality,) if municipality else ()

    assert [
        (total.relation, total.clients)
        for total in area(area_id).control_totals
        if total.municipalities == expected
    ] == [(relation, clients)]


def test_control_totals_speak_of_own_municipalities() -> None:
    """A total for a municipality of another area could never be met."""
    strangers = [
        (found.id, code)
        for found in load_areas().values()
        for total in found.control_totals
        for code in total.municipalities
        if code not in found.municipalities
    ]

    assert strangers == []


def test_gaps_name_what_a_letter_cannot_say() -> None:
    """Nothing is invented: what no source gives is named, so that someone can fill it in."""
    salo = area("salo-marttila-koski")

    assert salo.gaps(on=START) == (
        "privacy",
        "offices.voimala.phone",
        "offices.ohjaamo.phone",
        "offices.ohjaamo.hours",
        "offices.waltti.phone",
        "offices.waltti.hours",
        "offices.marttila.address",
        "offices.marttila.phone",
        "offices.marttila.hours",
        "offices.koski.address",
        "offices.koski.phone",
        "offices.koski.hours",
    )
    assert area("savonlinna").gaps(on=START) == ("web", "privacy", "offices")
    assert "move_back" in area("savonlinna").gaps(on=date(2021, 6, 1))


def test_an_unknown_area_gets_the_nearest_id() -> None:
    """A misspelt id is one clear sentence and a cure."""
    with pytest.raises(SettingsError, match="no area `porvo`") as caught:
        find_area("porvo", load_areas())

    assert caught.value.hint == "did you mean `porvoo`?"


# what was written, the hint, why this row is here
HINTS = [
    ("PORVOO", "did you mean `porvoo`?", "capitals"),
    ("marttila", "did you mean `salo-marttila-koski`?", "a part of the name"),
    ("vantaa", "did you mean `vantaa-2025` or `vantaa-kerava`?", "the beginning of two"),
    (
        "xyzzy",
        (
            "the nearest of 75 areas: jyvaskylan-seutu, jyvaskyla-muurame-2025, kymppi-2025, "
            "tyohame-2025, yla-savo-2025; `kuntactl areas list` shows all"
        ),
        "like none: not all 75",
    ),
]


@pytest.mark.parametrize(
    ("written", "hint"), [row[:2] for row in HINTS], ids=[row[2] for row in HINTS]
)
def test_a_hint_names_few_areas(written: str, hint: str) -> None:
    """A line of 75 ids is read by nobody."""
    with pytest.raises(SettingsError) as caught:
        find_area(written, load_areas())

    assert caught.value.hint == hint


@pytest.mark.parametrize("on", ["1950-01-01", "2017-01-01", "2026-01-01", "2999-12-31"])
def test_an_area_can_be_shown_on_any_day(on: str, kuntactl: RunCli) -> None:
    """Pertunmaa is no municipality any more; the area that it belonged to is still known."""
    shown = kuntactl("areas", "show", "mikkelin-seutu", "--on", on)

    assert shown.code == 0
    assert "588 Pertunmaa" in shown.out


def test_an_office_of_the_team_comes_before_one_for_everybody() -> None:
    """`office_for` follows the team first; without an office of it, the file's order."""
    salo = area("salo-marttila-koski")
    offices = [
        salo.office_for(MunicipalityCode("734"), team=team)
        for team in (Team.YOUNG, Team.IMMIGRANTS, Team.GENERAL)
    ]

    assert [office.id if office else None for office in offices] == [
        "ohjaamo",
        "voimala",
        "voimala",
    ]


LANGUAGES = [
    ("raasepori-hanko", ("sv", "fi")),
    ("porvoo", ("fi", "sv")),
    ("vantaa-kerava", ("fi", "sv")),
    ("salo-marttila-koski", ("fi",)),
]


@pytest.mark.parametrize(("area_id", "languages"), LANGUAGES, ids=[case[0] for case in LANGUAGES])
def test_an_area_s_languages_are_those_of_its_municipalities(
    area_id: str, languages: tuple[str, ...]
) -> None:
    """Where Swedish is the majority's language it comes first."""
    area = load_areas()[AreaId(area_id)]

    assert area.languages(on=date(2021, 3, 1)) == languages
