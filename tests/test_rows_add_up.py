"""The equations of conservation are checked in every run, and a run that breaks them stops."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import client_row
from night_exports import write_export

from kuntactl.errors import ExitCode, KuntactlError
from kuntactl.pipeline.decided import Decided, decide_by_rule
from kuntactl.pipeline.request import Request, Stopwatch

ROWS = [
    client_row(),
    client_row(asiakasnumero="A2", kotikunta="018"),
    client_row(asiakasnumero="A3", turvakielto="?"),
]


@pytest.fixture
def decided(tmp_path: Path) -> Decided:
    """Return one eligible, one outside and one rejected row."""
    export = write_export(tmp_path / "export.csv", ROWS)
    request = Request(exports=(export,), on=date(2021, 3, 1), area_ids=("porvoo",))
    return decide_by_rule(request, watch=Stopwatch(clock=lambda: 0.0))


def refusal(decided: Decided) -> KuntactlError:
    """Return what is said of counts that do not add up."""
    with pytest.raises(KuntactlError) as error:
        decided.rows()
    return error.value


def test_rows_that_add_up_are_counted(decided: Decided) -> None:
    """Read is rejected and accepted; accepted is the four outcomes."""
    assert list(decided.rows().values()) == [3, 1, 2, 1, 0, 0, 1]


def test_a_row_lost_while_reading_stops_the_run(decided: Decided) -> None:
    """Neither rejected nor accepted: somebody would never hear from anyone."""
    error = refusal(replace(decided, ingested=replace(decided.ingested, rows_read=4)))

    assert "rows do not add up" in error.problem
    assert error.exit_code is ExitCode.FAILURE


def test_a_row_lost_while_deciding_stops_the_run(decided: Decided) -> None:
    """Accepted, and then without an outcome."""
    error = refusal(replace(decided, decisions=decided.decisions.head(1)))

    assert "rows do not add up" in error.problem


def test_a_row_decided_twice_stops_the_run(decided: Decided) -> None:
    """One client, two outcomes."""
    twice = decided.decisions.vstack(decided.decisions.head(1))

    assert "rows do not add up" in refusal(replace(decided, decisions=twice)).problem
