"""Whether the language versions of a letter say the same."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kuntactl.letters.finding import Finding

_MONTHS = {
    month: number
    for names in (
        "january february march april may june july august september october november december",
        "januari februari mars april maj juni juli augusti september oktober november december",
        (
            "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta "
            "elokuuta syyskuuta lokakuuta marraskuuta joulukuuta"
        ),
    )
    for number, month in enumerate(names.split(), 1)
}
_DAY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_DAY_IN_WORDS = re.compile(r"\b(\d{1,2})\.?\s+([a-zåäö]+)\s+(\d{4})\b", re.IGNORECASE)
_PHONE = re.compile(r"\+?\d[\d  ()-]{5,}\d")
_FINLAND = "358"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One language version of a kind of letter."""

    template: str
    fields: frozenset[str]  # f.coach_name; a field in another case is the same fact
    text: str  # as printed, with the same values in each language


def days_in(text: str) -> frozenset[str]:
    """Return the days that a text names, as ISO dates: 1.3.2021, 1 March 2021, 2021-03-01."""
    found = {(int(y), int(m), int(d)) for d, m, y in _DAY.findall(text)}
    found |= {(int(y), int(m), int(d)) for y, m, d in _ISO_DAY.findall(text)}
    found |= {
        (int(y), _MONTHS[month.casefold()], int(d))
        for d, month, y in _DAY_IN_WORDS.findall(text)
        if month.casefold() in _MONTHS
    }
    return frozenset(day for day in map(_iso, found) if day)


def phones_in(text: str) -> frozenset[str]:
    """Return the telephone numbers that a text names: digits only, Finland's code as 0."""
    without_days = _ISO_DAY.sub(" ", _DAY.sub(" ", text))
    numbers = {re.sub(r"\D", "", found) for found in _PHONE.findall(without_days)}
    return frozenset(
        f"0{number.removeprefix(_FINLAND)}" if number.startswith(_FINLAND) else number
        for number in numbers
    )


_FACTS: Mapping[str, Callable[[Version], frozenset[str]]] = {  # by the code of what lacks it
    "field_lacking": lambda version: frozenset(
        name.removesuffix("_genitive") for name in version.fields
    ),
    "day_lacking": lambda version: days_in(version.text),
    "phone_lacking": lambda version: phones_in(version.text),
}


def differences(versions: Sequence[Version]) -> Iterator[Finding]:
    """Yield what one language version of a letter says and another does not.

    Args:
        versions: Of one kind of letter, printed with the same values.
    """
    for code, of in _FACTS.items():
        said = frozenset[str]().union(*map(of, versions))
        for version in versions:
            for fact in sorted(said - of(version)):
                with_it = ", ".join(other.template for other in versions if fact in of(other))
                yield Finding(template=version.template, code=code, element=with_it, detail=fact)


def _iso(parts: tuple[int, int, int]) -> str | None:
    """Return the day as an ISO date; none: there is no such day."""
    try:
        return date(*parts).isoformat()
    except ValueError:
        return None
