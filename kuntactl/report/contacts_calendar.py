"""A coach's first contacts as a calendar file that any calendar opens."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from hashlib import sha256

import polars as pl
from icalendar import Calendar, Event, vText

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words

TITLE = Words(fi="Ensimmäiset yhteydenotot", sv="Första kontakter", en="First contacts")
_ENTRY = Words(
    fi="Ensimmäinen yhteydenotto, asiakas {client}",
    sv="Första kontakt, kund {client}",
    en="First contact, client {client}",
)
_END = b"END:VCALENDAR\r\n"
_FOLDED = 75  # octets: the library folds a line of so many or more (RFC 5545, 3.1)
# What a mould holds where the entries of a calendar differ.
_CLIENT, _UID, _DAY, _PLANNED = "CLIENT", "UNIQUE", date(1111, 1, 1), date(1112, 1, 1)


def contacts_calendar(contacts: pl.DataFrame, *, language: Language) -> bytes:
    """Return an iCalendar file (RFC 5545), the same bytes for the same contacts.

    Of each client it holds the number and nothing else: calendars are shared, and synced
    to machines that are not ours. An entry keeps its UID as long as the contact stands.

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
            "name": title,
            "x-wr-calname": title,  # the name that Outlook and Google read
        },
    )
    frame: bytes = calendar.to_ical()
    mould = _entry(_CLIENT, uid=_UID, day=_DAY, planned_on=_PLANNED, language=language)
    entries = [
        _stamped(mould, row, language=language)
        for row in contacts.sort("day", "client_id").iter_rows(named=True)
    ]
    return b"".join([frame.removesuffix(_END), *entries, _END])


def _stamped(mould: bytes, row: Mapping[str, object], *, language: Language) -> bytes:
    """Return the entry of one contact; what the library does anew takes fifty times as long."""
    client, day, planned_on = row["client_id"], row["day"], row["planned_on"]
    assert isinstance(client, str)  # noqa: S101 - columns of the schema
    assert isinstance(day, date)  # noqa: S101 - the same
    assert isinstance(planned_on, date)  # noqa: S101 - the same
    uid = _uid(row)
    entry = (
        mould.replace(_UID.encode(), uid.encode(), 1)
        .replace(_written(_DAY), _written(day), 1)
        .replace(_written(_PLANNED), _written(planned_on), 1)
        .replace(_CLIENT.encode(), vText(client).to_ical(), 1)
    )
    if max(map(len, entry.split(b"\r\n"))) < _FOLDED:
        return entry
    return _entry(client, uid=uid, day=day, planned_on=planned_on, language=language)


def _entry(client: str, *, uid: str, day: date, planned_on: date, language: Language) -> bytes:
    event = Event()
    _fill(
        event,
        {
            "uid": uid,
            # When the entry was made: the day of the plan, for no clock may change the bytes.
            "dtstamp": datetime.combine(planned_on, time(), tzinfo=UTC),
            "dtstart": day,
            "summary": _ENTRY.in_language(language).format(client=client),
            "class": "PRIVATE",
            "transp": "TRANSPARENT",
        },
    )
    content: bytes = event.to_ical()
    return content


def _uid(row: Mapping[str, object]) -> str:
    """Return a name that no other contact has, and that tells nothing."""
    parts = "\n".join(str(row[name]) for name in ("area", "client_id", "coach_id", "planned_on"))
    return f"{sha256(parts.encode()).hexdigest()[:32]}@kuntactl"


def _written(day: date) -> bytes:
    return f"{day:%Y%m%d}".encode()


def _fill(component: Calendar | Event, facts: Mapping[str, object]) -> None:
    for name, value in facts.items():
        component.add(name, value)
