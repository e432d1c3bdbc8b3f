"""The figures of a report: counts with the words that name them, nothing personal."""

from dataclasses import dataclass, field
from datetime import date

from kuntactl.domain.areas import Area
from kuntactl.domain.totals import Comparison
from kuntactl.domain.wording import Name, Words
from kuntactl.report.equal_service import EqualService
from kuntactl.report.staffing import Staffing

_ROOF = 1.01  # of the least possible load


OUTCOMES = ("eligible", "review", "not_eligible")  # of rows within the areas, as told


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Where every row went: read = rejected + accepted; accepted is the sum of the rest."""

    read: int
    rejected: int
    accepted: int
    outside: int  # in an area's figures: all who are not of this area
    not_eligible: int
    review: int
    eligible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many, of what."""

    code: str
    words: Words
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundCount:
    """How many have a ground, and how many of them have no other."""

    code: str
    words: Words
    explanation: Words  # the criterion in full
    count: int
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """How many have exactly these grounds, reasons or gaps."""

    words: tuple[Words, ...]  # empty: none of them
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount:
    """The clients of one municipality; those under non-disclosure are counted apart."""

    code: str | None  # none: under non-disclosure
    name: Name | None
    eligible: int
    review: int
    not_eligible: int

    @property
    def total(self) -> int:
        """All of the municipality's accepted rows."""
        return self.eligible + self.review + self.not_eligible


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCounts:
    """What became of the letters; due is the sum of the others."""

    due: int
    written: int
    already_sent: int
    protected: int
    undeliverable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """How many clients a source expected, and how many there are."""

    places: tuple[Name, ...]  # empty: the whole area
    relation: str  # as in the area's file
    expected: int
    found: int
    leaves_out_protected: bool  # they are counted in the whole area only
    source: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftLine:
    """One count, then and now, with the words that name it."""

    by: Words
    words: Words
    before: int | None  # none: was not counted then
    now: int | None  # none: is not counted any more
    change: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftFigures:
    """An area's drift against an earlier run."""

    run: int | None  # none: there is no earlier run
    day: date | None
    lines: tuple[DriftLine, ...]  # of the counts that differ
    same: int  # how many counts do not


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What happened to memberships since the last run."""

    joined: int
    stayed: int
    left: int
    moved: int
    absent: int  # members who are not in this export; they stay members


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesUsed:
    """The rules that decided."""

    id: str
    name: Words
    begins: date  # first day of the version
    source: Words
    unverified: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitFigures:
    """How even an area's split is, what stood in its way, what is missing."""

    largest: float = 0.0  # load: meetings a month per full time
    least_possible: float = 0.0  # that the largest could be
    binds: tuple[Count, ...] = ()  # clients whom another coach would suit better, by what binds
    notices: tuple[Words, ...] = ()  # what is wrong or missing in the staff

    @property
    def roof(self) -> float | None:
        """What no load is to pass: 1 % above the least possible; none: it is not known."""
        return self.least_possible * _ROOF if self.least_possible else None

    @property
    def gap(self) -> float:
        """How far the largest load is above the least possible, as a share of that."""
        possible = self.least_possible
        return max(self.largest / possible - 1, 0.0) if possible else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFigures:
    """One area's report, as numbers."""

    area: Area
    on: date
    rules: RulesUsed
    rows: Rows
    grounds: tuple[GroundCount, ...]  # of the eligible, in the rules' order
    combinations: tuple[Combination, ...]  # of grounds, the most frequent first
    reasons: tuple[Combination, ...]  # of the not eligible, the most frequent first
    missing: tuple[Count, ...]  # of those under review; one client may lack several facts
    municipalities: tuple[PlaceCount, ...]  # by Finnish name, non-disclosure last
    ages: tuple[Count, ...]  # of the eligible, youngest first
    languages: tuple[Count, ...]  # mother tongues of the eligible, the most frequent first
    letters: LetterCounts
    undeliverable: tuple[Count, ...]
    staffing: Staffing
    controls: tuple[Control, ...]
    service: EqualService
    comparisons: tuple[Comparison, ...] = ()  # control totals that the run was held to
    drift: DriftFigures | None = None  # none: the run keeps no register
    split: SplitFigures = field(default_factory=SplitFigures)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One export as it was read."""

    name: str
    sha256: str
    format: str
    encoding: str | None
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFigures:
    """The report of a whole run, as numbers."""

    on: date
    version: str  # of kuntactl
    files: tuple[SourceFile, ...]
    rows: Rows
    rejections: tuple[Count, ...]  # rows by code; one row may have several
    outside: tuple[Count, ...]
    warnings: tuple[Count, ...]
    changes: Changes
    areas: tuple[AreaFigures, ...]
    review_without_area: int  # home municipality not known

    @property
    def letters(self) -> LetterCounts:
        """The letters of all areas."""
        of_areas = [area.letters for area in self.areas]
        return LetterCounts(
            **{
                name: sum(getattr(letters, name) for letters in of_areas)
                for name in LetterCounts.__slots__
            }
        )

    @property
    def assigned(self) -> int:
        """How many have a coach, over all areas."""
        return sum(area.staffing.assigned for area in self.areas)

    @property
    def unassigned(self) -> int:
        """How many have none."""
        return sum(area.staffing.unassigned for area in self.areas)
