"""Why a client was decided as they were, for the one who has to answer the telephone."""

import json
from datetime import date

import polars as pl
import pytest
from client_frames import client, clients

from kuntactl.domain.schema import Answers
from kuntactl.domain.types import DecidedBy, Language, Outcome
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.explain import (
    Explanation,
    explain,
    ground_words,
    missing_in_words,
)
from kuntactl.eligibility.rules import choose, load_rules

START = date(2021, 3, 1)
PORVOO = choose(on=START, area_ids=["porvoo"])


def explained(**facts: object) -> Explanation:
    """Return the explanation of one client, ordinary but for the facts, in Porvoo."""
    explanation = explain("A1", client(**facts), PORVOO, on=START)
    assert explanation is not None
    return explanation


def test_a_client_under_review_is_told_whole() -> None:
    """Each rule with its answer, what was seen, its code and its source, in Finnish."""
    lines = explained(born=date(1991, 3, 1), earnings_right=None, benefit="04").lines(Language.FI)

    rule = {one.code: one.text.fi for one in PORVOO[0].version.criteria}
    source = {
        one.code: f"{one.code}; lähde: {one.source.fi}" for one in PORVOO[0].version.criteria
    }
    doubt = {
        one.code: f"vahvistamatta: {one.unverified.fi}"
        for one in PORVOO[0].version.criteria
        if one.unverified
    }
    assert lines[:5] == [
        "Asiakas A1: tarkistettava",
        "Syy: ansiopäivärahaoikeus ei ole tiedossa.",
        "Alue: Porvoo, kotikunta Porvoo (638)",
        "Tarkastelupäivä: 1.3.2021",
        "Säännöt: Kuntakokeilulaki (1269/2020) (act-1269-2020, 1.3.2021–1.5.2022)",
    ]
    assert lines[6:35] == [
        "vahvistamatta: 4 §:ää ei ole nähty siinä muodossa, jossa se annettiin 30.12.2020",
        "",
        "Ehdot, joiden kaikkien on täytyttävä:",
        f"  kyllä       {rule['job_search_in_force']}",
        "              työnhaku alkoi 4.1.2021, ei päättymispäivää",
        f"              {source['job_search_in_force']}",
        f"  kyllä       {rule['unemployed_or_in_service']}",
        "              työllisyyskoodi 02 (työtön)",
        f"              {source['unemployed_or_in_service']}",
        f"              {doubt['unemployed_or_in_service']}",
        "",
        "Perusteet, joista vähintään yhden on täytyttävä:",
        f"  ei tiedossa {rule['no_earnings_related_right']}",
        "              tietoa oikeudesta ansiopäivärahaan ei ole, etuus 04 (ei etuutta)",
        f"              {source['no_earnings_related_right']}",
        f"              {doubt['no_earnings_related_right']}",
        "  ei          Asiakas on tarkastelupäivänä alle 30-vuotias.",
        "              syntynyt 1.3.1991: 30 vuotta",
        "              under_30; lähde: laki 1269/2020 4 §:n 2 kohta",
        f"              {doubt['under_30']}",
        f"  ei          {rule['immigrant']}",
        "              kansalaisuus 246",
        f"              {source['immigrant']}",
        f"              {doubt['immigrant']}",
        f"  ei          {rule['foreign_language']}",
        "              äidinkieli fi",
        f"              {source['foreign_language']}",
        "",
        "Mitä puuttuva tieto ratkaisisi:",
    ]


# facts, the first two lines, why this row is here
SUMMARIES = [
    (
        {"born": date(1991, 3, 2)},
        ("Client A1: belongs to the target group", "All conditions and at least one ground hold."),
        "eligible",
    ),
    (
        {"employment_code": "01"},
        (
            "Client A1: does not belong to the target group",
            "At least one condition does not hold.",
        ),
        "a condition is false",
    ),
    (
        {},
        ("Client A1: does not belong to the target group", "No ground holds."),
        "every ground is false",
    ),
    (
        {"municipality": "018"},
        (
            "Client A1: outside the chosen areas",
            "The home municipality Askola (018) is in none of the chosen areas (Porvoo).",
        ),
        "outside",
    ),
    (
        {"municipality": "200"},
        (
            "Client A1: outside the chosen areas",
            "The home municipality abroad (200) is in none of the chosen areas (Porvoo).",
        ),
        "abroad",
    ),
    (
        {"municipality": None},
        ("Client A1: a person must decide", "Reason: the home municipality is not known."),
        "no home municipality",
    ),
]


