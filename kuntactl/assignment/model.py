"""The aims that follow: even loads, officers kept, language and team matched."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kuntactl.assignment.network import Network, build_network, clients_to_coaches
from kuntactl.assignment.placing import Placing, client_rows, coach_rows, room_rows
from kuntactl.assignment.problem import Floats, Ints
from kuntactl.assignment.solver import Rows, Solution, search, solve, wider

SLACK = 0.01  # how far above the least possible load per share a coach may go (CONTRACT 3)
FLOOR = 0.03  # how far below the even split language and team may leave a coach
KEPT_WEIGHT = 10_000.0  # a kept officer comes before the matches of any exchange it takes
SWEDISH_WEIGHT = 10_000_000.0  # and a Swedish-speaking coach before both
_MOST_LEVELS = 12  # rounds of evening out; coaches left after that share the last level
_TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The most even loads that are possible in fractions of clients."""

    level: Floats  # load per share that the coach, or their peers, cannot be spared
    load: Floats  # load per share in the even split
    bound: float  # the largest load per share cannot be less than this


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
            *wider(coach_rows(placing, network)),
        ],
        equal=wider(client_rows(network)),
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
            *coach_rows(placing, network),
        ],
        equal=client_rows(network),
        lower=np.zeros(network.width),
        upper=network.upper,
    )
    price = ideal.prices[: len(high)]
    whole = solve(
        wanted + network.swedish * SWEDISH_WEIGHT - network.load.T @ price,
        at_most=[room_rows(network, placing.room)],
        equal=client_rows(network),
        lower=np.floor(ideal.columns + _TOLERANCE),
        upper=np.ceil(ideal.columns - _TOLERANCE),
    )
    return clients_to_coaches(network, np.rint(whole.columns).astype(np.int64))


def whole_match(placing: Placing, network: Network, *, high: Floats) -> Ints | None:
    """Return the best match in whole clients that keeps the loads; else as ``best_match``.

    None where the network is too wide for it or nothing was found.
    """
    found = search(
        -_wanted(network),
        at_most=[
            _loads_within(placing, network, high),
            *coach_rows(placing, network),
        ],
        equal=client_rows(network),
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
    found = search(
        np.append(np.zeros(network.width), 1.0),
        at_most=[
            _loads_below(placing, network, share, np.zeros(len(share))),
            *wider(coach_rows(placing, network)),
        ],
        equal=wider(client_rows(network)),
        upper=np.append(network.upper, np.inf),
        whole=np.append(np.ones(network.width, dtype=np.int64), 0),
    )
    return float("inf") if found is None else float(found[-1])


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
