"""A letter's id belongs to the event it tells of, and never changes."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from register_nights import AREAS, FIRST_DAY, PORVOO, SALO, Row, decisions, done, homes, run_night

from kuntactl.register.store import open_register

ROWS: list[Row] = [("A2", PORVOO, "eligible"), ("A3", PORVOO, "eligible")]


def test_undeliverable_letter_keeps_its_id(register: str) -> None:
    """A mended address makes the same letter due, though others were written meanwhile."""
    run_night(register, *ROWS, status="undeliverable")

    night = run_night(register, ("A1", PORVOO, "eligible"), *ROWS, number=1)

    assert night.new_letters == [
        ("porvoo-000001", "A2"),
        ("porvoo-000002", "A3"),
        ("porvoo-000003", "A1"),
    ]


def test_undeliverable_again_is_no_news(register: str) -> None:
    """letters.csv does not grow by a line a night for an address that nobody mends."""
    first = run_night(register, *ROWS, status="undeliverable")
    second = run_night(register, *ROWS, status="undeliverable", number=1)

    assert [night.news.height for night in (first, second)] == [2, 0]
    assert second.due["letter_id"].to_list() == ["porvoo-000001", "porvoo-000002"]


@pytest.mark.parametrize("status", ["written", "protected"])
def test_a_letter_that_was_made_is_never_due_again(register: str, status: str) -> None:
    """Under non-disclosure too, a client has had their letter once it lies in protected/."""
    run_night(register, *ROWS, status=status)

    assert run_night(register, *ROWS, number=1).due.height == 0


def test_ids_do_not_depend_on_a_run_that_failed(register: str) -> None:
    """A killed run, started again, ends with the same letters."""
    run_night(register, *ROWS)
    more: list[Row] = [*ROWS, ("A1", PORVOO, "eligible")]
    failed = run_night(register, *more, number=1, commit=False)

    again = run_night(register, *more, number=1)

    assert again.number == failed.number == 2
    assert again.new_letters == failed.new_letters == [("porvoo-000003", "A1")]


def test_print_runs_are_numbered_on(register: str) -> None:
    """A later night must not overwrite a print run that was handed to the printer."""
    run_night(register, *ROWS)

    night = run_night(
        register, *ROWS, ("A1", PORVOO, "eligible"), ("A4", SALO, "eligible"), number=1
    )

    assert night.due.select("area", "bundle_number").rows() == [(PORVOO, 2), (SALO, 1)]


def test_print_runs_are_numbered_as_numbers(register: str) -> None:
    """After print run 9 comes 10, in whichever language it was."""
    _bundles(register, "porvoo-transfer-fi+en-10.pdf", "porvoo-transfer-fi-9.pdf")

    night = run_night(register, *ROWS, ("A1", PORVOO, "eligible"), number=1)

    assert night.due["bundle_number"].to_list() == [11]


def _bundles(register: str, *names: str) -> None:
    """Let the letters of ``ROWS`` be in these print runs."""
    with open_register(register) as opened:
        opened.begin_run(on=FIRST_DAY, version="0.1.0", inputs=[])
        night = opened.reconcile(decisions(*ROWS), homes(*ROWS), areas=AREAS)
        lines = done(opened.letters_due(night.members, areas=AREAS))
        opened.record_letters(lines.with_columns(bundle=pl.Series(names)))
        opened.commit()


def test_an_id_that_was_not_given_is_a_mistake(register: str) -> None:
    """A letter under another client's id would be lost from every count."""
    night = run_night(register, *ROWS, status="undeliverable")
    stranger = done(night.due).with_columns(client_id=pl.lit("A9"))

    with open_register(register) as opened, pytest.raises(ValueError, match="did not give"):
        opened.record_letters(stranger)


def test_half_a_member_list_gets_half_the_letters(register: str) -> None:
    """Letters of members who are not asked for stay due, and get their ids later."""
    with open_register(register) as opened:
        opened.begin_run(on=FIRST_DAY, version="0.1.0", inputs=[])
        members = opened.reconcile(decisions(*ROWS), homes(*ROWS), areas=AREAS).members
        some = opened.letters_due(members.filter(pl.col("client_id") == "A3"), areas=AREAS)
        every = opened.letters_due(members, areas=AREAS)

    assert some.select("letter_id", "client_id").rows() == [("porvoo-000001", "A3")]
    assert every.select("letter_id", "client_id").rows() == [
        ("porvoo-000001", "A3"),
        ("porvoo-000002", "A2"),
    ]


def test_printed_letters_are_found_among_many_clients(register: str) -> None:
    """A night may hold thousands under non-disclosure: whose letter it was must not change."""
    run_night(register, ("A1", PORVOO, "eligible"), ("A2", PORVOO, "eligible"))
    strangers = [f"X{number}" for number in range(1000)]

    with open_register(register) as opened:
        few = opened.printed(pl.Series(["A1"]), areas=[PORVOO])
        many = opened.printed(pl.Series(["A1", *strangers]), areas=[PORVOO])

    assert few["client_id"].to_list() == ["A1"]
    assert_frame_equal(many, few)
