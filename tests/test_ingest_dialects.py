"""The same clients come out whatever dialect of CSV or Parquet they came in."""

import gzip
import io
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from builders import client_row, csv_export
from ingesting import ON, codes, ingest_bytes
from polars.testing import assert_frame_equal

from kuntactl.domain.types import Language
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients

ROWS = [
    client_row(sukunimi="Åkerström", etunimet="Örjan", kotikunta="Borgå", aidinkieli="sv"),
    client_row(asiakasnumero="A2", sukunimi="Mäki-Öljy", lahiosoite="Jokikatu 1; as 2, ovi A"),
    client_row(asiakasnumero="A3", sukunimi="Šukšin", etunimet="Žanna")
    | {"osoitelisa": "c/o Esimerkki\nkolmas kerros"},
]
ASCII_AND_LATIN = ROWS[:2]


def read(folder: Path, content: bytes, name: str = "export.csv") -> Ingested:
    """Return what one file holds."""
    path = folder / name
    path.write_bytes(content)
    return read_clients([path], on=ON, language=Language.EN, options=ReadOptions())


def clients(result: Ingested) -> pl.DataFrame:
    """Return the clients without the name of their file."""
    assert result.rejected.is_empty()
    return result.accepted.drop("file")


DIALECTS = [
    (csv_export(ROWS, delimiter=delimiter, encoding=encoding, line_end=line_end), shown)
    for delimiter in ";,\t"
    for encoding, shown in [
        ("utf-8-sig", "utf-8"),
        ("utf-8", "utf-8"),
        ("utf-16", "utf-16"),
        ("cp1252", "windows-1252"),
    ]
    for line_end in ("\r\n", "\n")
]


@pytest.mark.parametrize(("content", "encoding"), DIALECTS)
def test_every_dialect_gives_the_same_clients(
    tmp_path: Path, content: bytes, encoding: str
) -> None:
    """An office saves its export as its spreadsheet pleases."""
    expected = clients(read(tmp_path, csv_export(ROWS)))

    result = read(tmp_path, content)

    assert_frame_equal(clients(result), expected)
    assert result.inputs[0].encoding == encoding
    assert expected["family_name"].to_list() == ["Åkerström", "Mäki-Öljy", "Šukšin"]
    assert expected["street"].to_list()[1] == "Jokikatu 1; as 2, ovi A"
    assert expected["address_extra"].to_list()[2] == "c/o Esimerkki kolmas kerros"


def test_utf_16_of_the_other_byte_order(tmp_path: Path) -> None:
    """The byte order mark says which of the two it is."""
    content = "\ufeff".encode("utf-16-be") + csv_export(ROWS, encoding="utf-16-be")

    assert_frame_equal(clients(read(tmp_path, content)), clients(read(tmp_path, csv_export(ROWS))))


def test_latin_1_is_read_as_windows_1252(tmp_path: Path) -> None:
    """The two agree on every letter of Finnish and Swedish."""
    content = csv_export(ASCII_AND_LATIN, encoding="latin-1")

    assert_frame_equal(
        clients(read(tmp_path, content)), clients(read(tmp_path, csv_export(ASCII_AND_LATIN)))
    )


def test_gzip_is_told_by_its_content(tmp_path: Path) -> None:
    """`.csv.gz` is one of the forms an export comes in."""
    result = read(tmp_path, gzip.compress(csv_export(ROWS)), "export.csv.gz")

    assert_frame_equal(clients(result), clients(read(tmp_path, csv_export(ROWS))))


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_one_trailing_delimiter_a_line_is_let_pass(tmp_path: Path, delimiter: str) -> None:
    """Some registers end every line with a delimiter, some only the rows."""
    plain = csv_export(ASCII_AND_LATIN, delimiter=delimiter, encoding="utf-8-sig")
    end = delimiter.encode() + b"\r\n"
    everywhere = plain.replace(b"\r\n", end)
    header, rest = plain.split(b"\r\n", 1)
    below = header + b"\r\n" + rest.replace(b"\r\n", end)

    expected = clients(read(tmp_path, plain))

    assert_frame_equal(clients(read(tmp_path, everywhere)), expected)
    assert_frame_equal(clients(read(tmp_path, below)), expected)


