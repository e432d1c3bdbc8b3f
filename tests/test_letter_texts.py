"""The words of the letters are those that were approved (tests/golden).

``make golden`` writes them anew; the difference is then reviewed as words.
"""

import os
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path

import pdfplumber
import polars as pl
import pytest
from client_frames import client
from letters_due import due_for

from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import AreaId, CoachId, Language
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.explain import ground_words
from kuntactl.eligibility.rules import choose
from kuntactl.letters.plan import LetterFacts, plan
from kuntactl.letters.press import Press

GOLDEN = Path(__file__).parent / "golden"
OVER_30 = date(1980, 5, 4)
UNDER_30 = date(1995, 6, 1)
START = date(2021, 3, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One letter whose words are approved."""

    name: str  # of the file in tests/golden
    area: str
    municipality: str
    born: date = OVER_30
    client: dict[str, object] = field(default_factory=dict)
    coach: bool = True
    on: date = START
    letter_date: date | None = None


CASES = [
    Case(name="transfer.fi.porvoo", area="porvoo", municipality="638"),
    Case(
        name="transfer.sv.porvoo",
        area="porvoo",
        municipality="638",
        client={"mother_tongue": "sv", "service_language": "sv"},
    ),
    Case(
        name="transfer.fi+en.porvoo",
        area="porvoo",
        municipality="638",
        born=UNDER_30,
        client={"mother_tongue": "ru", "citizenship": "643"},
    ),
    Case(
        name="transfer.sv+en.raasepori",
        area="raasepori-hanko",
        municipality="710",
        client={"mother_tongue": "so", "service_language": "sv", "citizenship": "706"},
    ),
    Case(name="transfer.fi.salo", area="salo-marttila-koski", municipality="734"),
    Case(
        name="transfer.fi.salo-under-30",
        area="salo-marttila-koski",
        municipality="734",
        born=UNDER_30,
    ),
    Case(
        name="transfer.fi.koski-under-30",
        area="salo-marttila-koski",
        municipality="284",
        born=UNDER_30,
    ),
    Case(
        name="transfer.sv.marttila",
        area="salo-marttila-koski",
        municipality="480",
        client={"service_language": "sv"},
    ),
    Case(name="transfer.fi.mikkeli", area="mikkelin-seutu", municipality="491"),
    Case(
        name="transfer.fi.mikkeli-no-coach",
        area="mikkelin-seutu",
        municipality="491",
        coach=False,
    ),
    Case(
        name="transfer.fi.savonlinna-no-office-no-coach",
        area="savonlinna",
        municipality="740",
        coach=False,
    ),
    Case(
        name="transfer.fi.salo-2022-11",
        area="salo-marttila-koski",
        municipality="734",
        on=date(2022, 11, 1),
        letter_date=date(2022, 11, 3),
    ),
    Case(
        name="transfer.sv.porvoo-2022-11",
        area="porvoo",
        municipality="638",
        client={"mother_tongue": "sv", "service_language": "sv"},
        on=date(2022, 11, 1),
    ),
    Case(
        name="transfer.fi.pori-2017",
        area="pori-2017",
        municipality="609",
        on=date(2017, 8, 1),
        client={"support_days": 240},
    ),
    Case(
        name="transfer.sv.pori-2017",
        area="pori-2017",
        municipality="609",
        on=date(2017, 8, 1),
        client={"support_days": 240, "service_language": "sv", "mother_tongue": "sv"},
    ),
]


@pytest.fixture(scope="module")
def press() -> Press:
    """Print with the templates of the product."""
    return Press(None)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_text_is_as_approved(case: Case, press: Press) -> None:
    """A change of words is seen as words, by somebody who reads the language."""
    text = letter_text(case, press)

    approved = GOLDEN / f"{case.name}.txt"
    if os.environ.get("KUNTACTL_GOLDEN") == "write":
        approved.parent.mkdir(exist_ok=True)
        approved.write_text(text, "utf-8")
    assert text == approved.read_text("utf-8")


def test_no_approved_text_is_without_a_case() -> None:
    """A case that is gone leaves no text behind that nobody checks."""
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {case.name for case in CASES}


def letter_text(case: Case, press: Press) -> str:
    """Return the words of the case's letter, page by page, parted by form feeds."""
    person = client(
        born=case.born,
        municipality=case.municipality,
        earnings_right=False,
        search_from=date(case.on.year, 1, 15),
        **case.client,
    )
    chosen = choose(on=case.on, area_ids=[case.area])
    decisions = decide(person, chosen, on=case.on)
    assert decisions["outcome"].to_list() == ["eligible"]
    coach = Coach(
        id=CoachId("V1"),
        name="Ville Valmentaja",
        area=AreaId(case.area),
        phone="000 123 4567",
        email="ville.valmentaja@kunta.example",
    )
    facts = LetterFacts(
        clients=person,
        members=decisions.select(
            "client_id",
            "area",
            pl.col("on").alias("since"),
            "grounds",
            pl.lit(None, pl.String).alias("coach_id"),
        ),
        assignments=decisions.select(
            "client_id",
            "area",
            pl.lit("V1" if case.coach else None, pl.String).alias("coach_id"),
            pl.lit(1.0).alias("weight"),
            pl.lit([], pl.List(pl.String)).alias("why"),
        ),
        coaches=[coach],
        areas=load_areas(),
        ground_words=ground_words(chosen),
        on=case.on,
        letter_date=case.letter_date or case.on,
        language=Language.FI,
        templates=None,
    )
    due = due_for(person, area=case.area).with_columns(day=pl.lit(case.on))
    (letter,) = plan(due, facts).letters.values()
    with pdfplumber.open(BytesIO(press.write([press.lay_out(letter)]))) as document:
        return "\f\n".join(f"{page.extract_text()}\n" for page in document.pages)
