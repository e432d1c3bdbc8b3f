"""Work that other processes do comes in order and is the same as if it were done here."""

import dataclasses
import os

import pytest
from report_people import AREA, COACH, ON, VOCABULARY, assignments, client, clients, members

from kuntactl.domain.schema import FirstContacts
from kuntactl.domain.types import CoachId, Language
from kuntactl.errors import KuntactlError
from kuntactl.pipeline.coach_files import Desk, files_of_coach, parted
from kuntactl.report.caseload import workbook_rows
from kuntactl.workers.sharing import in_order


def desks() -> list[Desk]:
    """Return what three coaches get, of whom the second has nobody."""
    people = clients(client("A1"), client("A2"), client("A3"))
    rows = workbook_rows(
        assignments({"A1": "V1", "A2": "V3", "A3": "V1"}),
        clients=people,
        grounds=members("A1", "A2", "A3"),
    )
    contacts = FirstContacts.create_empty()
    coaches = [dataclasses.replace(COACH, id=CoachId(f"V{number}")) for number in (1, 2, 3)]
    of_each = zip(coaches, parted(rows, coaches), parted(contacts, coaches), strict=True)
    return [
        Desk(
            coach=coach,
            area=AREA,
            rows=own,
            contacts=planned,
            vocabulary=VOCABULARY,
            language=Language.FI,
            on=ON,
        )
        for coach, own, planned in of_each
    ]


def test_each_coach_has_their_own_clients() -> None:
    """Who has no clients yet gets a workbook, too; nobody sees those of another."""
    assert [desk.rows["client_id"].sort().to_list() for desk in desks()] == [
        ["A1", "A3"],
        [],
        ["A2"],
    ]


def test_workbooks_are_the_same_whoever_makes_them() -> None:
    """The number of workers is a matter of the machine, and changes no byte."""
    here = list(in_order(files_of_coach, desks(), workers=1))
    elsewhere = list(in_order(files_of_coach, desks(), workers=2))

    assert elsewhere == here
    assert len(set(here)) == len(here)


def test_an_error_of_the_work_is_raised() -> None:
    """What goes wrong elsewhere is told as if it had gone wrong here."""
    with pytest.raises(ValueError, match="invalid literal"):
        list(in_order(int, ["1", "x", "3"], workers=2))


def test_work_under_which_processes_end_is_given_up() -> None:
    """A run says so instead of trying for ever."""
    with pytest.raises(KuntactlError, match="again and again"):
        list(in_order(os._exit, [9], workers=2))
