"""The lint finds what a rule set leaves open, and shows it on a client who does not exist."""

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import RunCli
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_rules import decide_row
from test_own_settings import write_rules
from test_rules_files import CONDITION, GROUND, HEAD, VERSION

from kuntactl.domain.areas import load_areas
from kuntactl.domain.types import Outcome, RulesId
from kuntactl.eligibility.finding import LintFinding
from kuntactl.eligibility.lint import lint
from kuntactl.eligibility.rule_file import FindingKind
from kuntactl.eligibility.rules import RuleSet, load_rules, read_rules

NOT_SAID = FindingKind.VALUE_NOT_COVERED


def linted(rules: RuleSet) -> tuple[LintFinding, ...]:
    """Return the findings of a rule set."""
    return lint(rules, load_areas()[rules.areas[0]])


def of_file(folder: Path, text: str) -> list[tuple[str, str | None]]:
    """Return kind and value of what is found in a rule file of one's own."""
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return [(one.kind.value, one.value) for one in linted(read_rules(path))]


# rule set, criterion, value, birth of the client who shows it
BOUNDARIES = [
    (
        "announced-pori",
        "over_25_support_over_200_days",
        "completed_years 25, support_days from 201",
        date(1991, 8, 2),
    ),
    (
        "announced-salo",
        "not_over_30_on_earnings_related",
        "completed_years 30, benefit 01",
        date(1990, 3, 2),
    ),
]


@pytest.mark.parametrize(("rules_id", "code", "value", "born"), BOUNDARIES)
def test_the_age_of_which_nothing_is_said_is_found(
    rules_id: str, code: str, value: str, born: date
) -> None:
    """Exactly 25 in Pori's words, exactly 30 in Salo's: each with a client of that age."""
    (found,) = (one for one in linted(load_rules()[RulesId(rules_id)]) if one.criteria == (code,))

    assert (found.kind, found.value) == (NOT_SAID, value)
    assert found.client is not None
    assert (found.client.row["born"], found.client.outcome) == (born, Outcome.REVIEW)
    assert found.reason


def test_mended_boundaries_have_no_finding(tmp_path: Path, kuntactl: RunCli) -> None:
    """The same words with a sharp limit leave nothing open, and the declaration is out of date."""
    sharp = ("true_from = 26, unknown_from = 25", "true_from = 25")
    said = (
        'finding = "value_not_covered"\ncriteria = ["over_25_support_over_200_days"]',
        'finding = "value_not_covered"\ncriteria = ["gone"]',
    )
    folder = write_rules(tmp_path / "rules", "announced-pori", sharp, name="mended")
    ended = kuntactl("rules", "lint", "mended", "--rules-dir", folder, "--json")
    found = {one["finding"]: one["criteria"] for one in json.loads(ended.out)}
    renamed = write_rules(tmp_path / "other", "announced-pori", sharp, said, name="other")

    assert found == {
        "value_not_covered": ["unemployed_or_in_service"],
        "declared_not_found": ["over_25_support_over_200_days"],
    }
    assert ended.code == 11
    assert kuntactl("rules", "lint", "other", "--rules-dir", renamed).code == 11


def test_the_files_of_the_product_hold_nothing_unknown(kuntactl: RunCli) -> None:
    """What is found is declared with its reason, and listed."""
    ended = kuntactl("rules", "lint", "--json")
    listed = json.loads(ended.out)

    assert (ended.code, ended.err) == (0, f"nothing unknown; known: {len(listed)}\n")
    assert all(one["known"] for one in listed)
    assert {(one["rules"], one["finding"]) for one in listed} == {
        ("act-1269-2020", "value_not_covered"),
        ("act-380-2023", "never_false"),
        ("announced-mikkeli", "value_not_covered"),
        ("announced-pori", "value_not_covered"),
        ("announced-porvoo", "value_not_covered"),
        ("announced-salo", "value_not_covered"),
        ("announced-salo", "never_decides"),
        ("announced-uusimaa", "value_not_covered"),
        ("pori-2017", "value_not_covered"),
    }


def test_a_clean_rule_set_has_no_finding(tmp_path: Path, kuntactl: RunCli) -> None:
    """Two grounds that say different things, one condition: exit code 0, nothing listed."""
    other = GROUND.replace('"young"', '"foreign"').replace(
        '{ criterion = "under_age", years = 30 }',
        '{ criterion = "citizenship_other_than", citizenships = ["246"] }',
    )
    text = (
        HEAD
        + VERSION.replace('grounds = ["young"]', 'grounds = ["young", "foreign"]')
        + CONDITION
        + GROUND
        + other
    )

    assert of_file(tmp_path, text) == []
    ended = kuntactl("rules", "lint", "own", "--rules-dir", tmp_path)
    assert (ended.code, ended.out) == (0, "")


def two_grounds(one: str, other: str) -> str:
    """Return a rule file with these two grounds."""
    first = GROUND.replace('{ criterion = "under_age", years = 30 }', one)
    second = GROUND.replace('{ criterion = "under_age", years = 30 }', other)
    version = VERSION.replace('grounds = ["young"]', 'grounds = ["young", "second"]')
    return HEAD + version + CONDITION + first + second.replace('"young"', '"second"')


UNDER_25 = '{ criterion = "under_age_unemployed_over", years = 25, months = 6 }'


def over(years: int) -> str:
    """Return Pori's other ground from an age on."""
    return (
        f'{{ criterion = "age_support_days_over", age = {{ true_from = {years} }}, days = 200 }}'
    )


