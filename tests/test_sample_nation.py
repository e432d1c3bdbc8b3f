"""A synthetic Finland has each area as large as it was, and repeats itself."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from conftest import RunCli

from kuntactl.domain.types import AreaId, Language
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.rules import choose
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients
from kuntactl.sample.dialects import Dialect
from kuntactl.sample.nation import NationOrder, nation_coaches, nation_exports
from kuntactl.sample.nation_sizes import Sort, clients_of_areas, homes, nation

ON = date(2021, 3, 1)
ORDER = NationOrder(rows=7000, seed=4, faults=0.02)
PUBLISHED = {
    "helsinki": 50_000, "jamsa-keuruu-saarijarvi": 2_000, "joensuun-seutu": 8_000,
    "kokkolan-seutu": 2_600, "kuopion-seutu": 9_000, "lahden-seutu": 11_500,
    "mikkelin-seutu": 3_700, "oulun-seutu": 14_300, "pirkanmaa": 29_000, "porvoo": 2_600,
    "salo-marttila-koski": 2_900,
}  # fmt: skip
PUBLISHED_OF_TURKU = 15_000 + 700 + 311 + 74  # Laitila, its fifth municipality, gave no number


@cache
def exports() -> Mapping[str, bytes]:
    """Return the small country's exports by name."""
    return dict(nation_exports(ORDER))


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Ingested:
    """Return what the import makes of all of them."""
    folder = tmp_path_factory.mktemp("nation")
    for name, content in exports().items():
        (folder / name).write_bytes(content)
    return read_clients(
        sorted(folder.iterdir()), on=ON, language=Language.FI, options=ReadOptions()
    )


def planned(sort: Sort) -> Counter[str]:
    """Return the rows of one sort by area."""
    rows: Counter[str] = Counter()
    for home in homes(rows=ORDER.rows, faults=ORDER.faults):
        if home.sort is sort and home.area and home.rows:
            rows[home.area.id] += home.rows
    return rows


def test_areas_are_as_large_as_they_said() -> None:
    """What an area published is its size; all 25 together have the country's clients."""
    sizes = clients_of_areas()

    assert {area: sizes[AreaId(area)] for area in PUBLISHED} == PUBLISHED
    assert PUBLISHED_OF_TURKU < sizes[AreaId("turun-seutu")] < PUBLISHED_OF_TURKU * 1.05
    assert (len(sizes), sum(sizes.values())) == (25, 235_000)
    assert min(sizes.values()) > 1_000


def test_the_whole_country_has_700_000_rows_of_which_235_000_are_eligible() -> None:
    """As large as the night of 1.3.2021 was."""
    of_sorts = Counter[Sort]()
    for home in homes(rows=nation().rows, faults=0.01):
        of_sorts[home.sort] += home.rows

    assert (nation().on, of_sorts.total(), of_sorts[Sort.ELIGIBLE]) == (ON, 700_000, 235_000)


def test_the_decisions_are_those_that_were_planned(ingested: Ingested) -> None:
    """An area has exactly its share of the eligible, and the rows with a fault are rejected."""
    decisions = decide(ingested.accepted, choose(on=ON), on=ON)
    counts = Counter(decisions.select("area", "outcome").iter_rows())

    assert (ingested.rows_read, ingested.rows_rejected) == (7000, 140)
    for outcome, sort in (("eligible", Sort.ELIGIBLE), ("review", Sort.REVIEW)):
        assert {area: n for (area, o), n in counts.items() if o == outcome} == planned(sort)
    assert counts[(None, "outside")] == 2100
    assert sum(planned(Sort.ELIGIBLE).values()) == 2350


def test_each_office_has_its_own_clients(ingested: Ingested) -> None:
    """A file a TE office, no client in two, no identity code twice, most faults there are."""
    text = pl.concat(
        pl.read_csv(content, separator=";", infer_schema=False) for content in exports().values()
    )
    offices = [
        pl.read_csv(content, separator=";", infer_schema=False)["te_toimisto"].unique().to_list()
        for content in exports().values()
    ]

    assert [len(codes) for codes in offices] == [1] * 15
    assert text["te_toimisto"].n_unique() == 15
    assert ingested.accepted["identity_code"].n_unique() == ingested.accepted.height
    assert set(text["henkilotunnus"].drop_nulls().str.slice(7, 1)) == {"9"}  # artificial people
    assert ingested.rejected["code"].n_unique() == 18


def test_the_same_order_gives_the_same_bytes() -> None:
    """A figure can be measured again by somebody else; another seed gives another country."""
    other = NationOrder(rows=700, seed=5)

    assert dict(nation_exports(other)) == dict(nation_exports(other))
    assert nation_coaches(other) == nation_coaches(other)
    assert dict(nation_exports(NationOrder(rows=700, seed=6))) != dict(nation_exports(other))


def test_the_dialect_is_heard() -> None:
    """Offices write the same rows in their own way, and names have letters that they can write."""
    dialect = Dialect(delimiter=",", encoding="cp1252", date_style="iso", line_end="\n")
    order = NationOrder(rows=2000, seed=4, dialect=dialect)

    first = next(iter(nation_exports(order)))[1].decode("cp1252").split("\n")

    assert first[0].startswith("asiakasnumero,henkilotunnus,")
    assert "2222-11-11" in "".join(first)


def test_the_command_writes_a_folder(kuntactl: RunCli, tmp_path: Path) -> None:
    """One command makes the exports and the coaches of a small country."""
    result = kuntactl(
        *("sample", tmp_path / "maa", "--nation", "--scale", "0.001"),
        *("--coaches", tmp_path / "coaches.csv"),
    )

    assert (result.code, result.err) == (0, "")
    assert len(list((tmp_path / "maa").glob("*.csv"))) == 15
    coaches = (tmp_path / "coaches.csv").read_text("utf-8-sig").splitlines()
    assert len({line.split(";")[2] for line in coaches[1:]}) == 25


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--nation", "--on", "2021-03-02"), "--nation has its own day and areas"),
        (("--nation", "--rows", "70", "--scale", "0.1"), "either --rows or --scale"),
        (("--scale", "0.1"), "--scale is for --nation"),
    ],
)
def test_an_option_that_would_not_be_heard_is_refused(
    kuntactl: RunCli, tmp_path: Path, given: tuple[str, ...], said: str
) -> None:
    """Nobody measures another country than they asked for."""
    result = kuntactl("sample", tmp_path / "maa", *given)

    assert result.code == 2
    assert said in result.err
    assert not (tmp_path / "maa").exists()
