"""A letter to look at before a batch, as a PDF or as a picture."""

from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from conftest import RunCli
from PIL import Image
from read_aloud import faults_of

from kuntactl.typeset.written import page_count, page_texts

TWO_PAGES = ("letters", "preview", "--letter-lang", "fi+en", "--on", "2021-03-01")


def test_the_ending_of_the_file_says_what_is_written(kuntactl: RunCli, tmp_path: Path) -> None:
    """Whoever decides about the words has a picture in the mail sooner than a PDF."""
    pdf, png = tmp_path / "letter.pdf", tmp_path / "letter.PNG"

    for file in (pdf, png):
        ended = kuntactl(*TWO_PAGES, "--out", file)
        assert (ended.code, ended.out) == (0, f"{file}: {file.stat().st_size:,} bytes\n")

    assert page_count(pdf.read_bytes()) == 2
    with Image.open(BytesIO(png.read_bytes())) as picture:
        assert picture.format == "PNG"
        assert picture.size == pytest.approx((1240, 1754), abs=1)  # A4 at 150 dpi


def test_page_and_resolution_can_be_chosen(kuntactl: RunCli, tmp_path: Path) -> None:
    """The English half stands on the second page."""
    first, second = tmp_path / "1.png", tmp_path / "2.png"

    kuntactl(*TWO_PAGES, "--out", first, "--dpi", "50")
    kuntactl(*TWO_PAGES, "--out", second, "--dpi", "50", "--page", "2")

    with Image.open(first) as one, Image.open(second) as two:
        assert one.size == two.size == pytest.approx((413, 585), abs=1)
        assert one.tobytes() != two.tobytes()


def test_a_page_that_is_not_there_is_refused(kuntactl: RunCli, tmp_path: Path) -> None:
    """No empty picture is written that somebody takes for the letter."""
    ended = kuntactl(*TWO_PAGES, "--out", tmp_path / "3.png", "--page", "3")

    assert (ended.code, ended.err) == (11, "error: no page 3\nhint: the letter has 2 pages\n")
    assert not (tmp_path / "3.png").exists()


@pytest.mark.parametrize("language", ["fi", "sv", "fi+en"])
def test_a_preview_says_that_it_is_an_example(
    kuntactl: RunCli, tmp_path: Path, language: str
) -> None:
    """A preview that goes round by mail must not be taken for somebody's letter."""
    out = tmp_path / "letter.pdf"
    kuntactl("letters", "preview", "--letter-lang", language, "--on", "2021-03-01", "--out", out)

    with pdfplumber.open(BytesIO(out.read_bytes())) as pdf:
        for page in pdf.pages:
            outlines = [*page.curves, *page.lines]
            assert len(outlines) >= len("EXEMPEL")
            assert not any(curve["fill"] for curve in outlines)  # the letter shows through
    assert faults_of(out.read_bytes()) == []


def test_the_word_is_drawn_and_not_written(kuntactl: RunCli, tmp_path: Path) -> None:
    """The words of the letter are approved as they are printed: nothing is added to them."""
    out = tmp_path / "letter.pdf"
    kuntactl("letters", "preview", "--on", "2021-03-01", "--out", out)

    assert "ESIMERKKI" not in page_texts(out.read_bytes())[0]
