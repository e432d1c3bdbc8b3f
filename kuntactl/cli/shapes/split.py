"""What ``what-if`` and ``explain`` print."""

from datetime import date
from typing import Any

from kuntactl.cli.shapes.base import InLanguages, Shape


class Balance(Shape):
    """The split of one area in figures."""

    area: str
    placed: int
    waiting: int
    had: int
    """Members who had a coach before."""
    changed: int
    """Of them: those who have another now."""
    largest: float
    """Meetings a month of a coach of full time, as the next two."""
    smallest: float
    least_possible: float
    gap: float
    language: int
    """Clients whose coach speaks their language."""
    team: int
    officer: int


class CoachLoad(Shape):
    """A coach before and after."""

    area: str
    coach_id: str
    clients: int | None
    """Null: was not there then."""
    load: float | None
    clients_after: int | None
    load_after: float | None


class Move(Shape):
    """A member who would change coaches."""

    area: str
    turn: int
    client_id: str
    from_coach: str
    to_coach: str
    gain: str | None
    """Null under non-disclosure: it could tell where they live."""
    placed: str | None
    """Who waited, and gets the place."""
    price: list[str]
    largest_load: float


class Step(Shape):
    """The balance after so many moves."""

    moves: int
    areas: list[Balance]


class Weighed(Shape):
    """``what-if``."""

    before: list[Balance]
    after: list[Balance]
    coaches: list[CoachLoad]
    max_moves: int
    moves: list[Move]
    steps: list[Step]


class Criterion(Shape):
    """A condition or a ground, and whether it holds."""

    code: str
    kind: str
    holds: bool | None
    """Null: cannot be told."""
    seen: dict[str, Any]
    """The facts that it rests on."""
    text: InLanguages
    source: InLanguages
    unverified: InLanguages | None


class Change(Shape):
    """Facts that would make another outcome."""

    facts: list[dict[str, Any]]
    outcome: str
    text: InLanguages


class CoachOfClient(Shape):
    """Which coach a client gets, who else there would be, and at what price."""

    area: str
    coach_id: str | None
    weight: float
    why: list[str]
    second_coach: str | None = None
    second_price: list[str] | None = None
    second_load: float | None = None
    third_coach: str | None = None
    third_price: list[str] | None = None
    third_load: float | None = None
    binds: str | None = None
    binds_coach: str | None = None


class Explained(Shape):
    """``explain``."""

    client_id: str
    on: date
    outcome: str
    decided_by: str
    """rule or person."""
    answer: dict[str, Any] | None
    """What a person answered."""
    protected: bool
    municipality: str | None
    """Null: blank, or not shown."""
    area: str | None
    areas: list[str]
    rules: str | None
    rules_from: date | None
    rules_to: date | None
    rules_source: InLanguages | None
    rules_unverified: InLanguages | None
    missing: list[str]
    criteria: list[Criterion]
    changes: list[Change]
    """The fewest facts that would turn the outcome."""
    answers: list[Change]
    """What each missing fact would make of it."""
    coach: CoachOfClient | None = None
    """With ``--coaches``, for who is shared out."""
