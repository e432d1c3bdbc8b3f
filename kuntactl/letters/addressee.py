"""Whom a letter is for, as far as the letter speaks of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import AreaId, Language, LetterKind, LetterLanguage, LetterReason, Team
from kuntactl.letters.choices import ChoiceKey, Home, grounds_count
from kuntactl.letters.fields import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """The client of one letter, with all that the letter says of them."""

    letter_id: str
    area: AreaId
    kind: LetterKind
    reason: LetterReason | None
    day: date  # of the event that the letter tells of
    lang: LetterLanguage
    recipient: tuple[str, ...]  # lines in the window
    team: Team
    home: Home
    other_area: Area | None  # trial area that the client moves to or from
    coach: Coach | None
    grounds: Mapping[str, tuple[str, ...]]  # as said to the client, by language of the letter

    @property
    def served_in(self) -> Language:
        """The language of service, which comes first in the envelope."""
        return self.lang.service

    def key(self, language: str) -> ChoiceKey:
        """Return what decides the layout of the part in the language."""
        municipality = self.home.municipality
        return ChoiceKey(
            area=self.area,
            kind=self.kind,
            reason=self.reason,
            day=self.day,
            language=language,
            served_in=self.served_in,
            has_municipality=municipality is not None,
            has_other_area=self.other_area is not None,
            has_other_web=self.other_area is not None and self.other_area.web is not None,
            languages=self.home.languages,
            office=self.home.office,
            team=self.team,
            has_coach=self.coach is not None,
            coach_has_phone=self.coach is not None and self.coach.phone is not None,
            coach_has_email=self.coach is not None and self.coach.email is not None,
            grounds_count=grounds_count(len(self.grounds[language])),
        )

    def fields(self, language: str) -> Fields:
        """Return the client's own lines in the part in the language."""
        municipality = self.home.municipality
        return Fields(
            recipient=self.recipient,
            reference=self.letter_id,
            municipality=municipality.name.in_language(self.served_in) if municipality else None,
            municipality_genitive=municipality.genitive_fi if municipality else None,
            other_area=self.other_area.name.in_language(self.served_in)
            if self.other_area
            else None,
            other_web=self.other_area.web if self.other_area else None,
            grounds=self.grounds[language],
            coach_name=self.coach.name if self.coach else None,
            coach_phone=self.coach.phone if self.coach else None,
            coach_email=self.coach.email if self.coach else None,
        )
