"""One letter with sample values, to look at before a batch."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kuntactl.domain.areas import Area
from kuntactl.domain.types import Language, LetterKind, LetterLanguage, MunicipalityCode, Team
from kuntactl.domain.wording import Words
from kuntactl.letters.choices import ChoiceKey, grounds_count, make_choices
from kuntactl.letters.fields import Fields
from kuntactl.letters.plan import Letter
from kuntactl.letters.press import Press

_RECIPIENT = ("Aino Maria Esimerkki", "Esimerkkikatu 1 A 2", "00100 HELSINKI")
_RECIPIENT_SV = (*_RECIPIENT[:2], "00100 HELSINGFORS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Which letter to look at."""

    kind: LetterKind = LetterKind.TRANSFER
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
    lang = sample.lang
    key = ChoiceKey(
        area=area.id,
        kind=sample.kind,
        transfer_day=on,
        language=lang.parts[0],
        municipality=sample.municipality or area.municipalities[0],
        team=sample.team,
        has_coach=True,
        coach_has_phone=True,
        coach_has_email=True,
        grounds_count=grounds_count(len(sample.grounds)),
    )
    letter = Letter(
        letter_id=f"{area.id}-000001",
        choices=tuple(
            make_choices(replace(key, language=language), area, letter_date=letter_date or on)
            for language in lang.parts
        ),
        fields=tuple(
            Fields(
                recipient=_RECIPIENT_SV if lang.parts[0] is Language.SV else _RECIPIENT,
                reference=f"{area.id}-000001",
                grounds=tuple(words.in_language(language) for words in sample.grounds),
                coach_name="Ville Valmentaja",
                coach_phone="040 000 0000",
                coach_email="ville.valmentaja@example.fi",
            )
            for language in lang.parts
        ),
    )
    press = Press(templates)
    return press.write([press.lay_out(letter)])
