"""A synthetic export is like an office's own, in any dialect, and repeats itself."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from kuntactl.domain.areas import load_areas
from kuntactl.domain.types import AreaId, Language
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients
from kuntactl.sample.addresses import postal_codes
from kuntactl.sample.dialects import Dialect
from kuntactl.sample.exports import COLUMNS, SampleOrder, sample_export
from kuntactl.sample.faults import FAULTS
from kuntactl.sample.notable import NOTABLE

ON = date(2021, 3, 1)
PORVOO = AreaId("porvoo")
ORDER = SampleOrder(rows=200, seed=5, on=ON, areas=(PORVOO,), faults=0.0)

DIALECTS = {
    "semicolon, UTF-8 with BOM": Dialect(),
    "comma, UTF-8": Dialect(delimiter=",", bom=False, date_style="iso"),
    "tab, UTF-16": Dialect(delimiter="\t", encoding="utf-16"),
    "Windows-1252": Dialect(encoding="cp1252", date_style="dd.mm.yyyy"),
    "Latin-1, LF, trailing": Dialect(encoding="latin-1", line_end="\n", trailing_delimiter=True),
    "Parquet": Dialect(format="parquet"),
    "workbook": Dialect(format="xlsx", spoken_headers=True),
    "spoken headers": Dialect(spoken_headers=True, municipality_names=True),
    "through a spreadsheet": Dialect(zeros_lost=True, open_end_marked=True, finnish_blank=True),
}


def read(content: bytes, folder: Path, dialect: Dialect) -> Ingested:
    """Return what the import makes of the export."""
    path = folder / f"export.{dialect.format}"
    path.write_bytes(content)
    return read_clients([path], on=ON, language=Language.FI, options=ReadOptions())


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Return the rows of an export in the usual dialect."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_same_order_gives_the_same_bytes() -> None:
    """A bug seen on a sample can be shown to somebody else by its order alone."""
    assert sample_export(ORDER) == sample_export(ORDER)
    assert sample_export(ORDER) != sample_export(replace(ORDER, seed=6))


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS.keys())
def test_every_dialect_can_be_read(dialect: Dialect, tmp_path: Path) -> None:
    """Without faults every row is accepted, and all columns are found."""
    result = read(sample_export(replace(ORDER, dialect=dialect)), tmp_path, dialect)

    assert result.rejected.select("column", "code").rows() == []
    assert result.accepted.height == ORDER.rows
    assert result.inputs[0].ignored_columns == ()


@pytest.mark.parametrize("other", list(DIALECTS)[1:])
def test_the_dialect_does_not_change_the_clients(other: str, tmp_path: Path) -> None:
    """What an office writes differently is still the same: dates, codes, municipalities."""
    facts = pl.exclude("file", "row", "family_name", "given_names")
    one, two = (
        read(sample_export(replace(ORDER, dialect=dialect)), tmp_path, dialect)
        for dialect in (Dialect(), DIALECTS[other])
    )
    same = [
        result.accepted.select(facts).with_columns(pl.col("search_open").fill_null(value=True))
        for result in (one, two)
    ]

    assert same[0].equals(same[1])


@pytest.mark.parametrize(
    "dialect",
    [Dialect(), Dialect(format="parquet"), Dialect(format="xlsx")],
    ids=["csv", "parquet", "xlsx"],
)
@pytest.mark.parametrize("faults", [0.02, 0.1, 0.3])
def test_as_many_rows_are_faulty_as_were_ordered(
    faults: float, dialect: Dialect, tmp_path: Path
) -> None:
    """The share of faults is that of the rows rejected, whatever the faults are."""
    order = replace(ORDER, faults=faults, dialect=dialect)
    result = read(sample_export(order), tmp_path, dialect)

    assert result.rows_read == order.rows
    assert result.rows_rejected == round(order.rows * faults)


def test_every_fault_is_found_under_its_own_code(tmp_path: Path) -> None:
    """Each kind of fault in an export is one of the codes of rejected.csv, and none other."""
    result = read(sample_export(replace(ORDER, faults=0.3)), tmp_path, Dialect())

    assert set(result.rejected["code"]) == {fault.code for fault in FAULTS}


def test_the_notable_are_in_every_export() -> None:
    """Who tries a change on a sample of a few hundred rows meets the rare ones too."""
    rows = rows_of(sample_export(ORDER))
    longest = max(rows, key=lambda row: len(row["sukunimi"] + row["etunimet"]))

    assert len(rows) == ORDER.rows
    assert len(longest["sukunimi"] + longest["etunimet"]) > 60
    assert {"sv", "se", "ru", "99"} <= {row["aidinkieli"] for row in rows}
    assert "z" in {row["tyollisyyskoodi"] for row in rows}
    assert "198" in {row["kotikunta"] for row in rows}
    assert "SE" in {row["maa"] for row in rows}
    assert any(row["turvakielto"] == "K" and row["yhteysosoite"] for row in rows)
    assert any(row["turvakielto"] == "E" and not row["lahiosoite"] for row in rows)
    assert any(not row["etunimet"] for row in rows)


def test_protected_clients_have_no_address_of_their_own() -> None:
    """A sample must not teach anyone that such an address may stand in a file."""
    protected = [row for row in rows_of(sample_export(ORDER)) if row["turvakielto"] == "K"]

    assert protected
    assert {row["lahiosoite"] + row["postinumero"] for row in protected} == {""}


def test_postal_codes_are_real_and_of_the_home_municipality() -> None:
    """Nearly all addresses would pass a check against the post's own list."""
    known = {
        (place.code, municipality)
        for kind in ("1", "2")
        for municipality, places in postal_codes(kind).items()
        for place in places
    }
    rows = rows_of(sample_export(ORDER))
    odd = [
        row
        for row in rows
        if row["postinumero"] and (row["postinumero"], row["kotikunta"]) not in known
    ]

    assert len(odd) <= len(NOTABLE)


def test_a_small_export_is_ordinary() -> None:
    """In ten rows the notable would crowd out everybody else."""
    rows = rows_of(sample_export(replace(ORDER, rows=10)))

    assert len(rows) == 10
    assert max(len(row["sukunimi"]) for row in rows) < 25


def test_areas_get_rows_by_the_clients_they_expect() -> None:
    """A sample of the nation has its Helsinki; shares can be set instead."""
    areas = (AreaId("helsinki"), PORVOO)
    order = replace(ORDER, rows=400, areas=areas)
    by_size = [row["kotikunta"] for row in rows_of(sample_export(order))]
    by_share = [row["kotikunta"] for row in rows_of(sample_export(replace(order, shares=(1, 9))))]

    assert by_size.count("091") > 300
    assert by_share.count("638") > 250


def test_headers_are_those_of_the_contract() -> None:
    """Every column that an export may have is there to be tried."""
    header = sample_export(ORDER).decode("utf-8-sig").splitlines()[0]

    assert header.split(";") == list(COLUMNS)


def test_all_areas_of_a_trial_at_once() -> None:
    """Every area has an address for each of its municipalities."""
    areas = tuple(area.id for area in load_areas().values() if area.trial_id == "trial-2021")
    rows = rows_of(sample_export(replace(ORDER, rows=1000, areas=areas)))

    assert len({row["asiakasnumero"] for row in rows}) == 1000
