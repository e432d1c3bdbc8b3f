"""Letters from rows: what the letters of many clients have in common is made once."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import LetterKind, LetterLanguage, LetterReason
from kuntactl.errors import LetterError
from kuntactl.letters.addressee import Addressee
from kuntactl.letters.choices import ChoiceKey, Home, home_of, make_choices
from kuntactl.letters.fields import Choices
from kuntactl.letters.letter import Letter, LetterFacts
from kuntactl.locale import phrase
from kuntactl.typeset.fonts import missing_characters

# Clients who have all of this in common get the same letter, but for the name and the address.
_ALIKE = (
    *("area", "kind", "reason", "day", "lang", "municipality", "team"),
    *("other_area", "coach_id", "grounds_key"),
)


def letters_of(rows: pl.DataFrame, facts: LetterFacts) -> dict[str, Letter]:
    """Return the letters by their id, in the order of the rows.

    Args:
        rows: One a letter that can be sent, with all that is known of the client.
        facts: What the letters are made from.

    Raises:
        LetterError: If what is printed of a coach cannot be, or a letter about one has none.
    """
    for coach_id in rows["coach_id"].drop_nulls().unique().sort():
        coach = facts.coach_of.get(coach_id)
        if coach:
            _require_printable(coach)
    # What is alike stands first in each row, to be cut off as it is.
    rows = rows.with_columns(grounds_key=pl.col("grounds").list.join(",")).select(
        *_ALIKE, pl.exclude(_ALIKE)
    )
    own = [rows.columns.index(name) for name in ("letter_id", "recipient")]
    homes: dict[tuple[Any, ...], Home] = {}
    models: dict[tuple[Any, ...], Letter] = {}  # by all but the name, the address and the id
    made: dict[ChoiceKey, Choices] = {}  # one object a combination, so that it travels once
    letters = {}
    for values in rows.iter_rows():
        alike = values[: len(_ALIKE)]
        if alike not in models:
            row = dict(zip(rows.columns, values, strict=True))
            where = (row["area"], row["municipality"], row["team"], row["day"])
            if where not in homes:
                area, municipality, team, day = where
                homes[where] = home_of(facts.areas[area], municipality, team=team, on=day)
            models[alike] = _model(_addressee(row, facts, home=homes[where]), facts, made)
        letter_id, recipient = (values[place] for place in own)
        letters[letter_id] = models[alike].addressed(letter_id, recipient)
    return letters


def _model(addressee: Addressee, facts: LetterFacts, made: dict[ChoiceKey, Choices]) -> Letter:
    languages = addressee.lang.parts
    keys = [addressee.key(language) for language in languages]
    for key in keys:
        if key not in made:
            made[key] = make_choices(
                key, facts.areas[key.area], letter_date=facts.letter_date, speech=facts.speech
            )
    return Letter(
        letter_id=addressee.letter_id,
        choices=tuple(made[key] for key in keys),
        fields=tuple(addressee.fields(language) for language in languages),
    )


def _require_printable(coach: Coach) -> None:
    printed = (
        (phrase("name"), coach.name),
        (phrase("telephone"), coach.phone),
        (phrase("e-mail"), coach.email),
    )
    for what, text in printed:
        if text and missing_characters(text):
            raise LetterError(
                phrase(
                    "coach {id}: the {what} has a character that our fonts lack",
                    id=coach.id,
                    what=what,
                ),
                hint=phrase(
                    "write the {what} in coaches.csv with letters of the Latin, "
                    "Greek or Cyrillic alphabet",
                    what=what,
                ),
            )


def _addressee(row: Mapping[str, Any], facts: LetterFacts, *, home: Home) -> Addressee:
    coach = facts.coach_of.get(row["coach_id"])
    if coach is None and row["kind"] == LetterKind.COACH:
        raise LetterError(
            phrase(
                "letter {letter_id}: it tells of a coach, and there is none",
                letter_id=row["letter_id"],
            )
        )
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
