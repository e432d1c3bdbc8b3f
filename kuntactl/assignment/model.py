"""The aims of the split, solved one after the other as linear programs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from kuntactl.assignment.network import Network, build_network, clients_to_coaches
from kuntactl.assignment.problem import Floats, Ints, Problem

SLACK = 0.01  # how far above the least possible load per share a coach may go (CONTRACT 3)
FLOOR = 0.03  # how far below the even split they may stay, so that the slack is not one coach's
KEPT_WEIGHT = 10_000.0  # a kept officer comes before the matches of any exchange it takes
SWEDISH_WEIGHT = 10_000_000.0  # and a Swedish-speaking coach before both
_MOST_LEVELS = 12  # rounds of evening out; coaches left after that share the last level
_TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the coaches already hold and may still take; one entry a coach."""

    base: Floats  # meetings a month of the clients they keep
    free: Ints  # clients they can still take


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The most even loads that are possible in fractions of clients."""

    level: Floats  # load per share that the coach, or their peers, cannot be spared
    load: Floats  # load per share in the even split
    bound: float  # the largest load per share cannot be less than this


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of a linear program: matrix × columns ≤ (or =) limit."""

    matrix: sparse.csr_array
    limit: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """An optimum: the columns and the price of each row of ``at_most``."""

    columns: Floats
    prices: Floats  # 0 and up: what one more of the limit would gain


def solve(
    gain: Floats, *, at_most: Sequence[Rows], equal: Sequence[Rows], lower: Floats, upper: Floats
) -> Solution:
    """Return the columns with the largest gain; a corner of what is possible.

    Raises:
        RuntimeError: If nothing is possible; the callers ask only for what is.
    """
    result = linprog(
        -gain,
        A_ub=sparse.vstack([rows.matrix for rows in at_most], format="csr"),
        b_ub=np.concatenate([rows.limit for rows in at_most]),
        A_eq=sparse.vstack([rows.matrix for rows in equal], format="csr"),
        b_eq=np.concatenate([rows.limit for rows in equal]),
        bounds=np.column_stack([lower, upper]).tolist(),
        method="highs-ds",
    )
    if result.x is None or result.status != 0:
        raise RuntimeError(f"the split has no solution: {result.message}")
    return Solution(columns=result.x, prices=-result.ineqlin.marginals)


