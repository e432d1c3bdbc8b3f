"""An export that is looked at in batches is read as one that is looked at as a whole."""

import sys
from datetime import date
from pathlib import Path

import pytest
from builders import client_row, csv_export, identity_code
from ingesting import ON, ingest_bytes

from kuntactl.domain.types import Language
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients

SAMPLES = Path(__file__).parent.parent / "sample_data"
AT_ONCE = 2  # lines

CODE = identity_code(date(1990, 1, 1), 901)
BREAK = client_row(asiakasnumero="B", lahiosoite="Pitkä\nKatu\n\n7")
PEOPLE = [client_row(asiakasnumero=f"P{number}") for number in range(9)]
NOBODY = client_row(asiakasnumero="")


def assert_same(some: Ingested, whole: Ingested) -> None:
    """Hold that nothing shows how many lines were looked at together."""
    for frame in ("accepted", "rejected", "warnings", "corrected"):
        assert getattr(some, frame).equals(getattr(whole, frame)), frame
    for fact in ("rows_read", "rows_rejected", "artificial", "inputs"):
        assert getattr(some, fact) == getattr(whole, fact), fact


@pytest.mark.parametrize(
    "names",
    [
        ("uusimaa-2021-03-01.csv", "varsinais-suomi-2021-03-01.csv"),
        ("etela-savo-2021-03-01.parquet", "uusimaa-2021-03-01.csv"),
        ("satakunta-2017-08-01.csv",),
    ],
    ids=lambda names: names[0],
)
def test_the_offices_exports_are_read_alike_in_batches(names: tuple[str, ...]) -> None:
    """What fits into memory and what does not go the same way, to the same rows."""
    paths = [SAMPLES / name for name in names]

    def read(at_once: int) -> Ingested:
        options = ReadOptions(at_once=at_once)
        return read_clients(paths, on=ON, language=Language.FI, options=options)

    assert_same(read(61), read(sys.maxsize))


# why -> the rows
TOGETHER = {
    "a quoted line break at the border of a batch": [*PEOPLE[:5], BREAK, *PEOPLE[5:]],
    "a row that comes again in a later batch": [*PEOPLE, PEOPLE[0]],
    "one that comes again in its own batch and a later one": [PEOPLE[0], *PEOPLE, PEOPLE[0]],
    "a client contradicted in a later batch": [*PEOPLE, PEOPLE[0] | {"sukunimi": "Toinen"}],
    "rows without a client number": [NOBODY, *PEOPLE, NOBODY],
    "one identity code under two client numbers": [
        PEOPLE[0] | {"henkilotunnus": CODE},
        *PEOPLE[1:],
        BREAK | {"henkilotunnus": CODE},
    ],
    "a garbled name at the end": [*PEOPLE, client_row(asiakasnumero="X", etunimet="PÃ¤ivi")],
}


@pytest.mark.parametrize("rows", TOGETHER.values(), ids=TOGETHER)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_rows_have_to_do_with_each_other_is_seen_across_batches(
    tmp_path: Path, rows: list[dict[str, str]], encoding: str
) -> None:
    """A row is judged beside all others, also those that memory no longer holds."""
    content = csv_export(rows).decode("utf-8-sig").encode(encoding)

    some = ingest_bytes(tmp_path, content, options=ReadOptions(at_once=AT_ONCE))

    assert_same(some, ingest_bytes(tmp_path, content))


def test_rows_are_seen_across_files(tmp_path: Path) -> None:
    """The first of two rows may stand in a file that was given back long ago."""
    files = [csv_export([*PEOPLE[:6], BREAK]), csv_export(PEOPLE[5:])]

    some = ingest_bytes(tmp_path, *files, options=ReadOptions(at_once=1))

    assert_same(some, ingest_bytes(tmp_path, *files))
    assert some.rejected["code"].to_list() == ["row_repeated"]
    assert "export-1.csv 7" in some.rejected["message"].item()
