"""Which files of reports a run leaves, and which it takes away."""

from pathlib import Path

import openpyxl
import pikepdf
import pytest
from builders import client_row
from conftest import RunCli
from night_exports import write_coaches, write_export

_FORMS = {"report.html", "report.pdf", "report.xlsx"}


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory, kuntactl_of_module: RunCli) -> list[set[str]]:
    """The reports after a night with every form, and after one with none asked for."""
    folder = tmp_path_factory.mktemp("reports")
    export = write_export(
        folder / "e.csv",
        [
            client_row(asiakasnumero="A1"),
            client_row(asiakasnumero="A2", turvakielto="K"),
            client_row(asiakasnumero="A3", tyollisyyskoodi="01"),
        ],
    )
    coaches = write_coaches(folder / "coaches.csv")
    words = ("run", export, "--coaches", coaches, "--on", "2021-03-01", "--workers", 1)
    found = []
    for more in (("--pdf", "--public", "--lang", "fi"), ("--lang", "fi")):
        ended = kuntactl_of_module(*words, "--out", folder / "out", *more)
        assert ended.code in {0, 20}
        found.append(_reports(folder / "out"))
        if more[0] == "--pdf":
            _look(folder / "out")
    return found


def _reports(out: Path) -> set[str]:
    return {path.relative_to(out).as_posix() for path in out.rglob("report.*")}


def _look(out: Path) -> None:
    """Require that each form holds what it says."""
    with pikepdf.open(out / "public" / "porvoo" / "report.pdf") as pdf:
        assert "/StructTreeRoot" in pdf.Root
    assert len(openpyxl.load_workbook(out / "report.xlsx").worksheets) > 4
    page = (out / "public" / "porvoo" / "report.html").read_text("utf-8")
    assert ">…</td>" in page
    assert "julkinen" in page


def test_every_form_is_made_when_asked(nights: list[set[str]]) -> None:
    """Page, paper and workbook, for the staff and for everybody, of the run and its area."""
    folders = ("", "porvoo/", "public/", "public/porvoo/")

    assert nights[0] == {f"{folder}{form}" for folder in folders for form in _FORMS}


def test_an_older_form_does_not_stay_beside_a_newer_page(nights: list[set[str]]) -> None:
    """Who opens the PDF of last week would believe it."""
    assert nights[1] == {
        f"{folder}{form}" for folder in ("", "porvoo/") for form in ("report.html", "report.xlsx")
    }
