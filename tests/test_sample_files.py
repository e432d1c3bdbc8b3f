"""The shipped sample files are what their script makes, and show what they are meant to show."""

import re
import runpy
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import Language
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.rules import choose
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients
from kuntactl.ingest.coaches import read_coaches
from kuntactl.sample.faults import FAULTS

FOLDER = Path(__file__).parents[1] / "sample_data"
NIGHT_2021 = date(2021, 3, 1)
NIGHT_2017 = date(2017, 8, 1)
EXPORTS_2021 = (
    "uusimaa-2021-03-01.csv",
    "varsinais-suomi-2021-03-01.csv",
    "etela-savo-2021-03-01.parquet",
)
EXPORTS_2017 = ("satakunta-2017-08-01.csv",)
IDENTITY_CODE = re.compile(rb"(?<!\d)\d{6}[-+A-FU-Y](\d{3})[0-9A-FHJ-NPR-Y](?![0-9A-Z])")


@cache
def ingested(on: date) -> Ingested:
    """Return what the import makes of the exports of one night."""
    names = EXPORTS_2021 if on == NIGHT_2021 else EXPORTS_2017
    paths = [FOLDER / name for name in names]
    return read_clients(paths, on=on, language=Language.FI, options=ReadOptions())


@cache
def eligible(on: date) -> pl.DataFrame:
    """Return the eligible clients of one night, with the area they come to."""
    clients = ingested(on).accepted
    decisions = decide(clients, choose(on=on), on=on)
    return clients.join(
        decisions.filter(pl.col("outcome") == "eligible").select("client_id", "area"),
        on="client_id",
    )


def coaches(year: int) -> tuple[Coach, ...]:
    """Return the coaches of one year's file; nothing in it is odd."""
    found = read_coaches(FOLDER / f"coaches-{year}.csv", areas=load_areas(), on=NIGHT_2021)
    assert found.warnings == ()
    return found.coaches


def test_the_files_are_what_the_script_makes() -> None:
    """Byte for byte: whoever changes the room of samples changes the files too."""
    made = runpy.run_path(str(FOLDER / "make.py"))["sample_files"]()
    shipped = {
        path.name: path.read_bytes()
        for path in FOLDER.iterdir()
        if path.suffix in {".csv", ".parquet"}
    }

    assert sorted(made) == sorted(shipped)
    assert [name for name in made if made[name] != shipped[name]] == []


def test_no_identity_code_can_be_a_real_persons() -> None:
    """Only individual numbers 900-999, in every file, in faulty rows too."""
    found = [
        number
        for path in FOLDER.iterdir()
        if path.is_file()
        for number in IDENTITY_CODE.findall(path.read_bytes())
    ]

    assert len(found) > 1000
    assert {number[:1] for number in found} == {b"9"}


@pytest.mark.parametrize("on", [NIGHT_2021, NIGHT_2017])
def test_each_export_has_two_to_four_hundred_rows(on: date) -> None:
    """Enough to look like an office's own, few enough to read."""
    assert all(200 <= file.rows <= 400 for file in ingested(on).inputs)


def test_the_offices_write_in_different_dialects() -> None:
    """Each way of writing that an office has is met by whoever tries the samples."""
    files = [*ingested(NIGHT_2021).inputs, *ingested(NIGHT_2017).inputs]

    assert [(file.format, file.encoding, file.delimiter) for file in files] == [
        ("csv", "windows-1252", ";"),
        ("csv", "utf-8", ";"),
        ("parquet", None, None),
        ("csv", "utf-8", "\t"),
    ]


def test_every_reason_to_reject_a_row_is_there() -> None:
    """The list of rejected rows can be seen in full without making a fault oneself."""
    rejected = pl.concat([ingested(NIGHT_2021).rejected, ingested(NIGHT_2017).rejected])

    assert set(rejected["code"]) == {fault.code for fault in FAULTS}


def test_the_demo_writes_about_six_hundred_letters() -> None:
    """More would make the demonstration slow, fewer would leave areas empty."""
    assert 550 <= eligible(NIGHT_2021).height <= 650
    assert set(eligible(NIGHT_2021)["area"]) == {
        "helsinki", "espoo", "vantaa-kerava", "porvoo", "raasepori-hanko", "turun-seutu",
        "salo-marttila-koski", "mikkelin-seutu", "savonlinna",
    }  # fmt: skip
    assert eligible(NIGHT_2017).height > 30


@pytest.mark.parametrize("on", [NIGHT_2021, NIGHT_2017])
def test_somebody_waits_for_a_person_and_somebody_lives_outside(on: date) -> None:
    """Each outcome can be seen in each year."""
    decisions = decide(ingested(on).accepted, choose(on=on), on=on)

    assert set(decisions["outcome"]) == {"eligible", "not_eligible", "review", "outside"}


_YOUNG = pl.col("born") > NIGHT_2021 - timedelta(days=29 * 365)
ANYWHERE = pl.lit(value=True)
# who, where they live, what they are
PEOPLE = [
    ("under 30 in Salo", pl.col("municipality") == "734", _YOUNG),
    ("a client in Koski", pl.col("municipality") == "284", ANYWHERE),
    ("a client in Marttila", pl.col("municipality") == "480", ANYWHERE),
    (
        "a Swedish speaker in Porvoo",
        pl.col("area") == "porvoo",
        pl.col("service_language") == "sv",
    ),
    ("a Russian speaker in Porvoo", pl.col("area") == "porvoo", pl.col("mother_tongue") == "ru"),
    ("a Sámi speaker", ANYWHERE, pl.col("mother_tongue") == "se"),
    ("a long name", ANYWHERE, pl.col("family_name").str.len_chars() > 27),
    ("a protected client", ANYWHERE, pl.col("protected")),
    ("an address abroad", ANYWHERE, pl.col("country") == "SE"),
]


@pytest.mark.parametrize(
    ("where", "who"), [row[1:] for row in PEOPLE], ids=[row[0] for row in PEOPLE]
)
def test_the_letters_worth_looking_at_are_written(where: pl.Expr, who: pl.Expr) -> None:
    """Those whose letter differs are among the eligible, so that it can be looked at."""
    assert eligible(NIGHT_2021).filter(where & who).height > 0


def test_every_area_with_clients_has_coaches() -> None:
    """Otherwise a whole area's letters would name nobody."""
    assert {coach.area for coach in coaches(2021)} == set(eligible(NIGHT_2021)["area"])
    assert {coach.area for coach in coaches(2017)} == {"pori-2017"}


def test_teams_are_as_big_as_published() -> None:
    """Salo has 21, 13 of them from the TE office; Mikkeli about 26."""
    teams = Counter(coach.area for coach in coaches(2021))
    moved = [coach for coach in coaches(2021) if coach.former_officer]

    assert teams["salo-marttila-koski"] == 21
    assert sum(coach.area == "salo-marttila-koski" for coach in moved) == 13
    assert teams["mikkelin-seutu"] == 26


def test_officers_who_move_had_clients() -> None:
    """Keeping one's officer can be seen only when the officer stands in the export."""
    officers = set(ingested(NIGHT_2021).accepted["officer_id"])
    moved = [coach.former_officer for coach in coaches(2021) if coach.former_officer]

    assert sum(officer in officers for officer in moved) > len(moved) * 0.8


def test_no_telephone_number_can_be_dialled() -> None:
    """`000` would be an international call to a country code 0, which there is not."""
    numbers = [
        *(coach.phone for coach in coaches(2021)),
        *ingested(NIGHT_2021).accepted["phone"].drop_nulls(),
    ]

    assert all(number is not None and number.startswith("000 ") for number in numbers)
