"""A control total: how many clients an area should have, within a tolerance."""

import re
from dataclasses import dataclass
from fractions import Fraction

from kuntactl.domain.types import AreaId, MunicipalityCode
from kuntactl.domain.wording import Words
from kuntactl.locale import phrase

EXAMPLE = "porvoo=2600±3%"

_BY_USER = Words(fi="--expect", sv="--expect", en="--expect")

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_NUMBER = "[0-9]{1,3}(?: [0-9]{3}){1,2}|[0-9]{1,9}"
_TOLERANCE = rf"(?:(?P<percent>[0-9]{{1,3}}(?:[.,][0-9]{{1,3}})?) ?%|(?P<clients>{_NUMBER}))"
_TOTAL = re.compile(
    rf"(?P<area>[^=\s]+) ?= ?(?P<total>{_NUMBER})(?: ?(?:±|\+/?[-\u2212]) ?{_TOLERANCE})?"
)
_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How far a count may be from what was expected, and still be right."""

    amount: Fraction
    in_percent: bool = False  # of the expected number; else in clients

    def of(self, expected: int) -> Fraction:
        """Return the tolerance in clients, not rounded."""
        return self.amount * expected / _HUNDRED if self.in_percent else self.amount

    def __str__(self) -> str:
        """Return ``3%``, ``2.5%`` or ``80``."""
        number = f"{float(self.amount):g}" if self.in_percent else str(int(self.amount))
        return f"{number}%" if self.in_percent else number


EXACT = Tolerance(amount=Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """How many eligible clients an area, or some of its municipalities, should have."""

    area: AreaId
    clients: int
    tolerance: Tolerance = EXACT
    municipalities: tuple[MunicipalityCode, ...] = ()  # empty: the whole area
    source: Words

    def is_off(self, found: int) -> bool:
        """Whether the count is further away than the tolerance; its bounds are still right."""
        return abs(found - self.clients) > self.tolerance.of(self.clients)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One control total, and what was found."""

    expected: Expected
    found: int
    accepted_by: str | None  # none: it is not off, or nobody accepted it

    @property
    def is_off(self) -> bool:
        """Whether it is off by more than the tolerance."""
        return self.expected.is_off(self.found)


def parse_expected(text: str) -> Expected:
    """Return what ``porvoo=2600±3%`` says.

    The tolerance is in per cent of the number or in clients (``±80``), ``+-`` and ``+/-`` will
    do for the sign, and without one the number is exact. Spaces may part thousands.

    Raises:
        ValueError: If it says something else.
    """
    found = _TOTAL.fullmatch(_SPACES.sub(" ", text).strip())
    if found is None:
        raise ValueError(
            phrase(
                "{text!r} is not a control total; write {example}, or porvoo=2600±80",
                text=text,
                example=EXAMPLE,
            )
        )
    return Expected(
        area=AreaId(found["area"]),
        clients=_whole(found["total"]),
        tolerance=_tolerance(found),
        source=_BY_USER,
    )


def parse_tolerance(text: str) -> Tolerance:
    """Return the tolerance written as ``3%`` or ``80``.

    Raises:
        ValueError: If it is neither.
    """
    found = re.fullmatch(_TOLERANCE, _SPACES.sub(" ", text).strip())
    if found is None:
        raise ValueError(phrase("{text!r} is not a tolerance; write 3% or 80", text=text))
    return _tolerance(found)


def _tolerance(found: re.Match[str]) -> Tolerance:
    if found["percent"]:
        return Tolerance(amount=Fraction(found["percent"].replace(",", ".")), in_percent=True)
    return Tolerance(amount=Fraction(_whole(found["clients"]))) if found["clients"] else EXACT


def _whole(digits: str) -> int:
    return int(digits.replace(" ", ""))
