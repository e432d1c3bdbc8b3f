"""A second try to give clients back the officer they had, with all that follows from it."""

import numpy as np

from kuntactl.assignment.exchange import LOSES_OFFICER, Band, Split, settle
from kuntactl.assignment.problem import NOBODY, Ints

_MOST_CLIENTS = 5_000  # beyond this the tries take long and win next to nothing
_MOST_ROUNDS = 3


def regain_officers(split: Split, own: Ints, band: Band) -> Split:
    """Return the split with more officers kept, where single exchanges saw no way.

    Client by client: they get their officer, the officer's load is settled by whatever
    exchanges it takes, and it stands if nobody ends above the band and the whole matches
    better than before.

    Args:
        split: The split so far; it is not changed.
        own: The coach who was the officer of each of its clients, or NOBODY.
        band: The loads per share to keep below, where they are below now.
    """
    if len(own) > _MOST_CLIENTS:
        return split
    for _ in range(_MOST_ROUNDS):
        before = split
        for client in np.flatnonzero((own != NOBODY) & (own != split.coach)):
            split = _tried(split, int(client), int(own[client]), band)
        if split is before:
            break
    return split


def _tried(split: Split, client: int, officer: int, band: Band) -> Split:
    """Return the split in which the client has the officer, or the same one if that is worse."""
    trial = split.copy()
    if trial.held[officer] >= trial.free[officer] and not _makes_room(trial, client, officer):
        return split
    trial.move(client, officer)
    settle(trial, band)
    return trial if trial.total > split.total and trial.no_worse(split, band) else split


def _makes_room(split: Split, client: int, officer: int) -> bool:
    """Let the officer, who is full, give a client to this client's coach; say if one may go."""
    theirs = np.flatnonzero(split.coach == officer)
    if not len(theirs):
        return False
    target = int(split.coach[client])
    leaving = split.cheapest(theirs, target)
    if split.worth[leaving, officer] - split.worth[leaving, target] >= LOSES_OFFICER / 2:
        return False
    split.move(leaving, target)
    return True
