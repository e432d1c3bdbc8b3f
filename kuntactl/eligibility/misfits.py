"""What to say of an area or a day that no rules fit."""

from collections.abc import Sequence
from datetime import date

from kuntactl.domain.areas import Area
from kuntactl.domain.types import AreaId
from kuntactl.errors import SettingsError
from kuntactl.locale import Phrase, joined, phrase


def no_rules(
    area_id: AreaId, rules_id: str | None, *, would_do: Sequence[AreaId]
) -> SettingsError:
    """Return the error for an area that the rules do not reach.

    Args:
        area_id: The area asked for.
        rules_id: The rule set asked for; none: the area's own.
        would_do: Areas that it could be instead.
    """
    return SettingsError(
        phrase("area `{area}` has no rule set", area=area_id)
        if rules_id is None
        else phrase(
            "area `{area}` is not one of rule set `{rules}`", area=area_id, rules=rules_id
        ),
        hint=phrase("areas that would do: {would_do}", would_do=would_do),
    )


def day_does_not_fit(
    problem: Phrase, areas: Sequence[Area], *, on: date, after_intake: bool
) -> SettingsError:
    """Return the error for a day on which these areas take no clients."""
    trials = list({area.trial_id: area.trial for area in areas}.values())
    fitting = sorted(
        (trial.begins, trial.last_day if after_intake else trial.intake_ends) for trial in trials
    )
    members = [
        phrase(
            "until {last_day} `run` handles those who are members already", last_day=trial.last_day
        )
        for trial in trials
        if trial.runs(on=on)
    ]
    would_do = phrase("days that would do: {days}", days=[days(*each) for each in fitting])
    return SettingsError(problem, hint=joined([would_do, *members], "; "))


def days(begins: date, ends: date | None) -> Phrase:
    """Return from when to when, in words; without an end, from when."""
    if ends:
        return phrase("{begins} to {ends}", begins=begins, ends=ends)
    return phrase("from {begins}", begins=begins)
