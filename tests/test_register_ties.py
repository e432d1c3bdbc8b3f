"""The register remembers what people have said of clients and coaches, with its coded reason."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from register_nights import FIRST_DAY

from kuntactl.domain.schema import Ties
from kuntactl.register import looking, proof
from kuntactl.register.reading import read_only
from kuntactl.register.store import open_register

Line = tuple[str, str, str, str | None]


def ties(*lines: Line) -> pl.DataFrame:
    """Return ties: client, coach, kind, reason."""
    schema = {name: column.dtype for name, column in Ties.columns().items()}
    return Ties.validate(pl.DataFrame(list(lines), schema=schema, orient="row"))


def said(register: str, *lines: Line, on: date = FIRST_DAY) -> list[Line]:
    """Remember the lines in a run of their own; return what holds then."""
    with open_register(register) as opened:
        opened.begin_run(on=on, version="0.1.0", inputs=["cd" * 32])
        opened.remember_ties(ties(*lines))
        opened.commit()
        return opened.ties().rows()


BAN, PIN = ("A1", "C1", "ban", "safety"), ("A1", "C2", "pin", "language")


def test_a_ban_holds_in_every_later_run(register: str) -> None:
    """Nobody hands the file in again, and the client is as unsafe as before."""
    said(register, BAN, PIN)

    assert said(register) == [BAN, PIN]


@pytest.mark.parametrize(
    ("later", "holding"),
    [
        (("A1", "C1", "free", None), [PIN]),
        (("A1", "C3", "pin", "own_request"), [BAN, ("A1", "C3", "pin", "own_request")]),
        (("A1", "C1", "pin", "own_request"), [("A1", "C1", "pin", "own_request")]),
        (("A1", "C3", "free", None), [BAN, PIN]),
    ],
    ids=["freed", "pinned to another coach", "the ban turned round", "free of nothing"],
)
def test_the_newest_word_holds(tmp_path: Path, later: Line, holding: list[Line]) -> None:
    """A person may think better of it; another coach's ban is not touched by it."""
    place = str(tmp_path / "register.db")
    said(place, BAN, PIN)

    assert said(place, later) == holding


def test_the_same_word_again_is_no_event(tmp_path: Path) -> None:
    """The same file handed in every night tells nothing new; the reason is kept as a code."""
    place = str(tmp_path / "register.db")
    said(place, BAN)
    said(place, BAN)

    with read_only(place) as opened:
        events = looking.history(opened, "A1")
        assert list(proof.faults(opened)) == []
    assert [(event["kind"], event["facts"]) for event in events] == [
        ("coach_banned", {"coach": "C1", "reason": "safety"})
    ]
    assert json.dumps(events[0]["facts"])
