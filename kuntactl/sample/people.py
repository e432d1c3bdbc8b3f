"""Artificial people: names, birth dates, and identity codes that no real person has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kuntactl.domain.artificial import FIRST_ARTIFICIAL, identity_code
from kuntactl.sample.draw import Draw
from kuntactl.sample.names import FullName, draw_name

_NEW_SIGN = 0.04  # share; far more than in life, so that every reader of the file meets them

# Shares of the clients. That a fifth is foreign is Oulu's published mix (about 40 % under 30,
# 40 % aged 30 or over, 20 % immigrants); the rest is an assumption.
YOUNG = 0.38
FOREIGN = 0.2
SWEDISH = {("sv", "fi"): 0.6, ("fi", "sv"): 0.2, ("fi",): 0.01, ("sv",): 0.9}
SAMI = 0.006
FOREIGN_TONGUES: Mapping[str, float] = {
    "ru": 25, "et": 14, "ar": 14, "so": 9, "en": 8, "vi": 7, "uk": 5,
    "ku": 5, "fa": 4, "sq": 3, "tr": 3, "98": 3,
}  # fmt: skip
CITIZENSHIPS = {
    "ru": "643", "et": "233", "ar": "368", "so": "706", "en": "566", "vi": "704", "uk": "804",
    "ku": "368", "fa": "364", "sq": "008", "tr": "792", "98": "076",
}  # fmt: skip
FINNISH = "246"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An artificial person."""

    identity_code: str
    born: date
    name: FullName
    mother_tongue: str  # ISO 639, 98 another, 99 unknown
    service_language: str | None  # fi or sv; none: not given
    citizenship: str  # three digits


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonWish:
    """What a person must be; the rest is drawn."""

    born: date | None = None
    mother_tongue: str | None = None
    service_language: str | None = None
    citizenship: str | None = None


class People:
    """Draws people, no two of them with one identity code."""

    def __init__(self, draw: Draw, *, on: date, encoding: str) -> None:
        """Draw people of working age on the day, with names that the encoding can write."""
        self._draw = draw
        self._on = on
        self._encoding = encoding
        self._used: set[str] = set()

    def person(self, languages: tuple[str, ...], *, wish: PersonWish) -> Person:
        """Return a person who lives where those languages are official."""
        draw = self._draw
        tongue = wish.mother_tongue or self._mother_tongue(languages)
        born = wish.born or self._birth_date()
        code, woman = self._identity_code(born)
        return Person(
            identity_code=code,
            born=born,
            name=draw_name(draw, mother_tongue=tongue, woman=woman, encoding=self._encoding),
            mother_tongue=tongue,
            service_language=wish.service_language or self._service_language(tongue, languages),
            citizenship=wish.citizenship or self._citizenship(tongue),
        )

    def _birth_date(self) -> date:
        years = (18, 12) if self._draw.happens(YOUNG) else (30, 34)
        age = years[0] + self._draw.below(years[1])
        return self._on - timedelta(days=round(age * 365.25) + 1 + self._draw.below(365))

    def _mother_tongue(self, languages: tuple[str, ...]) -> str:
        if self._draw.happens(FOREIGN):
            return self._draw.by_weight(FOREIGN_TONGUES)
        if self._draw.happens(SAMI):
            return "se"
        return "sv" if self._draw.happens(SWEDISH[languages]) else "fi"

    def _service_language(self, tongue: str, languages: tuple[str, ...]) -> str | None:
        if tongue in {"fi", "sv"}:
            return self._draw.by_weight({None: 0.4, tongue: 0.6})
        swedish = 0.08 if "sv" in languages else 0.0
        return self._draw.by_weight({None: 0.3, "fi": 0.7 - swedish, "sv": swedish})

    def _citizenship(self, tongue: str) -> str:
        if tongue in CITIZENSHIPS and self._draw.happens(0.65):
            return CITIZENSHIPS[tongue]
        return "752" if tongue == "sv" and self._draw.happens(0.02) else FINNISH

    def _identity_code(self, born: date) -> tuple[str, bool]:
        while True:
            number = FIRST_ARTIFICIAL + self._draw.below(100)
            sign = 1 + self._draw.below(5) if self._draw.happens(_NEW_SIGN) else 0
            code = identity_code(born, number, sign=sign)
            if code not in self._used:
                self._used.add(code)
                return code, number % 2 == 0
