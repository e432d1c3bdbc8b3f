"""No cell that comes from data runs as a formula, in any list or workbook of a run."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from builders import client_row, identity_code
from conftest import RunCli
from night_exports import write_coaches, write_export

LEADS = [
    *("=", "+", "-", "@", " =", "\xa0=", "\u2003=", "\u200b=", "\ufeff="),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20", "\u2212"),
]
RUNS = "cmd|' /C calc'!A0"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, kuntactl_of_module: RunCli) -> Path:
    """What `assign` makes of an export in which every text begins as a formula."""
    here = tmp_path_factory.mktemp("formulas")
    write_coaches(here / "coaches.csv")
    hostile = [
        client_row(
            asiakasnumero=f"{lead}{RUNS}{number}",
            henkilotunnus=identity_code(date((1995, 1970)[number // 2 % 2], 1, 1), 900 + number),
            sukunimi=f"{lead}{RUNS}",
            etunimet=f"{lead}{RUNS}",
            lahiosoite=f"{lead}{RUNS}",
            vastuuvirkailija=f"{lead}{RUNS}",
            puhelin=f"{lead}{RUNS}",
            sahkoposti=f"{lead}{RUNS}",
            palvelulinja=("01", lead + RUNS)[number % 2],
            etuus=("03", "04")[number // 2 % 2],
        )
        for number, lead in enumerate(LEADS * 4)
    ]
    negative = client_row(asiakasnumero="N1", tyomarkkinatukipaivat="-3")
    write_export(here / "export.csv", [*hostile, negative])
    ended = kuntactl_of_module(
        *("assign", here / "export.csv", "--coaches", here / "coaches.csv"),
        *("--on", "2021-03-01", "--out", here / "out"),
    )
    assert ended.code in {0, 20}
    return here / "out"


def cells_of(path: Path) -> Iterator[str]:
    """Yield the cells of a CSV file as a spreadsheet gets them."""
    text = path.read_bytes().decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        yield from row


def test_no_cell_of_a_list_begins_as_a_formula(out: Path) -> None:
    """The lists open with a double click; the text of a client must stay text."""
    signs = ("=", "+", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\u2212")
    found = {path.name for path in out.rglob("*.csv") if RUNS in "".join(cells_of(path))}
    cells = [cell for path in out.rglob("*.csv") for cell in cells_of(path)]

    assert found >= {"rejected.csv", "review.csv", "eligible.csv", "assignments.csv"}
    bare = [cell.lstrip(" \xa0\u2003\u200b\ufeff\t\r\n") for cell in cells if RUNS in cell]
    assert bare
    assert not [cell for cell in bare if cell.startswith((*signs, "-"))]


def test_a_negative_number_stays_a_number(out: Path) -> None:
    """Whoever corrects it sees what was in the export, and a column of numbers adds up."""
    assert "-3" in list(cells_of(out / "rejected.csv"))


def test_no_cell_of_a_workbook_is_a_formula(out: Path) -> None:
    """Texts are written as texts, whatever they begin with; links are none either."""
    books = list(out.rglob("*.xlsx"))
    seen = 0
    for path in books:
        for sheet in openpyxl.load_workbook(path).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", (path.name, cell.coordinate)
                    assert cell.hyperlink is None
                    seen += RUNS in str(cell.value)

    assert {path.name for path in books} >= {"rejected.xlsx", "review.xlsx", "p1.xlsx"}
    assert seen > 50
