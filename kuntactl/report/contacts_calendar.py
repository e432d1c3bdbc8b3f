"""A coach's first contacts as a calendar file that any calendar opens."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

import polars as pl
from icalendar import Calendar, Event

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words

TITLE = Words(fi="Ensimmäiset yhteydenotot", sv="Första kontakter", en="First contacts")
_ENTRY = Words(
    fi="Ensimmäinen yhteydenotto, asiakas {client}",
    sv="Första kontakt, kund {client}",
    en="First contact, client {client}",
)


def contacts_calendar(contacts: pl.DataFrame, *, language: Language) -> bytes:
    """Return an iCalendar file (RFC 5545), the same bytes for the same contacts.

    Of each client it holds the number and nothing else: calendars are shared, and synced
    to machines that are not ours. Read in again, an entry takes the place of its older self.

    Args:
        contacts: Schema ``FirstContacts``, of one coach.
        language: Of the title and the entries.

    Returns:
        One entry a contact, by day and client number: a whole day, private, and free, so
        that meetings can be booked on it.
    """
    title = TITLE.in_language(language)
    calendar = Calendar()
    _fill(
        calendar,
        {
            "version": "2.0",
            "prodid": f"-//kuntactl//{TITLE.en}//{language.value.upper()}",
            "method": "PUBLISH",
            "name": title,
            "x-wr-calname": title,  # the name that Outlook and Google read
        },
    )
    for row in contacts.sort("day", "client_id").iter_rows(named=True):
        entry = Event()
        _fill(entry, _entry(row, language=language))
        calendar.add_component(entry)
    content: bytes = calendar.to_ical()
    return content


def _entry(row: Mapping[str, object], *, language: Language) -> Mapping[str, object]:
    planned_on = row["planned_on"]
    assert isinstance(planned_on, date)  # noqa: S101 - a column of days
    parts = (row["area"], row["client_id"], row["coach_id"], planned_on.isoformat())
    return {
        "uid": "-".join(map(str, parts)) + "@kuntactl",
        # When the entry was made: the day of the plan, for no clock may change the bytes.
        "dtstamp": datetime.combine(planned_on, time(), tzinfo=UTC),
        "dtstart": row["day"],
        "summary": _ENTRY.in_language(language).format(client=row["client_id"]),
        "class": "PRIVATE",
        "transp": "TRANSPARENT",
    }


def _fill(component: Calendar | Event, facts: Mapping[str, object]) -> None:
    for name, value in facts.items():
        component.add(name, value)
