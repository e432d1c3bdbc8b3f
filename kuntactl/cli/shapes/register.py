"""What the commands about the register print."""

from datetime import date
from typing import Any

from kuntactl.cli.shapes.base import Shape


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
