"""The aims of the split, solved one after the other as linear programs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from kuntactl.assignment.network import Network, build_network, clients_to_coaches
from kuntactl.assignment.problem import Floats, Ints, Problem
from kuntactl.assignment.silence import solver_is_silent

SLACK = 0.01  # how far above the least possible load per share a coach may go (CONTRACT 3)
FLOOR = 0.03  # how far below the even split language and team may leave a coach
KEPT_WEIGHT = 10_000.0  # a kept officer comes before the matches of any exchange it takes
SWEDISH_WEIGHT = 10_000_000.0  # and a Swedish-speaking coach before both
_MOST_LEVELS = 12  # rounds of evening out; coaches left after that share the last level
_MOST_POLISHED = 1500  # columns up to which whole numbers are asked of the solver itself
_MOST_NODES = 100  # of its search; never a clock, so that the same input gives the same split
_TOLERANCE = 1e-7


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
        at_most=[size, _room_rows(network, room)],
        equal=[_passed_on(network)],
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
        at_most=_wider([_room_rows(network, room), totals], people),
        equal=[placing, *_wider([_passed_on(network)], people)],
        lower=np.zeros(network.width + people),
        upper=np.concatenate([network.upper, np.ones(people)]),
    )
    return np.flatnonzero(best.columns[network.width :] > 0.5)  # noqa: PLR2004 - 0 or 1


def even_levels(placing: Placing) -> Levels:
    """Return how even the loads per share can be, level by level.

    First the largest load per share is made as small as can be. Coaches who cannot be
    spared that level keep it; among the rest the largest is made as small as can be; and so
    on, so that one coach's heavy municipality does not excuse uneven loads elsewhere.
    """
    network = build_network(placing.problem, placing.clients, fine=False)
    share = placing.problem.share
    level = np.full(len(share), np.inf)
    bound = 0.0
    for turn in range(_MOST_LEVELS):
        active = np.isinf(level)
        top, solution = _lowest_top(placing, network, level)
        bound = top if turn == 0 else bound
        held = active & (solution.prices[: len(share)] > _TOLERANCE)
        load = (network.load @ solution.columns[:-1] + placing.room.base) / share
        level[held if held.any() and turn < _MOST_LEVELS - 1 else active] = top
        if not np.isinf(level).any():
            break
    return Levels(level=level, load=load, bound=bound)


def _lowest_top(placing: Placing, network: Network, level: Floats) -> tuple[float, Solution]:
    """Minimise the largest load per share of the coaches who have no level yet."""
    share = placing.problem.share
    active = np.isinf(level)
    top = np.where(active, share, 0.0)
    held = np.where(active, 0.0, level)
    held = held * share * (1 + _TOLERANCE) + np.where(active, 0.0, _TOLERANCE)
    solution = solve(
        np.append(np.zeros(network.width), -1.0),
        at_most=[
            _loads_below(placing, network, top, held),
            *_wider(_coach_rows(placing, network)),
        ],
        equal=_wider(_client_rows(network)),
        lower=np.zeros(network.width + 1),
        upper=np.append(network.upper, np.inf),
    )
    return float(solution.columns[-1]), solution


def best_match(placing: Placing, network: Network, *, high: Floats) -> Ints:
    """Return the coach of each client of the network: officers kept, then matches.

    The linear optimum within the loads is rounded to whole clients so that everybody is
    placed, no limit is passed and no Swedish-speaking coach is lost; the loads may then be
    off by a client or two.

    Args:
        placing: Who is to be placed.
        network: The fine network of them.
        high: Largest load per share, one a coach; fractions of clients can keep to it.
    """
    wanted = _wanted(network)
    ideal = solve(
        wanted,
        at_most=[
            _loads_within(placing, network, high),
            *_coach_rows(placing, network),
        ],
        equal=_client_rows(network),
        lower=np.zeros(network.width),
        upper=network.upper,
    )
    price = ideal.prices[: len(high)]
    whole = solve(
        wanted + network.swedish * SWEDISH_WEIGHT - network.load.T @ price,
        at_most=[_room_rows(network, placing.room)],
        equal=_client_rows(network),
        lower=np.floor(ideal.columns + _TOLERANCE),
        upper=np.ceil(ideal.columns - _TOLERANCE),
    )
    return clients_to_coaches(network, np.rint(whole.columns).astype(np.int64))


def whole_match(placing: Placing, network: Network, *, high: Floats) -> Ints | None:
    """Return the best match in whole clients that keeps the loads; else as ``best_match``.

    None where the network is too wide for it or nothing was found.
    """
    found = _search(
        -_wanted(network),
        at_most=[
            _loads_within(placing, network, high),
            *_coach_rows(placing, network),
        ],
        equal=_client_rows(network),
        upper=network.upper,
        whole=np.ones(network.width, dtype=np.int64),
    )
    if found is None:
        return None
    return clients_to_coaches(network, np.rint(found).astype(np.int64))


def whole_top(placing: Placing) -> float:
    """Return the least of the largest loads per share found with whole clients.

    Infinite where the network is too wide for it or nothing was found.
    """
    network = build_network(placing.problem, placing.clients, fine=False)
    share = placing.problem.share
    found = _search(
        np.append(np.zeros(network.width), 1.0),
        at_most=[
            _loads_below(placing, network, share, np.zeros(len(share))),
            *_wider(_coach_rows(placing, network)),
        ],
        equal=_wider(_client_rows(network)),
        upper=np.append(network.upper, np.inf),
        whole=np.append(np.ones(network.width, dtype=np.int64), 0),
    )
    return float("inf") if found is None else float(found[-1])


def _search(
    cost: Floats, *, at_most: Sequence[Rows], equal: Sequence[Rows], upper: Floats, whole: Ints
) -> Floats | None:
    """Return the cheapest columns found, those marked ``whole`` in whole numbers, or none."""
    if len(cost) > _MOST_POLISHED:
        return None
    with solver_is_silent():
        result = milp(
            cost,
            constraints=[
                *(LinearConstraint(rows.matrix, ub=rows.limit) for rows in at_most),
                *(LinearConstraint(rows.matrix, rows.limit, rows.limit) for rows in equal),
            ],
            bounds=Bounds(np.zeros(len(cost)), upper),
            integrality=whole,
            options={"node_limit": _MOST_NODES, "mip_rel_gap": 0.0},
        )
    return None if result.x is None else np.asarray(result.x, dtype=np.float64)


def _wanted(network: Network) -> Floats:
    return network.kept * KEPT_WEIGHT + network.points


def _loads_within(placing: Placing, network: Network, high: Floats) -> Rows:
    """Return the rows that hold each coach's load per share below ``high``."""
    roof = high * placing.problem.share * (1 + _TOLERANCE) + _TOLERANCE
    return Rows(matrix=network.load, limit=np.maximum(roof - placing.room.base, 0.0))


