"""What is wrong or missing in a staff is said in a sentence, and nobody is dropped in silence."""

import json
from pathlib import Path

import polars as pl
import pytest
from assign_builders import (
    KOSKI,
    PORVOO,
    PORVOO_AREA,
    Row,
    client,
    clients,
    coach,
    coach_of,
    problem_of,
    split,
)
from builders import client_row, csv_export
from conftest import RunCli
from hypothesis import given, settings
from hypothesis import strategies as st
from night_exports import write_coaches

from kuntactl.assignment.area_split import Change, Needed
from kuntactl.assignment.notices import CHANGES, SENTENCES, NoticeCode
from kuntactl.assignment.shortages import missing, smallest_change
from kuntactl.assignment.split import split_area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.schema import Ties
from kuntactl.domain.types import CoachId, MunicipalityCode

HANKO, RAASEPORI, WEST = "078", "710", "raasepori-hanko"
SMALLEST = "the smallest change that gives everybody a coach who fits: "
SWEDISH = {"service_language": "sv", "mother_tongue": "sv"}


def western(number: str, town: str, **facts: object) -> Row:
    """Return a member of Raasepori's and Hanko's area."""
    return client(number, **{"municipality": town, "area": WEST, **facts})


def said(rows: list[Row], coaches: list[Coach], **more: object) -> list[tuple[str, str]]:
    """Return code and English sentence of each notice."""
    return [(one.code.value, one.words.en) for one in split(rows, coaches, **more).notices]


def bans(*lines: tuple[str, str]) -> pl.DataFrame:
    """Return bans: client, coach."""
    schema = {name: column.dtype for name, column in Ties.columns().items()}
    rows = [(number, found, "ban", "conflict") for number, found in lines]
    return Ties.validate(pl.DataFrame(rows, schema=schema, orient="row"))


# rows, coaches, terms, what is said, why
CASES = [
    (clients(2), [coach("C1")], {}, [], "nothing is wrong"),
    (
        clients(2),
        [coach("C1", area=PORVOO_AREA)],
        {},
        [("no_coach_in_area", "the area has no coach; without a coach: 2")],
        "an area with no coach",
    ),
    (
        clients(3, coach_id="C9"),
        [coach("C1")],
        {},
        [
            (
                "coach_left",
                "coach C9 is in the list no longer; clients for whom another one was sought: 3",
            )
        ],
        "a coach who left",
    ),
    (
        clients(3, coach_id="C1"),
        [coach("C1", limit=2)],
        {},
        [
            (
                "over_limit",
                "coach C1 has 3 clients, at most 2: nobody changes coaches, and nobody new comes",
            )
        ],
        "a limit below what they hold",
    ),
    (
        [client("A1", mother_tongue="so"), client("A2", mother_tongue="99")],
        [coach("C1")],
        {},
        [("nobody_speaks", "languages that no coach speaks (clients): Somali (1)")],
        "a language nobody speaks",
    ),
    (
        [client("A1", municipality=KOSKI)],
        [coach("C1", municipalities=["734"])],
        {},
        [
            ("nobody_serves", "Koski Tl: without a coach 1, for no coach serves there"),
            (
                "smallest_change",
                SMALLEST + "coach C1 also serves Koski Tl (clients: 1)",
            ),
        ],
        "nobody serves in Koski",
    ),
    (
        clients(5),
        [coach("C1", limit=1), coach("C2", limit=2)],
        {},
        [
            ("full", "Salo: without a coach 2, for the coaches who serve there are full"),
            (
                "smallest_change",
                SMALLEST + "coach C1, most clients 1 → 2; coach C2, most clients 2 → 3",
            ),
        ],
        "all are full",
    ),
    (
        [western("A1", HANKO, **SWEDISH), western("A2", HANKO)],
        [coach("C1", area=WEST)],
        {},
        [
            ("nobody_speaks", "languages that no coach speaks (clients): Swedish (1)"),
            (
                "no_swedish",
                "Hanko needs one Swedish-speaking coach; it has none (clients: 1)",
            ),
            (
                "smallest_change",
                SMALLEST + "more Swedish-speaking coaches: 1 (clients: 1)",
            ),
        ],
        "Hanko has no Swedish-speaking coach",
    ),
    (
        [western("A1", HANKO, **SWEDISH)],
        [
            coach("C1", area=WEST, municipalities=[HANKO]),
            coach("C2", area=WEST, municipalities=[RAASEPORI], languages={"fi", "sv"}),
        ],
        {},
        [
            (
                "no_swedish",
                "Hanko needs one Swedish-speaking coach; it has none (clients: 1)",
            ),
            (
                "smallest_change",
                SMALLEST + "coach C2 also serves Hanko (clients: 1)",
            ),
        ],
        "one in the next town speaks Swedish",
    ),
    (
        [client("A1"), client("A2")],
        [coach("C1")],
        {"ties": bans(("A1", "C1"))},
        [
            (
                "ruled_out",
                "Salo: without a coach 1, for every coach who could serve is ruled out",
            ),
            (
                "smallest_change",
                SMALLEST + "more coaches: 1 (clients: 1)",
            ),
        ],
        "the only coach is ruled out",
    ),
]


