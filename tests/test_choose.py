"""Which areas are decided for on a day, under which rules, and what is refused."""

from collections.abc import Sequence
from datetime import date

import pytest

from kuntactl.domain.areas import load_areas
from kuntactl.eligibility.rules import Chosen, choose
from kuntactl.errors import ExitCode, SettingsError

START = date(2021, 3, 1)


def ids(chosen: Sequence[Chosen]) -> list[str]:
    """Return the ids of the chosen areas."""
    return [one.area.id for one in chosen]


def test_all_areas_of_the_day_are_chosen() -> None:
    """25 areas from 1.3.2021, each under the Act; Pori alone of the five of 2017."""
    of_2021 = choose(on=START)
    of_2017 = choose(on=date(2017, 8, 1))

    assert len(of_2021) == 25
    assert ids(of_2021) == sorted(ids(of_2021))
    assert {one.rules.id for one in of_2021} == {"act-1269-2020"}
    assert {one.area.trial_id for one in of_2021} == {"trial-2021"}
    assert [(one.area.id, one.rules.id) for one in of_2017] == [("pori-2017", "pori-2017")]


def test_from_2025_the_employment_areas_are_chosen() -> None:
    """The day after the trial's end all of mainland Finland is decided for, without an end."""
    last_of_trial, first, later = date(2024, 12, 31), date(2025, 1, 1), date(2031, 6, 1)

    assert {one.area.trial_id for one in choose(on=last_of_trial)} == {"trial-2021"}
    for on in (first, later):
        chosen = choose(on=on)
        assert len(chosen) == 45
        assert {one.rules.id for one in chosen} == {"act-380-2023"}
        assert all(one.takes_new for one in chosen)


def test_a_rule_set_brings_its_areas() -> None:
    """Without --area, --rules decides for the areas that announced it."""
    chosen = choose(on=START, rules_id="announced-uusimaa")

    assert ids(chosen) == ["espoo", "helsinki", "porvoo", "raasepori-hanko", "vantaa-kerava"]
    assert {one.rules.id for one in chosen} == {"announced-uusimaa"}


def test_areas_asked_for_are_chosen_once_in_order_of_id() -> None:
    """The order and number of --area on the command line never matter."""
    chosen = choose(on=START, area_ids=["porvoo", "helsinki", "porvoo"])

    assert ids(chosen) == ["helsinki", "porvoo"]


def test_an_area_may_be_narrowed_within_a_rule_set() -> None:
    """--rules and --area together: those areas under those rules."""
    chosen = choose(on=START, area_ids=["porvoo"], rules_id="announced-uusimaa")

    assert [(one.area.id, one.rules.id) for one in chosen] == [("porvoo", "announced-uusimaa")]


# day, areas, takes new clients, why this row is here
DAYS = [
    (date(2017, 8, 1), 1, True, "first day of the trial of 2017"),
    (date(2018, 9, 30), 1, True, "last day of its intake"),
    (date(2018, 10, 1), 1, False, "first day after it"),
    (date(2018, 12, 31), 1, False, "last day of the trial"),
    (date(2021, 3, 1), 25, True, "first day of the trial of 2021"),
    (date(2024, 12, 31), 25, True, "its last day"),
]


@pytest.mark.parametrize(
    ("on", "areas", "takes_new"), [row[:-1] for row in DAYS], ids=[row[-1] for row in DAYS]
)
def test_after_the_intake_only_members_are_handled(
    on: date, areas: int, *, takes_new: bool
) -> None:
    """`run` goes on to the trial's end; its members need their letters and coaches."""
    chosen = choose(on=on, after_intake=True)

    assert len(chosen) == areas
    assert {one.takes_new for one in chosen} == {takes_new}


def test_the_version_is_that_of_the_day() -> None:
    """Never a version that is not yet, or no longer, in force."""
    on = date(2022, 5, 2)

    assert {one.version.begins for one in choose(on=on)} == {on}


