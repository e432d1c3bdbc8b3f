"""The lists of a run hold the contract's columns, and nothing that must stay hidden."""

from datetime import date

import polars as pl
import pytest
from report_people import (
    VOCABULARY,
    assignments,
    client,
    clients,
    decision,
    decisions,
    members,
)

from kuntactl.domain.schema import Alternatives, Rejected, Undeliverable, Warnings
from kuntactl.domain.types import Language
from kuntactl.files.tables import write_table
from kuntactl.report.lists import (
    eligible_lists,
    no_one_eligible,
    rejected_list,
    review_list,
    transfer_list,
    undeliverable_list,
    warnings_list,
)
from kuntactl.report.split_list import assignments_list


def test_columns_are_the_contracts() -> None:
    """Scripts of the users read these columns by name and by place."""
    lists = {
        "rejected": rejected_list(Rejected.create_empty()),
        "warnings": warnings_list(Warnings.create_empty()),
        "review": review_list(decisions(), in_words=", ".join),
        "eligible": no_one_eligible(),
        "transfer": transfer_list(members(), office_code="0234"),
        "assignments": assignments_list(
            assignments({}),
            Alternatives.create_empty(),
            vocabulary=VOCABULARY,
            language=Language.FI,
        ),
        "undeliverable": undeliverable_list(Undeliverable.create_empty()),
    }

    assert {name: frame.columns for name, frame in lists.items()} == {
        "rejected": ["file", "row", "client_id", "column", "value", "code", "message"],
        "warnings": ["file", "row", "client_id", "code", "message"],
        "review": ["client_id", "area", "puuttuu", "kuuluu", "kuka", "peruste"],
        "eligible": ["client_id", "grounds", "municipality", "language", "protected"],
        "transfer": ["client_id", "office_code", "day"],
        "assignments": [
            *("client_id", "coach_id", "weight", "why"),
            *("second_coach", "second_price", "third_coach", "third_price", "binds"),
        ],
        "undeliverable": ["client_id", "code", "message"],
    }


def test_review_list_asks_only_about_those_who_wait() -> None:
    """A person answers for rows under review; the rest is decided already."""
    found = decisions(
        decision("B2", "review", missing=["under_30"]),
        decision("A1", "eligible", missing=["under_30"]),
        decision("C3", "review", area=None, missing=["home_municipality", "under_30"]),
        decision("A9", "review", missing=["under_30"]),
    )

    asked = review_list(found, in_words=" ja ".join)

    assert asked.rows() == [
        ("A9", "lakeland", "under_30", None, None, None),
        ("B2", "lakeland", "under_30", None, None, None),
        ("C3", None, "home_municipality ja under_30", None, None, None),
    ]


def test_eligible_list_hides_where_a_protected_client_lives() -> None:
    """The home municipality is itself under the non-disclosure."""
    people = clients(
        client("B2", protected=True, municipality="734"),
        client("C3"),
        client("A1", service_language="sv"),
    )
    found = decisions(
        decision("B2", "eligible"), decision("C3", "review"), decision("A1", "eligible")
    )

    listed = eligible_lists(found, clients=people)

    assert {area: lines.rows() for area, lines in listed.items()} == {
        "lakeland": [
            ("A1", ["under_30"], "638", "sv", False),
            ("B2", ["under_30"], None, "fi", True),
        ]
    }
    assert listed["lakeland"].schema == no_one_eligible().schema


@pytest.mark.parametrize(
    "numbers",
    [["020", "099", "100"], ["10", "100", "9"], ["099", "A10", "A9"], ["12", "+12", "012"]],
    ids=["as-many-digits", "digits", "letters", "signs"],
)
def test_an_eligible_list_stands_in_the_order_of_its_numbers_as_text(numbers: list[str]) -> None:
    """Two lists of the same people can be laid side by side, however their numbers look."""
    given = [numbers[1], numbers[2], numbers[0]]

    listed = eligible_lists(
        decisions(*(decision(number, "eligible") for number in given)),
        clients=clients(*(client(number) for number in given)),
    )

    assert listed["lakeland"]["client_id"].to_list() == sorted(numbers)


def test_a_list_is_never_made_of_other_peoples_facts() -> None:
    """Clients and decisions are put side by side: in another order each would be wrong."""
    people = clients(client("A1"), client("B2"))
    found = decisions(decision("B2", "eligible"), decision("A1", "eligible"))

    with pytest.raises(ValueError, match="not those of these clients"):
        eligible_lists(found, clients=people)


def test_office_code_keeps_its_zero() -> None:
    """The TE office keys the code in as four digits."""
    listed = transfer_list(members("A1"), office_code="0234")

    assert listed.rows() == [("A1", "0234", date(2021, 3, 1))]
    assert b"A1;0234;2021-03-01\r\n" in write_table(listed)


def test_assignments_say_why_in_words() -> None:
    """A code that nobody has put into words is shown rather than lost."""
    given = assignments({"B2": None, "A1": "V1"}).with_columns(
        why=pl.Series([["former_officer", "new_code"], []])
    )

    others = Alternatives.validate(
        pl.DataFrame(
            {
                "client_id": ["A1"],
                "second_coach": ["V2"],
                "second_price": [["loses_team", "new_price"]],
                "second_load": [31.24],
                "third_coach": ["V3"],
                "third_price": [[]],
                "third_load": [30.0],
                "binds": ["load"],
                "binds_coach": ["V3"],
            },
            schema={name: column.dtype for name, column in Alternatives.columns().items()},
        )
    )

    listed = assignments_list(given, others, vocabulary=VOCABULARY, language=Language.SV)

    assert listed.rows() == [
        (
            *("A1", "V1", 0.5, []),
            *("V2", ["ett annat team", "new_price", "arbetsmängden skulle bli 31,2"]),
            *("V3", ["lika bra för kunden", "arbetsmängden skulle bli 30,0"]),
            "V3: arbetsmängden vid gränsen",
        ),
        (
            *("B2", None, 0.5, ["samma tjänsteman som på arbets- och näringsbyrån", "new_code"]),
            *(None, None, None, None, None),
        ),
    ]
