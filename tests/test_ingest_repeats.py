"""Rows that repeat or contradict each other are told apart, over all files."""

import io
from pathlib import Path

import polars as pl
from builders import client_row, csv_export
from ingesting import ON, ingest_bytes, ingest_rows, problems

from kuntactl.domain.types import Language
from kuntactl.ingest.clients import ReadOptions, read_clients

A = client_row()
B = client_row(lahiosoite="Toinen tie 3")
_NOT_GIVEN = ("syntymaaika", "asiointikieli", "kansalaisuus", "maa", "sahkoposti")
OTHER = client_row(asiakasnumero="A2")


def test_the_same_row_again_is_rejected_and_the_first_stays(tmp_path: Path) -> None:
    """One client gets one letter, however often they were exported."""
    result = ingest_rows(tmp_path, A, OTHER, A, A)

    assert problems(result) == [(4, "row_repeated"), (5, "row_repeated")]
    assert result.accepted["row"].to_list() == [2, 3]
    assert result.rejected["message"].to_list()[0] == (
        "the same row came before: export-1.csv 2; keep one"
    )


def test_rows_that_differ_are_all_in_conflict(tmp_path: Path) -> None:
    """Which of them is right is not ours to say: A, A, B are all out."""
    result = ingest_rows(tmp_path, A, A, OTHER, B)

    assert problems(result) == [
        (2, "client_id_conflict"),
        (3, "row_repeated"),
        (3, "client_id_conflict"),
        (5, "client_id_conflict"),
    ]
    assert result.accepted["client_id"].to_list() == ["A2"]


def test_repeats_are_found_among_the_files_of_a_whole_country(tmp_path: Path) -> None:
    """Polars breaks down where it puts texts of many files together, some without a repeat."""
    paths = [tmp_path / f"the-export-of-office-{number}.csv" for number in range(1, 9)]
    for number, path in enumerate(paths, start=1):
        own = [client_row(asiakasnumero=f"{number}{at}") for at in range(10, 20)]
        path.write_bytes(csv_export([*own, A, A] if number in {2, 7} else own))

    result = read_clients(paths, on=ON, language=Language.EN, options=ReadOptions())

    assert result.rejected.select("file", "row").rows() == [
        ("the-export-of-office-2.csv", 13),
        ("the-export-of-office-7.csv", 12),
        ("the-export-of-office-7.csv", 13),
    ]


def test_content_is_trimmed_text(tmp_path: Path) -> None:
    """Space around a cell is nothing; another way to write a date is another content."""
    spaced = {name: f" {cell}\xa0" for name, cell in A.items()}
    rewritten = A | {"tyonhaku_alkoi": "2021-02-01"}

    assert problems(ingest_rows(tmp_path, A, spaced)) == [(3, "row_repeated")]
    assert problems(ingest_rows(tmp_path, A, rewritten)) == [
        (2, "client_id_conflict"),
        (3, "client_id_conflict"),
    ]


def test_columns_that_are_kept_out_do_not_count(tmp_path: Path) -> None:
    """Content is what we read; a running number beside it makes no other client."""
    rows = [{"nro": "1", **A}, {"nro": "2", **A}]

    assert problems(ingest_rows(tmp_path, *rows)) == [(3, "row_repeated")]


def test_repeats_are_found_over_all_files_and_formats(tmp_path: Path) -> None:
    """Two offices export the same client; one of them in Parquet, without the blank columns."""
    (tmp_path / "a.csv").write_bytes(csv_export([A, OTHER]))
    out = io.BytesIO()
    pl.DataFrame(
        [{name: cell for name, cell in A.items() if name not in _NOT_GIVEN}]
    ).with_columns(osoitelisa=pl.lit(None)).write_parquet(out)
    (tmp_path / "b.parquet").write_bytes(out.getvalue())

    result = read_clients(
        [tmp_path / "a.csv", tmp_path / "b.parquet"],
        on=ON,
        language=Language.EN,
        options=ReadOptions(),
    )

    assert list(result.rejected.select("file", "row", "code").iter_rows()) == [
        ("b.parquet", 2, "row_repeated")
    ]


def test_repeats_come_before_other_checks(tmp_path: Path) -> None:
    """A wrong row that came twice is the same row twice, not two clients."""
    wrong = client_row(etuus="05")

    assert problems(ingest_rows(tmp_path, wrong, wrong)) == [
        (2, "benefit_unknown"),
        (3, "row_repeated"),
        (3, "benefit_unknown"),
    ]


def test_a_ragged_row_contradicts_nobody(tmp_path: Path) -> None:
    """Its cells cannot be trusted, its number neither."""
    content = csv_export([A]) + b"A1;x\r\n"

    assert problems(ingest_bytes(tmp_path, content)) == [(3, "row_ragged")]


def test_rows_without_a_number_are_not_one_client(tmp_path: Path) -> None:
    """Two people without a number have nothing in common; the same row twice has."""
    nobody = client_row(asiakasnumero="")

    assert problems(ingest_rows(tmp_path, nobody, nobody | {"sukunimi": "Toinen"}, nobody)) == [
        (2, "client_id_missing"),
        (3, "client_id_missing"),
        (4, "row_repeated"),
        (4, "client_id_missing"),
    ]


def test_one_identity_code_under_two_numbers_is_a_warning(tmp_path: Path) -> None:
    """It may be one person twice, or a slip; both stay in, and a person looks."""
    twin = client_row(asiakasnumero="B7", henkilotunnus=A["henkilotunnus"])

    result = ingest_rows(tmp_path, A, OTHER, twin)

    assert list(result.warnings.select("row", "client_id", "code", "message").iter_rows()) == [
        (
            2,
            "A1",
            "identity_code_shared",
            "the same identity code also stands under client number B7",
        ),
        (
            4,
            "B7",
            "identity_code_shared",
            "the same identity code also stands under client number A1",
        ),
    ]
    assert result.rows_rejected == 0
