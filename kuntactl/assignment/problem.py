"""One area's split as arrays: who weighs what, who may go to whom, what matches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from kuntactl.assignment.ties import BANNED, PINNED_TO, coaches_in
from kuntactl.domain.coaches import Coach
from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.teams import client_team
from kuntactl.domain.types import ClientId, MunicipalityCode

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

SWEDISH = "sv"
NOBODY = -1  # no coach: none yet, or none who was the officer

# What a match is worth in the last aim. A team weighs more than a mother tongue beyond the
# service language, so that the young keep to their own service (Ohjaamo), whatever they speak.
POINTS_SERVICE_LANGUAGE = 2
POINTS_MOTHER_TONGUE = 3  # instead of the service language, not on top of it
POINTS_TEAM = 2

_KIND = ("municipality", "service_language", "mother_tongue", "team", BANNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """What holds between a kind of client and a coach; arrays are kinds × coaches, but for one."""

    allowed: Bools  # the coach serves the home municipality, and nobody has ruled them out
    banned: Bools  # a person has ruled the coach out, who would be allowed otherwise
    wants_swedish: Bools  # a Swedish speaker of a bilingual municipality; one entry a kind
    swedish: Bools  # a Swedish speaker of a bilingual municipality, and a coach who speaks it
    service_language: Bools  # the coach speaks the language of service
    mother_tongue: Bools  # the coach speaks the mother tongue, which is another
    team: Bools  # the client belongs with the coach's team
    local: Bools  # the coach's own list names the municipality

    @property
    def points(self) -> Ints:
        """What each pair is worth in the last aim, 0 and up."""
        language = np.where(
            self.mother_tongue,
            POINTS_MOTHER_TONGUE,
            np.where(self.service_language, POINTS_SERVICE_LANGUAGE, 0),
        )
        return (language + np.where(self.team, POINTS_TEAM, 0)).astype(np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """The clients and coaches of one area; clients by number, coaches by id, as text.

    ``kind`` to ``pin_lost`` have one entry a client; ``share`` and
    ``limit`` one a coach.
    """

    clients: tuple[ClientId, ...]
    coaches: tuple[Coach, ...]
    kind: Ints  # row of ``pairs``
    weight: Floats  # expected meetings a month
    own: Ints  # coach who was the client's officer and may serve them, or NOBODY
    pinned: Ints  # coach they keep, or NOBODY
    fixed: Bools  # a person has pinned them to that coach
    coach_gone: Bools  # the coach they had may serve them no longer
    pin_lost: Bools  # a person has pinned them to a coach who is gone, or may not serve them
    pairs: Pairs
    kind_municipality: tuple[str | None, ...]  # one a kind; null: not known

    @property
    def share(self) -> Floats:
        """Share of full time of each coach."""
        return np.array([coach.share for coach in self.coaches], dtype=np.float64)

    @property
    def limit(self) -> Ints:
        """Most clients of each coach; where there is no limit, the number of all clients."""
        everyone = len(self.clients)
        return np.array(
            [everyone if coach.limit is None else coach.limit for coach in self.coaches],
            dtype=np.int64,
        )


def area_problem(rows: pl.DataFrame, coaches: Sequence[Coach], *, on: date) -> Problem:
    """Return the problem of one area.

    Args:
        rows: One row a client: ``client_id``, ``coach_id`` (the coach the register knows, or
            null), ``weight`` (Float64), the facts of ``domain.schema.Clients`` and the columns
            of ``with_ties``; any order.
        coaches: The area's coaches, in any order; at least one.
        on: The day that ages and the languages of municipalities are told for.
    """
    known = tuple(sorted(coaches, key=lambda coach: coach.id))
    rows = rows.sort("client_id").with_columns(client_team(on=on).alias("team"))
    kinds = rows.select(_KIND).unique().sort(_KIND, nulls_last=True).with_row_index("kind")
    kind = rows.join(kinds, on=_KIND, how="left", nulls_equal=True, maintain_order="left")["kind"]
    of_client = kind.to_numpy().astype(np.int64)
    pairs = _pairs(kinds, known, on=on)
    pinned, fixed = _pinned(rows, known)
    return Problem(
        clients=tuple(rows["client_id"].to_list()),
        coaches=known,
        kind=of_client,
        weight=rows["weight"].to_numpy().astype(np.float64),
        own=_own(rows["officer_id"], of_client, known, pairs),
        pinned=pinned,
        fixed=fixed,
        coach_gone=rows["coach_id"].is_not_null().to_numpy() & (pinned == NOBODY),
        pin_lost=rows[PINNED_TO].is_not_null().to_numpy() & ~fixed,
        pairs=pairs,
        kind_municipality=tuple(kinds["municipality"].to_list()),
    )


def _pairs(kinds: pl.DataFrame, coaches: Sequence[Coach], *, on: date) -> Pairs:
    places = kinds["municipality"].to_list()
    bilingual = _column([_is_bilingual(place, on=on) for place in places])
    wants_swedish = _column([language == SWEDISH for language in kinds["service_language"]])
    speaks_swedish = np.array([SWEDISH in coach.languages for coach in coaches], dtype=np.bool_)
    local = _table(places, [coach.municipalities for coach in coaches])
    everywhere = np.array([not coach.municipalities for coach in coaches], dtype=np.bool_)
    languages = [coach.languages for coach in coaches]
    allowed = local | everywhere
    banned = allowed & _banned(kinds[BANNED].to_list(), coaches)
    another = (kinds["mother_tongue"] != kinds["service_language"]).to_numpy().reshape(-1, 1)
    return Pairs(
        allowed=allowed & ~banned,
        banned=banned,
        wants_swedish=(wants_swedish & bilingual)[:, 0],
        swedish=wants_swedish & bilingual & speaks_swedish,
        service_language=_table(kinds["service_language"].to_list(), languages),
        mother_tongue=_table(kinds["mother_tongue"].to_list(), languages) & another,
        team=_table(kinds["team"].to_list(), [frozenset({coach.team.value}) for coach in coaches]),
        local=local,
    )


def _table(values: Sequence[str | None], sets: Sequence[frozenset[str]]) -> Bools:
    """Return whether each value (row) is in each set (column); each value is looked up once."""
    rows = {value: [value in found for found in sets] for value in set(values)}
    return np.array([rows[value] for value in values], dtype=np.bool_).reshape(
        len(values), len(sets)
    )


def _banned(cells: Sequence[str], coaches: Sequence[Coach]) -> Bools:
    nobody = [False] * len(coaches)
    rows = [
        [coach.id in coaches_in(cell) for coach in coaches] if cell else nobody for cell in cells
    ]
    return np.array(rows, dtype=np.bool_).reshape(-1, len(coaches))


def _column(answers: Sequence[bool]) -> Bools:
    return np.array(answers, dtype=np.bool_).reshape(-1, 1)


def _is_bilingual(place: str | None, *, on: date) -> bool:
    found = municipalities_of(on.year).get(MunicipalityCode(place or ""))
    return found is not None and found.bilingual


def _own(officers: pl.Series, kind: Ints, coaches: Sequence[Coach], pairs: Pairs) -> Ints:
    """Return the coach who was the client's officer; of several, the first who may serve them."""
    own = np.full(len(kind), NOBODY, dtype=np.int64)
    named = officers.to_numpy(allow_copy=True)
    for index, coach in reversed(list(enumerate(coaches))):
        if coach.former_officer is not None:
            theirs = (named == coach.former_officer) & pairs.allowed[kind, index]
            own[theirs] = index
    return own


def _pinned(rows: pl.DataFrame, coaches: Sequence[Coach]) -> tuple[Ints, Bools]:
    """Return the coach each client keeps, and whether a person has pinned them.

    A coach is kept while they are in the list, of the area, serve the home municipality and
    are not ruled out; a municipality that is not known any more is no reason to change the
    coach. A person's pin comes first.
    """
    index = {str(coach.id): place for place, coach in enumerate(coaches)}
    pinned = np.full(rows.height, NOBODY, dtype=np.int64)
    fixed = np.zeros(rows.height, dtype=np.bool_)
    facts = rows.select(PINNED_TO, "coach_id", BANNED, "municipality").iter_rows()
    for row, (pin, coach_id, banned, home) in enumerate(facts):
        for wanted, by_person in ((pin, True), (coach_id, False)):
            place = index.get(wanted, NOBODY)
            ruled_out = bool(banned) and wanted in coaches_in(banned)
            if place != NOBODY and not ruled_out and serves(coaches[place], home):
                pinned[row], fixed[row] = place, by_person
                break
    return pinned, fixed


def serves(coach: Coach, home: str | None) -> bool:
    """Return whether the coach serves the home municipality; one not known is no obstacle."""
    return home is None or not coach.municipalities or home in coach.municipalities