# grounds, what is found, why this row is here
FOUND = [
    (
        '{ criterion = "under_age", years = 30 }',
        '{ criterion = "under_age", years = 30 }',
        [("same_answers", None)],
        "two grounds that say the same",
    ),
    (
        '{ criterion = "under_age", years = 30 }',
        '{ criterion = "under_age", years = 25 }',
        [("never_decides", None)],
        "a ground within another",
    ),
    (
        '{ criterion = "under_age", years = 0 }',
        '{ criterion = "under_age", years = 25 }',
        [("never_true", None)],
        "an age that nobody is under",
    ),
    (
        UNDER_25,
        over(26),
        [("hole", "completed_years 25")],
        "a sharp limit that leaves out an age",
    ),
    (UNDER_25, over(25), [], "limits that meet"),
    (
        '{ criterion = "benefit", true = ["03"], false = ["01", "02", "04"] }',
        '{ criterion = "under_age", years = 25 }',
        [("value_not_covered", "benefit 06 07")],
        "codes in neither set",
    ),
]


@pytest.mark.parametrize(
    ("one", "other", "found"), [row[:-1] for row in FOUND], ids=[row[-1] for row in FOUND]
)
def test_what_is_wrong_with_two_grounds_is_found(
    one: str, other: str, found: list[tuple[str, str | None]], tmp_path: Path
) -> None:
    """Overlaps, dead grounds and holes are facts of how the grounds decide, not of their text."""
    assert of_file(tmp_path, two_grounds(one, other)) == found


# the versions' days, the days without rules
GAPS = [
    ("2021-03-01", "2021-12-31", "2022-02-01", ["2022-01-01 to 2022-01-31"]),
    ("2021-03-01", "2021-12-31", "2022-01-01", []),
    ("2021-04-01", "2021-12-31", "2022-01-01", ["2021-03-01 to 2021-03-31"]),
]


@pytest.mark.parametrize(("begins", "ends", "later", "gaps"), GAPS)
def test_days_without_a_version_are_found(
    begins: str, ends: str, later: str, gaps: list[str], tmp_path: Path
) -> None:
    """On a day between two versions nobody could be decided for."""
    first = VERSION.replace("2021-03-01", begins).replace("source", f"ends = {ends}\nsource")
    text = HEAD + first + VERSION.replace("2021-03-01", later) + CONDITION + GROUND

    found = [value for kind, value in of_file(tmp_path, text) if kind == "gap"]

    assert found == gaps


def test_a_trial_that_goes_on_without_rules_is_a_gap(tmp_path: Path) -> None:
    """The last version ends before the trial's intake does; a client shows who is left alone."""
    text = HEAD + VERSION.replace("source", "ends = 2023-06-30\nsource") + CONDITION + GROUND
    (tmp_path / "own.toml").write_text(text, "utf-8")

    (gap,) = linted(read_rules(tmp_path / "own.toml"))

    assert (gap.kind, gap.value) == (FindingKind.GAP, "2023-07-01 to 2024-12-31")
    assert gap.client is not None
    assert (gap.client.on, gap.client.outcome) == (date(2023, 7, 1), None)


def test_versions_that_overlap_are_refused(tmp_path: Path, kuntactl: RunCli) -> None:
    """On one day there would be two answers: the file cannot be read at all."""
    text = HEAD + VERSION + VERSION.replace("2021-03-01", "2022-01-01") + CONDITION + GROUND
    (tmp_path / "own.toml").write_text(text, "utf-8")

    ended = kuntactl("rules", "lint", "own", "--rules-dir", tmp_path)

    assert ended.code == 11
    assert "must end before 2022-01-01" in ended.err


def test_the_made_up_clients_are_decided_as_said() -> None:
    """Put into the plain reading of the contract, each client comes out as the finding says."""
    for rules in load_rules().values():
        for one in linted(rules):
            assert one.client is not None
            blank = dict.fromkeys(["unemployed_from", "support_days", "benefit"])
            row = blank | {"earnings_right": None, "mother_tongue": "fi"} | one.client.row
            assert one.client.outcome == decide_row(row, rules.id, one.client.on)[0]
            assert one.client.row["identity_code"][7] == "9"  # of no real person


@settings(max_examples=25, deadline=None)
@given(
    limit=st.integers(1, 60),
    gap=st.integers(0, 3),
    days=st.integers(0, 500),
)
def test_every_gap_between_ages_is_found(
    limit: int, gap: int, days: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Wherever the limits stand: a gap of years is a hole, limits that meet are none."""
    second = over(limit + gap).replace("days = 200", f"days = {days}")
    text = two_grounds(UNDER_25.replace("years = 25", f"years = {limit}"), second)

    found = of_file(tmp_path_factory.mktemp("own"), text)

    last = limit + gap - 1
    years = str(limit) if last == limit else f"{limit} to {last}"
    assert found == ([("hole", f"completed_years {years}")] if gap else [])


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_findings_read_in_each_language(lang: str, kuntactl: RunCli) -> None:
    """With the values, the client and the reason, and no field left unfilled."""
    ended = kuntactl("rules", "lint", "announced-salo", "--lang", lang)

    assert ended.code == 0
    assert "completed_years 30, benefit 01" in ended.out
    assert "020390-900Y" in ended.out
    assert "{" not in ended.out
    assert "None" not in ended.out


def test_an_unknown_rule_set_is_refused(kuntactl: RunCli) -> None:
    """A misspelt id would otherwise look clean."""
    ended = kuntactl("rules", "lint", "announced-pory")

    assert (ended.code, ended.out) == (11, "")
    assert "did you mean `announced-pori`?" in ended.err
