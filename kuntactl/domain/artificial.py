"""The personal identity code of a person who does not exist."""

from datetime import date

FIRST_ARTIFICIAL = 900  # individual numbers 900-999 are given to no real person (DVV)
CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
SIGNS = {18: "+", 19: "-YXWVU", 20: "ABCDEF"}  # by century; the later ones since 1.1.2023


def identity_code(born: date, number: int, *, sign: int = 0) -> str:
    """Return the personal identity code of an artificial person.

    Args:
        born: Birth date, from 1800 on.
        number: Individual number, 900 to 999; odd for men, even for women.
        sign: Which of the century's signs to use, from 0; the 1800s have one, later
            centuries six.

    Raises:
        ValueError: If the number could be a real person's.
    """
    if not FIRST_ARTIFICIAL <= number <= 999:  # noqa: PLR2004 (three digits)
        raise ValueError(f"individual number {number} could be a real person's")
    digits = f"{born:%d%m%y}{number}"
    signs = SIGNS[born.year // 100]
    check = CHECK_CHARACTERS[int(digits) % len(CHECK_CHARACTERS)]
    return f"{born:%d%m%y}{signs[sign % len(signs)]}{number}{check}"
