"""Who gets which letter: language, choices, fields, or the reason why none can be sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.schema import LettersDone, Undeliverable
from kuntactl.domain.teams import client_team, speaks_foreign_language
from kuntactl.domain.types import (
    REASONS,
    AreaId,
    Language,
    LetterKind,
    LetterLanguage,
    LetterReason,
    LetterStatus,
)
from kuntactl.domain.wording import Words
from kuntactl.errors import LetterError
from kuntactl.letters.address import PROBLEM_WORDS, address_lines
from kuntactl.letters.addressee import Addressee
from kuntactl.letters.choices import ChoiceKey, Home, home_of, make_choices
from kuntactl.letters.compose import template_folders
from kuntactl.letters.fields import Choices, Fields
from kuntactl.letters.languages import Speech, speech_of
from kuntactl.typeset.fonts import missing_characters

LEAVES = (
    *REASONS[LetterKind.RETURN],
    LetterReason.TO_AREA,
    LetterReason.OUT_OF_TRIALS,
)  # whoever gets such a letter is served elsewhere from its day on


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done with each letter that is due."""

    rows: pl.DataFrame  # LettersDue with lang, status and name, in the order of the due
    letters: Mapping[str, Letter]  # those that can be sent, by letter id
    undeliverable: pl.DataFrame  # domain.schema.Undeliverable

    def lines(self) -> pl.DataFrame:
        """Return for each letter how many lines of address it has: ``letter_id``, ``lines``."""
        return pl.DataFrame(
            [
                (letter.letter_id, len(letter.fields[0].recipient))
                for letter in self.letters.values()
            ],
            schema={"letter_id": pl.String, "lines": pl.UInt8},
            orient="row",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of the letters that were due."""

    done: pl.DataFrame  # domain.schema.LettersDone
    undeliverable: pl.DataFrame  # domain.schema.Undeliverable
    lines: pl.DataFrame  # letter_id, lines: how many lines of address are in the window
    print_share: float = 0.0  # of the time it took, what went into print runs; 0 to 1
    stamped: int = 0  # letters made from a master
    whole: int = 0  # letters laid out one by one
    not_stamped: tuple[str, ...] = ()  # why a template could not be stamped, one a reason


def plan(due: pl.DataFrame, facts: LetterFacts) -> Plan:
    """Return for each letter due what it says and to whom, or why it cannot be sent.

    Args:
        due: ``domain.schema.LettersDue``; order is kept.
        facts: What the letters are made from; every client due stands in ``clients``.

    Raises:
        SettingsError: If the user's folder of templates is not there.
        LetterError: If a client due has no row, a coach's name cannot be printed, or a
            letter about a coach has none.
    """
    template_folders(facts.templates)
    rows = _gather(due, facts)
    letters = _letters(rows.filter(pl.col("status") != LetterStatus.UNDELIVERABLE.value), facts)
    return Plan(
        rows=rows.select(*due.columns, "lang", "status", "name"),
        letters=letters,
        undeliverable=_undeliverable(rows, facts.language),
    )


def letter_file() -> pl.Expr:
    """Return the letter's file relative to its area's folder; null: undeliverable."""
    folder = (
        pl.when(pl.col("status") == LetterStatus.PROTECTED.value)
        .then(pl.lit("protected/"))
        .when(pl.col("status") == LetterStatus.WRITTEN.value)
        .then(pl.lit("letters/"))
    )
    return (folder + pl.col("letter_id") + ".pdf").alias("file")


def as_done(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of ``domain.schema.LettersDone``, validated."""
    return LettersDone.validate(frame.select(LettersDone.column_names()), cast=True)


def _gather(due: pl.DataFrame, facts: LetterFacts) -> pl.DataFrame:
    """Return the letters due with all that is known of the client."""
    clients = facts.clients.join(due, on="client_id", how="semi")
    lost = due.join(clients, on="client_id", how="anti")
    if lost.height:
        raise LetterError(
            f"letter {lost['letter_id'][0]}: client {lost['client_id'][0]} has no row"
        )
    persons = clients.select(
        "client_id",
        "municipality",
        "protected",
        "service_language",
        "mother_tongue",
        team=client_team(on=facts.on),
    )
    return (
        due.join(persons, on="client_id", how="left", maintain_order="left")
        .join(address_lines(clients), on="client_id", how="left", maintain_order="left")
        .join(
            facts.members.select("client_id", "area", "grounds"),
            on=("client_id", "area"),
            how="left",
            maintain_order="left",
        )
        .join(
            facts.assignments.select("client_id", "area", "coach_id"),
            on=("client_id", "area"),
            how="left",
            maintain_order="left",
        )
        .with_columns(_what_the_letter_may_say(), lang=_language(facts.speech))
        .with_columns(
            status=pl.when(pl.col("problems").list.len() > 0)
            .then(pl.lit(LetterStatus.UNDELIVERABLE.value))
            .when("protected")
            .then(pl.lit(LetterStatus.PROTECTED.value))
            .otherwise(pl.lit(LetterStatus.WRITTEN.value))
        )
    )


def _what_the_letter_may_say() -> list[pl.Expr]:
    """Return the facts of a client cut down to what a letter of this kind tells.

    Grounds are given where the client joins, a coach where the client stays or comes. Where a
    protected client has moved to is not told by those whom they have left.
    """
    leaves = pl.col("reason").is_in([reason.value for reason in LEAVES])
    left_in_secret = leaves & pl.col("protected")
    return [
        pl.when(pl.col("kind") == LetterKind.TRANSFER.value).then("grounds").alias("grounds"),
        pl.when(~leaves.fill_null(value=False)).then("coach_id").alias("coach_id"),
        pl.when(~left_in_secret.fill_null(value=False)).then("municipality").alias("municipality"),
        pl.when(~pl.col("protected")).then("other_area").alias("other_area"),
    ]


def _language(speech: Speech) -> pl.Expr:
    """Return the letter's languages: the language of service, and often another one.

    Where the user has a template of this kind in the client's mother tongue, that comes
    second. Else English is added for foreign-language speakers; an unknown mother tongue
    does not add it.
    """
    templates = [
        f"{kind}.{language}" for language, kinds in speech.kinds.items() for kind in sorted(kinds)
    ]
    own = pl.concat_str("kind", "mother_tongue", separator=".").is_in(templates)
    foreign = speaks_foreign_language().fill_null(value=False)
    second = (
        pl.when(own)
        .then(pl.lit("+") + pl.col("mother_tongue"))
        .when(foreign)
        .then(pl.lit("+en"))
        .otherwise(pl.lit(""))
    )
    return pl.col("service_language") + second


def _letters(rows: pl.DataFrame, facts: LetterFacts) -> dict[str, Letter]:
    made: dict[ChoiceKey, Choices] = {}  # one object a combination, so that it travels once
    homes: dict[tuple[Any, ...], Home] = {}
    letters = {}
    for row in rows.iter_rows(named=True):
        where = (row["area"], row["municipality"], row["team"], row["day"])
        if where not in homes:
            area, municipality, team, day = where
            homes[where] = home_of(facts.areas[area], municipality, team=team, on=day)
        addressee = _addressee(row, facts, home=homes[where])
        keys = [addressee.key(language) for language in addressee.lang.parts]
        for key in keys:
            if key not in made:
                made[key] = make_choices(
                    key, facts.areas[key.area], letter_date=facts.letter_date, speech=facts.speech
                )
        letters[addressee.letter_id] = Letter(
            letter_id=addressee.letter_id,
            choices=tuple(made[key] for key in keys),
            fields=tuple(addressee.fields(language) for language in addressee.lang.parts),
        )
    return letters


def _addressee(row: Mapping[str, Any], facts: LetterFacts, *, home: Home) -> Addressee:
    coach = facts.coach_of.get(row["coach_id"])
    if coach and missing_characters(coach.name):
        raise LetterError(
            f"coach {coach.id}: the name has a character that our fonts lack",
            hint="write the name in coaches.csv with letters of the Latin, Greek or "
            "Cyrillic alphabet",
        )
    if coach is None and row["kind"] == LetterKind.COACH:
        raise LetterError(f"letter {row['letter_id']}: it tells of a coach, and there is none")
    lang = LetterLanguage.parse(row["lang"])
    other_area = facts.areas[row["other_area"]] if row["other_area"] else None
    return Addressee(
        letter_id=row["letter_id"],
        area=row["area"],
        kind=LetterKind(row["kind"]),
        reason=LetterReason(row["reason"]) if row["reason"] else None,
        day=row["day"],
        lang=lang,
        recipient=tuple(row["recipient"]),
        team=row["team"],
        home=home,
        other_area=other_area,
        coach=coach,
        grounds={
            language: facts.speech.grounds(row["grounds"] or (), facts.ground_words, language)
            for language in lang.parts
        },
    )


def _undeliverable(rows: pl.DataFrame, language: Language) -> pl.DataFrame:
    words = {code: text.in_language(language) for code, text in PROBLEM_WORDS.items()}
    problems = (
        rows.filter(pl.col("problems").list.len() > 0)
        .explode("problems")
        .select(
            "client_id",
            "area",
            code="problems",
            message=pl.col("problems").replace_strict(words, return_dtype=pl.String),
        )
        .sort("area", "client_id", maintain_order=True)
    )
    return Undeliverable.validate(problems, cast=True)
