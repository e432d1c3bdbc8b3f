"""A trial knows its days, and its end as it was known when a letter was written."""

from datetime import date

import pytest

from kuntactl.domain.trials import Trial, load_trials
from kuntactl.domain.types import TrialId
from kuntactl.errors import SettingsError

TRIAL_2021 = load_trials()[TrialId("trial-2021")]
TRIAL_2017 = load_trials()[TrialId("trial-2017")]

# the letter's day, the end it states, why this row is here
ENDS = [
    (date(2021, 3, 1), date(2023, 6, 30), "the first letters"),
    (date(2022, 7, 31), date(2023, 6, 30), "the last day before the longer trial was law"),
    (date(2022, 8, 1), date(2024, 12, 31), "the longer trial"),
]


@pytest.mark.parametrize(("on", "end"), [row[:2] for row in ENDS], ids=[row[2] for row in ENDS])
def test_the_end_is_the_one_known_on_the_day(on: date, end: date) -> None:
    """A letter of March 2021 cannot know what the law says since 2022."""
    assert TRIAL_2021.end_known(on=on).day == end


def test_before_the_law_no_end_is_known() -> None:
    """Better an error than an end that nobody had announced."""
    with pytest.raises(SettingsError, match="not known on 2020-12-29"):
        TRIAL_2021.end_known(on=date(2020, 12, 29))


def test_the_trial_of_2017_takes_nobody_after_september_2018() -> None:
    """Clients could be directed until 30.9.2018, the trial went on to the end of the year."""
    assert TRIAL_2017.takes_clients(on=date(2018, 9, 30))
    assert not TRIAL_2017.takes_clients(on=date(2018, 10, 1))
    assert TRIAL_2017.runs(on=date(2018, 12, 31))
    assert not TRIAL_2017.runs(on=date(2019, 1, 1))


def test_moving_back_may_be_asked_from_june_2021() -> None:
    """Only the trial of 2021 has it, since Act 421/2021."""
    assert TRIAL_2021.request_to_move_back_from == date(2021, 6, 1)
    assert TRIAL_2017.request_to_move_back_from is None


def test_the_employment_areas_have_no_end() -> None:
    """They are here to stay: a letter that asked for their end would get an error, not a guess."""
    areas = load_trials()[TrialId("employment-areas-2025")]

    assert (areas.intake_ends, areas.last_day) == (None, None)
    assert areas.runs(on=date(2099, 1, 1))
    with pytest.raises(SettingsError, match="has no end"):
        areas.end_known(on=date(2025, 1, 1))


def test_a_trial_has_both_ends_or_neither() -> None:
    """A trial that takes clients for ever and yet ends would lose them."""
    facts = TRIAL_2021.model_dump() | {"intake_ends": None}

    with pytest.raises(ValueError, match="give both, or neither"):
        Trial.model_validate(facts)


def test_the_nearest_day_of_a_trial() -> None:
    """What is shown without a day is shown for a day on which it holds."""
    assert TRIAL_2017.day_within(date(2030, 1, 1)) == date(2018, 12, 31)
    assert TRIAL_2017.day_within(date(2030, 1, 1), intake=True) == date(2018, 9, 30)
    assert TRIAL_2017.day_within(date(2010, 1, 1)) == date(2017, 8, 1)