def choose_placed(problem: Problem, clients: Ints, room: Room) -> tuple[Ints, int]:
    """Return who is placed, and how many Swedish speakers get a Swedish-speaking coach.

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
        return able, 0
    network = build_network(problem, able, fine=False)
    gain = network.placed * (len(able) + 1) + network.swedish
    size = Rows(matrix=network.of_class, limit=network.classes.size.astype(np.float64))
    best = solve(
        gain,
        at_most=[size, _room_rows(network, room)],
        equal=[_passed_on(network)],
        lower=np.zeros(network.width),
        upper=network.upper,
    )
    placed = round(float(network.placed @ best.columns))
    swedish = round(float(network.swedish @ best.columns))
    if placed == len(able):
        return able, swedish
    return able[_earliest(network, room, placed=placed, swedish=swedish)], swedish


def _earliest(network: Network, room: Room, *, placed: int, swedish: int) -> Ints:
    """Return which clients of the network are placed, the earliest client numbers first."""
    people = len(network.classes.clients)
    each = sparse.csr_array(
        (-np.ones(people), (network.classes.group, np.arange(people))),
        shape=(len(network.classes.size), people),
    )
    totals = sparse.csr_array(np.vstack([-network.placed, -network.swedish]))
    best = solve(
        np.concatenate([np.zeros(network.width), np.arange(people, 0, -1, dtype=np.float64)]),
        at_most=[
            _wider(_room_rows(network, room), people),
            _wider(Rows(matrix=totals, limit=-np.array([placed, swedish], dtype=float)), people),
        ],
        equal=[
            Rows(
                matrix=sparse.hstack([network.of_class, each], format="csr"),
                limit=np.zeros(len(network.classes.size)),
            ),
            _wider(_passed_on(network), people),
        ],
        lower=np.zeros(network.width + people),
        upper=np.concatenate([network.upper, np.ones(people)]),
    )
    return np.flatnonzero(best.columns[network.width :] > 0.5)  # noqa: PLR2004 - 0 or 1


def even_levels(problem: Problem, placed: Ints, room: Room, *, swedish: int) -> Levels:
    """Return how even the loads per share can be, level by level.

    First the largest load per share is made as small as can be. Coaches who cannot be
    spared that level keep it; among the rest the largest is made as small as can be; and so
    on, so that one coach's heavy municipality does not excuse uneven loads elsewhere.
    """
    network = build_network(problem, placed, fine=False)
    share = problem.share
    level = np.full(len(share), np.inf)
    bound = 0.0
    for turn in range(_MOST_LEVELS):
        active = np.isinf(level)
        top, solution = _lowest_top(network, room, share, level, swedish)
        bound = top if turn == 0 else bound
        held = active & (solution.prices[: len(share)] > _TOLERANCE)
        load = (network.load @ solution.columns[:-1] + room.base) / share
        level[held if held.any() and turn < _MOST_LEVELS - 1 else active] = top
        if not np.isinf(level).any():
            break
    return Levels(level=level, load=load, bound=bound)


def _lowest_top(
    network: Network, room: Room, share: Floats, level: Floats, swedish: int
) -> tuple[float, Solution]:
    """Minimise the largest load per share of the coaches who have no level yet."""
    active = np.isinf(level)
    top = sparse.csr_array(-np.where(active, share, 0.0).reshape(-1, 1))
    held = np.where(active, 0.0, level)
    held = held * share * (1 + _TOLERANCE) + np.where(active, 0.0, _TOLERANCE)
    solution = solve(
        np.append(np.zeros(network.width), -1.0),
        at_most=[
            Rows(
                matrix=sparse.hstack([network.load, top], format="csr"),
                limit=held - room.base,
            ),
            _wider(_room_rows(network, room), 1),
            _wider(_swedish_row(network, swedish), 1),
        ],
        equal=[_wider(_all_placed(network), 1), _wider(_passed_on(network), 1)],
        lower=np.zeros(network.width + 1),
        upper=np.append(network.upper, np.inf),
    )
    return float(solution.columns[-1]), solution


def best_match(
    problem: Problem, network: Network, room: Room, *, levels: Levels, top: Floats, swedish: int
) -> Ints:
    """Return the coach of each client of the network: officers kept, then matches.

    The linear optimum within the loads is rounded to whole clients so that everybody is
    placed, no limit is passed and no Swedish-speaking coach is lost; the loads may then be
    off by a client or two.

    Args:
        problem: The area.
        network: The fine network of all who are placed.
        room: What the coaches may take.
        levels: The even split.
        top: Largest load per share allowed, one a coach.
        swedish: Swedish speakers to be served in their language.
    """
    share = problem.share
    floor = np.minimum(levels.load, top) * (1 - FLOOR) * share - _TOLERANCE
    roof = top * share * (1 + _TOLERANCE) + _TOLERANCE
    wanted = network.kept * KEPT_WEIGHT + network.points
    ideal = solve(
        wanted,
        at_most=[
            Rows(matrix=network.load, limit=np.maximum(roof - room.base, 0.0)),
            Rows(matrix=-network.load, limit=room.base - floor),
            _room_rows(network, room),
            _swedish_row(network, swedish),
        ],
        equal=[_all_placed(network), _passed_on(network)],
        lower=np.zeros(network.width),
        upper=network.upper,
    )
    coaches = len(share)
    price = ideal.prices[:coaches] - ideal.prices[coaches : 2 * coaches]
    whole = solve(
        wanted + network.swedish * SWEDISH_WEIGHT - network.load.T @ price,
        at_most=[_room_rows(network, room)],
        equal=[_all_placed(network), _passed_on(network)],
        lower=np.floor(ideal.columns + _TOLERANCE),
        upper=np.ceil(ideal.columns - _TOLERANCE),
    )
    return clients_to_coaches(network, np.rint(whole.columns).astype(np.int64))


def _room_rows(network: Network, room: Room) -> Rows:
    return Rows(matrix=network.count, limit=room.free.astype(np.float64))


def _swedish_row(network: Network, swedish: int) -> Rows:
    matrix = sparse.csr_array(-network.swedish.reshape(1, -1))
    return Rows(matrix=matrix, limit=np.array([-float(swedish)]))


def _all_placed(network: Network) -> Rows:
    return Rows(matrix=network.of_class, limit=network.classes.size.astype(np.float64))


def _passed_on(network: Network) -> Rows:
    return Rows(matrix=network.passed_on, limit=np.zeros(network.passed_on.shape[0]))


def _wider(rows: Rows, more: int) -> Rows:
    """Return the rows with columns of zeros added on the right."""
    empty = sparse.csr_array((rows.matrix.shape[0], more))
    return Rows(matrix=sparse.hstack([rows.matrix, empty], format="csr"), limit=rows.limit)