@pytest.mark.parametrize(
    ("facts", "said"), [row[:-1] for row in SUMMARIES], ids=[row[-1] for row in SUMMARIES]
)
def test_the_first_lines_say_the_outcome_and_why(
    facts: dict[str, object], said: tuple[str, str]
) -> None:
    """Who is in a hurry reads two lines."""
    assert tuple(explained(**facts).lines(Language.EN)[:2]) == said


# what the outcome follows from, as it is said in Finnish and in Swedish
REASONS = [
    (
        {"born": date(2000, 1, 1)},
        ("kuuluu kohderyhmään", "Kaikki ehdot ja ainakin yksi peruste täyttyvät."),
        ("hör till målgruppen", "Alla villkor och minst en grund uppfylls."),
    ),
    (
        {"employment_code": "01"},
        ("ei kuulu kohderyhmään", "Ainakin yksi ehto ei täyty."),
        ("hör inte till målgruppen", "Minst ett villkor uppfylls inte."),
    ),
    (
        {},
        ("ei kuulu kohderyhmään", "Yksikään peruste ei täyty."),
        ("hör inte till målgruppen", "Ingen grund uppfylls."),
    ),
    (
        {"municipality": None},
        ("tarkistettava", "Syy: kotikunta ei ole tiedossa."),
        ("ska kontrolleras", "Orsak: hemkommunen är inte känd."),
    ),
    (
        {"municipality": "200"},
        (
            "valittujen alueiden ulkopuolella",
            "Kotikunta ulkomailla (200) ei kuulu mihinkään valituista alueista (Porvoo).",
        ),
        (
            "utanför de valda områdena",
            "Hemkommunen utomlands (200) hör inte till något av de valda områdena (Borgå).",
        ),
    ),
]


@pytest.mark.parametrize(("facts", "finnish", "swedish"), REASONS)
def test_the_reason_is_said_in_finnish_and_in_swedish(
    facts: dict[str, object], finnish: tuple[str, str], swedish: tuple[str, str]
) -> None:
    """The official reads it in the language of the run."""
    explanation = explained(**facts)

    for language, (outcome, why), head in (
        (Language.FI, finnish, "Asiakas"),
        (Language.SV, swedish, "Kund"),
    ):
        assert explanation.lines(language)[:2] == [f"{head} A1: {outcome}", why]


def test_swedish_names_the_town_in_swedish() -> None:
    """Borgå, not Porvoo."""
    lines = explained(born=date(2000, 1, 1)).lines(Language.SV)

    assert lines[0] == "Kund A1: hör till målgruppen"
    assert lines[2] == "Område: Borgå, hemkommun Borgå (638)"


@pytest.mark.parametrize("municipality", ["638", "018", None])
@pytest.mark.parametrize("language", list(Language))
def test_a_protected_clients_municipality_is_not_shown(
    municipality: str | None, language: Language
) -> None:
    """Turvakielto covers the home municipality and every address; the area is no secret."""
    secret = {
        "street": "Salakatu 9",
        "phone": "0401234567",
        "contact_address": "PL 7, 06101 PORVOO",
    }
    explanation = explained(protected=True, municipality=municipality, **secret)

    said = "\n".join(explanation.lines(language)) + json.dumps(explanation.as_dict())

    hidden = ["638)", "018", "Askola", "kotikunta Porvoo", "Salakatu", "0401234567", "PL 7"]
    assert [word for word in hidden if word in said] == []
    assert explanation.as_dict()["municipality"] is None


