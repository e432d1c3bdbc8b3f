"""What a letter says about the area, office and trial, by the client's circumstances."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kuntactl.domain.areas import Area, Office, OfficeAddress
from kuntactl.domain.municipalities import Municipality, municipalities_of
from kuntactl.domain.types import (
    AreaId,
    Language,
    LetterKind,
    LetterReason,
    MunicipalityCode,
    OfficeId,
    Team,
)
from kuntactl.domain.wording import Name
from kuntactl.letters.fields import Choices, HoursOfOffice, OfficeOfClient
from kuntactl.letters.languages import Speech


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceKey:
    """What two clients must have in common to get letters of the same layout."""

    area: AreaId
    kind: LetterKind
    reason: LetterReason | None
    day: date  # of the event; a letter that could not be sent at once still tells it
    language: str
    served_in: Language  # of the client; English text takes names from it
    has_municipality: bool  # its name is known and may be told
    has_other_area: bool
    has_other_web: bool
    languages: tuple[Language, ...]  # official in the municipality, the majority's first
    office: OfficeId | None  # that serves the client; none: not known
    team: Team
    has_coach: bool
    coach_has_phone: bool
    coach_has_email: bool
    grounds_count: str  # none, one or many


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where a client lives, as letters speak of it."""

    municipality: Municipality | None  # none: not known
    office: OfficeId | None  # that serves the client; none: not known

    @property
    def languages(self) -> tuple[Language, ...]:
        """The official languages of the municipality, the majority's first; empty: not known."""
        official = self.municipality.languages if self.municipality else ()
        return tuple(Language(language) for language in official)


def home_of(area: Area, municipality: MunicipalityCode | None, *, team: Team, on: date) -> Home:
    """Return where a client of the area lives on the day."""
    office = area.office_for(municipality, team=team)
    return Home(
        municipality=municipalities_of(on.year).get(municipality) if municipality else None,
        office=office.id if office else None,
    )


def grounds_count(grounds: int) -> str:
    """Return the word for how many grounds a letter gives: none, one or many."""
    return ("none", "one", "many")[min(grounds, 2)]


def make_choices(key: ChoiceKey, area: Area, *, letter_date: date, speech: Speech) -> Choices:
    """Return what a letter says that is not the client's own.

    Args:
        key: The circumstances of the client.
        area: The area; facts that its file lacks become none.
        letter_date: The date of the letter: what was known then is said.
        speech: What can be said in which language.

    Raises:
        LetterError: If a user's own language has no words for the trial.
        SettingsError: If the end of the trial was not yet known on the letter's day.
    """
    trial, named = area.trial, key.served_in
    office = next((office for office in area.offices if office.id == key.office), None)
    called = speech.trial(trial, key.language)
    end = trial.end_known(on=letter_date)
    # However late a trial is closed: its clients are served elsewhere from the day after it.
    ended = key.reason is LetterReason.TRIAL_END
    day = end.day + timedelta(days=1) if ended else key.day
    may_ask_from = trial.request_to_move_back_from
    return Choices(
        language=key.language,
        served_in=named,
        kind=key.kind,
        reason=key.reason,
        notice=speech.notice(key.language),
        reference_label=speech.reference(key.language),
        letter_date=letter_date,
        day=day,
        trial_name=called.name,
        trial_act=called.act,
        trial_end=end.day,
        next_service=end.next_service,
        stays_until_end=trial.stays_until_end,
        may_ask_to_move_back=may_ask_from is not None and may_ask_from <= letter_date,
        move_back_where=speech.words(area.move_back, key.language),
        sender=_sender(area, key),
        area_name=area.name.in_language(named),
        operator=_said(area.operator, named),
        has_municipality=key.has_municipality,
        has_other_area=key.has_other_area,
        has_other_web=key.has_other_web,
        bilingual=len(key.languages) > 1,
        te_office=_said(area.te_office, named),
        team=Team(key.team),
        office=_office(office, key, speech, on=max(day, letter_date)) if office else None,
        has_coach=key.has_coach,
        coach_has_phone=key.coach_has_phone,
        coach_has_email=key.coach_has_email,
        web=area.web,
        privacy=area.privacy,
        grounds_count=key.grounds_count,
    )


def _sender(area: Area, key: ChoiceKey) -> tuple[str, ...]:
    """Return who writes: in both languages where the area has two, the majority's first."""
    official = tuple(Language(language) for language in area.languages(on=key.day))
    return _in_each(area.operator or area.name, official, key.served_in)


def _office(office: Office, key: ChoiceKey, speech: Speech, *, on: date) -> OfficeOfClient:
    """Return the office as it is when the client can first come there."""
    address = office.address(on=on)
    return OfficeOfClient(
        name=office.name.in_language(key.served_in),
        names=_in_each(office.name, key.languages, key.served_in),
        addresses=_in_each(_one_line(address), key.languages, key.served_in) if address else (),
        phone=office.phone,
        email=office.email,
        web=office.web,
        team=office.team is not None,
        hours=tuple(
            HoursOfOffice(begins=hours.begins, ends=hours.ends, text=text)
            for hours in office.hours_from(on=on)
            if (text := speech.words(hours.text, key.language))
        ),
    )


def _one_line(address: OfficeAddress) -> Name:
    """Return the street and the post office, as far as they are known."""
    place = address.post_office
    code = f"{address.postal_code} " if address.postal_code else ""
    street = address.street
    if place is None:
        return street
    return Name(fi=f"{street.fi}, {code}{place.fi}", sv=f"{street.sv}, {code}{place.sv}")


def _in_each(name: Name, languages: Sequence[Language], served_in: Language) -> tuple[str, ...]:
    """Return the name in each of two official languages, else in the language of service."""
    spoken = languages if len(languages) > 1 else (served_in,)
    return tuple(dict.fromkeys(name.in_language(language) for language in spoken))


def _said(name: Name | None, language: Language) -> str | None:
    return name.in_language(language) if name else None