def test_every_cell_may_be_quoted(tmp_path: Path) -> None:
    """Many tools quote all they write; a quote in a cell is doubled."""
    rows = [*ASCII_AND_LATIN, client_row(asiakasnumero="A4", etunimet='Aino "Aikku" Maria')]
    lines = [list(rows[0]), *(list(row.values()) for row in rows)]
    quoted = "\r\n".join(
        ";".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines
    )

    result = read(tmp_path, quoted.encode("utf-8-sig"))

    assert_frame_equal(clients(result), clients(read(tmp_path, csv_export(rows))))
    assert result.accepted["given_names"].to_list()[2] == 'Aino "Aikku" Maria'


def test_headers_match_as_people_write_them(tmp_path: Path) -> None:
    """Case, space, hyphen, underscore and the dots of ä and ö do not make another column."""
    names = {
        "asiakasnumero": " ASIAKASNUMERO ",
        "henkilotunnus": "Henkilötunnus",
        "syntymaaika": "Syntymäaika",
        "tyonhaku_alkoi": "Työnhaku alkoi",
        "tyonhaku_paattyi": "TYÖNHAKU-PÄÄTTYI",
        "tyollisyyskoodi": "tyo\u0308llisyyskoodi",
        "te_toimisto": "TE-toimisto",
    }
    export = csv_export([{names.get(name, name): cell for name, cell in ROWS[0].items()}])

    assert_frame_equal(
        clients(read(tmp_path, export)), clients(read(tmp_path, csv_export(ROWS[:1])))
    )


def test_further_headers_are_kept_out_and_named(tmp_path: Path) -> None:
    """What we did not ask for is not read, and the log says so."""
    export = csv_export([{"Ammatti": "x", **ROWS[0], "Koulutus": "y"}])

    result = read(tmp_path, export)

    assert result.inputs[0].ignored_columns == ("Ammatti", "Koulutus")
    assert_frame_equal(clients(result), clients(read(tmp_path, csv_export(ROWS[:1]))))


def test_letters_written_as_two_characters_become_one(tmp_path: Path) -> None:
    """A Mac writes ä as a and two dots, which no list of municipalities holds."""
    result = read(
        tmp_path, csv_export([client_row(kotikunta="Hyvinka\u0308a\u0308", sukunimi="Ma\u0308ki")])
    )

    assert clients(result).select("municipality", "family_name").row(0) == ("106", "Mäki")


def test_parquet_gives_the_same_clients_as_text(tmp_path: Path) -> None:
    """Dates, numbers and flags are real in Parquet and become what the text would say."""
    rows = [client_row(), client_row(asiakasnumero="2", postinumero="100", kotikunta="49")]
    frame = pl.DataFrame(rows).with_columns(
        pl.Series("tyonhaku_alkoi", [date(2021, 2, 1)] * 2),
        pl.Series("tyottomyys_alkoi", [date(2021, 2, 1)] * 2).cast(pl.Datetime("us")),
        pl.Series("tyomarkkinatukipaivat", [20.0, 20.0]),
        pl.Series("tyollisyyskoodi", [2, 2], dtype=pl.Int8),
        pl.Series("etuus", ["03", "03"], dtype=pl.Categorical),
        pl.Series("postinumero", [6100, 100]),
        pl.Series("turvakielto", [False, False]),
        pl.Series("maa", [None, None]),
    )
    out = io.BytesIO()
    frame.write_parquet(out)

    result = read(tmp_path, out.getvalue(), "export.parquet")

    assert_frame_equal(clients(result), clients(read(tmp_path, csv_export(rows))))
    assert result.inputs[0].format == "parquet"
    assert result.accepted["postal_code"].to_list() == ["06100", "00100"]


def test_encoding_and_delimiter_may_be_said(tmp_path: Path) -> None:
    """What is found can be wrong; the user has the last word."""
    content = csv_export([client_row(sukunimi="Mäki")], encoding="utf-8", delimiter="|")

    result = ingest_bytes(
        tmp_path, content, options=ReadOptions(encoding="latin-1", delimiter="|")
    )

    assert result.accepted["family_name"].to_list() == ["MÃ¤ki"]


GARBLED = ["Mäki", "Åkerström", "MÄKI", "Ångström-Östman", "Léa"]
PLAIN = ["Mäki", "SÃO", "João", "Ågren", "Maki", "Brandão–Testi", "Ÿ"]


