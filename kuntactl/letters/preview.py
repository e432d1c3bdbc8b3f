"""One letter with sample values, to look at before a batch."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import (
    REASONS,
    AreaId,
    CoachId,
    Language,
    LetterKind,
    LetterLanguage,
    LetterReason,
    MunicipalityCode,
    Team,
)
from kuntactl.domain.wording import Words
from kuntactl.letters.addressee import Addressee
from kuntactl.letters.choices import home_of, make_choices
from kuntactl.letters.example_mark import example_mark
from kuntactl.letters.languages import NO_OWN_LANGUAGE, Speech, speech_of
from kuntactl.letters.letter import Letter
from kuntactl.letters.plan import LEAVES
from kuntactl.letters.press import Press
from kuntactl.typeset.overlay import overlaid

_RECIPIENT = ("Aino Maria Esimerkki", "Esimerkkikatu 1 A 2", "00100 HELSINKI")
_RECIPIENT_SV = (*_RECIPIENT[:2], "00100 HELSINGFORS")
_COACH = Coach(
    id=CoachId("V1"),
    name="Ville Valmentaja",
    area=AreaId(""),
    phone="040 000 0000",
    email="ville.valmentaja@example.fi",
)

_FINNISH = LetterLanguage(service=Language.FI)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Which letter to look at."""

    kind: LetterKind = LetterKind.TRANSFER
    reason: LetterReason | None = None  # none: the kind's first
    other_area: Area | None = None  # moved to or from
    lang: LetterLanguage = _FINNISH
    municipality: MunicipalityCode | None = None  # none: the area's first
    team: Team = Team.GENERAL
    grounds: Mapping[str, Words] = field(default_factory=dict)  # as letters say them, by code


def preview(
    area: Area,
    sample: Sample,
    *,
    on: date,
    letter_date: date | None = None,
    templates: Path | None = None,
) -> bytes:
    """Return the PDF of one letter of the area to a made-up person; it says that it is one.

    Args:
        area: Whose facts the letter tells.
        sample: Kind, language and the person's circumstances.
        on: The day of transfer.
        letter_date: The date of the letter; none: the day of transfer.
        templates: The user's own templates.

    Raises:
        SettingsError: If a template is not there, or the day does not fit the trial.
        LetterError: If the letter cannot be laid out, or its language has no words.
    """
    press = Press(templates)
    speech = speech_of(templates)
    letter = sample_letter(area, sample, on=on, letter_date=letter_date, speech=speech)
    laid = press.lay_out(letter)
    mark = example_mark(sample.lang.service)
    return press.write([laid], [overlaid(lambda *_: mark, letter.letter_id, laid.pages)])


def sample_letter(
    area: Area,
    sample: Sample,
    *,
    on: date,
    letter_date: date | None = None,
    speech: Speech = NO_OWN_LANGUAGE,
) -> Letter:
    """Return one letter of the area to a made-up person, to be laid out.

    Args:
        area: Whose facts the letter tells.
        sample: Kind, language and the person's circumstances.
        on: The day of transfer.
        letter_date: The date of the letter; none: the day of transfer.
        speech: What can be said in which language.

    Raises:
        LetterError: If the language of the letter lacks words.
        SettingsError: If there is no such language, or the day does not fit the trial.
    """
    for language in sample.lang.parts:
        speech.require(language)
    municipality = sample.municipality or area.municipalities[0]
    reason = sample.reason or next(iter(REASONS[sample.kind]), None)
    swedish = sample.lang.service is Language.SV
    codes = list(sample.grounds) if sample.kind is LetterKind.TRANSFER else []
    addressee = Addressee(
        letter_id=f"{area.id}-000001",
        area=area.id,
        kind=sample.kind,
        reason=reason,
        day=on,
        lang=sample.lang,
        recipient=_RECIPIENT_SV if swedish else _RECIPIENT,
        team=sample.team,
        home=home_of(area, municipality, team=sample.team, on=on),
        other_area=sample.other_area,
        coach=None if reason in LEAVES else replace(_COACH, area=area.id),
        grounds={
            language: speech.grounds(codes, sample.grounds, language)
            for language in sample.lang.parts
        },
    )
    return Letter(
        letter_id=addressee.letter_id,
        choices=tuple(
            make_choices(
                addressee.key(language), area, letter_date=letter_date or on, speech=speech
            )
            for language in sample.lang.parts
        ),
        fields=tuple(addressee.fields(language) for language in sample.lang.parts),
    )
