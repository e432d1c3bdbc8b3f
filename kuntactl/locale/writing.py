"""Numbers and days as each language writes them."""

from datetime import date

NO_BREAK_SPACE = "\u00a0"
_MINUS = "\u2212"
_MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def written_number(value: float, *, language: str, decimals: int = 0) -> str:
    """Return ``2 600`` with a no-break space in Finnish and Swedish, ``2,600`` in English.

    Args:
        value: Any finite number; rounded to ``decimals``, halves to even.
        language: Its decimal sign is a comma in Finnish and Swedish, a point in English.
        decimals: Digits after the decimal sign.
    """
    return with_signs(f"{value:,.{decimals}f}", language)


def with_signs(english: str, language: str) -> str:
    """Return a number that Python has written, with the signs of the language."""
    signed = english.replace("-", _MINUS)
    if language == "en":
        return signed
    return signed.replace(",", NO_BREAK_SPACE).replace(".", ",")


def written_day(day: date, *, language: str) -> str:
    """Return ``1.3.2021`` in Finnish and Swedish, ``1 March 2021`` in English."""
    if language == "en":
        return f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"
