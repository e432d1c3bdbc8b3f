"""An address is made normal once, when it is read; a bad one never rejects a client."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest
from builders import client_row
from conftest import RunCli
from hypothesis import given, settings
from hypothesis import strategies as st
from ingesting import ingest_one, ingest_rows
from night_exports import write_coaches, write_export

from kuntactl.domain.postal import normal_postal_code
from kuntactl.ingest.values import one_line, trimmed

CELLS = {  # our column -> the fact
    "lahiosoite": "street",
    "postinumero": "postal_code",
    "postitoimipaikka": "post_office",
    "osoitelisa": "address_extra",
    "maa": "country",
    "yhteysosoite": "contact_address",
}
# cells, fact, its value, why this row is here
READ = [
    ({"lahiosoite": "  Pitkä \u00a0 katu 3 "}, "street", "Pitkä katu 3", "stray spaces"),
    (
        {"lahiosoite": "Pitkä\u2003katu\u30003"},
        "street",
        "Pitkä katu 3",
        "other scripts' spaces",
    ),
    ({"lahiosoite": "Pitka\u0308 katu 3"}, "street", "Pitkä katu 3", "a letter in two parts"),
    ({"lahiosoite": "Pitkä katu\r\n3"}, "street", "Pitkä katu 3", "a line break in a cell"),
    ({"lahiosoite": " \u2003 "}, "street", None, "nothing but spaces"),
    ({"postinumero": "100"}, "postal_code", "00100", "zeros that a spreadsheet took away"),
    ({"postinumero": "2"}, "postal_code", "00002", "all of them"),
    ({"postinumero": "06 100"}, "postal_code", "06100", "no spaces in a postal code"),
    ({"postinumero": "FI-06100"}, "postal_code", "06100", "the country is not part of it"),
    ({"postinumero": "fi 06100"}, "postal_code", "06100", "in any case"),
    ({"postinumero": "FI-"}, "postal_code", None, "nothing but the country"),
    ({"postinumero": "AX-22100", "maa": "ax"}, "postal_code", "22100", "Åland has Finnish codes"),
    ({"postinumero": "111 22", "maa": "SE"}, "postal_code", "111 22", "abroad it is as written"),
    (
        {"postinumero": "0123", "maa": "NO"},
        "postal_code",
        "0123",
        "abroad lengths differ",
    ),
    ({"osoitelisa": " c/o  Testi "}, "address_extra", "c/o Testi", "a line of its own"),
]
# cells, code in undeliverable.csv
BAD = [
    ({"lahiosoite": ""}, "street_missing"),
    ({"postinumero": ""}, "postal_code_missing"),
    ({"postinumero": "061O0"}, "postal_code_invalid"),
    ({"postinumero": "99998"}, "postal_code_unknown"),
    ({"postinumero": "00006"}, "postal_code_takes_no_letters"),
    ({"maa": "SE", "postitoimipaikka": ""}, "place_missing"),
    ({"maa": "QQ"}, "country_unknown"),
    ({"lahiosoite": "漢 1"}, "address_not_printable"),
    ({"lahiosoite": "K" * 40}, "address_line_too_long"),
    ({"osoitelisa": "Talo " * 40}, "address_too_many_lines"),
]


@pytest.mark.parametrize(
    ("cells", "fact", "value"), [pytest.param(*row[:3], id=row[3]) for row in READ]
)
def test_an_address_is_read_as(
    cells: dict[str, str], fact: str, value: str | None, tmp_path: Path
) -> None:
    """What the letter prints, the workbook shows: the same text, made normal in one place."""
    result = ingest_one(tmp_path, **cells)

    assert result.rows_rejected == 0
    assert result.accepted[fact].to_list() == [value]


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=25)


@settings(deadline=None)
@given(text=TEXT | st.from_regex(r"\s*((FI|ax|FIN)[- ]?){0,3}[- ]*[0-9 ]{0,7}\s*", fullmatch=True))
def test_what_is_normal_stays_as_it_is(text: str) -> None:
    """Normalising twice changes nothing: an address that was mended is not mended again."""
    line = pl.lit(text, pl.String)
    once = pl.select(line=one_line(trimmed(line)), code=normal_postal_code(line))
    twice = once.select(one_line(trimmed(pl.col("line"))), normal_postal_code(pl.col("code")))

    assert twice.equals(once)


@settings(max_examples=10, deadline=None)
@given(
    addresses=st.lists(st.fixed_dictionaries(dict.fromkeys(CELLS, TEXT)), min_size=1, max_size=30)
)
def test_an_address_that_was_read_reads_the_same_again(
    addresses: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever stands in the cells: who exports our lists and reads them back loses nothing."""
    folder = tmp_path_factory.mktemp("addresses")
    once = _read(folder, addresses)
    cells = once.fill_null("").rename({fact: column for column, fact in CELLS.items()})

    twice = _read(folder, cells.to_dicts())

    assert once.height == len(addresses)
    assert twice.equals(once)


def _read(folder: Path, addresses: Sequence[Mapping[str, str]]) -> pl.DataFrame:
    rows = [client_row(asiakasnumero=f"A{place}", **one) for place, one in enumerate(addresses)]
    return ingest_rows(folder, *rows).accepted.select(CELLS.values())


def test_a_bad_address_never_rejects_a_client(tmp_path: Path, kuntactl: RunCli) -> None:
    """The decision stands, and the letter waits for a mended address."""
    rows = [
        client_row(asiakasnumero=f"A{number}", **cells) for number, (cells, _) in enumerate(BAD)
    ]
    export = write_export(tmp_path / "export.csv", rows)
    coaches = write_coaches(tmp_path / "coaches.csv")

    ended = kuntactl(
        "run", export, "--coaches", coaches, "--on", "2021-03-01", "--workers", 1,
        "--out", tmp_path / "out",
    )  # fmt: skip

    facts = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    content = (tmp_path / "out" / "porvoo" / "undeliverable.csv").read_text("utf-8-sig")
    listed = csv.DictReader(io.StringIO(content), delimiter=";")
    assert ended.code == 20
    assert (facts["rows"]["rejected"], facts["rows"]["eligible"]) == (0, len(BAD))
    assert facts["letters"] == {
        "due": len(BAD), "written": 0, "already_sent": 0, "protected": 0,
        "undeliverable": len(BAD),
    }  # fmt: skip
    assert {line["client_id"]: line["code"] for line in listed} == {
        f"A{number}": code for number, (_, code) in enumerate(BAD)
    }
