"""Identifiers and closed sets that every room uses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from kuntactl.locale import phrase

ClientId = NewType("ClientId", str)  # asiakasnumero, as text
CoachId = NewType("CoachId", str)  # valmentaja_id
AreaId = NewType("AreaId", str)
TrialId = NewType("TrialId", str)
RulesId = NewType("RulesId", str)
OfficeId = NewType("OfficeId", str)
MunicipalityCode = NewType("MunicipalityCode", str)  # Statistics Finland, three digits


class Language(StrEnum):
    """A language that the product itself speaks."""

    FI = "fi"
    SV = "sv"
    EN = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLanguage:
    """The language or languages of one envelope, written ``fi`` or ``fi+en``."""

    service: Language  # fi or sv
    second: str | None = None  # ISO 639: en, or one that a user's own template adds

    @classmethod
    def parse(cls, text: str) -> "LetterLanguage":
        """Return the languages written as ``fi``, ``sv+en`` or ``fi+ru``.

        Raises:
            ValueError: If the text is not like that.
        """
        if not re.fullmatch(r"(fi|sv)(\+[a-z]{2,3})?", text) or text in {"fi+fi", "sv+sv"}:
            raise ValueError(
                phrase("{text!r} is not fi or sv, alone or with another as in fi+en", text=text)
            )
        service, _, second = text.partition("+")
        return cls(service=Language(service), second=second or None)

    def __str__(self) -> str:
        """Return the languages as they are written in lists."""
        return "+".join(self.parts)

    @property
    def parts(self) -> tuple[str, ...]:
        """The languages in the order in which they are printed."""
        return (self.service.value, self.second) if self.second else (self.service.value,)


class Outcome(StrEnum):
    """What becomes of an accepted row."""

    ELIGIBLE = "eligible"
    REVIEW = "review"
    NOT_ELIGIBLE = "not_eligible"
    OUTSIDE = "outside"


class DecidedBy(StrEnum):
    """Who said so."""

    RULE = "rule"
    PERSON = "person"


class LetterKind(StrEnum):
    """Why a letter is sent."""

    TRANSFER = "transfer"
    RETURN = "return"
    MOVE = "move"
    COACH = "coach"


class LetterReason(StrEnum):
    """What a letter tells of, where its kind leaves it open."""

    WITHIN_AREA = "within_area"  # move: another municipality of the same area
    TO_AREA = "to_area"  # move: from this area to another one
    FROM_AREA = "from_area"  # move: into this area from another one
    OUT_OF_TRIALS = "out_of_trials"  # move: to a municipality without a trial
    TRIAL_END = "trial_end"  # return: the trial has ended
    AT_REQUEST = "at_request"  # return: the client asked for it
    BY_AGREEMENT = "by_agreement"  # return: for another reason, which the letter does not name
    FIRST_COACH = "first_coach"  # coach: until now there was none
    NEW_COACH = "new_coach"  # coach: instead of another


REASONS: Mapping[LetterKind, tuple[LetterReason, ...]] = {
    LetterKind.TRANSFER: (),
    LetterKind.RETURN: (
        LetterReason.TRIAL_END,
        LetterReason.AT_REQUEST,
        LetterReason.BY_AGREEMENT,
    ),
    LetterKind.MOVE: (
        LetterReason.WITHIN_AREA,
        LetterReason.TO_AREA,
        LetterReason.FROM_AREA,
        LetterReason.OUT_OF_TRIALS,
    ),
    LetterKind.COACH: (LetterReason.FIRST_COACH, LetterReason.NEW_COACH),
}  # what each kind may tell of; none: the kind says it all


class ReturnReason(StrEnum):
    """Why a client goes back to the TE office before the trial ends."""

    OWN_REQUEST = "own_request"
    LANGUAGE = "language"  # service in the client's language
    CONFLICT = "conflict"
    SAFETY = "safety"


class TieKind(StrEnum):
    """What a person has said of one client and one coach."""

    PIN = "pin"  # the client stays with the coach
    BAN = "ban"  # the client never goes to the coach
    FREE = "free"  # neither any more


class TieReason(StrEnum):
    """Why a person has said so."""

    OWN_REQUEST = "own_request"
    CONTINUITY = "continuity"
    LANGUAGE = "language"
    CONFLICT = "conflict"
    DISQUALIFIED = "disqualified"  # the coach is related, or otherwise not impartial
    SAFETY = "safety"


REASONS_OF_TIES: Mapping[TieKind, tuple[TieReason, ...]] = {
    TieKind.PIN: (TieReason.OWN_REQUEST, TieReason.CONTINUITY, TieReason.LANGUAGE),
    TieKind.BAN: (TieReason.CONFLICT, TieReason.DISQUALIFIED, TieReason.SAFETY),
    TieKind.FREE: (),
}


class LetterStatus(StrEnum):
    """What became of a letter that is due."""

    WRITTEN = "written"
    PROTECTED = "protected"
    UNDELIVERABLE = "undeliverable"


class EnvelopeSize(StrEnum):
    """A window envelope that letters are posted in."""

    C5 = "c5"
    E5 = "e5"
    C65 = "c65"
    E65 = "e65"


class Team(StrEnum):
    """A team of coaches (tiimi)."""

    YOUNG = "nuoret"
    IMMIGRANTS = "maahanmuuttajat"
    GENERAL = "yleinen"
    INTAKE = "alkupalvelu"
