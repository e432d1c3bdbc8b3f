"""The next best coaches of each client, what each would cost, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import polars as pl

from kuntactl.assignment.area_split import AreaSplit, held_by, loads_of
from kuntactl.assignment.problem import NOBODY, Bools, Floats, Ints, Problem
from kuntactl.domain.schema import Alternatives
from kuntactl.domain.wording import Words

_CHUNK = 2_000  # clients looked at together, so that their pairs with coaches stay small
_NEVER = np.iinfo(np.int64).max
_SMALL = 1e-6  # of the load that may be reached: no difference


class Price(StrEnum):
    """One thing that another coach would cost; in the order of the aims."""

    FULL = "full"
    LOSES_SWEDISH = "loses_swedish"
    ABOVE = "above"
    LOSES_KEPT = "loses_kept"
    LOSES_OFFICER = "loses_officer"
    LOSES_MOTHER_TONGUE = "loses_mother_tongue"
    LOSES_LANGUAGE = "loses_language"
    LOSES_TEAM = "loses_team"


class Bind(StrEnum):
    """What keeps a client from a coach who would suit better, or from every other coach."""

    KEPT = "kept"
    ONLY_COACH = "only_coach"
    LIMIT = "limit"
    LOAD = "load"
    FLOOR = "floor"


PRICE_WORDS: Mapping[Price, Words] = {
    Price.FULL: Words(
        fi="asiakasmäärä on täynnä", sv="har fullt", en="has as many clients as they may"
    ),
    Price.LOSES_SWEDISH: Words(
        fi="ei ruotsinkielistä palvelua", sv="ingen service på svenska", en="no service in Swedish"
    ),
    Price.ABOVE: Words(
        fi="työmäärä nousisi yli rajan",
        sv="arbetsmängden skulle överskrida gränsen",
        en="the workload would pass its bound",
    ),
    Price.LOSES_KEPT: Words(
        fi="omavalmentaja vaihtuisi",
        sv="den egna coachen skulle bytas",
        en="the client would change coaches",
    ),
    Price.LOSES_OFFICER: Words(
        fi="TE-toimistosta tuttu virkailija vaihtuisi",
        sv="tjänstemannen från arbets- och näringsbyrån skulle bytas",
        en="the officer from the TE Office would change",
    ),
    Price.LOSES_MOTHER_TONGUE: Words(
        fi="ei palvelua äidinkielellä",
        sv="ingen service på modersmålet",
        en="no service in the mother tongue",
    ),
    Price.LOSES_LANGUAGE: Words(
        fi="ei palvelua asiointikielellä",
        sv="ingen service på kontaktspråket",
        en="no service in the language of service",
    ),
    Price.LOSES_TEAM: Words(
        fi="toisen ryhmän tiimi", sv="ett annat team", en="the team of another group"
    ),
}
BIND_WORDS: Mapping[Bind, Words] = {
    Bind.KEPT: Words(
        fi="omavalmentaja pysyy samana", sv="den egna coachen hålls", en="the coach is kept"
    ),
    Bind.ONLY_COACH: Words(
        fi="kukaan muu ei palvele kotikunnassa",
        sv="ingen annan ger service i hemkommunen",
        en="nobody else serves the home municipality",
    ),
    Bind.LIMIT: Words(fi="asiakasmäärä täynnä", sv="har fullt", en="full"),
    Bind.LOAD: Words(
        fi="työmäärä rajalla", sv="arbetsmängden vid gränsen", en="workload at its bound"
    ),
    Bind.FLOOR: Words(
        fi="omalle valmentajalle jäisi liian vähän työtä",
        sv="den egna coachen skulle få för lite arbete",
        en="the client's coach would have too little work",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Others:
    """Some clients put to every coach; arrays are clients × coaches."""

    allowed: Bools
    full: Bools  # they may have no more clients
    after: Floats  # load per share if they had the client
    above: Floats  # how far that is above what may be reached, as a share of it; 0 and up
    swedish: Bools
    officer: Bools
    points: Ints


def alternatives(problem: Problem, split: AreaSplit) -> pl.DataFrame:
    """Return what else there would be for each client, as ``Alternatives``, by client number.

    The order is that of the aims: a coach with room before a full one, Swedish before loads,
    loads before the former officer, that before language and team; then the smaller load,
    then the coach's id. Each price is that of this one client going there, all else as it is.

    Args:
        problem: The area.
        split: Its split.
    """
    found = _Found(problem=problem, split=split)
    people = len(problem.clients)
    schema = {name: column.dtype for name, column in Alternatives.columns().items()}
    parts = [
        pl.DataFrame(found.of(np.arange(start, min(start + _CHUNK, people))), schema=schema)
        for start in range(0, people, _CHUNK)
    ]
    return Alternatives.validate(pl.concat([pl.DataFrame(schema=schema), *parts]))


@dataclass(frozen=True, kw_only=True)
class _Found:
    """The alternatives of all clients."""

    problem: Problem
    split: AreaSplit

    @cached_property
    def held(self) -> Ints:
        return held_by(self.problem, self.split.coach)

    @cached_property
    def load(self) -> Floats:
        return loads_of(self.problem, self.split.coach)

    def of(self, part: Ints) -> dict[str, object]:
        """Return the columns of ``Alternatives`` for these clients."""
        others = self._others(part)
        second, third = self._next_two(part, others)
        return {
            "client_id": self.problem.clients[part[0] : part[-1] + 1],
            **self._priced("second", part, others, second),
            **self._priced("third", part, others, third),
            **self._bound(part, others),
        }

    def _next_two(self, part: Ints, others: _Others) -> list[Ints]:
        """Return the next best coach and the one after, or NOBODY."""
        key = self._order(part, others)
        rows, found = np.arange(len(part)), []
        for _ in range(2):
            best = key.argmin(axis=1)
            found.append(np.where(key[rows, best] == _NEVER, NOBODY, best))
            key[rows, best] = _NEVER
        return found

    def _order(self, part: Ints, others: _Others) -> Ints:
        """Return the key of each pair, least first; the client's own coach never comes."""
        own = self.split.coach[part]
        to = np.where(own == NOBODY, 0, own)
        had = own != NOBODY
        rows = np.arange(len(part))
        loses_swedish = (others.swedish[rows, to] & had)[:, None] & ~others.swedish
        loses_officer = (others.officer[rows, to] & had)[:, None] & ~others.officer
        lost = np.where(had, others.points[rows, to], 0)[:, None] - others.points
        key = others.full.astype(np.int64)
        for digit, size in (
            (loses_swedish, 2),
            (_thousandths(others.above), 1 << 20),
            (loses_officer, 2),
            (lost + 16, 32),  # a gain comes first; never more than 5 points either way
            (_thousandths(others.after), 1 << 30),
        ):
            key = key * size + np.minimum(digit.astype(np.int64), size - 1)
        key[~others.allowed] = _NEVER
        key[rows[had], own[had]] = _NEVER
        return key

    def _others(self, part: Ints) -> _Others:
        """Return how it would be for these clients with each coach; with theirs, as it is."""
        problem, pairs = self.problem, self.problem.pairs
        kind, own = problem.kind[part], self.split.coach[part]
        theirs = own[:, None] == np.arange(len(problem.coaches))
        more = np.where(theirs, 0.0, problem.weight[part][:, None])
        after = (self.load + more) / problem.share
        return _Others(
            allowed=pairs.allowed[kind],
            full=(self.held >= problem.limit) & ~theirs,
            after=after,
            above=np.maximum(after / np.maximum(self.split.roof, _SMALL) - 1 - _SMALL, 0.0),
            swedish=pairs.swedish[kind],
            officer=problem.own[part][:, None] == np.arange(len(problem.coaches)),
            points=pairs.points[kind],
        )

    def _priced(self, name: str, part: Ints, others: _Others, to: Ints) -> dict[str, object]:
        """Return the coach, the price in codes and the load of one choice."""
        problem, pairs = self.problem, self.problem.pairs
        rows = np.arange(len(part))
        there, own = to != NOBODY, self.split.coach[part]
        kind, had = problem.kind[part], own != NOBODY
        lost: dict[Price, Bools] = {
            Price.FULL: others.full[rows, to],
            Price.ABOVE: others.above[rows, to] > 0,
            Price.LOSES_KEPT: problem.pinned[part] != NOBODY,
        }
        for price, table in (
            (Price.LOSES_SWEDISH, others.swedish),
            (Price.LOSES_OFFICER, others.officer),
            (Price.LOSES_MOTHER_TONGUE, pairs.mother_tongue[kind]),
            (Price.LOSES_LANGUAGE, pairs.service_language[kind]),
            (Price.LOSES_TEAM, pairs.team[kind]),
        ):
            lost[price] = had & table[rows, own] & ~table[rows, to]
        codes = np.array([price.value for price in Price], dtype=object)
        said = np.column_stack([lost[price] & there for price in Price])
        ids = [None if place == NOBODY else str(problem.coaches[place].id) for place in to]
        loads = [
            float(load) if is_there else None
            for load, is_there in zip(others.after[rows, to], there, strict=True)
        ]
        return {
            f"{name}_coach": ids,
            f"{name}_price": [codes[row].tolist() for row in said],
            f"{name}_load": loads,
        }

    def _bound(self, part: Ints, others: _Others) -> dict[str, object]:
        """Return what keeps each client where they are, and from which coach."""
        problem, own = self.problem, self.split.coach[part]
        rows = np.arange(len(part))
        had, kept = own != NOBODY, problem.pinned[part] != NOBODY
        worth = others.points + np.where(others.officer, 100, 0) + np.where(others.swedish, 200, 0)
        worth = np.where(others.allowed, worth, -1)
        free = 2 * ~others.full + (others.above == 0)  # of equals the one least in the way
        best = (4 * worth + free).argmax(axis=1)
        better = np.where(had, worth[rows, own] < worth[rows, best], worth[rows, best] >= 0)
        only = had & (others.allowed.sum(axis=1) == 1)
        full, above = others.full[rows, best], others.above[rows, best] > 0
        code = np.select(
            [had & kept, only, better & full, better & above, better],
            [bind.value for bind in Bind],
            default="",
        )
        named = better & ~(had & kept) & ~only
        ids = [
            str(problem.coaches[place].id) if is_named else None
            for place, is_named in zip(best, named, strict=True)
        ]
        return {"binds": [found or None for found in code.tolist()], "binds_coach": ids}


def _thousandths(value: Floats) -> Floats:
    return np.ceil(value * 1000 - _SMALL)
