"""Letters that are due, for tests: clients in, everything that write_letters needs out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import polars as pl

from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import AreaId, CoachId, Language
from kuntactl.domain.wording import Words
from kuntactl.letters.letter import Letter, LetterFacts
from kuntactl.letters.plan import plan

MM = 25.4 / 72  # one PDF point
DAY = date(2021, 3, 1)
COACH = Coach(
    id=CoachId("V1"),
    name="Ville Valmentaja",
    area=AreaId("porvoo"),
    phone="040 000 0000",
    email="ville@example.fi",
)
GROUNDS = {
    "under_30": Words(
        fi="Olet alle 30-vuotias.", sv="Du är under 30 år.", en="You are under 30 years old."
    )
}


def due_for(clients: pl.DataFrame, *, area: str = "porvoo", first_run: int = 1) -> pl.DataFrame:
    """Return a transfer letter for each client (LettersDue), numbered in their order."""
    number = pl.int_range(1, clients.height + 1).cast(pl.String).str.zfill(6)
    return clients.select(
        letter_id=pl.lit(f"{area}-") + number,
        client_id="client_id",
        area=pl.lit(area),
        kind=pl.lit("transfer"),
        bundle_number=pl.lit(first_run, pl.UInt32),
        day=pl.lit(DAY),
        reason=pl.lit(None, pl.String),
        other_area=pl.lit(None, pl.String),
    )


def facts_for(
    clients: pl.DataFrame,
    *,
    area: str = "porvoo",
    coach: Coach | None = COACH,
    letter_date: date = DAY,
    templates: Path | None = None,
) -> LetterFacts:
    """Return what letters to these clients are made from: all under 30, all with one coach."""
    members = clients.select(
        "client_id",
        area=pl.lit(area),
        since=pl.lit(DAY),
        grounds=pl.lit(["under_30"]),
        coach_id=pl.lit(None, pl.String),
    )
    assignments = clients.select(
        "client_id",
        area=pl.lit(area),
        coach_id=pl.lit(coach.id if coach else None, pl.String),
        weight=pl.lit(1.0),
        why=pl.lit([], pl.List(pl.String)),
    )
    return LetterFacts(
        clients=clients,
        members=members,
        assignments=assignments,
        coaches=[replace(coach, area=AreaId(area))] if coach else [],
        areas=load_areas(),
        ground_words=GROUNDS,
        on=DAY,
        letter_date=letter_date,
        language=Language.FI,
        templates=templates,
    )


def only_letter(clients: pl.DataFrame, **changes: Any) -> Letter:
    """Return the one letter that is due to the one client."""
    area = changes.get("area", "porvoo")
    planned = plan(due_for(clients, area=area), facts_for(clients, **changes))
    (letter,) = planned.letters.values()
    return letter


def words_of(pdf: bytes, page: int = 0) -> Sequence[Mapping[str, Any]]:
    """Return the words of a page with the place of each in mm from the sheet's top left."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        found = document.pages[page].extract_words(keep_blank_chars=False)
    return [
        {
            "text": word["text"],
            **{
                name: float(word[key]) * MM
                for name, key in (
                    ("left", "x0"),
                    ("right", "x1"),
                    ("top", "top"),
                    ("bottom", "bottom"),
                )
            },
        }
        for word in found
    ]


def text_of(pdf: bytes) -> str:
    """Return the text of all pages."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        return "\n".join(page.extract_text() for page in document.pages)
