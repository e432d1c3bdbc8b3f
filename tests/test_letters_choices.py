"""What a letter says depends on where the client lives, who they are and on the day."""

from datetime import date

import pytest
from client_frames import client
from letters_due import facts_for, only_letter

from kuntactl.domain.types import Language, LetterLanguage

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