def test_an_explanation_agrees_with_the_decision() -> None:
    """What is told on the telephone is what decisions.parquet holds."""
    frame = clients(
        born=[date(1991, 3, 1), date(2000, 1, 1), date(1980, 1, 1), date(1990, 1, 1)],
        earnings_right=[None, True, False, None],
        employment_code=["02", "09", "01", None],
        municipality=["638", "638", "638", "018"],
    )
    decisions = decide(frame, PORVOO, on=START)

    for decision in decisions.iter_rows(named=True):
        told = explain(decision["client_id"], frame, PORVOO, on=START)
        assert told is not None
        answers = {one["code"]: one["holds"] for one in told.as_dict()["criteria"]}
        assert told.outcome == decision["outcome"]
        assert decision["missing"] == [code for code, holds in answers.items() if holds is None]
        assert decision["failed"] == [code for code, holds in answers.items() if holds is False]


def test_json_holds_what_was_seen() -> None:
    """A script reads facts by column name and dates in ISO form."""
    told = explained(born=date(1991, 3, 1)).as_dict()

    by_code = {one["code"]: one for one in told["criteria"]}
    assert json.loads(json.dumps(told)) == told
    assert by_code["under_30"]["seen"] == {"born": "1991-03-01", "completed_years": 30}
    assert by_code["under_30"]["holds"] is False
    assert (told["rules"], told["rules_from"], told["rules_to"]) == (
        "act-1269-2020",
        "2021-03-01",
        "2022-05-01",
    )


def test_a_persons_answer_is_told() -> None:
    """Who answered, and on what ground, is part of why."""
    answers = Answers.validate(
        pl.DataFrame(
            {
                "client_id": "A1",
                "belongs": True,
                "who": "A. Virkailija",
                "reason": "kassa vahvisti",
            }
        ).with_columns(area=pl.lit(None, pl.String))
    )

    told = explain(
        "A1", client(earnings_right=None, benefit="04"), PORVOO, on=START, answers=answers
    )

    assert told is not None
    assert (told.outcome, told.decided_by) == (Outcome.ELIGIBLE, DecidedBy.PERSON)
    assert told.lines(Language.FI)[1] == "Käsittelijän vastaus (A. Virkailija): kassa vahvisti."


def test_a_client_who_is_not_there_has_no_explanation() -> None:
    """The command says so with its own error."""
    assert explain("B1", client(), PORVOO, on=START) is None


def test_every_fact_of_every_rule_set_reads_in_every_language() -> None:
    """A rule set may not ask for a fact that nobody can read back, known or not."""
    unknown = dict.fromkeys(
        [
            *("employment_code", "search_from", "search_to", "search_open", "unemployed_from"),
            *("benefit", "earnings_right", "support_days"),
        ]
    )
    known = {
        "unemployed_from": START,
        "support_days": 201,
        "search_to": START,
        "search_open": False,
    }
    for rules in load_rules().values():
        on = rules.versions[0].begins
        chosen = choose(on=on, rules_id=rules.id)
        home = chosen[0].area.municipalities[0]
        for facts in (unknown, known):
            told = explain("A1", client(**facts, municipality=home), chosen, on=on)
            assert told is not None
            for language in Language:
                assert not [line for line in told.lines(language) if "None" in line or "{" in line]


def test_missing_facts_read_in_words() -> None:
    """review.csv is filled in by a person, who reads words, not codes."""
    codes = ["unemployed_or_in_service", "no_earnings_related_right"]

    assert missing_in_words(codes, PORVOO, Language.FI) == (
        "työllisyyskoodi ei kerro, onko asiakas työtön tai palvelussa; "
        "ansiopäivärahaoikeus ei ole tiedossa"
    )
    assert (
        missing_in_words(["home_municipality"], PORVOO, Language.SV) == "hemkommunen är inte känd"
    )
    assert missing_in_words([], PORVOO, Language.EN) == ""


def test_grounds_of_the_chosen_rules_read_as_said_to_the_client() -> None:
    """A letter finds a sentence for every ground a decision may name."""
    words = ground_words(PORVOO)

    assert list(words) == [
        "no_earnings_related_right",
        "under_30",
        "immigrant",
        "foreign_language",
    ]
    assert words["under_30"].fi == "Olet alle 30-vuotias."
