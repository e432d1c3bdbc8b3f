"""The letters that every contender makes: transfers of Porvoo in Finnish, to artificial people."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.domain.schema import Clients
from kuntactl.domain.types import AreaId, CoachId, Language
from kuntactl.eligibility.explain import ground_words
from kuntactl.eligibility.rules import choose
from kuntactl.letters.letter import Letter, LetterFacts
from kuntactl.letters.plan import plan
from kuntactl.letters.write import shards_of
from kuntactl.sample.names import POOLS

AREA = "porvoo"
DAY = date(2021, 3, 1)
STREETS = ("Mannerheiminkatu", "Jokikatu", "Välikatu", "Kuninkaankatu", "Piispankatu")
GROUNDS = ("no_earnings_related_right", "under_30")


def due_and_facts(count: int) -> tuple[pl.DataFrame, LetterFacts]:
    """Return so many letters due, and what they are made from: 24 coaches, one or two grounds."""
    number = pl.int_range(count, eager=True)
    numbered = number.cast(pl.String).str.zfill(7)
    clients = _clients(count, numbered)
    names = POOLS["fi"]
    coaches = [
        Coach(
            id=CoachId(f"V{one}"),
            name="Ville " + names.family[one],
            area=AreaId(AREA),
            phone=f"000 123 45{one:02}",
            email=f"valmentaja{one}@porvoo.example",
        )
        for one in range(24)
    ]
    coach_id = _taken([coach.id for coach in coaches], count).alias("coach_id")
    grounds = _taken([[GROUNDS[0]], [*GROUNDS]], count).alias("grounds")
    due = clients.select(
        letter_id=pl.lit(f"{AREA}-") + (number + 1).cast(pl.String).str.zfill(6),
        client_id="client_id",
        area=pl.lit(AREA),
        kind=pl.lit("transfer"),
        bundle_number=pl.lit(1, pl.UInt32),
        day=pl.lit(DAY),
        reason=pl.lit(None, pl.String),
        other_area=pl.lit(None, pl.String),
    )
    facts = LetterFacts(
        clients=clients,
        members=clients.select("client_id", area=pl.lit(AREA), since=pl.lit(DAY)).with_columns(
            grounds, coach_id
        ),
        assignments=clients.select("client_id", area=pl.lit(AREA)).with_columns(
            coach_id, weight=pl.lit(1.0), why=pl.lit([], pl.List(pl.String))
        ),
        coaches=coaches,
        areas=load_areas(),
        ground_words=ground_words(choose(on=DAY, area_ids=[AREA])),
        on=DAY,
        letter_date=DAY,
        language=Language.FI,
        templates=None,
    )
    return due, facts


def letters_of(count: int) -> list[Letter]:
    """Return the same letters one by one, in their order."""
    due, facts = due_and_facts(count)
    found = (letter for shard in shards_of(plan(due, facts)) for letter in shard.letters)
    return sorted(found, key=lambda letter: letter.letter_id)


def _clients(count: int, numbered: pl.Series) -> pl.DataFrame:
    names = POOLS["fi"]
    own: dict[str, pl.Series | object] = {
        "file": "export.csv",
        "row": pl.int_range(2, count + 2, dtype=pl.UInt32, eager=True),
        "client_id": "B" + numbered,
        "identity_code": "never printed",
        "born": date(1995, 6, 15),
        "family_name": _taken(names.family, count),
        "given_names": _taken(names.women, count),
        "mother_tongue": "fi",
        "service_language": "fi",
        "citizenship": "246",
        "municipality": "638",
        "street": _taken(STREETS, count) + " " + _house_numbers(count),
        "postal_code": "06100",
        "post_office": "PORVOO",
        "country": "FI",
        "protected": False,
    }
    dtypes = Clients.create_empty().schema
    return pl.DataFrame({"row": own["row"]}).select(
        own[name].alias(name)
        if isinstance(own.get(name), pl.Series)
        else pl.lit(own.get(name), dtype).alias(name)
        for name, dtype in dtypes.items()
    )


def _house_numbers(count: int) -> pl.Series:
    return (pl.int_range(count, eager=True) % 97 + 1).cast(pl.String)


def _taken(values: Sequence[object], count: int) -> pl.Series:
    """Return so many of the values, from the first again after the last."""
    return pl.Series(list(values)).gather(pl.int_range(count, eager=True) % len(values))
