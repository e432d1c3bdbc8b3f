"""Letters whose words are approved, by kind, language and circumstances."""

from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl
from client_frames import client
from letters_due import due_for

from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import AreaId, CoachId, Language, LetterKind, LetterReason
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.explain import ground_words
from kuntactl.eligibility.rules import choose
from kuntactl.letters.letter import Letter, LetterFacts
from kuntactl.letters.plan import plan

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
    kind: LetterKind = LetterKind.TRANSFER
    reason: LetterReason | None = None
    other_area: str | None = None


TRANSFERS = [
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

# Clients by the languages of their letters; the first part is the language of service.
CLIENTS = {
    "fi+en": {"mother_tongue": "ru"},
    "sv": {"mother_tongue": "sv", "service_language": "sv"},
    "sv+en": {"mother_tongue": "so", "service_language": "sv"},
}
RETURN, MOVE, COACH = LetterKind.RETURN, LetterKind.MOVE, LetterKind.COACH
MOVED = date(2021, 9, 1)
RASEPORI = {"area": "raasepori-hanko", "municipality": "710"}
SALO = {"area": "salo-marttila-koski", "municipality": "734"}
MIKKELI = {"area": "mikkelin-seutu", "municipality": "491"}
PORVOO = {"area": "porvoo", "municipality": "638"}

# kind, what it tells of, name of the circumstances, languages, the circumstances
OTHERS = [
    (
        *(RETURN, LetterReason.TRIAL_END, "pori-2018", ("fi+en", "sv")),
        {
            "area": "pori-2017",
            "municipality": "609",
            "on": date(2018, 12, 31),
            "letter_date": date(2018, 12, 3),
        },
    ),
    (
        *(RETURN, LetterReason.TRIAL_END, "pori-closed-late", ("fi+en", "sv")),
        {"area": "pori-2017", "municipality": "609", "on": date(2019, 1, 7)},
    ),
    (
        *(RETURN, LetterReason.TRIAL_END, "porvoo-2024", ("fi+en", "sv")),
        {**PORVOO, "on": date(2024, 12, 31), "letter_date": date(2024, 12, 2)},
    ),
    (
        *(RETURN, LetterReason.AT_REQUEST, "porvoo", ("fi+en", "sv")),
        {**PORVOO, "on": MOVED, "letter_date": date(2021, 8, 25)},
    ),
    (
        *(RETURN, LetterReason.BY_AGREEMENT, "mikkeli", ("fi+en", "sv")),
        {**MIKKELI, "on": MOVED},
    ),
    (*(RETURN, LetterReason.AT_REQUEST, "raasepori", ("sv+en",)), {**RASEPORI, "on": MOVED}),
    (*(MOVE, LetterReason.WITHIN_AREA, "koski", ("fi+en", "sv")), {**SALO, "municipality": "284"}),
    (
        *(MOVE, LetterReason.WITHIN_AREA, "salo-no-coach", ("fi+en", "sv")),
        {**SALO, "coach": False},
    ),
    (
        *(MOVE, LetterReason.TO_AREA, "salo-to-porvoo", ("fi+en", "sv")),
        {**SALO, "municipality": "638", "other_area": "porvoo"},
    ),
    (
        *(MOVE, LetterReason.FROM_AREA, "porvoo-to-salo", ("fi+en", "sv")),
        {**SALO, "other_area": "porvoo"},
    ),
    (
        *(MOVE, LetterReason.FROM_AREA, "porvoo-to-raasepori", ("sv+en",)),
        {**RASEPORI, "other_area": "porvoo"},
    ),
    (
        *(MOVE, LetterReason.OUT_OF_TRIALS, "porvoo-to-loviisa", ("fi+en", "sv")),
        {**PORVOO, "municipality": "434"},
    ),
    (
        *(MOVE, LetterReason.OUT_OF_TRIALS, "porvoo-to-abroad", ("fi+en", "sv")),
        {**PORVOO, "municipality": "200"},
    ),
    (*(COACH, LetterReason.FIRST_COACH, "mikkeli", ("fi+en", "sv")), MIKKELI),
    (*(COACH, LetterReason.NEW_COACH, "salo", ("fi+en", "sv")), SALO),
    (*(COACH, LetterReason.NEW_COACH, "raasepori", ("sv+en",)), RASEPORI),
]
CASES = [
    *TRANSFERS,
    *(
        Case(
            name=f"{kind}.{lang}.{reason.replace('_', '-')}-{where}",
            kind=kind,
            reason=reason,
            client=CLIENTS[lang],
            **{"on": MOVED, **circumstances},
        )
        for kind, reason, where, langs, circumstances in OTHERS
        for lang in langs
    ),
]


def letter_of(case: Case) -> Letter:
    """Return the letter as the plan of a run has it."""
    person = client(
        born=case.born,
        municipality=case.municipality,
        earnings_right=False,
        search_from=date(case.on.year, 1, 15),
        **case.client,
    )
    due = due_for(person, area=case.area).with_columns(
        kind=pl.lit(case.kind.value),
        day=pl.lit(case.on),
        reason=pl.lit(case.reason, pl.String),
        other_area=pl.lit(case.other_area, pl.String),
    )
    facts = _facts(case, person)
    if case.kind is LetterKind.TRANSFER:
        facts = _with_grounds(case, facts)
    (letter,) = plan(due, facts).letters.values()
    return letter


def _facts(case: Case, person: pl.DataFrame) -> LetterFacts:
    members = person.select(
        "client_id",
        area=pl.lit(case.area),
        since=pl.lit(case.on),
        grounds=pl.lit([], pl.List(pl.String)),
        coach_id=pl.lit(None, pl.String),
    )
    coach = Coach(
        id=CoachId("V1"),
        name="Ville Valmentaja",
        area=AreaId(case.area),
        phone="000 123 4567",
        email="ville.valmentaja@kunta.example",
    )
    return LetterFacts(
        clients=person,
        members=members.clear() if case.kind is LetterKind.RETURN else members,
        assignments=person.select(
            "client_id",
            area=pl.lit(case.area),
            coach_id=pl.lit("V1" if case.coach else None, pl.String),
            weight=pl.lit(1.0),
            why=pl.lit([], pl.List(pl.String)),
        ),
        coaches=[coach],
        areas=load_areas(),
        ground_words={},
        on=case.on,
        letter_date=case.letter_date or case.on,
        language=Language.FI,
        templates=None,
    )


def _with_grounds(case: Case, facts: LetterFacts) -> LetterFacts:
    """Return the facts with the grounds on which the rules take the client in."""
    chosen = choose(on=case.on, area_ids=[case.area])
    decisions = decide(facts.clients, chosen, on=case.on)
    assert decisions["outcome"].to_list() == ["eligible"]
    return replace(
        facts,
        members=facts.members.with_columns(decisions["grounds"]),
        ground_words=ground_words(chosen),
    )
