"""Numbers and days as each language writes them."""

from datetime import date

from kuntactl.domain.types import Language

NO_BREAK_SPACE = "\u00a0"
_MINUS = "\u2212"
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def written_number(value: float, *, language: Language, decimals: int = 0) -> str:
    """Return ``2 600`` with a no-break space in Finnish and Swedish, ``2,600`` in English.

    Args:
        value: Any finite number; rounded to ``decimals``, halves to even.
        language: Its decimal sign is a comma in Finnish and Swedish, a point in English.
        decimals: Digits after the decimal sign.
    """
    english = f"{value:,.{decimals}f}".replace("-", _MINUS)
    if language is Language.EN:
        return english
    return english.replace(",", NO_BREAK_SPACE).replace(".", ",")


def written_change(change: float, *, language: Language, decimals: int = 0) -> str:
    """Return the number with its sign, ``+12``; 0 has none. As ``written_number``."""
    sign = "+" if change > 0 else ""
    return sign + written_number(change, language=language, decimals=decimals)


def written_share(part: float, whole: float, *, language: Language) -> str:
    """Return the part in per cent of the whole, ``41 %`` or ``41%``; a dash when whole is 0.

    A few are never ``0 %`` and nearly all are never ``100 %``: ``< 1 %``, ``> 99 %``.
    """
    if not whole:
        return "–"
    space = "" if language is Language.EN else NO_BREAK_SPACE
    exact = 100 * part / whole
    rounded = round(exact)
    if rounded == 0 < exact:
        return f"<{NO_BREAK_SPACE}1{space}%"
    if rounded == 100 > exact:  # noqa: PLR2004 - per cent
        return f">{NO_BREAK_SPACE}99{space}%"
    return f"{rounded}{space}%"


def written_day(day: date, *, language: Language) -> str:
    """Return ``1.3.2021`` in Finnish and Swedish, ``1 March 2021`` in English."""
    if language is Language.EN:
        return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"
