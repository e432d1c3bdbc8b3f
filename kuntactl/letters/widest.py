"""Made-up letters in which every value is as wide, or as bare, as it can come."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints

from kuntactl.domain.types import LetterKind
from kuntactl.letters.choices import grounds_count
from kuntactl.letters.fields import Choices, Fields
from kuntactl.letters.letter import Letter
from kuntactl.letters.window import ADDRESS_SIZE, ADDRESS_WIDTH, MOST_LINES
from kuntactl.typeset.fonts import text_width

Record = TypeVar("Record", Choices, Fields)

# What people type, at the widest that we let through or would expect (an assumption where
# there is no limit): the address as wide as its window, a name of 80 letters, a telephone with an
# extension, an e-mail address of 64 characters without a place to break.
_TYPED: dict[str, Any] = {
    "coach_name": "Wilhelmiina Margareeta Mäkelä-Wahlström von Hohenzollern-Sigmaringen Mwww",
    "coach_phone": "+358 40 000 0000 (vaihde +358 19 000 0000)",
    "coach_email": f"{'w' * 44}@example-example.fi",
}


def widest_recipient() -> tuple[str, ...]:
    """Return an address that fills its window: as many lines as there may be, full."""
    line = "W"
    for letter in "Wwi":
        while text_width(line + letter, size=ADDRESS_SIZE) <= ADDRESS_WIDTH:
            line += letter
    return (line,) * MOST_LINES


def widest_letter(samples: Sequence[Letter]) -> Letter:
    """Return a letter that says all, each value the widest that stands in any sample.

    Args:
        samples: Letters of one kind and in the same languages, of every area, office and team;
            what is no text, number or question is the first one's.
    """
    parts = range(len(samples[0].choices))
    own = [widest_of([sample.fields[part] for sample in samples]) for part in parts]
    typed = {
        "recipient": widest_recipient(),
        "reference": f"{own[0].reference[:-6]}000000",
        **_TYPED,
    }
    return Letter(
        letter_id=samples[0].letter_id,
        choices=tuple(
            replace(
                widest_of([sample.choices[part] for sample in samples]),
                grounds_count=grounds_count(len(own[part].grounds)),
            )
            for part in parts
        ),
        fields=tuple(
            replace(one, **{name: typed[name] for name in typed if getattr(one, name) is not None})
            for one in own
        ),
    )


def bare_letter(sample: Letter) -> Letter:
    """Return the letter with nothing that may be unknown, and no ground.

    A letter of a new coach has a coach, of whom nothing but the name is known.
    """
    of_coach = sample.choices[0].kind is LetterKind.COACH
    return Letter(
        letter_id=sample.letter_id,
        choices=tuple(
            replace(_without_facts(choices), grounds_count=grounds_count(0), has_coach=of_coach)
            for choices in sample.choices
        ),
        fields=tuple(
            replace(
                _without_facts(own), grounds=(), coach_name=own.coach_name if of_coach else None
            )
            for own in sample.fields
        ),
    )


def widest_of(records: Sequence[Record]) -> Record:
    """Return a record with the widest value that any of them has, name by name."""
    names = [field.name for field in fields(records[0])]
    found = {name: _widest([getattr(record, name) for record in records]) for name in names}
    return replace(records[0], **found)


def _without_facts(record: Record) -> Record:
    """Return the record with none for each text that may be unknown, and no for each question."""
    hints = get_type_hints(type(record))
    bare: dict[str, Any] = {name: None for name, kind in hints.items() if _may_be_unknown(kind)}
    bare |= {name: False for name, kind in hints.items() if kind is bool}
    return replace(record, **bare)


def _may_be_unknown(kind: Any) -> bool:
    """Return whether the type allows none, and is no closed set: a kind has its reasons."""
    kinds = get_args(kind)
    return NoneType in kinds and not any(
        isinstance(one, type) and issubclass(one, Enum) for one in kinds
    )


def _widest(values: Sequence[Any]) -> Any:
    """Return the widest of texts, the longest of lists; of records the widest of each name."""
    there = [value for value in values if value is not None]
    if not there:
        return None
    if is_dataclass(there[0]):
        return widest_of(there)
    if isinstance(there[0], tuple):
        longest = max(len(value) for value in there)
        columns = [[value[at] for value in there if at < len(value)] for at in range(longest)]
        return tuple(_widest(column) for column in columns)
    if isinstance(there[0], bool):
        return any(there)
    if type(there[0]) is str:
        return max(set(there), key=lambda text: (_width(text), text))  # many say the same
    return there[0]


def _width(text: str) -> float:
    return text_width(text, size=10)
