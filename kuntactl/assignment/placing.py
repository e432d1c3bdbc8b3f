"""The first two aims: who gets a coach, and how many Swedish speakers one who speaks it."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kuntactl.assignment.network import Network, build_network
from kuntactl.assignment.problem import Floats, Ints, Problem
from kuntactl.assignment.solver import Rows, solve, wider


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the coaches already hold and may still take; one entry a coach."""

    base: Floats  # meetings a month of the clients they keep
    free: Ints  # clients they can still take


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Who is to be placed, and what that must not cost: the first two aims, settled."""

    problem: Problem
    room: Room
    clients: Ints  # places of those who get a coach, ascending
    swedish: int  # Swedish speakers who get a Swedish-speaking coach


def choose_placed(problem: Problem, clients: Ints, room: Room) -> Placing:
    """Return who is placed, with how many Swedish speakers get a Swedish-speaking coach.

    As many as can be; of the ways to do that, one with the most Swedish speakers served in
    their language; of those, the one that leaves over the latest client numbers. (The sets
    that can be placed so form a matroid, so no earlier number could take a later one's
    place.)

    Args:
        problem: The area.
        clients: Places of the clients without a coach, ascending.
        room: What the coaches may take.
    """
    able = clients[problem.pairs.allowed[problem.kind[clients]][:, room.free > 0].any(axis=1)]
    if not len(able):
        return Placing(problem=problem, room=room, clients=able, swedish=0)
    network = build_network(problem, able, fine=False)
    gain = network.placed * (len(able) + 1) + network.swedish
    size = Rows(matrix=network.of_class, limit=network.classes.size.astype(np.float64))
    best = solve(
        gain,
        at_most=[size, room_rows(network, room)],
        equal=[passed_on(network)],
        lower=np.zeros(network.width),
        upper=network.upper,
    )
    placed = round(float(network.placed @ best.columns))
    swedish = round(float(network.swedish @ best.columns))
    if placed < len(able):
        able = able[_earliest(network, room, placed=placed, swedish=swedish)]
    return Placing(problem=problem, room=room, clients=able, swedish=swedish)


def _earliest(network: Network, room: Room, *, placed: int, swedish: int) -> Ints:
    """Return which clients of the network are placed, the earliest client numbers first."""
    classes = network.classes
    people, groups = len(classes.clients), len(classes.size)
    each = sparse.csr_array(
        (-np.ones(people), (classes.group, np.arange(people))), shape=(groups, people)
    )
    placing = Rows(
        matrix=sparse.hstack([network.of_class, each], format="csr"), limit=np.zeros(groups)
    )
    totals = Rows(
        matrix=sparse.csr_array(np.vstack([-network.placed, -network.swedish])),
        limit=-np.array([placed, swedish], dtype=np.float64),
    )
    best = solve(
        np.concatenate([np.zeros(network.width), np.arange(people, 0, -1, dtype=np.float64)]),
        at_most=wider([room_rows(network, room), totals], people),
        equal=[placing, *wider([passed_on(network)], people)],
        lower=np.zeros(network.width + people),
        upper=np.concatenate([network.upper, np.ones(people)]),
    )
    return np.flatnonzero(best.columns[network.width :] > 0.5)  # noqa: PLR2004 - 0 or 1


def coach_rows(placing: Placing, network: Network) -> list[Rows]:
    """Return the rows that keep the coaches' room and the Swedish speakers' coaches."""
    swedish = Rows(
        matrix=sparse.csr_array(-network.swedish.reshape(1, -1)),
        limit=np.array([-float(placing.swedish)]),
    )
    return [room_rows(network, placing.room), swedish]


def client_rows(network: Network) -> list[Rows]:
    """Return the rows that place everybody once."""
    size = network.classes.size.astype(np.float64)
    return [Rows(matrix=network.of_class, limit=size), passed_on(network)]


def room_rows(network: Network, room: Room) -> Rows:
    """Return the rows that keep each coach's number of clients."""
    return Rows(matrix=network.count, limit=room.free.astype(np.float64))


def passed_on(network: Network) -> Rows:
    """Return the rows by which all who go to a type go to a coach of it."""
    return Rows(matrix=network.passed_on, limit=np.zeros(network.passed_on.shape[0]))
