"""Rejected rows and open questions go out as workbooks, and come back filled in."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from builders import client_row, csv_export
from conftest import RunCli
from night_exports import write_coaches

ROWS = [
    client_row(),
    client_row(asiakasnumero="A2", etuus="05"),
    client_row(asiakasnumero="A3", tyollisyyskoodi="z"),
    client_row(asiakasnumero="A4", turvakielto="K", kotikunta="Atlantis"),
]
ON = ("--on", "2021-03-01", "--area", "porvoo")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder with an export, of which two rows are rejected and one is open."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "e.csv").write_bytes(csv_export(ROWS) + b"A5;x\r\n")
    write_coaches(tmp_path / "coaches.csv")
    return tmp_path


def csv_lines(path: Path) -> list[list[str]]:
    """Return the cells of a list that we wrote."""
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


def lines_of(path: Path) -> list[list[object]]:
    """Return the cells of a workbook's only sheet."""
    (sheet,) = openpyxl.load_workbook(path).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def fill_in(path: Path, column: str, by_client: dict[str, str], to: Path | None = None) -> None:
    """Type into the column of a workbook, as a person does."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    names = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        client = row[names.index("client_id")].value
        if client in by_client:
            row[names.index(column)].value = by_client[client]
    book.save(to or path)


def run_json(folder: Path) -> dict[str, object]:
    """Return what the run says of itself."""
    return json.loads((folder / "run.json").read_text("utf-8"))


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_the_workbook_has_the_lines_of_the_list(here: Path, kuntactl: RunCli, lang: str) -> None:
    """Both say the same; the workbook has room for the right value, and its file's checksum."""
    kuntactl("check", "e.csv", *ON, "--out", "out", "--lang", lang)

    listed = list(
        csv.reader(io.StringIO((here / "out/rejected.csv").read_text("utf-8-sig")), delimiter=";")
    )
    header, *lines = lines_of(here / "out/rejected.xlsx")
    (sha,) = {file["sha256"] for file in run_json(here / "out")["inputs"]}

    assert header == [*listed[0], "corrected", "sha256"]
    assert [["" if cell is None else cell for cell in line[:7]] for line in lines] == listed[1:]
    assert [line[7:] for line in lines] == [[None, sha]] * 3
    assert [line[1] for line in lines] == ["3", "5", "6"]


def test_the_workbook_holds_text_alone_and_is_ready_to_use(here: Path, kuntactl: RunCli) -> None:
    """No zero is lost, nothing is run, and the header stays in view."""
    (here / "e.csv").write_bytes(
        csv_export([client_row(asiakasnumero="=1+1", etuus="@SUM(A1)", palvelulinja="007")])
    )
    kuntactl("check", "e.csv", *ON, "--out", "out", "--lang", "sv")

    sheet = openpyxl.load_workbook(here / "out/rejected.xlsx").active

    assert sheet.title == "Underkända rader"
    assert sheet.freeze_panes == "A2"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert [cell.value for cell in sheet["E"]] == ["value", "@SUM(A1)", "007"]
    assert sheet["H2"].number_format == "@"
    assert sheet.data_validations.dataValidation[0].prompt.startswith("Skriv det rätta värdet")


def test_the_same_input_gives_the_same_workbooks(here: Path, kuntactl: RunCli) -> None:
    """A run that is done again changes no byte."""
    kuntactl("decide", "e.csv", *ON, "--out", "one")
    kuntactl("decide", "e.csv", *ON, "--out", "two")

    for name in ("rejected.xlsx", "review.xlsx"):
        assert (here / "one" / name).read_bytes() == (here / "two" / name).read_bytes()


@pytest.mark.parametrize("command", ["check", "decide", "assign", "run"])
def test_every_command_takes_corrections(here: Path, kuntactl: RunCli, command: str) -> None:
    """The corrected row is accepted, counted and listed; the export itself is not touched."""
    coaches = ("--coaches", "coaches.csv") if command in {"assign", "run"} else ()
    kuntactl("check", "e.csv", *ON, "--out", "first")
    fill_in(here / "first/rejected.xlsx", "corrected", {"A2": "03", "A4": "638"})

    ended = kuntactl(
        command, "e.csv", *ON, *coaches, "--out", "out", "--corrections", "first/rejected.xlsx"
    )

    facts = run_json(here / "out")
    assert ended.code == 20
    assert facts["rows"]["read"] == 5
    assert (facts["rows"]["rejected"], facts["rows"]["accepted"]) == (1, 4)
    assert facts["corrections"] == {
        "files": ["rejected.xlsx"],
        "applied": 2,
        "cells": [
            {"file": "e.csv", "row": 3, "column": "etuus"},
            {"file": "e.csv", "row": 5, "column": "kotikunta"},
        ],
    }
    applied = (here / "out/corrections.csv").read_text("utf-8-sig").splitlines()
    assert [line.rsplit(";", 1)[0] for line in applied] == [
        "file;row;client_id;column;corrected",
        "e.csv;3;A2;etuus;03",
        "e.csv;5;A4;kotikunta;",
    ]


