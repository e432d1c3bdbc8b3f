"""Single moves and swaps of clients between coaches, to mend what rounding left uneven."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import numpy as np

from kuntactl.assignment.problem import NOBODY, Bools, Floats, Ints, Problem

LOSES_SWEDISH = 1_000_000  # a Swedish speaker loses a coach who speaks Swedish: never done
LOSES_OFFICER = 1_000  # a client loses the officer they had
_MOST_TO_SETTLE = 25  # coaches asked to settle one client; those that need more rarely end well
_SMALL = 1e-6  # a gain below this is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The load per share that each coach is to stay between; one entry a coach."""

    low: Floats
    high: Floats


@dataclass(slots=True, kw_only=True)
class Split:
    """Who has which coach at the moment; the one thing here that changes."""

    clients: Ints  # places in the problem, ascending
    coach: Ints  # of each of these clients
    weight_of: Ints  # place in ``weights`` of each
    weights: Floats
    worth: Floats  # clients × coaches: what the pair is worth; minus infinity: not allowed
    by_coach: Floats  # the same, coaches × clients: a coach's column is read in one piece
    now: Floats  # what each client's pair is worth at the moment
    share: Floats
    free: Ints  # how many of these clients each coach may have
    load: Floats
    held: Ints = field(init=False)  # how many each coach has

    def __post_init__(self) -> None:
        self.held = np.bincount(self.coach, minlength=len(self.share))

    @property
    def total(self) -> float:
        """What all pairs together are worth."""
        return float(self.now.sum())

    @property
    def per_share(self) -> Floats:
        """Load per share of full time of each coach."""
        return self.load / self.share

    def stays_below(self, band: Band) -> bool:
        """Whether no coach is above the band."""
        return bool((self.per_share <= band.high * (1 + _SMALL) + _SMALL).all())

    def no_worse(self, other: "Split", band: Band) -> bool:
        """Whether nobody is above the band who is not as high in the other split."""
        top = np.maximum(band.high, other.per_share)
        return self.stays_below(Band(low=band.low, high=top))

    def copy(self) -> "Split":
        """Return a split that can change without this one."""
        return replace(self, coach=self.coach.copy(), now=self.now.copy(), load=self.load.copy())

    def move(self, client: int, target: int) -> None:
        """Give the client (a place in ``clients``) the coach ``target``."""
        source, weight = self.coach[client], self.weights[self.weight_of[client]]
        self.coach[client] = target
        self.now[client] = self.worth[client, target]
        self.load[source] -= weight
        self.load[target] += weight
        self.held[source] -= 1
        self.held[target] += 1

    def cheapest(self, theirs: Ints, target: int) -> int:
        """Return which of these clients loses least by going to ``target``; the first of them."""
        loss = self.now[theirs] - self.by_coach[target, theirs]
        return int(theirs[np.argmin(loss)])