@pytest.mark.parametrize(
    ("rows", "coaches", "terms", "sentences"),
    [case[:4] for case in CASES],
    ids=[case[4] for case in CASES],
)
def test_each_fault_has_its_sentence(
    rows: list[Row], coaches: list[Coach], terms: dict, sentences: list[tuple[str, str]]
) -> None:
    """The head of services reads what is missing, and the least that would mend it."""
    assert said(rows, coaches, **terms) == sentences


def test_languages_are_said_by_name() -> None:
    """A head of services looks for a coach who speaks Somali, not for one who speaks ``so``."""
    rows = [client("A1", mother_tongue="so"), client("A2", mother_tongue="zun")]

    said_of = next(iter(split(rows, [coach("C1")]).notices)).words

    assert said_of.fi.endswith(": somali (1), zun (1)")  # whose name we do not know: the code
    assert said_of.sv.endswith(": somaliska (1), zun (1)")


def test_hanko_is_said_in_each_language() -> None:
    """In the language of the run, with the town's own name in it."""
    rows = [western("A1", HANKO, **SWEDISH)]

    notices = split(rows, [coach("C1", area=WEST)]).notices

    words = next(one.words for one in notices if one.code is NoticeCode.NO_SWEDISH)
    assert words.fi == (
        "Hanko tarvitsee yhden ruotsinkielisen valmentajan; yhtään ei ole (asiakkaita: 1)"
    )
    assert words.sv == "Hangö behöver en svenskspråkig coach; det finns ingen (kunder: 1)"


def test_no_town_of_a_protected_client_is_named() -> None:
    """One client of Koski who waits and is protected: the sentence would tell where they live."""
    rows = [client("A1", municipality=KOSKI, protected=True)]

    sentences = [text for _, text in said(rows, [coach("C1", municipalities=["734"])])]

    assert not [text for text in sentences if "Koski" in text]
    assert sentences[0] == "a protected municipality: without a coach 1, for no coach serves there"


def test_an_unknown_home_is_called_unknown() -> None:
    """Nobody is said to be protected whose municipality the export leaves blank."""
    rows = [client("A1", municipality=None)]

    (first, *_) = said(rows, [coach("C1", municipalities=[KOSKI])])

    assert first[1] == "an unknown municipality: without a coach 1, for no coach serves there"


