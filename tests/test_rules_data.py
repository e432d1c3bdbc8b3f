"""The rule sets that come with the product: their dates, their words, their sources."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from plain_rules import RULE_SETS

from kuntactl.domain.areas import load_areas
from kuntactl.domain.types import AreaId, Language
from kuntactl.domain.wording import Words
from kuntactl.eligibility.rules import Criterion, find_rules, load_rules
from kuntactl.errors import SettingsError

AREAS = {
    "announced-porvoo": {"porvoo"},
    "announced-salo": {"salo-marttila-koski"},
    "announced-mikkeli": {"mikkelin-seutu"},
    "announced-uusimaa": {"helsinki", "espoo", "vantaa-kerava", "porvoo", "raasepori-hanko"},
    "pori-2017": {"pori-2017"},
    "announced-pori": {"pori-2017"},
}


def all_criteria() -> Iterator[Criterion]:
    """Yield every criterion of every version of every rule set."""
    for rules in load_rules().values():
        for version in rules.versions:
            yield from version.criteria


def test_the_rule_sets_are_those_of_the_contract() -> None:
    """Each with the codes of its row of the table, in that order, in every version."""
    said = {
        rules.id: {tuple(one.code for one in version.criteria) for version in rules.versions}
        for rules in load_rules().values()
    }

    assert said == {
        rules: {
            (
                "job_search_in_force",
                *(["unemployed_or_in_service"] if codes else []),
                *(ground.__name__ for ground in grounds),
            )
        }
        for rules, (codes, grounds) in RULE_SETS.items()
    }


def test_the_rule_sets_hold_in_the_areas_of_the_contract() -> None:
    """The Act in all 25 areas of its trial, the announced ones where they were announced."""
    of_2021 = {area.id for area in load_areas().values() if area.trial_id == "trial-2021"}

    said = {rules.id: set(rules.areas) for rules in load_rules().values()}

    of_2025 = {area.id for area in load_areas().values() if area.id.endswith("-2025")}
    assert (len(of_2021), len(of_2025)) == (25, 45)
    acts = {"act-1269-2020": of_2021, "act-380-2023": of_2025}
    assert said == {**acts, **{k: set(map(AreaId, v)) for k, v in AREAS.items()}}


def test_an_area_and_its_rule_set_name_each_other() -> None:
    """The rules used without --rules are rules made for the area."""
    for area in load_areas().values():
        if area.rules is not None:
            assert area.id in find_rules(area.rules).areas


def test_the_act_has_three_versions_that_follow_without_a_gap() -> None:
    """1.3.2021, 2.5.2022 and 1.3.2023, to the end of 2024."""
    versions = find_rules("act-1269-2020").versions

    assert [version.begins for version in versions] == [
        date(2021, 3, 1),
        date(2022, 5, 2),
        date(2023, 3, 1),
    ]
    assert [version.ends for version in versions] == [
        date(2022, 5, 1),
        date(2023, 2, 28),
        date(2024, 12, 31),
    ]


@pytest.mark.parametrize("on", [date(2021, 2, 28), date(2025, 1, 1)])
def test_no_version_is_used_outside_its_days(on: date) -> None:
    """The error gives the days that would do."""
    with pytest.raises(SettingsError) as refused:
        find_rules("act-1269-2020").version(on=on)

    assert refused.value.problem == f"rule set `act-1269-2020` has no version in force on {on}"
    assert refused.value.hint == (
        "in force: 2021-03-01 to 2022-05-01, 2022-05-02 to 2023-02-28, 2023-03-01 to 2024-12-31"
    )


def test_every_day_of_intake_has_a_version() -> None:
    """A rule set never lacks a version on a day on which its trial takes clients."""
    for rules in load_rules().values():
        trial = load_areas()[rules.areas[0]].trial
        last = trial.intake_ends or trial.begins + timedelta(days=4000)
        days = (last - trial.begins).days + 1
        for day in range(days):
            assert rules.version(on=trial.begins + timedelta(days=day))


def test_a_code_says_the_same_everywhere() -> None:
    """A ground reads the same in a letter whichever rule set it comes from."""
    letters: dict[str, set[Words]] = {}
    missing: dict[str, set[Words]] = {}
    for one in all_criteria():
        missing.setdefault(one.code, set()).add(one.missing)
        if one.letter is not None:
            letters.setdefault(one.code, set()).add(one.letter)

    assert {code for code, words in letters.items() if len(words) > 1} == set()
    assert {code for code, words in missing.items() if len(words) > 1} == set()


def test_a_ground_is_one_short_sentence_to_the_client() -> None:
    """The letter's field takes whole sentences; it speaks to the client, not about them."""
    to_the_client = {
        Language.FI: re.compile(r"\b(\w+si|Olet|Et|Saat|Sinulla)\b"),
        Language.SV: re.compile(r"\b(Du|Ditt)\b"),
        Language.EN: re.compile(r"\b(You|Your)\b"),
    }

    for one in all_criteria():
        if one.letter is None:
            continue
        for language, pattern in to_the_client.items():
            said = one.letter.in_language(language)
            assert pattern.match(said), said
            assert said.endswith(".")
            assert said.count(".") == 1
            assert len(said) <= 120, said


def test_no_text_uses_words_that_hurt_or_mislead() -> None:
    """No appealable decision is made, and nobody is called vieraskielinen."""
    banned = re.compile(r"päätö|kelpoi|vieraskiel|främmandespråk|beslut|eligible", re.IGNORECASE)

    for one in all_criteria():
        for words in filter(None, (one.text, one.missing, one.letter)):
            for language in Language:
                assert not banned.search(words.in_language(language)), one.code


def test_numbers_in_the_words_are_the_numbers_of_the_rule() -> None:
    """Words and numbers stand apart in the file; they must not drift apart."""
    for one in all_criteria():
        facts = one.when.model_dump()
        age = facts.get("age") or {}
        numbers = {
            facts.get("years"),
            facts.get("months"),
            facts.get("days"),
            age.get("unknown_from") or age.get("true_from"),
        } - {None}
        for words in filter(None, (one.text, one.letter)):
            for language in Language:
                said = words.in_language(language)
                assert numbers <= {int(number) for number in re.findall(r"\d+", said)}, said


def test_everything_has_a_source() -> None:
    """A rule without a source is an opinion."""
    for rules in load_rules().values():
        assert rules.source
        for version in rules.versions:
            assert version.source
            assert all(one.source for one in version.criteria)
