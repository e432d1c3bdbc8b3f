"""What a letter says depends on where the client lives, who they are and on the day."""

from dataclasses import replace
from datetime import date

import pytest
from client_frames import client
from letters_due import DAY, due_for, facts_for, only_letter

from kuntactl.domain.areas import Office, OfficeAddress, load_areas
from kuntactl.domain.types import AreaId, Language, LetterLanguage, OfficeId
from kuntactl.domain.wording import Name
from kuntactl.letters.plan import plan

# changes in an ordinary client, languages of the letter, why this row is here
LANGUAGES = [
    pytest.param({}, "fi", id="Finnish"),
    pytest.param({"service_language": "sv", "mother_tongue": "sv"}, "sv", id="Swedish"),
    pytest.param({"mother_tongue": "ru"}, "fi+en", id="another language"),
    pytest.param({"service_language": "sv", "mother_tongue": "98"}, "sv+en", id="98 is another"),
    pytest.param({"mother_tongue": "smn"}, "fi", id="Sámi is not foreign"),
    pytest.param({"mother_tongue": "99"}, "fi", id="unknown adds nothing"),
]


@pytest.mark.parametrize(("changes", "lang"), LANGUAGES)
def test_the_language_follows_service_and_mother_tongue(
    changes: dict[str, object], lang: str
) -> None:
    """Everybody gets a national language; those who speak neither get English beside it."""
    letter = only_letter(client(**changes))

    assert tuple(c.language for c in letter.choices) == LetterLanguage.parse(lang).parts


def test_the_end_of_the_trial_is_the_one_known_on_the_day_of_the_letter() -> None:
    """A letter of 2021 cannot know that the trial goes on after June 2023."""
    early = only_letter(client(), letter_date=date(2021, 3, 1)).choices[0]
    late = only_letter(client(), letter_date=date(2023, 1, 10)).choices[0]

    assert (early.trial_end, late.trial_end) == (date(2023, 6, 30), date(2024, 12, 31))
    assert (early.may_ask_to_move_back, late.may_ask_to_move_back) == (False, True)


def test_the_young_of_salo_are_served_elsewhere() -> None:
    """Under thirty in Salo: Ohjaamo; in Koski the municipal office serves everybody."""
    offices = {
        (born.year, municipality): only_letter(
            client(born=born, municipality=municipality), area="salo-marttila-koski"
        )
        .choices[0]
        .office
        for born in (date(1970, 1, 1), date(2000, 1, 1))
        for municipality in ("734", "284")
    }

    assert offices[2000, "734"] != offices[1970, "734"]
    assert offices[1970, "284"] not in {None, offices[1970, "734"]}


def test_without_a_coach_the_letter_knows_none() -> None:
    """A letter never waits for a coach."""
    letter = only_letter(client(), coach=None)

    assert not letter.choices[0].has_coach
    assert letter.fields[0].coach_name is None


def test_an_unknown_municipality_is_none() -> None:
    """From 2023 a home municipality may be blank; the letter leaves its sentence out."""
    letter = only_letter(client(municipality=None))

    assert not letter.choices[0].has_municipality
    assert not letter.choices[0].bilingual
    assert letter.fields[0].municipality is None


def test_the_ground_is_said_in_the_language_of_each_part() -> None:
    """Each part of a letter in two languages can be read alone."""
    letter = only_letter(client(mother_tongue="ru"))
    words = facts_for(client()).ground_words["under_30"]

    assert [fields.grounds for fields in letter.fields] == [
        (words.in_language(Language.FI),),
        (words.in_language(Language.EN),),
    ]
    assert letter.choices[0].grounds_count == "one"


# area, municipality, language of service, who writes, why this row is here
SENDERS = [
    pytest.param(
        "raasepori-hanko",
        "710",
        "fi",
        ("Raseborg–Hangö", "Raasepori–Hanko"),
        id="Swedish first where the majority speaks it",
    ),
    pytest.param(
        "porvoo", "638", "sv", ("Porvoon kaupunki", "Borgå stad"), id="else Finnish first"
    ),
    pytest.param("mikkelin-seutu", "491", "sv", ("S:t Michels stad",), id="one official language"),
]


@pytest.mark.parametrize(("area", "municipality", "language", "sender"), SENDERS)
def test_a_bilingual_authority_writes_under_both_its_names(
    area: str, municipality: str, language: str, sender: tuple[str, ...]
) -> None:
    """Who gets the letter in either language knows the name they use every day."""
    person = client(municipality=municipality, service_language=language)

    assert only_letter(person, area=area).choices[0].sender == sender


@pytest.mark.parametrize(
    ("municipality", "addresses"),
    [
        pytest.param(
            "710",
            ("Skolgatan 1, 10600 Ekenäs", "Koulukatu 1, 10600 Tammisaari"),
            id="Raasepori: Swedish first",
        ),
        pytest.param(
            "078",
            ("Koulukatu 1, 10600 Tammisaari", "Skolgatan 1, 10600 Ekenäs"),
            id="Hanko: Finnish first",
        ),
        pytest.param(None, ("Koulukatu 1, 10600 Tammisaari",), id="municipality not known"),
    ],
)
def test_an_office_of_a_bilingual_town_has_both_its_addresses(
    municipality: str | None, addresses: tuple[str, ...]
) -> None:
    """Both names stand at the corner of the street, the majority's on top."""
    area = load_areas()[AreaId("raasepori-hanko")]
    address = OfficeAddress(
        begins=DAY,
        street=Name(fi="Koulukatu 1", sv="Skolgatan 1"),
        postal_code="10600",
        post_office=Name(fi="Tammisaari", sv="Ekenäs"),
        source="made up",
    )
    office = Office(
        id=OfficeId("koulu"),
        name=Name(fi="Koulu", sv="Skolan"),
        addresses=(address,),
        source="made up",
    )
    people = client(municipality=municipality)
    facts = facts_for(people, area=area.id)
    areas = {area.id: area.model_copy(update={"offices": (office,)})}
    due = due_for(people, area=area.id)

    (letter,) = plan(due, replace(facts, areas=areas)).letters.values()

    assert letter.choices[0].office is not None
    assert letter.choices[0].office.addresses == addresses
    assert letter.choices[0].office.name == "Koulu"


def test_names_in_the_english_part_are_those_of_the_language_of_service() -> None:
    """A client served in Swedish finds Raseborg on the map and Mina e-tjänster on the screen."""
    person = client(municipality="710", service_language="sv", mother_tongue="so")
    letter = only_letter(person, area="raasepori-hanko")

    english = letter.choices[1]

    assert (english.language, english.served_in) == ("en", "sv")
    assert english.te_office == "Nylands arbets- och näringsbyrå"
    assert letter.fields[1].municipality == "Raseborg"
