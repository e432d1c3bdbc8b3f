"""Small tables of the reports, worked out from the figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.totals import Comparison, Tolerance
from kuntactl.domain.types import Language
from kuntactl.domain.wording import Name
from kuntactl.report.figures import AreaFigures, Control, Count
from kuntactl.report.numbers import NO_BREAK_SPACE, written_number
from kuntactl.report.texts import TEXTS, texts_in

_MOST_LANGUAGES = 8  # named one by one; the rest is one line


def main_languages(languages: Sequence[Count]) -> tuple[Count, ...]:
    """Return the most frequent languages, and all others as one line when there are more."""
    named, others = languages[:_MOST_LANGUAGES], languages[_MOST_LANGUAGES:]
    if len(others) <= 1:
        return tuple(languages)
    rest = Count(
        code="other",
        words=TEXTS["other_languages"],
        count=sum(language.count for language in others),
    )
    return (*named, rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """How many clients somebody expected, and how many there are."""

    places: tuple[Name, ...]  # empty: the whole area
    expected: int
    found: int


def expectations(figures: AreaFigures) -> tuple[Expectation, ...]:
    """Return what the run was held to, then what sources said of the area."""
    known = municipalities_of(figures.on.year)
    held_to = (
        Expectation(
            places=tuple(known[code].name for code in one.expected.municipalities),
            expected=one.expected.clients,
            found=one.found,
        )
        for one in figures.comparisons
    )
    announced = (
        Expectation(places=one.places, expected=one.expected, found=one.found)
        for one in figures.controls
    )
    return (*held_to, *announced)


def control_in_words(control: Control, *, language: Language) -> str:
    """Return ``odotettiin noin 2 600, löytyi 181``."""
    said = texts_in(language)
    return said["control"].format(
        relation=said.get(control.relation, control.relation),
        expected=written_number(control.expected, language=language),
        found=written_number(control.found, language=language),
    )


def compared_in_words(comparison: Comparison, *, year: int, language: Language) -> str:
    """Return ``Koko alue: kohderyhmään odotettiin 2 600 (± 3 %), löytyi 2 590``."""
    said = texts_in(language)
    known = municipalities_of(year)
    places = [
        known[code].name.in_language(language) for code in comparison.expected.municipalities
    ]
    expected = written_number(comparison.expected.clients, language=language)
    tolerance = comparison.expected.tolerance
    if tolerance.amount:
        expected = said["within"].format(
            expected=expected, tolerance=_tolerance_in_words(tolerance, language=language)
        )
    return said["compared"].format(
        where=", ".join(places) or said["whole_area"],
        expected=expected,
        found=written_number(comparison.found, language=language),
    )


def _tolerance_in_words(tolerance: Tolerance, *, language: Language) -> str:
    if not tolerance.in_percent:
        return written_number(float(tolerance.amount), language=language)
    digits = f"{float(tolerance.amount):g}"
    if language is Language.EN:
        return f"{digits}%"
    return f"{digits.replace('.', ',')}{NO_BREAK_SPACE}%"