INTAKES = "2017-08-01 to 2018-09-30, 2021-03-01 to 2024-12-31, from 2025-01-01"
MEMBERS_ONLY = "until 2018-12-31 `run` handles those who are members already"
# what is asked for, error, hint, why this row is here
REFUSED = [
    (
        {"on": START, "area_ids": ["porvo"]},
        "no area `porvo`",
        "did you mean `porvoo`?",
        "unknown area",
    ),
    (
        {"on": START, "rules_id": "anounced-porvoo"},
        "no rule set `anounced-porvoo`",
        "did you mean `announced-porvoo`?",
        "unknown rule set",
    ),
    (
        {"on": START, "area_ids": ["porvoo", "salo-marttila-koski"], "rules_id": "announced-salo"},
        "area `porvoo` is not one of rule set `announced-salo`",
        "areas that would do: salo-marttila-koski",
        "an area outside those of the rule set",
    ),
    (
        {"on": date(2017, 9, 1), "area_ids": ["lappi-2017"]},
        "area `lappi-2017` has no rule set",
        "areas that would do: pori-2017",
        "an area of 2017 without rules",
    ),
    (
        {"on": date(2017, 7, 31)},
        "no trial takes clients on 2017-07-31",
        f"days that would do: {INTAKES}",
        "before any trial",
    ),
    (
        {"on": date(2020, 6, 15), "after_intake": True},
        "no trial takes clients on 2020-06-15",
        "days that would do: 2017-08-01 to 2018-12-31, 2021-03-01 to 2024-12-31, from 2025-01-01",
        "between the trials, not even for members",
    ),
    (
        {"on": date(2025, 1, 1), "area_ids": ["porvoo"]},
        "area `porvoo` does not take clients on 2025-01-01",
        "days that would do: 2021-03-01 to 2024-12-31",
        "after the area's trial",
    ),
    (
        {"on": date(2018, 10, 1)},
        "no trial takes clients on 2018-10-01",
        f"days that would do: {INTAKES}; {MEMBERS_ONLY}",
        "after the intake, when new clients are asked for",
    ),
    (
        {"on": date(2017, 9, 1), "area_ids": ["pori-2017", "porvoo"]},
        "area `porvoo` does not take clients on 2017-09-01",
        "days that would do: 2021-03-01 to 2024-12-31",
        "one of two areas does not fit the day",
    ),
    (
        {"on": date(2017, 9, 1), "rules_id": "announced-porvoo"},
        "the trial of rule set `announced-porvoo` does not take clients on 2017-09-01",
        "days that would do: 2021-03-01 to 2024-12-31",
        "rules of another trial",
    ),
    (
        {"on": START, "area_ids": ["pori-2017"], "rules_id": "announced-pori"},
        "area `pori-2017` does not take clients on 2021-03-01",
        "days that would do: 2017-08-01 to 2018-09-30",
        "an area of the trial of 2017 in 2021",
    ),
]


@pytest.mark.parametrize(
    ("asked", "problem", "hint"), [row[:-1] for row in REFUSED], ids=[row[-1] for row in REFUSED]
)
def test_what_does_not_fit_is_refused_with_what_would(
    asked: dict[str, object], problem: str, hint: str
) -> None:
    """Exit code 11, before anything is read; the hint is the next command's argument."""
    with pytest.raises(SettingsError) as refused:
        choose(**asked)  # type: ignore[arg-type]

    assert (refused.value.problem, refused.value.hint) == (problem, hint)
    assert refused.value.exit_code == ExitCode.SETTINGS


def test_the_area_that_fell_from_the_plan_is_no_area() -> None:
    """Maisema-Karjala stands in older lists and in the register's codes, never in the trial."""
    with pytest.raises(SettingsError, match="no area `maisema-karjala`"):
        choose(on=START, area_ids=["maisema-karjala"])


def test_four_areas_of_2017_have_no_rules() -> None:
    """Their criteria are not known well enough; nobody is decided for there."""
    areas = load_areas().values()
    without = [area.id for area in areas if area.rules is None]

    assert without == ["lappi-2017", "pirkanmaa-2017", "pohjois-savo-2017", "varsinais-suomi-2017"]
