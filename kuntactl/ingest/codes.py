"""Lists of codes that a cell may hold: languages, countries, municipalities."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from kuntactl.domain.municipalities import ABROAD, municipalities_of
from kuntactl.domain.teams import LANGUAGE_UNKNOWN

LANGUAGE_OTHER = "98"
LANGUAGES_SOURCE = (
    "ISO 639-1, 639-2, 639-3 and codes withdrawn from 639-1 (iso-codes 4.15.0); a language "
    "that has a two-letter code goes by it; not a language: mis, mul, und, zxx, qaa-qtz"
)
CITIZENSHIPS_SOURCE = (
    "ISO 3166-1 numeric with the codes withdrawn since (iso-codes 4.15.0), and 900-999, which "
    "ISO leaves to the user: the register's own codes, such as stateless or unknown"
)
_OWN_CITIZENSHIPS = range(900, 1000)

# What people write for a municipality besides its name in either language.
_SPOKEN_NAMES = {"koski": "284", "pedersören kunta": "599"}


@cache
def languages() -> Mapping[str, str]:
    """Return the language a code means, by code in lower case: ``{"swe": "sv", "sv": "sv"}``."""
    iso = {line["code"]: line["language"] for line in _lines("languages.csv")}
    return iso | {code: code for code in (LANGUAGE_OTHER, LANGUAGE_UNKNOWN)}


@cache
def citizenships() -> frozenset[str]:
    """Return the codes of citizenship that there are, three digits each."""
    iso = {line["numeric"] for line in _lines("citizenships.csv")}
    return frozenset(iso | {str(code) for code in _OWN_CITIZENSHIPS})


@cache
def municipality_codes(year: int) -> Mapping[str, str]:
    """Return the code a municipality goes by in the year, by what a cell may say.

    By code with and without leading zeros, and by Finnish and Swedish name in lower case;
    the codes for abroad as well.
    """
    known = municipalities_of(year)
    by_code = {spelling: code for code in (*known, *ABROAD) for spelling in _spellings(code)}
    by_name = {
        name.casefold(): str(code)
        for code, municipality in known.items()
        for name in (municipality.name.fi, municipality.name.sv)
    }
    spoken = {name: code for name, code in _SPOKEN_NAMES.items() if code in known}
    return by_code | spoken | by_name


def _spellings(code: str) -> Iterator[str]:
    for zeros in range(len(code) - len(code.lstrip("0")) + 1):
        yield code[zeros:]


def _lines(file: str) -> list[dict[str, str]]:
    with (files("kuntactl") / "data" / file).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))
