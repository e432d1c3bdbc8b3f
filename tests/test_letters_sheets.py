"""Each sheet says which letter it is part of, and no letter begins on another's back."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from client_frames import client, clients
from conftest import RunCli
from letters_due import due_for, facts_for, text_of
from night_exports import FIRST_NIGHT, write_coaches, write_export
from read_aloud import faults_of

from kuntactl.domain.types import EnvelopeSize
from kuntactl.files.staging import staged
from kuntactl.letters.sheets import PLACE, SheetMarks, sheets_of
from kuntactl.letters.window import ENVELOPES, PRINTABLE
from kuntactl.letters.write import Engine, Printing, Written, write_letters
from kuntactl.typeset.pictures import picture_of
from kuntactl.typeset.written import page_count, page_texts

# Five of one layout, so that they are stamped; one of two pages; one to be handed over.
PEOPLE = clients(
    family_name=["Yksi", "Kaksi", "Kolme", "Neljä", "Viisi", "Kuusi", "Sala"],
    mother_tongue=["fi"] * 5 + ["ru", "fi"],
    protected=[False] * 6 + [True],
)
RESOLUTION = 200  # pixels an inch, as an office scanner has


@dataclass(frozen=True, slots=True)
class Printed:
    """Letters as files."""

    folder: Path
    written: Written

    def pdfs(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """Yield the files of a folder of the area, by name."""
        for path in sorted((self.folder / "porvoo" / kind).glob("*.pdf")):
            yield path.stem, path.read_bytes()


def write(folder: Path, engine: Engine, *, sides: int, marks: bool = True) -> Printed:
    """Write the letters to ``PEOPLE``."""
    printing = Printing(engine=engine, overlay=SheetMarks(sides) if marks else None, sides=sides)
    with staged(folder) as staging:
        written = write_letters(
            due_for(PEOPLE), facts_for(PEOPLE), staging=staging, workers=1, printing=printing
        )
        staging.publish()
    return Printed(folder, written)


@pytest.fixture(scope="module", params=[Engine.STAMP, Engine.WHOLE], ids=["stamp", "whole"])
def one_sided(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The letters with a code on each sheet, one side printed."""
    return write(tmp_path_factory.mktemp("one"), request.param, sides=1)


@pytest.fixture(scope="module", params=[Engine.STAMP, Engine.WHOLE], ids=["stamp", "whole"])
def two_sided(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """The same letters for sheets that are printed on both sides."""
    return write(tmp_path_factory.mktemp("two"), request.param, sides=2)


def codes(pdf: bytes, page: int) -> list[str]:
    """Return what a scanner reads on a page, counted from 1."""
    picture = picture_of(pdf, page=page, resolution=RESOLUTION)
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.DataMatrix)
    return [code.text for code in found]


def test_each_sheet_says_which_it_is(one_sided: Printed) -> None:
    """The inserting machine stops when a sheet is missing or from another letter."""
    for kind in ("letters", "protected"):
        for letter_id, pdf in one_sided.pdfs(kind):
            pages = page_count(pdf)
            for page in range(1, pages + 1):
                assert codes(pdf, page) == [f"{letter_id} {page}/{pages}"]


def test_the_print_run_has_the_same_codes(one_sided: Printed) -> None:
    """It is the print run that goes through the machine."""
    runs = dict(one_sided.pdfs("print"))
    for row in one_sided.written.done.drop_nulls("bundle").iter_rows(named=True):
        pdf = runs[row["bundle"].removesuffix(".pdf")]
        for page in range(row["pages"]):
            assert codes(pdf, row["first_page"] + page) == [
                f"{row['letter_id']} {page + 1}/{row['pages']}"
            ]


