"""One letter, with the facts that all letters are made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import AreaId, Language
from kuntactl.domain.wording import Words
from kuntactl.letters.fields import Choices, Fields
from kuntactl.letters.languages import Speech, speech_of


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """What letters are made from, beside the list of those that are due."""

    clients: pl.DataFrame  # domain.schema.Clients
    members: pl.DataFrame  # domain.schema.Members
    assignments: pl.DataFrame  # domain.schema.Assignments
    coaches: Sequence[Coach]
    areas: Mapping[AreaId, Area]
    ground_words: Mapping[str, Words]  # code of a ground: how the letter says it
    on: date  # the day of the run; a client's transfer is the day they joined
    letter_date: date
    language: Language  # of messages
    templates: Path | None  # the user's own, which replace ours one by one

    @cached_property
    def coach_of(self) -> Mapping[str, Coach]:
        """Each coach by id."""
        return {coach.id: coach for coach in self.coaches}

    @cached_property
    def speech(self) -> Speech:
        """What letters can say in which language.

        Raises:
            SettingsError: If a user's file of words is wrong.
            LetterError: If it is missing, or holds what our fonts cannot print.
        """
        return speech_of(self.templates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter to be laid out."""

    letter_id: str
    choices: tuple[Choices, ...]  # one a language, in the order of printing
    fields: tuple[Fields, ...]  # in the same order

    def addressed(self, letter_id: str, recipient: Sequence[str]) -> "Letter":
        """Return the same letter to somebody else."""
        own = tuple(one.addressed(letter_id, tuple(recipient)) for one in self.fields)
        return Letter(letter_id=letter_id, choices=self.choices, fields=own)
