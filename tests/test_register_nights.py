"""Night after night on one register: nothing twice, nothing lost."""

import pytest
from register_nights import FIRST_DAY, PORVOO, SALO, Row, answer, coached, fingerprints, run_night

from kuntactl.register.store import open_register

FIRST: list[Row] = [
    ("A1", PORVOO, "eligible"),
    ("A2", PORVOO, "eligible"),
    ("A3", PORVOO, "eligible"),
    ("A4", SALO, "eligible"),
    ("A5", PORVOO, "review"),
    ("A6", None, "outside"),
]
CHANGED: list[Row] = [
    ("A1", PORVOO, "not_eligible"),  # found work: stays
    ("A2", None, "outside"),  # moved to a town without a trial: leaves
    ("A3", SALO, "eligible"),  # moved to another area
    ("A4", SALO, "eligible"),
    ("A5", PORVOO, "review"),
    ("A7", PORVOO, "eligible"),  # new
]
CORRECTED: list[Row] = [
    ("A1", PORVOO, "not_eligible"),
    ("A2", PORVOO, "eligible"),  # the town was a mistake
    ("A3", SALO, "eligible"),
    ("A5", PORVOO, "eligible"),  # a person answered
    ("A7", PORVOO, "eligible"),
]


def test_first_night_writes_to_all_who_join(register: str) -> None:
    """Each member has a letter, numbered by client number in the area."""
    night = run_night(register, *FIRST)

    assert night.number == 1
    assert night.counts == (4, 0, 0, 0, 0)
    assert night.new_letters == [
        ("porvoo-000001", "A1"),
        ("porvoo-000002", "A2"),
        ("porvoo-000003", "A3"),
        ("salo-marttila-koski-000001", "A4"),
    ]


def test_same_night_again_does_nothing(register: str) -> None:
    """The export of a Sunday is the export of the Saturday; nobody gets a second letter."""
    run_night(register, *FIRST)

    night = run_night(register, *FIRST, number=1)

    assert night.number == 2
    assert night.counts == (0, 4, 0, 0, 0)
    assert (night.due.height, night.new_letters) == (0, [])


def test_changed_night_writes_only_what_is_new(register: str) -> None:
    """Who leaves, moves, joins or finds work between two nights is treated as the law says."""
    run_night(register, *FIRST)

    night = run_night(register, *CHANGED, number=1)

    assert night.counts == (1, 2, 1, 1, 0)
    assert night.members == [
        (PORVOO, "A1"),
        (PORVOO, "A7"),
        (SALO, "A3"),
        (SALO, "A4"),
    ]
    assert night.new_letters == [
        ("porvoo-000004", "A2"),
        ("porvoo-000005", "A3"),
        ("porvoo-000006", "A7"),
        ("salo-marttila-koski-000002", "A3"),
    ]


def test_corrected_and_reviewed_night(register: str) -> None:
    """Who comes back has joined anew; who is not in the export is kept."""
    run_night(register, *FIRST)
    run_night(register, *CHANGED, number=1)

    night = run_night(register, *CORRECTED, number=2)

    assert night.counts == (2, 3, 0, 0, 1)
    assert night.new_letters == [("porvoo-000007", "A2"), ("porvoo-000008", "A5")]


def test_since_is_the_day_of_joining(register: str) -> None:
    """The letter names the day of the transfer, also when it is written a week later."""
    run_night(register, ("A1", PORVOO, "eligible"))

    night = run_night(register, ("A1", PORVOO, "review"), number=7)

    member = night.reconciled.members.row(0, named=True)
    assert (member["since"], member["grounds"]) == (FIRST_DAY, ["under_30"])


def test_coach_is_known_the_next_night(register: str) -> None:
    """A client keeps the coach; who moves to another area needs a new one."""
    first = run_night(register, ("A1", PORVOO, "eligible"), ("A2", PORVOO, "eligible"))
    with open_register(register) as opened:
        opened.begin_run(on=FIRST_DAY, version="0.1.0", inputs=[])
        opened.remember_coaches(coached(first.reconciled.members, "K1"))
        opened.commit()

    night = run_night(register, ("A1", PORVOO, "eligible"), ("A2", SALO, "eligible"), number=1)

    assert night.reconciled.members["coach_id"].to_list() == ["K1", None]


def test_a_coach_for_a_stranger_is_a_mistake(register: str) -> None:
    """The split and the register must speak of the same people."""
    first = run_night(register, ("A1", PORVOO, "eligible"))
    strangers = coached(first.reconciled.members, "K1").with_columns(area=first.due["kind"])

    with open_register(register) as opened, pytest.raises(ValueError, match="not a member"):
        opened.remember_coaches(strangers)


def test_answer_holds_until_a_fact_changes(register: str) -> None:
    """A person is asked once, and again when what they looked at is no longer so."""
    with open_register(register) as opened:
        opened.begin_run(on=FIRST_DAY, version="0.1.0", inputs=[])
        opened.remember_answers(answer("A1", belongs=True), fingerprints(A1="f1", A2="f2"))
        opened.commit()

    with open_register(register) as opened:
        same = opened.answers(fingerprints(A1="f1"))
        changed = opened.answers(fingerprints(A1="f9"))

    assert same.rows() == [("A1", True, "T. Virkailija", "papers", None)]
    assert changed.rows() == []


def test_newest_answer_wins(register: str) -> None:
    """An official may think again; the register does not argue."""
    with open_register(register) as opened:
        opened.begin_run(on=FIRST_DAY, version="0.1.0", inputs=[])
        for belongs in (True, False, False):
            opened.remember_answers(answer("A1", belongs=belongs), fingerprints(A1="f1"))

        assert opened.answers(fingerprints(A1="f1"))["belongs"].to_list() == [False]
