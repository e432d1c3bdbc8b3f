"""What the commands about the register print."""

from datetime import date
from typing import Any

from kuntactl.cli.shapes.base import RulesInForce, Shape


class RunKept(Shape):
    """A run that the register remembers."""

    run: int
    on: date
    version: str
    inputs: list[str]
    """SHA-256 of each."""


class LettersKept(Shape):
    """Letters of one area, kind and status."""

    area: str
    kind: str
    status: str
    """due: not made yet."""
    letters: int


class RegisterShown(Shape):
    """``register show``."""

    runs: list[RunKept]
    members: dict[str, int]
    letters: list[LettersKept]


class CommandGiven(Shape):
    """``register log``: who gave a command, on what, and what came of it."""

    event: int
    run: int
    on: date
    command: str
    user: str | None
    machine: str | None
    at: str | None
    """ISO 8601, UTC."""
    version: str
    inputs: dict[str, list[str | None]]
    """SHA-256 of each file by its role: exports, coaches, ...; null: standard input."""
    rules: list[RulesInForce]
    counts: dict[str, Any]
    result: str | None
    """SHA-256 of what came out: of run.json, for a run."""
    hash: str
    """Of the event, by which the chain goes on."""


class EventsKept(Shape):
    """Events of one area and kind."""

    area: str | None
    """Null: an answer, which comes before any area."""
    kind: str
    events: int


class RunShown(RunKept):
    """``register show RUN``."""

    events: list[EventsKept]
    letters: list[LettersKept]
    """Whose newest line in letters.csv this run wrote."""


class Event(Shape):
    """Something that happened to a client."""

    sequence: int
    run: int
    day: date
    kind: str
    area: str | None
    facts: dict[str, Any]
    """What the event's kind says."""


class Member(Shape):
    """Who was a member on the day."""

    area: str
    client_id: str
    since: date
    coach_id: str | None


class RegisterFault(Shape):
    """Where the register contradicts itself, or the files that it knows."""

    what: str
    which: str
    problem: str


class RegisterNamed(Shape):
    """``register upgrade``."""

    register_: str
    """Without a password."""


class RegisterDeleted(RegisterNamed):
    """``register delete``."""

    receipt: str


class Removed(Shape):
    """Files of one kind."""

    files: int
    sha256: str
    """Over the SHA-256 of all of them."""


class Purged(Shape):
    """``purge``: the receipt."""

    on: date
    before: date
    version: str
    letters: int
    runs: dict[str, list[int]]
    answers: int
    """People's answers whose words went from the register."""
    removed: dict[str, Removed]
