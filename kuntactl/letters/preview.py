"""One letter with sample values, to look at before a batch."""

from dataclasses import dataclass, replace
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
from kuntactl.letters.plan import LEAVES, Letter
from kuntactl.letters.press import Press

_RECIPIENT = ("Aino Maria Esimerkki", "Esimerkkikatu 1 A 2", "00100 HELSINKI")
_RECIPIENT_SV = (*_RECIPIENT[:2], "00100 HELSINGFORS")
_COACH = Coach(
    id=CoachId("V1"),
    name="Ville Valmentaja",
    area=AreaId(""),
    phone="040 000 0000",
    email="ville.valmentaja@example.fi",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Which letter to look at."""

    kind: LetterKind = LetterKind.TRANSFER
    reason: LetterReason | None = None  # none: the kind's first
    other_area: Area | None = None  # moved to or from
    lang: LetterLanguage = LetterLanguage.FI
    municipality: MunicipalityCode | None = None  # none: the area's first
    team: Team = Team.GENERAL
    grounds: tuple[Words, ...] = ()  # as said to the client


def preview(
    area: Area,
    sample: Sample,
    *,
    on: date,
    letter_date: date | None = None,
    templates: Path | None = None,
) -> bytes:
    """Return the PDF of one letter of the area to a made-up person.

    Args:
        area: Whose facts the letter tells.
        sample: Kind, language and the person's circumstances.
        on: The day of transfer.
        letter_date: The date of the letter; none: the day of transfer.
        templates: The user's own templates.

    Raises:
        SettingsError: If a template is not there, or the day does not fit the trial.
        LetterError: If the letter cannot be laid out.
    """
    press = Press(templates)
    return press.write(
        [press.lay_out(sample_letter(area, sample, on=on, letter_date=letter_date))]
    )


def sample_letter(
    area: Area, sample: Sample, *, on: date, letter_date: date | None = None
) -> Letter:
    """Return one letter of the area to a made-up person, to be laid out.

    Args:
        area: Whose facts the letter tells.
        sample: Kind, language and the person's circumstances.
        on: The day of transfer.
        letter_date: The date of the letter; none: the day of transfer.

    Raises:
        SettingsError: If the day does not fit the trial.
    """
    municipality = sample.municipality or area.municipalities[0]
    reason = sample.reason or next(iter(REASONS[sample.kind]), None)
    swedish = sample.lang.parts[0] is Language.SV
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
        grounds=sample.grounds if sample.kind is LetterKind.TRANSFER else (),
    )
    return Letter(
        letter_id=addressee.letter_id,
        choices=tuple(
            make_choices(addressee.key(language), area, letter_date=letter_date or on)
            for language in sample.lang.parts
        ),
        fields=tuple(addressee.fields(language) for language in sample.lang.parts),
    )
