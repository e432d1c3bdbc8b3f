"""A rule file with a mistake is refused by file and key, not used by halves."""

from datetime import date
from pathlib import Path

import pytest

from kuntactl.eligibility.rules import find_rules, read_rules
from kuntactl.errors import SettingsError

WORDS = '{ fi = "a", sv = "b", en = "c" }'
CONDITION = f"""
[[criteria]]
code = "searching"
kind = "condition"
when = {{ criterion = "job_search_in_force" }}
text = {WORDS}
missing = {WORDS}
source = "s"
"""
GROUND = f"""
[[criteria]]
code = "young"
kind = "ground"
when = {{ criterion = "under_age", years = 30 }}
text = {WORDS}
missing = {WORDS}
letter = {WORDS}
source = "s"
"""
VERSION = """
[[versions]]
begins = 2021-03-01
conditions = ["searching"]
grounds = ["young"]
source = "s"
"""
HEAD = f"""
id = "own"
name = {WORDS}
trial = "trial-2021"
areas = ["porvoo"]
source = "s"
"""
RULES = HEAD + VERSION + CONDITION + GROUND


def write(folder: Path, text: str) -> Path:
    """Write a rule file and return its path."""
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    """The smallest rule set: one condition, one ground, no end."""
    rules = read_rules(write(tmp_path, RULES))

    (version,) = rules.versions
    assert [one.code for one in version.criteria] == ["searching", "young"]
    assert version.in_force(on=date(2099, 1, 1))
    assert version.facts == ("born", "search_from", "search_open", "search_to")


def test_numbers_may_change_from_a_version_on(tmp_path: Path) -> None:
    """A limit raised by a later Act holds from its day, not before."""
    first = VERSION.replace("source", "ends = 2021-12-31\nsource")
    later = VERSION.replace("2021-03-01", "2022-01-01")
    raised = GROUND.replace("years = 30", "years = 35").replace(
        'kind = "ground"', 'kind = "ground"\nfrom = 2022-01-01'
    )

    rules = read_rules(write(tmp_path, HEAD + first + later + CONDITION + GROUND + raised))

    limits = [version.grounds[0].when.model_dump()["years"] for version in rules.versions]
    assert limits == [30, 35]


# text to replace, replacement, what the error says, why this row is here
WRONG = [
    ("years = 30", "years = 30, month = 6", "month", "a key nobody knows"),
    ("years = 30", "years = -1", "years", "an age below nought"),
    ('criterion = "under_age"', 'criterion = "under_ages"', "under_age", "an unknown criterion"),
    ('id = "own"', 'id = "other"', "`id` is `other`", "an id that is not the file's name"),
    (f"letter = {WORDS}\n", "", "say in `letter` how a client reads it", "a ground nobody reads"),
    ('grounds = ["young"]', 'grounds = ["old"]', "the ground `old`", "a code that is not told"),
    ('grounds = ["young"]', "grounds = []", "grounds", "no ground: nobody could belong"),
    ('conditions = ["searching"]', 'conditions = ["young"]', "condition `young`", "a wrong kind"),
    ("begins = 2021-03-01", "begins = 2021-03-01\nends = 2021-02-28", "is before", "ends first"),
    ("begins = 2021-03-01", "begins = 2021-02-30", "not valid TOML", "a day that is none"),
    ('text = { fi = "a", ', "text = { ", "text.fi", "a text that lacks Finnish"),
    ('en = "c" }', 'en = "c", de = "d" }', ".de", "a language nobody speaks"),
    (
        '{ criterion = "job_search_in_force" }',
        '{ criterion = "employment_code", true = ["02", "03"], false = ["03"] }',
        "03 in `true` and in `false`",
        "a code that says both",
    ),
    (
        '{ criterion = "job_search_in_force" }',
        '{ criterion = "employment_code", true = ["2"], false = ["03"] }',
        "true.0",
        "a code of one digit",
    ),
    (
        '"under_age", years = 30 }',
        '"age_support_days_over", age = { true_from = 9, unknown_from = 9 }, days = 1 }',
        "must be below",
        "an age that is both unknown and reached",
    ),
]


@pytest.mark.parametrize(
    ("right", "wrong", "said"), [row[:-1] for row in WRONG], ids=[row[-1] for row in WRONG]
)
def test_a_mistake_is_named(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    """The error names the file and the key, so that one look mends it."""
    assert right in RULES

    with pytest.raises(SettingsError) as refused:
        read_rules(write(tmp_path, RULES.replace(right, wrong)))

    assert refused.value.problem.startswith("own.toml: ")
    assert said in refused.value.problem


def test_versions_must_not_overlap(tmp_path: Path) -> None:
    """On every day there is one answer to what the rule says."""
    text = RULES + VERSION.replace("2021-03-01", "2022-01-01")

    with pytest.raises(SettingsError, match="version of 2021-03-01 must end before 2022-01-01"):
        read_rules(write(tmp_path, text))


def test_numbers_that_begin_after_the_version_are_named(tmp_path: Path) -> None:
    """A version without numbers would otherwise take those of a later law."""
    text = RULES.replace('kind = "ground"', 'kind = "ground"\nfrom = 2022-01-01')

    with pytest.raises(
        SettingsError, match="`young` has no numbers for the version of 2021-03-01"
    ):
        read_rules(write(tmp_path, text))


def test_an_unknown_rule_set_suggests_the_nearest() -> None:
    """One letter is easily missed."""
    with pytest.raises(SettingsError) as refused:
        find_rules("pori2017")

    assert refused.value.hint == "did you mean `pori-2017`?"
