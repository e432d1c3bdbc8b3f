"""Numbers and days as each language writes them."""

from kuntactl.domain.types import Language
from kuntactl.locale.writing import NO_BREAK_SPACE, written_day, written_number

__all__ = ["NO_BREAK_SPACE", "written_change", "written_day", "written_number", "written_share"]


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
