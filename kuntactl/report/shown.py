"""The values of a report's tables as a reader sees them."""

from datetime import date

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Name, Words
from kuntactl.report.numbers import written_change, written_day, written_number, written_share
from kuntactl.report.table import Share, Value

NOTHING = "–"


def shown(value: Value, kind: str, *, language: Language) -> str:
    """Return the value of a cell as the language writes it.

    Args:
        value: Of the cell; none is a dash.
        kind: Of its column.
        language: Of the page.
    """
    if kind == "change" and isinstance(value, int | float):
        return written_change(value, language=language)
    is_whole = kind != "decimal" and not isinstance(value, float)
    return in_words(value, decimals=0 if is_whole else 1, language=language)


def in_words(value: Value, *, language: Language, decimals: int = 0) -> str:
    """Return the value as the language writes it."""
    match value:
        case str():
            text = value
        case Words() | Name():
            text = value.in_language(language)
        case tuple():
            joint = " + " if isinstance(value[0], Words) else ", "
            text = joint.join(part.in_language(language) for part in value)
        case Share():
            text = written_share(value.part, value.whole, language=language)
        case date():
            text = written_day(value, language=language)
        case int() | float():
            text = written_number(value, language=language, decimals=decimals)
        case None:
            text = NOTHING
    return text