def test_explain_takes_corrections(here: Path, kuntactl: RunCli) -> None:
    """Why a corrected client was decided so must be told from the same facts."""
    kuntactl("check", "e.csv", *ON, "--out", "out")
    fill_in(here / "out/rejected.xlsx", "corrected", {"A2": "03"})

    without = kuntactl("explain", "A2", "e.csv", *ON)
    corrected = kuntactl("explain", "A2", "e.csv", *ON, "--corrections", "out/rejected.xlsx")

    assert (without.code, corrected.code) == (10, 0)


def test_typed_corrections_are_not_written_over(here: Path, kuntactl: RunCli) -> None:
    """A cron job comes by while somebody has the list open."""
    kuntactl("check", "e.csv", *ON, "--out", "out")
    book = here / "out/rejected.xlsx"
    fill_in(book, "corrected", {"A2": "03"})
    typed = book.read_bytes()

    ended = kuntactl("decide", "e.csv", *ON, "--out", "out")

    assert (ended.code, ended.out) == (10, "")
    assert ended.err.splitlines() == [
        "error: out/rejected.xlsx: corrections that were not handed in: 1",
        "hint: add --corrections out/rejected.xlsx, or move the file away",
    ]
    assert book.read_bytes() == typed


def test_applied_corrections_are_not_forgotten(here: Path, kuntactl: RunCli) -> None:
    """The same export without its corrections would reject the same row once more."""
    kuntactl("check", "e.csv", *ON, "--out", "out")
    fill_in(here / "out/rejected.xlsx", "corrected", {"A2": "03"})
    first = kuntactl("check", "e.csv", *ON, "--out", "out", "--corrections", "out/rejected.xlsx")

    without = kuntactl("check", "e.csv", *ON, "--out", "out")
    again = kuntactl("check", "e.csv", *ON, "--out", "out", "--corrections", "out/corrections.csv")
    (here / "e.csv").write_bytes(csv_export(ROWS[:1]))
    next_night = kuntactl("check", "e.csv", *ON, "--out", "out")

    assert [ended.code for ended in (first, without, again, next_night)] == [20, 10, 20, 0]
    assert "out/corrections.csv: corrections that were not handed in: 1" in without.err
    assert first.out == again.out
    assert not (here / "out/corrections.csv").exists()


def test_further_corrections_are_added_to_earlier_ones(here: Path, kuntactl: RunCli) -> None:
    """The second round corrects what the first left open."""
    kuntactl("check", "e.csv", *ON, "--out", "out")
    fill_in(here / "out/rejected.xlsx", "corrected", {"A2": "03"}, to=here / "one.xlsx")
    fill_in(here / "out/rejected.xlsx", "corrected", {"A4": "638"}, to=here / "two.xlsx")

    kuntactl(
        *("check", "e.csv", *ON, "--out", "out"),
        *("--corrections", "one.xlsx", "--corrections", "two.xlsx"),
    )

    assert run_json(here / "out")["corrections"]["applied"] == 2


def test_a_wrong_correction_stops_before_anything_is_written(here: Path, kuntactl: RunCli) -> None:
    """The list is of yesterday's file; today's has other people in the same rows."""
    kuntactl("check", "e.csv", *ON, "--out", "out")
    fill_in(here / "out/rejected.xlsx", "corrected", {"A2": "03"}, to=here / "list.xlsx")
    (here / "e.csv").write_bytes(csv_export(ROWS[:2]))

    ended = kuntactl("decide", "e.csv", *ON, "--out", "new", "--corrections", "list.xlsx")

    assert ended.code == 10
    assert ended.err.splitlines() == [
        "error: list.xlsx: row 2: `e.csv` with this checksum is not among the exports",
        "hint: mend these rows; no correction was taken over",
    ]
    assert not (here / "new").exists()


def test_the_review_workbook_goes_out_and_comes_back(here: Path, kuntactl: RunCli) -> None:
    """Same columns as the list; a drop-down offers yes and no."""
    kuntactl("decide", "e.csv", *ON, "--out", "out")
    book = here / "out/review.xlsx"
    listed = list(
        csv.reader(io.StringIO((here / "out/review.csv").read_text("utf-8-sig")), delimiter=";")
    )
    assert [["" if cell is None else cell for cell in line] for line in lines_of(book)] == listed
    (choices,) = [
        rule.formula1
        for rule in openpyxl.load_workbook(book).active.data_validations.dataValidation
        if rule.type == "list"
    ]
    assert choices == '"K,E"'
    for column, text in (("kuuluu", "K"), ("kuka", "P"), ("peruste", "nähty")):
        fill_in(book, column, {"A3": text})

    unread = kuntactl("decide", "e.csv", *ON, "--out", "out")
    ended = kuntactl("decide", "e.csv", *ON, "--out", "out", "--reviewed", "out/review.xlsx")

    assert unread.code == 10
    assert "out/review.xlsx: answers that were not handed in: 1" in unread.err
    assert ended.code == 20
    decided = pl.read_parquet(here / "out/decisions.parquet").row(1, named=True)
    assert (decided["client_id"], decided["outcome"], decided["decided_by"]) == (
        "A3",
        "eligible",
        "person",
    )
