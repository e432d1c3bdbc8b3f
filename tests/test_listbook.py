"""A list that nobody can fill in by hand still opens, and says where the rest is."""

import io
from datetime import date

import openpyxl
import polars as pl
import pytest

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.report import listbook
from kuntactl.report.listbook import Blank, ListBook, list_workbook

BOOK = ListBook(
    title=Words(fi="Lista", sv="Lista", en="List"),
    file="list.csv",
    blanks=(Blank(column="answer", note=Words(fi="a", sv="b", en="c"), unless_blank="about"),),
)


def cells(frame: pl.DataFrame) -> list[tuple[object, ...]]:
    """Return what the workbook of the frame holds."""
    content = list_workbook(BOOK, frame, language=Language.EN, on=date(2021, 3, 1))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return list(sheet.iter_rows(values_only=True))


def frame(*about: str | None) -> pl.DataFrame:
    """Return a list about these things."""
    return pl.DataFrame(
        {"about": list(about), "answer": [None] * len(about)},
        schema={"about": pl.String, "answer": pl.String},
    )


def test_lines_beyond_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole export that is wrong makes more lines than anybody corrects."""
    monkeypatch.setattr(listbook, "MOST_LINES", 2)

    assert cells(frame("x", "y", "z", "w")) == [
        ("about", "answer"),
        ("x", None),
        ("y", None),
        ("2 more lines in list.csv", None),
    ]


def test_a_cell_longer_than_a_sheet_holds_is_cut() -> None:
    """The list beside it has the whole cell; the workbook must open all the same."""
    (_, (about, _)) = cells(frame("x" * 40_000))

    assert about == "x" * listbook.MOST_LETTERS


def test_an_empty_list_is_a_workbook_too() -> None:
    """Nothing is wrong, and whoever opens the file sees that."""
    assert cells(frame()) == [("about", "answer")]
