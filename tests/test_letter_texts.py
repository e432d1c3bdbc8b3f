"""The words of the letters are those that were approved (tests/golden).

``make golden`` writes them anew; the difference is then reviewed as words.
"""

import os
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from letter_cases import CASES, Case, letter_of

from kuntactl.domain.types import REASONS
from kuntactl.letters.press import Press

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def press() -> Press:
    """Print with the templates of the product."""
    return Press(None)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_text_is_as_approved(case: Case, press: Press) -> None:
    """A change of words is seen as words, by somebody who reads the language."""
    letter = letter_of(case)
    with pdfplumber.open(BytesIO(press.write([press.lay_out(letter)]))) as document:
        text = "\f\n".join(f"{page.extract_text()}\n" for page in document.pages)

    approved = GOLDEN / f"{case.name}.txt"
    if os.environ.get("KUNTACTL_GOLDEN") == "write":
        approved.parent.mkdir(exist_ok=True)
        approved.write_text(text, "utf-8")
    assert text == approved.read_text("utf-8")


def test_no_approved_text_is_without_a_case() -> None:
    """A case that is gone leaves no text behind that nobody checks."""
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {case.name for case in CASES}


def test_every_kind_and_reason_has_an_approved_text_in_every_language() -> None:
    """A letter that nobody has read must not go out."""
    approved = {
        (case.kind, case.reason, language)
        for case in CASES
        for language in case.name.split(".")[1].split("+")
    }

    assert approved == {
        (kind, reason, language)
        for kind, reasons in REASONS.items()
        for reason in reasons or (None,)
        for language in ("fi", "sv", "en")
    }


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_language_fits_one_page(case: Case) -> None:
    """One sheet a language: what must be read is on one side of paper."""
    text = (GOLDEN / f"{case.name}.txt").read_text("utf-8")

    assert len(text.split("\f")) == len(case.name.split(".")[1].split("+"))
