"""From the even split in fractions to the best split in whole clients."""

import numpy as np

from kuntactl.assignment.exchange import (
    Band,
    Split,
    bring_below,
    even_out,
    fill_up,
    improve,
    split_of,
)
from kuntactl.assignment.model import (
    FLOOR,
    SLACK,
    Levels,
    best_match,
    whole_match,
    whole_top,
)
from kuntactl.assignment.network import Network, build_network
from kuntactl.assignment.officers import regain_officers
from kuntactl.assignment.placing import Placing
from kuntactl.assignment.problem import Floats, Ints

_TRIED_SLACKS = (SLACK, SLACK / 2, SLACK / 10)  # what is left of it is room to mend


def whole_split(placing: Placing, levels: Levels) -> Split:
    """Return the best split into whole clients that we find.

    First within 1 % of the level in fractions; the match is sought with all of that slack,
    then with less, so that whole clients find room. Where whole clients cannot be that even
    (few clients, or heavy ones), an even split in whole clients says what can be, and the
    match is sought again within 1 % of that.
    """
    network = build_network(placing.problem, placing.clients, fine=True)
    band = Band(low=levels.load * (1 - FLOOR), high=levels.level * (1 + SLACK))
    for slack in _TRIED_SLACKS:
        high = levels.level * (1 + slack)
        split = _split(placing, best_match(placing, network, high=high))
        if bring_below(split, band):
            return _finished(placing, network, split, band)
    even_out(split)
    band = _reachable(levels, split.per_share, top=whole_top(placing))
    again = _split(placing, best_match(placing, network, high=band.high))
    bring_below(again, band)
    return _finished(placing, network, _better(split, again, band), band)


def _reachable(levels: Levels, per_share: Floats, *, top: float) -> Band:
    """Return the band that whole clients can keep, as an even split of them shows.

    Coaches of one level share a band: from the least load per share that any of them has,
    with ``FLOOR``, to the level, with ``SLACK``. Where no whole clients are that even, it is
    the largest load per share that any of them has, or the least possible one of all (``top``)
    where that is less, with ``SLACK``.
    """
    peers = [per_share[np.isclose(levels.level, own)] for own in levels.level]
    least = np.array([loads.min() for loads in peers])
    most = np.array([loads.max() for loads in peers])
    most = np.where(most <= levels.level * (1 + SLACK), levels.level, np.minimum(most, top))
    return Band(low=least * (1 - FLOOR), high=most * (1 + SLACK))


def _split(placing: Placing, coach: Ints) -> Split:
    room = placing.room
    return split_of(placing.problem, placing.clients, coach, free=room.free, base=room.base)


def _finished(placing: Placing, network: Network, split: Split, band: Band) -> Split:
    """Return the split matched better: by whole numbers where they are few, and by exchanges."""
    coach = whole_match(placing, network, high=band.high)
    if coach is not None:
        split = _better(split, _split(placing, coach), band)
    improve(split, band)
    split = regain_officers(split, placing.problem.own[placing.clients], band)
    fill_up(split, band)
    improve(split, band)
    return split


def _better(one: Split, other: Split, band: Band) -> Split:
    """Return the split that stays below the band's top, or else the one that matches better."""
    return max(one, other, key=lambda split: (split.stays_below(band), split.total))
