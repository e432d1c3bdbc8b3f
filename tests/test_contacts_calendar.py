"""A coach's calendar file opens in any calendar, and tells of a client the number alone."""

from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from kuntactl.domain.schema import FirstContacts
from kuntactl.domain.types import Language
from kuntactl.report.contacts_calendar import contacts_calendar

PLANNED = date(2022, 5, 2)


def contacts(*rows: tuple[str, date]) -> pl.DataFrame:
    """Return the plan of coach V1: client number and day."""
    schema = FirstContacts.create_empty().schema
    lines = [(client, "porvoo", "V1", PLANNED, day, date(2022, 5, 9)) for client, day in rows]
    return FirstContacts.validate(pl.DataFrame(lines, schema=schema, orient="row"))


PLAN = contacts(("330000204", date(2022, 5, 4)), ("330000199", date(2022, 5, 3)))


def read(content: bytes) -> list[dict[str, object]]:
    """Return each entry as a calendar reads it: property and value."""
    entries = Calendar.from_ical(content).walk("VEVENT")
    return [
        {name: getattr(value, "dt", value) for name, value in entry.items()} for entry in entries
    ]


def test_calendar_reads_back_whole_days_in_order() -> None:
    """An entry at midnight with no end would ring at night and fill no day."""
    first, second = read(contacts_calendar(PLAN, language=Language.FI))

    assert first["DTSTART"] == date(2022, 5, 3)
    assert first["SUMMARY"] == "Ensimmäinen yhteydenotto, asiakas 330000199"
    assert second["DTSTART"] == date(2022, 5, 4)
    assert {entry["TRANSP"] for entry in (first, second)} == {"TRANSPARENT"}


def test_entry_holds_the_client_number_and_nothing_else_of_the_client() -> None:
    """A calendar is synced to a phone; under non-disclosure even a name there is too much."""
    for entry in read(contacts_calendar(PLAN, language=Language.SV)):
        assert set(entry) == {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "CLASS", "TRANSP"}
        assert entry["CLASS"] == "PRIVATE"


def test_entry_is_known_again_and_stamped_by_no_clock() -> None:
    """Read in twice, a file must not fill the calendar with doubles; same plan, same bytes."""
    alone = read(contacts_calendar(PLAN.tail(1), language=Language.FI))
    both = read(contacts_calendar(PLAN.reverse(), language=Language.FI))

    assert [entry["UID"] for entry in both if entry in alone] == [alone[0]["UID"]]
    assert len({entry["UID"] for entry in both}) == 2
    assert {entry["DTSTAMP"] for entry in both} == {datetime(2022, 5, 2, tzinfo=UTC)}
    assert contacts_calendar(PLAN, language=Language.FI) == contacts_calendar(
        PLAN.reverse(), language=Language.FI
    )


@pytest.mark.parametrize("language", Language)
def test_file_is_written_as_the_standard_asks(language: Language) -> None:
    """Outlook refuses long lines and bare line feeds (RFC 5545, 3.1)."""
    odd = contacts(("A;B,C\\" + "Å" * 60, date(2022, 5, 3)))
    content = contacts_calendar(odd, language=language)

    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert b"METHOD" not in content  # only an organizer publishes (RFC 5546, 3.2.1)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert str(read(content)[0]["SUMMARY"]).endswith("A;B,C\\" + "Å" * 60)


@settings(max_examples=40, deadline=None)
@given(
    numbers=st.lists(
        st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60), unique=True
    ),
    language=st.sampled_from(Language),
)
def test_library_writes_what_it_reads(numbers: list[str], language: Language) -> None:
    """Entries are stamped from one mould: each must be what the library itself would write."""
    plan = contacts(*((number, date(2022, 5, 3)) for number in numbers))
    content = contacts_calendar(plan, language=language)

    assert Calendar.from_ical(content).to_ical() == content
    assert len(read(content)) == len(numbers)


@pytest.mark.parametrize("number", ["UNIQUE", "CLIENT", "11110101", "11120101"])
def test_number_that_looks_like_the_mould_is_a_number(number: str) -> None:
    """What a mould holds where entries differ may stand in an export, too."""
    (entry,) = read(contacts_calendar(contacts((number, PLANNED)), language=Language.FI))

    assert entry["SUMMARY"] == f"Ensimmäinen yhteydenotto, asiakas {number}"
    assert entry["DTSTART"] == PLANNED


def test_coach_without_contacts_has_an_empty_calendar() -> None:
    """A calendar program that follows the file is told that nothing is left."""
    content = contacts_calendar(PLAN.clear(), language=Language.EN)

    assert Calendar.from_ical(content).walk("VEVENT") == []
    assert b"X-WR-CALNAME:First contacts" in content