def split_of(problem: Problem, clients: Ints, coach: Ints, *, free: Ints, base: Floats) -> Split:
    """Return the split that gives each of ``clients`` the coach of the same place."""
    weights, weight_of = np.unique(problem.weight[clients], return_inverse=True)
    kind = problem.kind[clients]
    worth = (problem.pairs.points + LOSES_SWEDISH * problem.pairs.swedish)[kind].astype(np.float64)
    own = problem.own[clients]
    had = np.flatnonzero(own != NOBODY)
    worth[had, own[had]] += LOSES_OFFICER
    worth[~problem.pairs.allowed[kind]] = -np.inf
    load = base + np.bincount(coach, weights=weights[weight_of], minlength=len(base))
    return Split(
        clients=clients,
        coach=coach.copy(),
        weight_of=weight_of,
        weights=weights,
        worth=worth,
        by_coach=np.ascontiguousarray(worth.T),
        now=worth[np.arange(len(coach)), coach],
        share=problem.share,
        free=free,
        load=load,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What one coach could exchange with each other coach.

    Arrays are (weight given, weight taken, other coach); the last place of the first two
    stands for nobody.
    """

    cost: Floats  # what the pairs lose in worth; infinite: cannot be done
    outside: Floats  # change of the distance from the band, squared
    uneven: Floats  # change of the sum of load squared per share
    breaks: Bools  # one of the two would be above the band who gets more than now


Choice = Callable[[Offers], Floats]  # the key of each offer, least first; infinite: refused


def _mend(offers: Offers) -> Floats:
    """Come nearer to the band at the least cost for what it brings."""
    return _nearer(offers, below=LOSES_SWEDISH / 2)


def _settle(offers: Offers) -> Floats:
    """Come nearer to the band without losing an officer."""
    return _nearer(offers, below=LOSES_OFFICER / 2)


def _fill(offers: Offers) -> Floats:
    """Come nearer to the band without losing an officer or putting anybody above."""
    return np.where(offers.breaks, np.inf, _settle(offers))


def _nearer(offers: Offers, *, below: float) -> Floats:
    brings = -offers.outside
    fits = (brings > _SMALL) & (offers.cost < below)
    price = np.maximum(offers.cost, 0.0) / np.where(fits, brings, 1.0)
    # among free ones the one that brings most: 1 / brings is small beside any true price
    return np.where(fits, price + _SMALL / np.where(fits, brings, 1.0), np.inf)


def _match(offers: Offers) -> Floats:
    """Match better without leaving the band further."""
    fits = ~offers.breaks & (offers.outside <= 0) & (offers.cost < -0.5)  # noqa: PLR2004 - worth is whole
    return np.where(fits, offers.cost, np.inf)


def _smooth(offers: Offers) -> Floats:
    """Even out the loads at no cost."""
    within = ~offers.breaks & (offers.outside <= 0)
    fits = within & (offers.cost <= 0) & (offers.uneven < -_SMALL)
    return np.where(fits, offers.uneven, np.inf)


def _even(offers: Offers) -> Floats:
    """Even out the loads whatever it costs but Swedish."""
    fits = (offers.cost < LOSES_SWEDISH / 2) & (offers.uneven < -_SMALL)
    return np.where(fits, offers.uneven, np.inf)


def bring_below(split: Split, band: Band) -> bool:
    """Bring the loads below the band's top as cheaply as single steps can; say if all are."""
    _exchange(split, replace(band, low=np.zeros_like(band.low)), _mend, only_outside=True)
    return split.stays_below(band)


def settle(split: Split, band: Band) -> None:
    """Bring the loads below the band's top as far as a few steps can that lose no officer."""
    below = replace(band, low=np.zeros_like(band.low))
    _exchange(split, below, _settle, only_outside=True, most=_MOST_TO_SETTLE)


def fill_up(split: Split, band: Band) -> None:
    """Bring the loads above the band's bottom as far as no officer is lost and none is above."""
    _exchange(split, _reached(split, band), _fill, only_outside=True)


def improve(split: Split, band: Band) -> None:
    """Match better, then even out at no cost; nobody leaves the band who is not outside now."""
    now = split.per_share
    band = replace(_reached(split, band), low=np.minimum(band.low, now))
    _exchange(split, band, _match)
    _exchange(split, band, _smooth)


def _reached(split: Split, band: Band) -> Band:
    """Return the band with a top that nobody is above now."""
    return replace(band, high=np.maximum(band.high, split.per_share))


def even_out(split: Split) -> None:
    """Make the loads per share as even as single steps can, whatever officer or match it costs."""
    anywhere = Band(low=np.zeros(len(split.share)), high=np.full(len(split.share), np.inf))
    _exchange(split, anywhere, _even)


def _exchange(
    split: Split,
    band: Band,
    choice: Choice,
    *,
    only_outside: bool = False,
    most: int | None = None,
) -> None:
    """Take the best offer of coach after coach until none has one, or ``most`` are asked.

    The coach farthest from the band (or with the largest load per share) comes first; after
    each step the order is made anew. Every step lowers what the choice lowers, so this ends.
    """
    refused: set[int] = set()
    for _ in count() if most is None else range(most):
        turn = next((c for c in _order(split, band, only_outside) if c not in refused), None)
        if turn is None:
            return
        offers = _offers(split, band, turn)
        key = choice(offers)
        best = np.unravel_index(int(np.argmin(key)), key.shape)
        if np.isinf(key[best]):
            refused.add(turn)
        else:
            gives, takes, other = (int(place) for place in best)
            _take(split, turn, gives=gives, takes=takes, other=other)
            refused -= {turn, other}


def _order(split: Split, band: Band, only_outside: bool) -> Iterable[int]:  # noqa: FBT001
    away = _away(split.per_share, band)
    key = away if only_outside else split.per_share
    order = np.argsort(-key, kind="stable")
    return [int(c) for c in order if not only_outside or away[c] > _SMALL]


def _away(per_share: Floats, band: Band) -> Floats:
    return np.maximum(per_share - band.high, 0.0) + np.maximum(band.low - per_share, 0.0)


def _offers(split: Split, band: Band, turn: int) -> Offers:
    """Return what coach ``turn`` could exchange."""
    kinds, coaches = len(split.weights), len(split.share)
    gives = np.full((kinds + 1, coaches), np.inf)
    takes = np.full((kinds + 1, coaches), np.inf)
    gives[kinds] = takes[kinds] = 0.0
    theirs = np.flatnonzero(split.coach == turn)
    loss = split.now[theirs][:, None] - split.worth[theirs]
    place = split.weight_of[theirs][:, None] * coaches + np.arange(coaches)
    np.minimum.at(gives.reshape(-1), place.reshape(-1), loss.reshape(-1))  # faster than by rows
    others = np.flatnonzero((split.coach != turn) & np.isfinite(split.by_coach[turn]))
    holder = split.coach[others]
    loss = split.now[others] - split.by_coach[turn, others]
    place = split.weight_of[others] * coaches + holder
    np.minimum.at(takes.reshape(-1), place, loss)  # and than by two indices
    cost = gives[:, None, :] + takes[None, :, :]
    cost[:-1, -1, split.held >= split.free] = np.inf
    if split.held[turn] >= split.free[turn]:
        cost[-1, :, :] = np.inf
    cost[-1, -1, :] = np.inf
    cost[:, :, turn] = np.inf
    weight = np.append(split.weights, 0.0)
    less = (weight[:, None] - weight[None, :])[:, :, None]
    return Offers(cost=cost, **_changes(split, band, turn, less))


def _changes(split: Split, band: Band, turn: int, less: Floats) -> dict[str, Any]:
    """Return what it changes when ``turn`` has so much less and each other so much more."""
    share, own = split.share, split.share[turn]
    after, after_own = (split.load + less) / share, (split.load[turn] - less) / own
    mine = Band(low=band.low[turn], high=band.high[turn])
    outside = share * _away(after, band) ** 2 - share * _away(split.per_share, band) ** 2
    outside_own = own * _away(after_own, mine) ** 2 - own * _away(split.per_share[turn], mine) ** 2
    uneven = share * (after**2 - split.per_share**2)
    uneven_own = own * (after_own**2 - split.per_share[turn] ** 2)
    breaks = ((less > 0) & (after > band.high)) | ((less < 0) & (after_own > mine.high))
    return {
        "outside": outside + outside_own,
        "uneven": uneven + uneven_own,
        "breaks": breaks,
    }


def _take(split: Split, turn: int, *, gives: int, takes: int, other: int) -> None:
    """Carry out one offer with the clients who lose least; the earliest client number of them."""
    moving = [
        (split.cheapest(theirs, target), target)
        for source, weight, target in ((turn, gives, other), (other, takes, turn))
        if len(theirs := np.flatnonzero((split.coach == source) & (split.weight_of == weight)))
    ]
    for client, target in moving:
        split.move(client, target)
