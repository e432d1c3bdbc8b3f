"""How an area's clients are shared out among its coaches, as numbers."""

from dataclasses import dataclass
from datetime import date

from kuntactl.domain.types import CoachId, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachLoad:
    """What one coach has been given."""

    id: CoachId
    name: str
    team: Team
    share: float  # of full time
    clients: int  # who are served now: these count against the limit
    weight: float  # expected meetings a month
    limit: int | None  # most clients at one time
    resting: int = 0  # clients whose job search has ended; they take no place
    contacts: int = 0  # first contacts to come
    late_contacts: int = 0  # of these, after their last day
    last_contact: date | None = None  # none: there are none

    @property
    def per_share(self) -> float:
        """Expected meetings a month for full time."""
        return self.weight / self.share

    @property
    def is_full(self) -> bool:
        """Whether the coach can take nobody more."""
        return self.limit is not None and self.clients >= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """How an area's clients are shared out."""

    loads: tuple[CoachLoad, ...]  # by name
    assigned: int
    unassigned: int
    light_lane: int = 0  # of these, who need no coach at first

    @property
    def by_load(self) -> tuple[CoachLoad, ...]:
        """The coaches with the heaviest load for full time first."""
        return tuple(sorted(self.loads, key=lambda load: (-load.per_share, load.name, load.id)))

    @property
    def must_have_coach(self) -> int:
        """How many wait for a coach: all who have none, less those who need none at first."""
        return self.unassigned - self.light_lane

    @property
    def resting(self) -> int:
        """Clients of all coaches whose job search has ended."""
        return sum(load.resting for load in self.loads)

    @property
    def mean_clients(self) -> float:
        """Clients of a coach, over all coaches; 0 without coaches."""
        return sum(load.clients for load in self.loads) / len(self.loads) if self.loads else 0.0

    @property
    def contacts(self) -> int:
        """First contacts to come, of all coaches."""
        return sum(load.contacts for load in self.loads)

    @property
    def late_contacts(self) -> int:
        """First contacts that come after their last day."""
        return sum(load.late_contacts for load in self.loads)

    @property
    def last_contact(self) -> date | None:
        """The day of the last first contact; none: there are none."""
        return max((load.last_contact for load in self.loads if load.last_contact), default=None)

    @property
    def mean_per_share(self) -> float:
        """Expected meetings a month for full time, over all coaches; 0 without coaches."""
        share = sum(load.share for load in self.loads)
        return sum(load.weight for load in self.loads) / share if share else 0.0
