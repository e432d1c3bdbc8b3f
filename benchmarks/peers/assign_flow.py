"""OR-tools' min-cost flow: alike clients to coaches, each with room for their share of heads.

A flow counts heads, not meetings: that is what is even here. Places beyond a coach's share
cost more than any match is worth, so that they are taken only where the others may not serve.
"""

import numpy as np
from ortools.graph.python import min_cost_flow
from split_table import NOBODY, Table, contend

BEYOND = 1_000  # what a place beyond the share costs
WAITS = 100_000  # and no place at all


def flow(table: Table) -> np.ndarray:
    """Return the coach of each client.

    Raises:
        RuntimeError: If OR-tools finds no optimum.
    """
    people, coaches = table.clients.height, len(table.coaches)
    pairs = np.where(table.allowed, table.points, -1)
    kinds, kind, size = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    share = np.ceil(people * table.share / table.share.sum()).astype(int)
    first = np.minimum(share, table.limit)
    k_node, c_node = np.arange(len(kinds)), len(kinds) + np.arange(coaches)
    source, sink = len(kinds) + coaches, len(kinds) + coaches + 1
    x_kind, x_coach = np.nonzero(kinds >= 0)
    arcs = [
        (np.full(len(kinds), source), k_node, size, np.zeros(len(kinds), dtype=int)),
        (k_node[x_kind], c_node[x_coach], size[x_kind], -kinds[x_kind, x_coach]),
        (c_node, np.full(coaches, sink), first, np.zeros(coaches, dtype=int)),
        (c_node, np.full(coaches, sink), table.limit - first, np.full(coaches, BEYOND)),
        (k_node, np.full(len(kinds), sink), size, np.full(len(kinds), WAITS)),
    ]
    solver = min_cost_flow.SimpleMinCostFlow()
    tail, head, capacity, cost = (np.concatenate(column) for column in zip(*arcs, strict=True))
    numbers = solver.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
    solver.set_nodes_supplies([source, sink], [people, -people])
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("OR-tools found no optimum")
    found = solver.flows(numbers)[len(kinds) : len(kinds) + len(x_kind)]
    coach = np.full(people, NOBODY)
    order = np.argsort(kind, kind="stable")
    begins = np.concatenate([[0], np.cumsum(size)])
    for of_kind in range(len(kinds)):
        mine = x_kind == of_kind
        places = np.repeat(x_coach[mine], found[mine])
        theirs = order[begins[of_kind] : begins[of_kind + 1]]
        coach[theirs[: len(places)]] = places
    return coach


if __name__ == "__main__":
    contend("flow", flow)
