"""What the commands that work through exports print, which is also what ``run.json`` holds."""

from datetime import date
from typing import Literal

from kuntactl.cli.shapes.base import Input, KnownInput, RowsDecided, RowsRead, RulesInForce, Shape


class CorrectedCell(Shape):
    """A cell that a correction was applied to."""

    file: str
    row: int
    column: str


class Corrections(Shape):
    """What came in by ``--corrections``."""

    files: list[str]
    applied: int
    cells: list[CorrectedCell]


class Read(Shape):
    """What is known once the exports are read."""

    version: str
    """Of kuntactl."""
    on: date
    """The day of the decision."""
    inputs: list[Input]
    rows: RowsRead
    corrections: Corrections
    rejected_by_code: dict[str, int]
    """Rows by what is wrong with them; one with two faults counts under both."""
    warnings: int
    """Lines of warnings.csv."""
    artificial: int
    """Clients whose identity code is artificial (900-999)."""
    seconds: dict[str, float]
    """How long each stage took."""
    planned: list[str] | None = None
    """In a dry run: the files that would be written, below the folder."""


class Checked(Read):
    """``check``."""


class OfArea(Shape):
    """The rows of one area."""

    rows: RowsDecided


class ControlTotal(Shape):
    """A count that was expected, beside the one that was found."""

    area: str
    municipalities: list[str]
    """Empty: the whole area."""
    expected: int
    tolerance: str
    found: int
    off: bool
    accepted_by: str | None
    source: str


class Decided(Read):
    """``decide``."""

    rows: RowsDecided
    rules: list[RulesInForce]
    areas: dict[str, OfArea]
    control_totals: list[ControlTotal]
    control_totals_unchecked: dict[str, Literal["no_control_total", "no_rows"]]
    """Areas whose control totals were not looked at, and why."""


class Notice(Shape):
    """Something wrong or missing in the staff of an area."""

    area: str
    code: str
    text: str


class Load(Shape):
    """Meetings a month for a coach of full time."""

    largest: float
    least_possible: float
    """That any split could have as its largest."""


class FirstContacts(Shape):
    """First contacts that were planned on the day."""

    planned: int
    late: int
    """After the last day on which they should be."""


class Assigned(Decided):
    """``assign``."""

    assigned: int
    unassigned: int
    light_lane: int
    """Of the unassigned: those who need no coach."""
    moves: int
    """Members who changed coaches for the others' sake."""
    notices: list[Notice]
    load_gap: dict[str, float]
    """By area: how much the largest load is above the least possible, as a share."""
    load: dict[str, Load]
    first_contacts: FirstContacts


class Letters(Shape):
    """Letters of this run; due is the sum of the others."""

    due: int
    written: int
    protected: int
    """Written, and kept apart for clients under non-disclosure."""
    undeliverable: int


class LettersOfRun(Letters):
    """Letters of this run and of those before it."""

    already_sent: int


class Engine(Shape):
    """How letters were laid out."""

    stamped: int
    whole: int


class DriftCell(Shape):
    """A count, beside the one of the earlier run."""

    by: str
    key: str
    before: int | None
    """Null: no earlier run."""
    now: int
    change: int | None


class Drift(Shape):
    """How an area's counts differ from those of its last run."""

    run: int | None
    """That run; null: there is none."""
    on: date | None
    cells: list[DriftCell]


class Ran(Assigned):
    """``run``: the content of ``run.json``."""

    run: int
    """Number of this run in the register."""
    register_: str
    """Where it is; ``new``: it was made by this run."""
    released: str | None
    """Hash of the proof that was signed off."""
    letters: LettersOfRun
    engine: Engine
    joined: int
    stayed: int
    left: int
    moved: int
    absent: int
    """Members who are in none of the exports."""
    kept_out: int
    """Eligible, and not let in: they went back before."""
    reasons: dict[str, dict[str, int]]
    """Why members joined, stayed, left, moved."""
    drift: dict[str, Drift]
    drift_without_rows: dict[str, int]
    """Areas without a row in these exports: how many were eligible in the run before."""
    waiting: dict[str, int]
    """What is new since the last run and waits for a person, by kind."""


class Closed(Read):
    """``close``."""

    run: int
    register_: str
    closed: str
    """The area."""
    letters: Letters
    left: int
    reasons: dict[str, dict[str, int]]
    waiting: dict[str, int]


class Returned(Shape):
    """``return``."""

    run: int
    register_: str
    on: date
    reason: str | None
    """Null: the client may join again."""
    areas: list[str]
    letters: Letters | None = None
    undeliverable: list[str] | None = None
    """Codes of why letters could not be sent."""
    waiting: dict[str, int] | None = None
    planned: list[str] | None = None


class Proof(Shape):
    """``letters proof``: the content of ``proof.json``."""

    release: str
    """What ``run --release`` takes."""
    version: str
    on: date
    inputs: list[KnownInput]
    letters: Letters
    in_proof: int
    pages: int
