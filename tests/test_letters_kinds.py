"""Each kind of letter tells what has happened, to whom it may be told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from client_frames import client, clients
from conftest import RunCli
from letters_due import COACH, due_for, facts_for

from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import REASONS, AreaId, CoachId, LetterKind
from kuntactl.errors import LetterError
from kuntactl.letters.letter import Letter
from kuntactl.letters.plan import LetterFacts, plan

KINDS = [(kind, reason) for kind, reasons in REASONS.items() for reason in reasons or (None,)]


def due(people: pl.DataFrame, kind: str, reason: str, **changes: object) -> pl.DataFrame:
    """Return such a letter to each of the people."""
    return due_for(people).with_columns(
        kind=pl.lit(kind),
        reason=pl.lit(reason),
        other_area=pl.lit(changes.get("other_area"), pl.String),
        area=pl.lit(changes.get("area", "porvoo")),
        day=pl.lit(changes.get("day", date(2021, 9, 1))),
    )


def only(letters: pl.DataFrame, facts: LetterFacts) -> Letter:
    """Return the one letter that is due."""
    (letter,) = plan(letters, facts).letters.values()
    return letter


def without_members(facts: LetterFacts) -> LetterFacts:
    """Return the facts of people who are members no more, and whom no coach has."""
    return replace(facts, members=facts.members.clear(), assignments=facts.assignments.clear())


@pytest.mark.parametrize("reason", ["trial_end", "at_request", "by_agreement"])
def test_who_goes_back_is_no_member_any_more(reason: str) -> None:
    """The letter of return goes to people whom the register has let go."""
    people = client()

    letter = only(due(people, "return", reason), without_members(facts_for(people)))

    assert letter.choices[0].grounds_count == "none"
    assert not letter.choices[0].has_coach


def test_a_client_without_a_row_is_named_by_number() -> None:
    """An export that is older than the register lacks people; nobody is written to blindly."""
    people = clients(municipality=["638", "638"])

    with pytest.raises(LetterError, match="client A2 has no row"):
        plan(due(people, "return", "trial_end"), facts_for(people[:1]))


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 1, 1), date(2025, 2, 3)])
def test_the_trial_s_end_is_the_day_after_its_last(day: date) -> None:
    """Closed on time or late: the clients were served elsewhere from the same day on."""
    people = client()
    facts = replace(without_members(facts_for(people)), letter_date=date(2024, 12, 2))

    choices = only(due(people, "return", "trial_end", day=day), facts).choices[0]

    assert choices.day == date(2025, 1, 1)
    assert choices.trial_end == date(2024, 12, 31)
    assert choices.next_service == "employment_area"


def test_who_serves_afterwards_is_what_was_known_then() -> None:
    """In 2021 the trial was to end in 2023, and no employment area was thought of."""
    people = client()
    facts = replace(without_members(facts_for(people)), letter_date=date(2022, 6, 1))

    choices = only(due(people, "return", "trial_end", day=date(2023, 7, 1)), facts).choices[0]

    assert (choices.day, choices.next_service) == (date(2023, 7, 1), "te_office")


def test_the_letters_of_both_ends_of_a_move_have_their_own_coach() -> None:
    """The old area names none; the new one names its own, though it is one client."""
    people = client(municipality="734")
    new = Coach(id=CoachId("V9"), name="Uusi Valmentaja", area=AreaId("salo-marttila-koski"))
    facts = facts_for(people)
    both = pl.concat(
        [
            due(people, "move", "to_area", other_area="salo-marttila-koski"),
            due(
                people, "move", "from_area", area="salo-marttila-koski", other_area="porvoo"
            ).with_columns(letter_id=pl.lit("salo-marttila-koski-000001")),
        ]
    )
    facts = replace(
        facts,
        coaches=[COACH, new],
        assignments=facts.assignments.with_columns(
            area=pl.lit(str(new.area)), coach_id=pl.lit(str(new.id))
        ),
    )

    old_end, new_end = plan(both, facts).letters.values()

    assert old_end.fields[0].coach_name is None
    assert new_end.fields[0].coach_name == "Uusi Valmentaja"
    assert (old_end.fields[0].other_area, new_end.fields[0].other_area) == (
        "Salo–Marttila–Koski",
        "Porvoo",
    )


# what tells where the client has moved to
TELLING: list[Callable[[Letter], object]] = [
    lambda letter: letter.fields[0].municipality,
    lambda letter: letter.fields[0].municipality_genitive,
    lambda letter: letter.fields[0].other_area,
    lambda letter: letter.fields[0].other_web,
]


@pytest.mark.parametrize(
    ("reason", "other_area"), [("to_area", "salo-marttila-koski"), ("out_of_trials", None)]
)
def test_where_a_protected_client_has_moved_to_is_not_told(
    reason: str, other_area: str | None
) -> None:
    """Whoever they have left need not know; for anybody else the letter says it."""
    told = []
    for protected in (True, False):
        people = client(municipality="734", protected=protected)
        facts = without_members(facts_for(people))
        letter = only(due(people, "move", reason, other_area=other_area), facts)
        told.append([says(letter) is not None for says in TELLING])

    assert not any(told[0])
    assert told[1][:2] == [True, True]


def test_from_where_a_protected_client_has_come_is_not_told() -> None:
    """The new area need not know whom they have left."""
    people = client(protected=True)

    letter = only(due(people, "move", "from_area", other_area="espoo"), facts_for(people))

    assert letter.fields[0].other_area is None
    assert letter.fields[0].municipality == "Porvoo"


def test_a_letter_about_a_coach_needs_one() -> None:
    """A letter that announces nobody would frighten; it stops the run."""
    people = client()

    with pytest.raises(LetterError, match="porvoo-000001: it tells of a coach"):
        plan(due(people, "coach", "new_coach"), without_members(facts_for(people)))


@pytest.mark.parametrize(("kind", "reason"), KINDS)
def test_each_kind_and_reason_can_be_looked_at(
    kuntactl: RunCli, tmp_path: Path, kind: str, reason: str | None
) -> None:
    """Who signs letters off sees each of them before anybody gets one."""
    out = tmp_path / "letter.pdf"
    words = ("--reason", reason) if reason else ()

    ended = kuntactl("letters", "preview", "--kind", kind, *words, "-o", out)

    assert (ended.code, ended.err) == (0, "")
    assert out.read_bytes().startswith(b"%PDF")


def test_a_reason_of_another_kind_is_refused(kuntactl: RunCli, tmp_path: Path) -> None:
    """The error names the reasons that there are."""
    ended = kuntactl(
        "letters", "preview", "--kind", "coach", "--reason", "to_area", "-o", tmp_path / "x.pdf"
    )

    assert (ended.code, ended.out) == (11, "")
    assert ended.err.splitlines() == [
        "error: a letter of kind `coach` does not tell of `to_area`",
        "hint: reasons: first_coach, new_coach",
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("--reason", "to_area", "--municipality", "638"), 11, id="stays"),
        pytest.param(("--reason", "out_of_trials", "--municipality", "638"), 11, id="in a trial"),
        pytest.param(("--reason", "out_of_trials", "--municipality", "434"), 0, id="in none"),
        pytest.param(("--reason", "to_area", "--other-area", "gone"), 11, id="no such area"),
        pytest.param(("--letter-lang", "ru"), 2, id="no language of service"),
        pytest.param(("--letter-lang", "fi+ru"), 11, id="a language without template"),
    ],
)
def test_a_move_leads_where_it_says(
    kuntactl: RunCli, tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    """A sample that cannot be would teach the reader something wrong."""
    ended = kuntactl("letters", "preview", "--kind", "move", *words, "-o", tmp_path / "x.pdf")

    assert ended.code == code


def test_kinds_are_those_of_the_contract() -> None:
    """letters.csv names them, and print runs are named by them."""
    assert {str(kind) for kind in LetterKind} == {"transfer", "return", "move", "coach"}
