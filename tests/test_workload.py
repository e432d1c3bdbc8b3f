"""What a client weighs follows the service model in force on the day."""

import re
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from kuntactl.assignment.workload import Workload, load_workload
from kuntactl.domain.settings import read_setting
from kuntactl.errors import SettingsError

LAST_OLD_DAY, FIRST_NEW_DAY = date(2022, 5, 1), date(2022, 5, 2)
_DTYPES = {"search_from": pl.Date, "service_line": pl.String, "unemployed_from": pl.Date}


def weigh(on: date, **facts: Any) -> float:
    """Return the weight of one client; facts that are left out are unknown."""
    row = {"search_from": None, "service_line": None, "unemployed_from": None, **facts}
    model = load_workload().version(on=on)
    return float(pl.DataFrame([row], schema=_DTYPES).select(model.weight(on=on)).item())


# day, start of the search, meetings a month, why this row is here
PACES = [
    (LAST_OLD_DAY, date(2022, 5, 1), 0.333333, "old model: an interview every three months"),
    (LAST_OLD_DAY, date(2015, 1, 1), 0.333333, "old model: the same however long the search"),
    (LAST_OLD_DAY, None, 0.333333, "old model: the start need not be known"),
    (FIRST_NEW_DAY, date(2022, 5, 2), 3.166667, "initial interview, then every two weeks"),
    (FIRST_NEW_DAY, date(2022, 4, 3), 3.166667, "the last day of the first month"),
    (FIRST_NEW_DAY, date(2022, 4, 2), 2.166667, "the first day of the second month"),
    (FIRST_NEW_DAY, date(2022, 2, 3), 2.166667, "the last day of the first three months"),
    (FIRST_NEW_DAY, date(2022, 2, 2), 0.333333, "three months are full"),
    (FIRST_NEW_DAY, date(2021, 11, 3), 0.333333, "the day before the intensive month"),
    (FIRST_NEW_DAY, date(2021, 11, 2), 2.166667, "an intensive month again at six months"),
    (FIRST_NEW_DAY, date(2021, 10, 2), 0.333333, "the intensive month is over"),
    (FIRST_NEW_DAY, date(2021, 5, 3), 0.333333, "the day before the second intensive month"),
    (FIRST_NEW_DAY, date(2021, 5, 2), 2.166667, "an intensive month every half year"),
    (FIRST_NEW_DAY, date(2019, 5, 2), 2.166667, "and so on for years"),
    (FIRST_NEW_DAY, date(2019, 4, 2), 0.333333, "between them the old pace"),
    (FIRST_NEW_DAY, date(2022, 5, 9), 3.166667, "a search about to begin is in its first phase"),
    (FIRST_NEW_DAY, None, 0.333333, "an unknown start takes the stated default"),
    (date(2022, 5, 31), date(2022, 2, 28), 0.333333, "the month's last day closes three months"),
]


@pytest.mark.parametrize(("on", "start", "meetings", "reason"), PACES, ids=[p[3] for p in PACES])
def test_pace_follows_the_service_model_of_the_day(
    on: date, start: date | None, meetings: float, reason: str
) -> None:
    """The Nordic model came on 2.5.2022; one day off would move hundreds of clients."""
    assert weigh(on, search_from=start) == meetings, reason


@pytest.mark.parametrize("on", [LAST_OLD_DAY, FIRST_NEW_DAY])
def test_service_line_and_long_unemployment_add(on: date) -> None:
    """Those who need more from their coach weigh more, under either model."""
    plain = weigh(on, service_line="01")

    assert weigh(on, service_line="02") == pytest.approx(plain + 0.1)
    assert weigh(on, service_line="05") == pytest.approx(plain + 0.25)
    assert weigh(on, unemployed_from=date(2020, 1, 1)) == pytest.approx(plain + 0.1)
    assert weigh(on, service_line="03", unemployed_from=date(2020, 1, 1)) == pytest.approx(
        plain + 0.35
    )


def test_long_unemployment_begins_on_the_day_the_year_is_full() -> None:
    """A year without work is full on the same day a year later, not the day after."""
    day = date(2022, 3, 15)
    full = date(2021, 3, 15)

    assert weigh(day, unemployed_from=full) > weigh(day, unemployed_from=full + timedelta(1))


def test_unknown_facts_add_nothing_and_never_make_a_null() -> None:
    """Null means unknown; a weight that is null would drop the client from the loads."""
    assert weigh(FIRST_NEW_DAY) == 0.333333
    assert weigh(FIRST_NEW_DAY, service_line="00") == 0.333333


def test_every_figure_has_a_source_or_is_called_an_assumption() -> None:
    """A head of services signs the split; no number may come from nowhere."""
    text = (files("kuntactl") / "data" / "workload.toml").read_text("utf-8")
    tables = re.split(r"^\[", text, flags=re.MULTILINE)[1:]
    figures = [table for table in tables if re.search(r"= *\d", table)]

    assert len(figures) > 15
    for table in figures:
        source = re.search(r'^source = "(.*)"', table, re.MULTILINE)
        assert source, table
        assert re.search(r"assumption: |\.fi|HE \d+/\d+", source[1]), table


def test_a_day_before_the_first_model_is_an_error() -> None:
    """Numbers that are not yet in force are never used silently."""
    with pytest.raises(SettingsError, match="no service model in force on 2016-12-31") as error:
        load_workload().version(on=date(2016, 12, 31))

    assert error.value.hint == "workload.toml begins on 2017-01-01"


GOOD = """id = "workload"
[[versions]]
from = 2017-01-01
source = "a source"
[[versions.phases]]
from_month = 0
meetings = 0.5
source = "a source"
[versions.search_start_unknown]
meetings = 0.5
source = "a source"
[versions.first_contact]
within_months = 3
by_law = false
source = "a source"
[versions.first_contact.full_time]
per_day = 4
source = "a source"
"""
REPEATS_NO_PHASE = """[versions.repeats]
from_month = 6
months = 6
source = "a source"
"""
# what is written instead, of what, the key that the error names
FAULTS = [
    ("meetings = 0.5", "meetings = 0", "versions.0.phases.0.meetings"),
    ("meetings = 0.5", "meetings = nan", "versions.0.phases.0.meetings"),
    ('from_month = 0\nmeetings = 0.5\nsource = "a source"', "from_month = 0\nmeetings = 0.5",
     "versions.0.phases.0.source"),
    ('meetings = 0.5\nsource = "a source"', 'meetings = 0.5\nsource = "?"',
     "versions.0.phases.0.source"),
    ('per_day = 4\nsource = "a source"', "per_day = 4",
     "versions.0.first_contact.full_time.source"),
    ("within_months = 3", "within_months = 3\nwithin_working_days = 5",
     "versions.0.first_contact"),
    ("[versions.first_contact]", REPEATS_NO_PHASE + "[versions.first_contact]", "versions.0"),
    ("from_month = 0", "from_month = 1", "versions.0"),
    ("from = 2017-01-01", "since = 2017-01-01", "versions.0.from"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "key"), FAULTS)
def test_an_error_names_the_file_and_the_key(
    right: str, wrong: str, key: str, tmp_path: Path
) -> None:
    """Whoever edits the figures is told where the slip is."""
    path = tmp_path / "workload.toml"
    path.write_text(GOOD, "utf-8")
    assert read_setting(path, Workload).versions

    path.write_text(GOOD.replace(right, wrong, 1), "utf-8")

    with pytest.raises(SettingsError, match=f"^workload.toml: `{key}`: "):
        read_setting(path, Workload)
