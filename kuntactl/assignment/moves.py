"""Members who change coaches, one by one, each the move that brings most at that time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kuntactl.assignment.area_split import Gain, Move, held_by, loads_of
from kuntactl.assignment.problem import NOBODY, Bools, Floats, Ints, Problem

_SMALL = 1e-6  # a gain below this is none
_KEPT_SWEDISH = 1_000_000  # a move never takes a Swedish-speaking coach away
_OFFICER = 1_000  # the former officer before languages and teams


@dataclass(slots=True, kw_only=True)
class _State:
    """The split as the moves change it."""

    problem: Problem
    roof: Floats  # load per share that each coach should not pass
    coach: Ints
    worth: Ints  # clients × coaches, what the pair is worth; only read where it is allowed
    allowed: Bools  # clients × coaches
    load: Floats
    held: Ints

    @property
    def has_room(self) -> Bools:
        room: Bools = self.held < self.problem.limit
        return room

    @property
    def movable(self) -> Bools:
        """Members who still have the coach they came with: nobody is moved twice."""
        kept = self.problem.pinned
        movable: Bools = (kept != NOBODY) & (self.coach == kept) & ~self.problem.fixed
        return movable

    def carry_out(self, move: Move) -> None:
        self._put(move.client, move.target)
        if move.placed != NOBODY:
            self._put(move.placed, move.source)

    def _put(self, client: int, target: int) -> None:
        source, weight = self.coach[client], self.problem.weight[client]
        if source != NOBODY:
            self.load[source] -= weight
            self.held[source] -= 1
        self.coach[client] = target
        self.load[target] += weight
        self.held[target] += 1


def find_moves(problem: Problem, coach: Ints, *, roof: Floats, most: int) -> tuple[Move, ...]:
    """Return the moves worth making, the first one first; none that brings nothing.

    First moves that make room for clients who wait, by client number; then those that give
    Swedish speakers a coach who speaks Swedish; then those that bring loads below the roof at
    the least price for what they bring. Ties go to the earlier client number, then coach id.
    Whom a person has pinned is never moved, and nobody is moved twice.

    Args:
        problem: The area.
        coach: The coach of each client with no move at all, or NOBODY.
        roof: Load per share that each coach could stay below if all members were free.
        most: How many moves.
    """
    state = _state(problem, coach, roof)
    found: list[Move] = []
    while len(found) < most:
        move = next(_offers(state), None)
        if move is None:
            break
        state.carry_out(move)
        found.append(move)
    return tuple(found)


def _state(problem: Problem, coach: Ints, roof: Floats) -> _State:
    pairs, kind = problem.pairs, problem.kind
    worth = (pairs.points + _KEPT_SWEDISH * pairs.swedish)[kind]
    had = np.flatnonzero(problem.own != NOBODY)
    worth[had, problem.own[had]] += _OFFICER
    return _State(
        problem=problem,
        roof=roof,
        coach=coach.copy(),
        worth=worth,
        allowed=pairs.allowed[kind],
        load=loads_of(problem, coach),
        held=held_by(problem, coach),
    )


def _offers(state: _State) -> Iterator[Move]:
    """Yield the best move of each gain, the most wanted gain first."""
    yield from _making_room(state)
    yield from _for_swedish(state)
    yield from _lowering(state)


def _making_room(state: _State) -> Iterator[Move]:
    waiting = np.flatnonzero((state.coach == NOBODY) & state.allowed.any(axis=1))
    for client in waiting:
        theirs = np.flatnonzero(state.movable & _may_follow(state, int(client))[state.coach])
        best = _cheapest(state, theirs)
        if best is not None:
            member, target = best
            source = int(state.coach[member])
            yield Move(
                client=member,
                source=source,
                target=target,
                gain=Gain.ROOM,
                brings=1.0,
                placed=int(client),
            )


def _may_follow(state: _State, client: int) -> Bools:
    """Return the coaches who could take the client once somebody has left them."""
    may: Bools = state.allowed[client] & (state.held <= state.problem.limit)
    return may


def _cheapest(state: _State, members: Ints) -> tuple[int, int] | None:
    """Return which member loses least by going where there is room, and where that is."""
    cost = _losses(state, members)
    if not cost.size or np.isinf(cost.min()):
        return None
    after = (state.load + state.problem.weight[members][:, None]) / state.problem.share
    even = after / max(float(after.max()), _SMALL) / 2  # of equal losses the smallest load
    row, target = np.unravel_index(int(np.argmin(cost + even)), cost.shape)
    return int(members[row]), int(target)


def _losses(state: _State, members: Ints) -> Floats:
    """Return what each member would lose with each coach (members × coaches); infinite: not."""
    rows, own = np.arange(len(members)), state.coach[members]
    worth = state.worth[members].astype(np.float64)
    loss: Floats = worth[rows, own][:, None] - worth
    refused = ~state.allowed[members] | ~state.has_room | (loss > _KEPT_SWEDISH / 2)
    loss[refused] = np.inf
    loss[rows, own] = np.inf
    return loss


def _for_swedish(state: _State) -> Iterator[Move]:
    members = np.flatnonzero(state.movable)
    swedish = state.problem.pairs.swedish[state.problem.kind[members]]
    is_served = swedish[np.arange(len(members)), state.coach[members]]
    members = members[~is_served & swedish.any(axis=1)]
    best = _cheapest(state, members)
    if best is None:
        return
    member, target = best
    source = int(state.coach[member])
    if state.worth[member, target] - state.worth[member, source] > _KEPT_SWEDISH / 2:
        yield Move(client=member, source=source, target=target, gain=Gain.SWEDISH, brings=1.0)


def _lowering(state: _State) -> Iterator[Move]:
    """Yield a move for the coach farthest above the roof, then for the next one."""
    share = state.problem.share
    excess = np.maximum(state.load / share - state.roof, 0.0)
    for source in np.argsort(-excess, kind="stable"):
        if excess[source] <= _SMALL:
            return
        members = np.flatnonzero(state.movable & (state.coach == source))
        cost = _losses(state, members)
        weight = state.problem.weight[members][:, None]
        less = np.maximum((state.load[source] - weight) / share[source] - state.roof[source], 0.0)
        more = np.maximum((state.load + weight) / share - state.roof, 0.0)
        gives = share[source] * (excess[source] ** 2 - less**2)
        brings = gives - share * (more**2 - excess**2)
        below = (state.load + weight) / share < state.load[source] / share[source] - _SMALL
        fits = (brings > _SMALL) & np.isfinite(cost) & below  # nobody ends as high as they began
        if not fits.any():
            continue
        price = np.maximum(np.where(fits, cost, 0.0), 0.0) / np.where(fits, brings, 1.0)
        key = np.where(fits, price + _SMALL / np.where(fits, brings, 1.0), np.inf)
        row, target = np.unravel_index(int(np.argmin(key)), key.shape)
        yield Move(
            client=int(members[row]),
            source=int(source),
            target=int(target),
            gain=Gain.LOAD,
            brings=float(brings[row, target]),
        )