@pytest.mark.parametrize("column", ["sukunimi", "etunimet", "lahiosoite", "yhteysosoite"])
def test_letters_read_as_two_are_a_warning(column: str, tmp_path: Path) -> None:
    """Half a file of each encoding is taken for Windows-1252: nobody is to get a letter to MÃ¤ki.

    Two rows of a hundred that are not UTF-8 make it so, and the file says nothing of it.
    """
    cells = [*(name.encode().decode("cp1252", "replace") for name in GARBLED), *PLAIN]
    rows = [client_row(asiakasnumero=f"A{n}") | {column: cell} for n, cell in enumerate(cells)]

    result = read(tmp_path, csv_export(rows, encoding="utf-8"))

    assert result.rows_rejected == 0
    assert result.warnings.select("client_id", "code").rows() == [
        (f"A{n}", "text_garbled") for n in range(len(GARBLED))
    ]
    assert not any(cell in message for cell in cells[:5] for message in result.warnings["message"])


def test_a_file_of_two_encodings_warns_of_the_rows_that_it_spoils(tmp_path: Path) -> None:
    """Two rows of three are not UTF-8, so that the third is misread, and said to be."""
    names = ["Mäki", "Mäki", "Mäkinen"]
    export = csv_export(
        [client_row(asiakasnumero=f"A{n}", sukunimi=name) for n, name in enumerate(names)],
        encoding="utf-8",
    ).replace("Mäki;".encode(), "Mäki;".encode("cp1252"))

    result = read(tmp_path, export)

    assert result.inputs[0].encoding == "windows-1252"
    assert result.accepted["family_name"].to_list() == ["Mäki", "Mäki", "MÃ¤kinen"]
    assert result.warnings.select("client_id", "code").rows() == [("A2", "text_garbled")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "UTF-16BE"])
def test_the_byte_order_may_be_said(encoding: str, tmp_path: Path) -> None:
    """Without a BOM nothing else tells it, and the wrong one gives Chinese."""
    content = csv_export([client_row(sukunimi="Mäki")], encoding=encoding)

    result = ingest_bytes(tmp_path, content, options=ReadOptions(encoding=encoding))

    assert result.accepted["family_name"].to_list() == ["Mäki"]


@pytest.mark.parametrize("delimiter", list("|.*+?^$()[]\\-/#"))
def test_any_sign_may_be_the_delimiter(delimiter: str, tmp_path: Path) -> None:
    """A sign that means something in a pattern parts cells like any other."""
    rows = [
        client_row(sukunimi=f"E{delimiter}k", etunimet='Aino "A"'),
        client_row(asiakasnumero="A2", sukunimi=f"E{delimiter}k"),
    ]
    content = csv_export(rows, delimiter=delimiter)

    result = ingest_bytes(tmp_path, content, options=ReadOptions(delimiter=delimiter))

    assert result.accepted["family_name"].to_list() == [f"E{delimiter}k"] * 2
    assert result.accepted["given_names"].to_list() == ['Aino "A"', "Aino Maria"]


@pytest.mark.parametrize(
    ("good", "bad", "encoding", "why"),
    [
        (101, 1, "utf-8", "1 of 102 rows is under 1 %"),
        (99, 1, "windows-1252", "1 of 100 rows is not under 1 %"),
    ],
)
def test_utf_8_with_few_broken_rows_stays_utf_8(
    tmp_path: Path, good: int, bad: int, encoding: str, why: str
) -> None:
    """One row pasted in another encoding must not spoil the names of all the others."""
    rows = [client_row(asiakasnumero=f"A{n}", sukunimi="Mäki") for n in range(good)]
    broken = csv_export([client_row(asiakasnumero="B1", sukunimi="Mäki")], encoding="cp1252")
    content = csv_export(rows, encoding="utf-8") + broken.split(b"\r\n", 1)[1] * bad

    result = ingest_bytes(tmp_path, content)

    assert result.inputs[0].encoding == encoding, why
    assert codes(result) == (["bytes_undecodable"] if encoding == "utf-8" else [])


def test_a_control_character_in_parquet_is_no_text(tmp_path: Path) -> None:
    """Parquet holds any character; a name with a zero byte is as broken there as in CSV."""
    out = io.BytesIO()
    pl.DataFrame(
        [client_row(), client_row(asiakasnumero="A2", sukunimi="Mä\x00ki")]
    ).write_parquet(out)

    result = read(tmp_path, out.getvalue(), "export.parquet")

    assert result.rejected.select("row", "column", "code").rows() == [
        (3, "sukunimi", "bytes_undecodable")
    ]
    assert result.accepted.height == 1
