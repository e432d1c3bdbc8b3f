"""Municipalities as they stood in a year: code, names, official languages."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kuntactl.domain.types import MunicipalityCode
from kuntactl.domain.wording import Name

ABROAD = ("197", "198", "199", "200")  # register codes: Norway, Sweden, unknown, elsewhere
LISTED_YEARS = (2017, 2021, 2025)  # years whose municipality list the data file holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """One municipality."""

    code: MunicipalityCode  # Statistics Finland, three digits
    name: Name
    languages: tuple[str, ...]  # official languages, the majority's first: ("sv", "fi")
    genitive_fi: str | None  # "Porvoon"; known for municipalities of trial areas

    @property
    def bilingual(self) -> bool:
        """Whether both Finnish and Swedish are official here."""
        return len(self.languages) > 1


def list_year(year: int) -> int:
    """Return the newest listed year that is not after ``year``, or the first."""
    return max((listed for listed in LISTED_YEARS if listed <= year), default=LISTED_YEARS[0])


@cache
def municipalities_of(year: int) -> Mapping[MunicipalityCode, Municipality]:
    """Return the municipalities that existed in the year, by code.

    The lists of 2017, 2021 and 2025 are known; a year between them takes the list before
    it, except that Valtimo (911) ended with 2019 and Honkajoki (099) with 2020.
    """
    valid = f"valid_{list_year(year)}"
    with (files("kuntactl") / "data" / "municipalities.csv").open(encoding="utf-8") as lines:
        return {
            MunicipalityCode(row["code"]): Municipality(
                code=MunicipalityCode(row["code"]),
                name=Name(fi=row["name_fi"], sv=row["name_sv"]),
                languages=tuple(row["languages"].split(",")),
                genitive_fi=row["genitive_fi"] or None,
            )
            for row in csv.DictReader(lines)
            if row[valid] == "y" and year < _ENDED.get(row["code"], year + 1)
        }


_ENDED = {"911": 2020, "099": 2021}  # first year in which it was no more
