"""Who gets which letter: language, choices, fields, or the reason why none can be sent."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from kuntactl.domain.letter_places import letter_places
from kuntactl.domain.schema import LettersDone, Undeliverable
from kuntactl.domain.teams import client_team, speaks_foreign_language
from kuntactl.domain.types import (
    REASONS,
    Language,
    LetterKind,
    LetterReason,
    LetterStatus,
)
from kuntactl.errors import LetterError
from kuntactl.letters.address import PROBLEM_WORDS, address_lines
from kuntactl.letters.alike import letters_of
from kuntactl.letters.compose import template_folders
from kuntactl.letters.languages import Speech
from kuntactl.letters.letter import Letter, LetterFacts
from kuntactl.locale import phrase

LEAVES = (
    *REASONS[LetterKind.RETURN],
    LetterReason.TO_AREA,
    LetterReason.OUT_OF_TRIALS,
)  # whoever gets such a letter is served elsewhere from its day on


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
    letters = letters_of(rows.filter(pl.col("status") != LetterStatus.UNDELIVERABLE.value), facts)
    return Plan(
        rows=rows.select(*due.columns, "lang", "status", "name"),
        letters=letters,
        undeliverable=_undeliverable(rows, facts.language),
    )


def letter_file() -> pl.Expr:
    """Return the letter's file relative to its area's folder; null: undeliverable."""
    status = pl.col("status")
    place = letter_places(pl.col("letter_id"), status == LetterStatus.PROTECTED.value)
    has_one = status.is_in([LetterStatus.PROTECTED.value, LetterStatus.WRITTEN.value])
    return pl.when(has_one).then(place).alias("file")


def as_done(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of ``domain.schema.LettersDone``, validated."""
    return LettersDone.validate(frame.select(LettersDone.column_names()), cast=True)


def _gather(due: pl.DataFrame, facts: LetterFacts) -> pl.DataFrame:
    """Return the letters due with all that is known of the client."""
    clients = facts.clients.join(due, on="client_id", how="semi")
    lost = due.join(clients, on="client_id", how="anti")
    if lost.height:
        raise LetterError(
            phrase(
                "letter {letter_id}: client {client_id} has no row",
                letter_id=lost["letter_id"][0],
                client_id=lost["client_id"][0],
            )
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
