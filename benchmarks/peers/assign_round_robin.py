"""Clients dealt out in turn: each to the next coach in the list who may take them."""

import numpy as np
from split_table import NOBODY, Table, contend


def deal(table: Table) -> np.ndarray:
    """Return the coach of each client."""
    coaches = len(table.coaches)
    held = np.zeros(coaches, dtype=int)
    coach = np.full(table.clients.height, NOBODY)
    turn = 0
    for client in range(len(coach)):
        for step in range(coaches):
            place = (turn + step) % coaches
            if table.allowed[client, place] and held[place] < table.limit[place]:
                coach[client] = place
                held[place] += 1
                turn = place + 1
                break
    return coach


if __name__ == "__main__":
    contend("round_robin", deal)
