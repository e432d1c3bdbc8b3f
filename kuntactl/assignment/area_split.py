"""What was found for one area: who has which coach, the proof, the moves that could be made."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from kuntactl.assignment.problem import NOBODY, Bools, Floats, Ints, Problem
from kuntactl.domain.wording import Words


class Gain(StrEnum):
    """What a move brings, in the order of the aims."""

    ROOM = "room"  # a client who waited gets a coach
    SWEDISH = "swedish"  # a Swedish speaker gets a coach who speaks Swedish
    LOAD = "load"  # a load above what is possible comes down


GAIN_WORDS: Mapping[Gain, Words] = {
    Gain.ROOM: Words(
        fi="odottava asiakas saa valmentajan",
        sv="en kund som väntar får en coach",
        en="a client who waits gets a coach",
    ),
    Gain.SWEDISH: Words(fi="palvelu ruotsiksi", sv="service på svenska", en="service in Swedish"),
    Gain.LOAD: Words(
        fi="työmäärät tasaantuvat", sv="arbetsmängden jämnas ut", en="the loads even out"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One member from one coach to another; numbers are places in the problem."""

    client: int
    source: int
    target: int
    gain: Gain
    brings: float  # how much of it; of loads: the fall of the squared excess
    placed: int = NOBODY  # the client who waited and gets the source; NOBODY: none


class Change(StrEnum):
    """One way in which the coaches file may give way."""

    LIMIT = "limit"  # a coach takes more clients
    MUNICIPALITY = "municipality"  # a coach serves one more municipality
    NEW_COACH = "new_coach"
    NEW_SWEDISH_COACH = "new_swedish_coach"


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """One change, and how many clients get a place by it."""

    change: Change
    clients: int
    coach: int = NOBODY  # place in the problem; NOBODY: new ones
    coaches: int = 1  # how many
    municipality: str | None = None  # that is served then, too; null: not that change


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How even the loads are, beside the most even that any split of these clients could be.

    Zeros where nobody weighs on anybody.
    """

    top: float = 0.0  # largest load per share: expected meetings a month
    bound: float = 0.0  # what it would be at least, even if clients could be split in fractions

    @property
    def gap(self) -> float:
        """How far the largest load is above the bound, as a share of it; 0 and up."""
        return max(self.top / self.bound - 1, 0.0) if self.bound > 0 else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaSplit:
    """Who has which coach in one area, with the proof."""

    coach: Ints  # of each client of the problem, or NOBODY
    roof: Floats  # load per share that each coach may reach, 1 % above the least possible
    proof: Proof
    moves: tuple[Move, ...] = ()  # of members, not made yet
    free_bound: float = 0.0  # as ``proof.bound``, were all members free to move
    free_roof: Floats = field(default_factory=lambda: np.zeros(0))  # as ``roof``, the same

    def after(self, problem: Problem, moves: int) -> "AreaSplit":
        """Return the split once the first so many moves are made.

        Its proof is that of members who were all free to move, unless none were looked for.
        """
        if not len(self.free_roof):
            return self
        coach = self.coach.copy()
        for move in self.moves[:moves]:
            coach[move.client] = move.target
            if move.placed != NOBODY:
                coach[move.placed] = move.source
        per_share = loads_of(problem, coach) / problem.share
        return replace(
            self,
            coach=coach,
            roof=np.maximum(self.free_roof, per_share),
            proof=Proof(top=float(per_share.max()), bound=self.free_bound),
        )


def loads_of(problem: Problem, coach: Ints) -> Floats:
    """Return the expected meetings a month of each coach."""
    placed = coach != NOBODY
    weight, coaches = problem.weight[placed], len(problem.coaches)
    return np.bincount(coach[placed], weights=weight, minlength=coaches).astype(np.float64)


def held_by(problem: Problem, coach: Ints) -> Ints:
    """Return how many clients each coach has."""
    return np.bincount(coach[coach != NOBODY], minlength=len(problem.coaches))


def missing(problem: Problem, coach: Ints) -> Bools:
    """Return which newcomers have no coach, or none who speaks the Swedish that is their right."""
    pairs, kind = problem.pairs, problem.kind
    swedish = pairs.swedish[kind, coach] | ~pairs.wants_swedish[kind]
    found: Bools = (problem.pinned == NOBODY) & ((coach == NOBODY) | ~swedish)
    return found
