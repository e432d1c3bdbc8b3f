"""An answer is kept exactly as long as the facts that it rests on."""

from datetime import date
from hashlib import sha256

import pytest
from client_frames import client, clients

from kuntactl.eligibility.decide import fingerprints
from kuntactl.eligibility.rules import choose

START = date(2021, 3, 1)
PORVOO = choose(on=START, area_ids=["porvoo"])

# a changed fact, why this row is here
RESTS_ON = [
    ({"employment_code": "09"}, "a code"),
    ({"employment_code": None}, "a fact that went blank"),
    ({"earnings_right": None}, "a flag"),
    ({"benefit": "04"}, "the benefit"),
    ({"search_to": date(2021, 6, 1), "search_open": False}, "the end of job search"),
    ({"search_open": None}, "an end that is no longer known"),
    ({"born": date(1991, 1, 1)}, "a birth date put right"),
    ({"mother_tongue": "99"}, "the mother tongue"),
    ({"citizenship": "643"}, "the citizenship"),
    ({"municipality": "091"}, "a move"),
    ({"client_id": "A2"}, "another client"),
]


@pytest.mark.parametrize("facts", [row[0] for row in RESTS_ON], ids=[row[-1] for row in RESTS_ON])
def test_a_changed_fact_changes_the_print(facts: dict[str, object]) -> None:
    """The person who answered saw other facts: the question is open again."""
    assert print_of(**facts) != print_of()


# a changed fact, why this row is here
OTHER = [
    ({"street": "Uusikatu 2", "phone": "040 000", "email": "a@example.org"}, "contact data"),
    ({"protected": True, "contact_address": "PL 1, 06101 PORVOO"}, "a flag set"),
    ({"family_name": "Malli"}, "a name"),
    ({"file": "other.csv", "row": 77}, "another place in another file"),
    ({"officer_id": "V1", "service_line": "02"}, "the officer"),
    ({"support_days": 250}, "days of support, which the Act never asks for"),
    ({"unemployed_from": None}, "the start of unemployment, which it never asks for"),
]


@pytest.mark.parametrize("facts", [row[0] for row in OTHER], ids=[row[-1] for row in OTHER])
def test_other_facts_leave_the_print(facts: dict[str, object]) -> None:
    """Else a new telephone number would ask the same question again."""
    assert print_of(**facts) == print_of()


def test_rules_that_count_days_keep_an_answer_until_the_days_change() -> None:
    """In Pori the days of support are what an answer rests on."""
    pori = choose(on=date(2018, 1, 1))

    before, after = (
        fingerprints(client(municipality="609", support_days=days), pori) for days in (150, 151)
    )

    assert before.item(0, "fingerprint") != after.item(0, "fingerprint")


def test_the_print_is_the_same_in_every_run_and_version() -> None:
    """A register outlives the version that wrote it: this text and its hash never change."""
    text = (
        "client_id=A1\nmunicipality=638\nbenefit=01\nborn=1981-01-15\ncitizenship=246\n"
        "earnings_right=true\nemployment_code=02\nmother_tongue=fi\n"
        "search_from=2021-01-04\nsearch_open=true\nsearch_to"
    )

    assert print_of() == sha256(text.encode()).hexdigest()


def test_the_choice_of_areas_does_not_change_a_clients_print() -> None:
    """An answer given in a run for all areas holds in a run for one."""
    everything = fingerprints(client(), choose(on=START))

    assert everything.item(0, "fingerprint") == print_of()


def test_without_areas_every_fact_counts() -> None:
    """A client in no chosen area may come under any rules: ask rather than assume."""
    one, other = (
        fingerprints(client(municipality=None, support_days=days), PORVOO) for days in (1, 2)
    )

    assert one.item(0, "fingerprint") != other.item(0, "fingerprint")


def test_prints_come_in_the_order_of_the_clients() -> None:
    """One line a client, no client twice."""
    frame = clients(client_id=["B", "A", "C"])

    assert fingerprints(frame, PORVOO)["client_id"].to_list() == ["B", "A", "C"]
    assert fingerprints(frame, PORVOO)["fingerprint"].n_unique() == 3


def print_of(**facts: object) -> str:
    """Return the print of one client under the Act in Porvoo."""
    found: str = fingerprints(client(**facts), choose(on=START)).item(0, "fingerprint")
    return found