def _mended(coaches: list[Coach], changes: tuple[Needed, ...], area: str) -> list[Coach]:
    """Return the coaches once the changes are made."""
    mended = list(coaches)
    for one in changes:
        if one.change in {Change.NEW_COACH, Change.NEW_SWEDISH_COACH}:
            swedish = {"sv"} if one.change is Change.NEW_SWEDISH_COACH else set()
            facts = {"area": area, "languages": {"fi"} | swedish}
            mended += [coach(f"{one.change}{place}", **facts) for place in range(one.coaches)]
            continue
        old = mended[one.coach]
        more = {
            Change.LIMIT: {"limit": (old.limit or 0) + one.clients},
            Change.MUNICIPALITY: {
                "municipalities": old.municipalities | {MunicipalityCode(str(one.municipality))}
            },
        }[one.change]
        facts = {name: getattr(old, name) for name in ("area", "languages", "limit")}
        facts |= {"municipalities": old.municipalities, **more}
        mended[one.coach] = coach(CoachId(old.id), **facts)
    return mended


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_the_change_is_enough_and_none_is_asked_for_nothing(data: st.DataObject) -> None:
    """Once it is made everybody has a coach who fits; where all had one nothing is asked."""
    towns, tongues = st.sampled_from([HANKO, RAASEPORI]), st.booleans()
    rows = [
        western(f"A{n:02d}", data.draw(towns), **(SWEDISH if data.draw(tongues) else {}))
        for n in range(data.draw(st.integers(1, 8)))
    ]
    coaches = [
        coach(
            f"C{n}",
            area=WEST,
            languages={"fi", "sv"} if data.draw(tongues) else {"fi"},
            limit=data.draw(st.sampled_from([None, 0, 1, 3])),
            municipalities=data.draw(st.sets(towns, max_size=1)),
        )
        for n in range(data.draw(st.integers(1, 4)))
    ]
    problem = problem_of(rows, coaches)
    given = split_area(problem).coach

    changes = smallest_change(problem, given)

    assert bool(changes) == bool(missing(problem, given).any())
    again = problem_of(rows, _mended(coaches, changes, WEST))
    assert not missing(again, split_area(again).coach).any()


def test_the_run_says_it_and_its_file_keeps_it(tmp_path: Path, kuntactl: RunCli) -> None:
    """On stderr as in run.json in the language of the run; nobody is named."""
    (tmp_path / "vienti.csv").write_bytes(
        csv_export([client_row(asiakasnumero=number) for number in ("A1", "A2")])
    )
    columns = {"nimi": "Pia P", "alue": "porvoo", "enintaan": "1", "kielet": "fi"}
    write_coaches(tmp_path / "coaches.csv", [{"valmentaja_id": "p1", **columns}])

    done = kuntactl(
        *("assign", tmp_path / "vienti.csv", "--coaches", tmp_path / "coaches.csv"),
        *("--on", "2021-03-01", "--area", "porvoo", "--out", tmp_path / "out", "--lang", "sv"),
    )

    assert done.code == 20  # somebody waits
    assert "varning: porvoo: Borgå: utan coach 1, eftersom coacherna där har fullt" in done.err
    assert "bevisad skillnad" in " ".join(done.out.split())
    kept = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["notices"]
    assert [one["code"] for one in kept] == ["full", "smallest_change"]
    assert kept[1]["text"].endswith("coach p1, högsta antal 1 → 2")
    assert kept[0]["text"] == "Borgå: utan coach 1, eftersom coacherna där har fullt"


def test_every_notice_has_words() -> None:
    """A code without a sentence would be dropped in silence."""
    assert set(SENTENCES) == set(NoticeCode)
    assert set(CHANGES) == set(Change)


def test_a_town_may_have_room_in_porvoo() -> None:
    """Another area's coach is no help: the areas are told apart."""
    rows = [client("A1"), client("P1", municipality=PORVOO)]

    result = split(rows, [coach("C1", area=PORVOO_AREA)])

    assert coach_of(result) == {"A1": None, "P1": "C1"}
    assert [(one.area, one.code.value) for one in result.notices] == [
        ("salo-marttila-koski", "no_coach_in_area")
    ]