def test_the_code_is_no_part_of_the_text(one_sided: Printed, tmp_path: Path) -> None:
    """A screen reader passes over it, and PDF/UA is kept."""
    plain = write(tmp_path / "plain", Engine.STAMP, sides=1, marks=False)
    file = tmp_path / "letter.pdf"
    for (_, marked), (_, unmarked) in zip(
        one_sided.pdfs("letters"), plain.pdfs("letters"), strict=True
    ):
        file.write_bytes(marked)

        assert faults_of(file.read_bytes()) == []
        assert text_of(marked) == text_of(unmarked)
        with pikepdf.open(BytesIO(marked)) as pdf:
            assert pdf.check_pdf_syntax() == []


def test_codes_keep_to_their_place() -> None:
    """Outside every window, within the printable area, and right of the text."""
    assert PRINTABLE.holds(PLACE)
    assert PLACE.left > 190
    assert not any(ENVELOPES[size].quiet.meets(PLACE) for size in EnvelopeSize)
    for fold in (99, 148.5, 198):
        assert not PLACE.top - 1 < fold < PLACE.bottom + 1


def test_no_letter_begins_on_the_back_of_another(two_sided: Printed) -> None:
    """With both sides printed, each letter of one page is followed by a blank back."""
    runs = dict(two_sided.pdfs("print"))
    rows = [*two_sided.written.done.drop_nulls("bundle").iter_rows(named=True)]

    for row in rows:
        texts = page_texts(runs[row["bundle"].removesuffix(".pdf")])
        assert row["first_page"] % 2 == 1
        assert row["letter_id"] in texts[row["first_page"] - 1]
    fi = [row for row in rows if row["lang"] == "fi"]
    texts = page_texts(runs["porvoo-transfer-fi-1"])
    assert [row["first_page"] for row in fi] == [1, 3, 5, 7, 9]
    assert [bool(text) for text in texts] == [True, False] * 5


def test_a_sheet_printed_on_both_sides_has_one_code(two_sided: Printed) -> None:
    """The machine sees the front of a sheet only."""
    pages = dict(two_sided.pdfs("letters"))

    assert codes(pages["porvoo-000006"], 1) == ["porvoo-000006 1/1"]
    assert codes(pages["porvoo-000006"], 2) == []
    assert [sheets_of(count, sides=2) for count in (1, 2, 3, 4)] == [1, 1, 2, 2]


def test_a_print_run_with_blank_backs_keeps_the_standard(
    two_sided: Printed, tmp_path: Path
) -> None:
    """Blank pages, too, are pages of a tagged file."""
    for name, pdf in two_sided.pdfs("print"):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(pdf)

        assert faults_of(file.read_bytes()) == []


def test_without_the_options_nothing_is_added(tmp_path: Path) -> None:
    """Whoever puts letters into envelopes by hand wants no code."""
    people = client()
    with staged(tmp_path) as staging:
        write_letters(due_for(people), facts_for(people), staging=staging, workers=1)
        staging.publish()

    assert codes((tmp_path / "porvoo/letters/porvoo-000001.pdf").read_bytes(), 1) == []


def test_the_options_reach_the_letters(kuntactl: RunCli, tmp_path: Path) -> None:
    """What is asked for on the command line is on paper, and in the hash of a proof."""
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT[:1])
    coaches = write_coaches(tmp_path / "coaches.csv")
    common = (export, "--coaches", coaches, "--on", "2021-03-01", "--workers", 1)
    out, options = tmp_path / "out", ("--marks", "--sides", "two")

    releases = [
        json.loads(kuntactl("letters", "proof", *common, "--json", "--out", out, *more).out)
        for more in ((), options)
    ]
    kuntactl("run", *common, "--out", out, *options, "--release", releases[1]["release"])

    assert releases[0]["release"] != releases[1]["release"]
    run = (out / "porvoo/print/porvoo-transfer-fi-1.pdf").read_bytes()
    assert page_count(run) == 2
    assert codes(run, 1) == ["porvoo-000001 1/1"]
    assert kuntactl("letters", "verify", out).code == 0