def _loads_below(placing: Placing, network: Network, top: Floats, held: Floats) -> Rows:
    """Return the rows: each load at most ``held`` and ``top`` times one column more."""
    matrix = sparse.hstack([network.load, sparse.csr_array(-top.reshape(-1, 1))], format="csr")
    return Rows(matrix=matrix, limit=held - placing.room.base)


def _coach_rows(placing: Placing, network: Network) -> list[Rows]:
    """Return the rows that keep the coaches' room and the Swedish speakers' coaches."""
    swedish = Rows(
        matrix=sparse.csr_array(-network.swedish.reshape(1, -1)),
        limit=np.array([-float(placing.swedish)]),
    )
    return [_room_rows(network, placing.room), swedish]


def _client_rows(network: Network) -> list[Rows]:
    """Return the rows that place everybody once."""
    size = network.classes.size.astype(np.float64)
    return [Rows(matrix=network.of_class, limit=size), _passed_on(network)]


def _room_rows(network: Network, room: Room) -> Rows:
    return Rows(matrix=network.count, limit=room.free.astype(np.float64))


def _passed_on(network: Network) -> Rows:
    return Rows(matrix=network.passed_on, limit=np.zeros(network.passed_on.shape[0]))


def _wider(found: Sequence[Rows], more: int = 1) -> list[Rows]:
    """Return the rows with columns of zeros added on the right."""
    return [
        Rows(
            matrix=sparse.hstack(
                [rows.matrix, sparse.csr_array((rows.matrix.shape[0], more))], format="csr"
            ),
            limit=rows.limit,
        )
        for rows in found
    ]
