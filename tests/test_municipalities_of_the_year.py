"""A home municipality is read by code or name, by the list of the decision year."""

from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from builders import client_row, csv_export, identity_code
from conftest import RunCli
from ingesting import ingest_one, ingest_rows

from kuntactl.domain.municipalities import municipalities_of

# Typed here a second time: Norway, Sweden, unknown, elsewhere.
ABROAD = ("197", "198", "199", "200")
YEARS = range(2017, 2027)
# How many there were: 311 less Valtimo (2020), Honkajoki (2021), Pertunmaa (2025).
HOW_MANY = {2017: 311, 2019: 311, 2020: 310, 2021: 309, 2024: 309, 2025: 308, 2026: 308}

# written, last day on which it is known, first day on which it is not
ENDED = [
    ("911", date(2019, 12, 31), date(2020, 1, 1)),
    ("Valtimo", date(2019, 12, 31), date(2020, 1, 1)),
    ("99", date(2020, 12, 31), date(2021, 1, 1)),
    ("Honkajoki", date(2020, 12, 31), date(2021, 1, 1)),
    ("588", date(2024, 12, 31), date(2025, 1, 1)),
    ("PERTUNMAA", date(2024, 12, 31), date(2025, 1, 1)),
]


@pytest.mark.parametrize(("year", "count"), HOW_MANY.items())
def test_the_list_of_a_year_is_whole(year: int, count: int) -> None:
    """A municipality that is left out would reject all of its clients."""
    assert len(municipalities_of(year)) == count


@pytest.mark.parametrize("year", YEARS)
def test_every_municipality_is_read_in_every_spelling(year: int, tmp_path: Path) -> None:
    """By code, with or without its zeros, by Finnish or Swedish name, in any case."""
    spellings = [
        (spelling, str(code))
        for code, place in municipalities_of(year).items()
        for spelling in (
            code,
            code.lstrip("0"),
            place.name.fi,
            place.name.sv,
            place.name.fi.upper(),
            f" {place.name.sv.lower()}\u00a0",
        )
    ]
    rows = [
        client_row(
            asiakasnumero=f"A{number}",
            henkilotunnus=identity_code(date(1995, 6, 1), 900 + number % 100),
            kotikunta=spelling,
        )
        for number, (spelling, _) in enumerate(spellings)
    ]

    result = ingest_rows(tmp_path, *rows, on=date(year, 12, 31))

    assert result.rows_rejected == 0
    assert result.accepted["municipality"].to_list() == [code for _, code in spellings]


@pytest.mark.parametrize("year", YEARS)
def test_no_name_is_of_two_municipalities(year: int) -> None:
    """One of them would get the other's clients, and nobody would notice."""
    names = Counter(
        name.casefold()
        for place in municipalities_of(year).values()
        for name in {place.name.fi, place.name.sv}
    )

    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    ("written", "last", "first"), ENDED, ids=[f"{case[0]} to {case[1].year}" for case in ENDED]
)
def test_a_municipality_ends_with_its_last_year(
    written: str, last: date, first: date, tmp_path: Path
) -> None:
    """To the last day of the year it is a home; on the first of January it is an error."""
    known = ingest_one(tmp_path, kotikunta=written, on=last)
    gone = ingest_one(tmp_path, kotikunta=written, on=first)

    assert known.rows_rejected == 0
    assert gone.rejected["code"].to_list() == ["municipality_unknown"]
    assert str(first.year) in gone.rejected["message"].item()


@pytest.mark.parametrize("day", ["2021-03-01", "2025-01-01"])
@pytest.mark.parametrize("code", ABROAD)
def test_abroad_is_known_and_outside(
    code: str, day: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """The register's own codes 197-200 are no mistake, and no municipality either."""
    export = tmp_path / "export.csv"
    export.write_bytes(csv_export([client_row(kotikunta=code)]))

    ended = kuntactl("decide", export, "--on", day, "--out", tmp_path / "out")

    decisions = pl.read_parquet(tmp_path / "out" / "decisions.parquet")
    assert ended.code == 0
    assert decisions.select("outcome", "area").rows() == [("outside", None)]


def test_the_codes_beside_them_are_not(tmp_path: Path) -> None:
    """Only four codes of the register are abroad."""
    unknown = [ingest_one(tmp_path, kotikunta=code).rows_rejected for code in ("196", "201")]

    assert unknown == [1, 1]


def test_pertunmaa_is_decided_until_the_trial_ends(tmp_path: Path, kuntactl: RunCli) -> None:
    """A trial municipality to the end; the day after, its old code is nobody's home."""
    export = tmp_path / "export.csv"
    export.write_bytes(csv_export([client_row(kotikunta="Pertunmaa")]))

    areas = {}
    for day in ("2024-12-31", "2025-01-01"):
        kuntactl("decide", export, "--on", day, "--out", tmp_path / day)
        decisions = pl.read_parquet(tmp_path / day / "decisions.parquet")
        areas[day] = decisions["area"].to_list()

    assert areas == {"2024-12-31": ["mikkelin-seutu"], "2025-01-01": []}
