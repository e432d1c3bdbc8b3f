"""Greedy best fit: the heaviest client first, to the best match among coaches below their share.

Below their share means below the mean load per share of full time; where nobody is, whoever
has least.
"""

import numpy as np
from split_table import NOBODY, Table, contend


def fit(table: Table) -> np.ndarray:
    """Return the coach of each client."""
    coaches = len(table.coaches)
    load, held = np.zeros(coaches), np.zeros(coaches, dtype=int)
    mean = table.weight.sum() / table.share.sum()
    coach = np.full(table.clients.height, NOBODY)
    for client in np.argsort(-table.weight, kind="stable"):
        may = table.allowed[client] & (held < table.limit)
        if not may.any():
            continue
        after = (load + table.weight[client]) / table.share
        below = may & (after <= mean)
        key = np.where(below, -table.points[client] + after / (2 * mean), np.inf)
        place = int(np.argmin(key if below.any() else np.where(may, after, np.inf)))
        coach[client] = place
        load[place] += table.weight[client]
        held[place] += 1
    return coach


if __name__ == "__main__":
    contend("greedy", fit)
