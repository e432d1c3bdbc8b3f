"""A list that nobody can fill in by hand still opens, and says where the rest is."""

import io
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from kuntactl.domain.types import Language
from kuntactl.domain.wording import Words
from kuntactl.ingest.columns import Column
from kuntactl.ingest.shape import Shape
from kuntactl.ingest.source import read_table
from kuntactl.report import listbook
from kuntactl.report.listbook import Blank, ListBook, list_workbook

ON = date(2021, 3, 1)
BOOK = ListBook(
    title=Words(fi="Lista", sv="Lista", en="List"),
    file="list.csv",
    blanks=(Blank(column="answer", note=Words(fi="a", sv="b", en="c"), unless_blank="about"),),
)


def cells(frame: pl.DataFrame) -> list[tuple[object, ...]]:
    """Return what the workbook of the frame holds."""
    content = list_workbook(BOOK, frame, language=Language.EN, on=ON)
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


ODD = [
    "<b>&amp;</b>",
    "_x0041_",
    "a\x01b",
    " x ",
    "a\nb",
    "Ǥ",
    "'=1",
    "0049",
    "\uffff",
    "<r>x</r>",
]


@pytest.mark.parametrize("odd", ODD)
def test_a_cell_holds_what_was_put_in(odd: str) -> None:
    """The lines are written as XML at once: nothing in them may be taken for XML."""
    lines = cells(frame("x", odd, None, odd))

    # openpyxl shows the forms of Excel for what XML cannot hold as they stand in the file.
    shown = odd.replace("_x", "_x005F_x").replace("\x01", "_x0001_").replace("\uffff", "_xFFFF_")
    assert [about for about, _ in lines] == ["about", "x", shown, None, shown]


def test_only_cells_that_can_be_filled_in_invite_to_it() -> None:
    """A grey cell says that there is nothing to correct here; every cell is text."""
    content = list_workbook(BOOK, frame("x", None, "y"), language=Language.EN, on=ON)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active

    assert [row[1].fill.fgColor.rgb for row in sheet.iter_rows(min_row=2)] == [
        "FFFFF8DC",
        "FFD9D9D9",
        "FFFFF8DC",
    ]
    assert {sheet["A2"].number_format, sheet["B4"].number_format} == {"@"}
    assert sheet["A4"].data_type == "s"
    assert sheet.dimensions == "A1:B4"


def test_a_filled_in_line_is_read_as_it_was_shown(tmp_path: Path) -> None:
    """What goes out comes back: our own reader finds the same text in every line."""
    texts = [text for text in ODD if text.isprintable() and text.strip() == text]
    path = tmp_path / "list.xlsx"
    path.write_bytes(list_workbook(BOOK, frame(*texts), language=Language.EN, on=ON))

    table = read_table(
        path, Shape(columns=(Column(name="about", required=True), Column(name="answer")))
    )

    assert table.rows["about"].to_list() == texts
