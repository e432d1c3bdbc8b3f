"""What is wrong or missing in a staff, one sentence each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import polars as pl

from kuntactl.assignment.area_split import Change, Needed, held_by
from kuntactl.assignment.problem import NOBODY, Ints, Problem
from kuntactl.domain.languages import LANGUAGES
from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.teams import NATIONAL_LANGUAGES
from kuntactl.domain.types import AreaId, Language, MunicipalityCode
from kuntactl.domain.wording import Words

_PROTECTED = Words(
    fi="salattu kotikunta", sv="en skyddad hemkommun", en="a protected municipality"
)
_UNKNOWN = Words(fi="tuntematon kotikunta", sv="en okänd hemkommun", en="an unknown municipality")
_HIDDEN = "*"  # stands for the municipality of a client under non-disclosure
_CODES_WITHOUT_LANGUAGE = ("98", "99")  # another language, and an unknown one


class NoticeCode(StrEnum):
    """What a notice is about."""

    NO_COACH_IN_AREA = "no_coach_in_area"
    COACH_LEFT = "coach_left"
    OVER_LIMIT = "over_limit"
    PINS_LOST = "pins_lost"
    NOBODY_SPEAKS = "nobody_speaks"
    NOBODY_SERVES = "nobody_serves"
    RULED_OUT = "ruled_out"
    FULL = "full"
    NO_SWEDISH = "no_swedish"
    SWEDISH_FULL = "swedish_full"
    SMALLEST_CHANGE = "smallest_change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One sentence about an area's staff; it names no client."""

    area: AreaId
    code: NoticeCode
    words: Words


SENTENCES: Mapping[NoticeCode, Words] = {
    NoticeCode.NO_COACH_IN_AREA: Words(
        fi="alueella ei ole yhtään omavalmentajaa; ilman valmentajaa: {clients}",
        sv="området har ingen coach; utan coach: {clients}",
        en="the area has no coach; without a coach: {clients}",
    ),
    NoticeCode.COACH_LEFT: Words(
        fi="valmentaja {coach} ei ole enää luettelossa; asiakkaita, joille etsittiin uusi "
        "valmentaja: {clients}",
        sv="coach {coach} finns inte längre i listan; kunder för vilka en ny coach söktes: "
        "{clients}",
        en="coach {coach} is in the list no longer; clients for whom another one was sought: "
        "{clients}",
    ),
    NoticeCode.OVER_LIMIT: Words(
        fi="valmentajalla {coach} on asiakkaita {clients}, enintään {limit}: kukaan ei vaihda "
        "valmentajaa, eikä uusia tule",
        sv="coach {coach} har {clients} kunder, högst {limit}: ingen byter coach, och inga nya "
        "kommer",
        en="coach {coach} has {clients} clients, at most {limit}: nobody changes coaches, and "
        "nobody new comes",
    ),
    NoticeCode.PINS_LOST: Words(
        fi="asiakkaita, joita sovittu valmentaja ei voi enää palvella: {clients}; "
        "ks. assignments.csv",
        sv="kunder som den överenskomna coachen inte längre kan betjäna: {clients}; "
        "se assignments.csv",
        en="clients whom the coach agreed on can no longer serve: {clients}; see assignments.csv",
    ),
    NoticeCode.NOBODY_SPEAKS: Words(
        fi="kieliä, joita kukaan valmentajista ei puhu (asiakkaita): {languages}",
        sv="språk som ingen coach talar (kunder): {languages}",
        en="languages that no coach speaks (clients): {languages}",
    ),
    NoticeCode.NOBODY_SERVES: Words(
        fi="{town}: ilman valmentajaa {clients}, koska kukaan valmentajista ei palvele siellä",
        sv="{town}: utan coach {clients}, eftersom ingen coach ger service där",
        en="{town}: without a coach {clients}, for no coach serves there",
    ),
    NoticeCode.RULED_OUT: Words(
        fi="{town}: ilman valmentajaa {clients}, koska sopivat valmentajat on suljettu pois",
        sv="{town}: utan coach {clients}, eftersom de coacher som passar har uteslutits",
        en="{town}: without a coach {clients}, for every coach who could serve is ruled out",
    ),
    NoticeCode.FULL: Words(
        fi="{town}: ilman valmentajaa {clients}, koska siellä palvelevien valmentajien "
        "asiakasmäärä on täynnä",
        sv="{town}: utan coach {clients}, eftersom coacherna där har fullt",
        en="{town}: without a coach {clients}, for the coaches who serve there are full",
    ),
    NoticeCode.NO_SWEDISH: Words(
        fi="{town} tarvitsee yhden ruotsinkielisen valmentajan; yhtään ei ole "
        "(asiakkaita: {clients})",
        sv="{town} behöver en svenskspråkig coach; det finns ingen (kunder: {clients})",
        en="{town} needs one Swedish-speaking coach; it has none (clients: {clients})",
    ),
    NoticeCode.SWEDISH_FULL: Words(
        fi="{town}: ilman ruotsinkielistä valmentajaa {clients}, koska heidän "
        "asiakasmääränsä on täynnä",
        sv="{town}: utan svenskspråkig coach {clients}, eftersom de svenskspråkiga har fullt",
        en="{town}: without a Swedish-speaking coach {clients}, for those are full",
    ),
    NoticeCode.SMALLEST_CHANGE: Words(
        fi="pienin muutos, jolla kaikki saavat sopivan valmentajan: {changes}",
        sv="minsta ändring som ger alla en coach som passar: {changes}",
        en="the smallest change that gives everybody a coach who fits: {changes}",
    ),
}
CHANGES: Mapping[Change, Words] = {
    Change.LIMIT: Words(
        fi="valmentajan {coach} enimmäismäärä {limit} → {more}",
        sv="coach {coach}, högsta antal {limit} → {more}",
        en="coach {coach}, most clients {limit} → {more}",
    ),
    Change.MUNICIPALITY: Words(
        fi="valmentajan {coach} kuntiin lisätään {town} (asiakkaita: {clients})",
        sv="coach {coach} betjänar också {town} (kunder: {clients})",
        en="coach {coach} also serves {town} (clients: {clients})",
    ),
    Change.NEW_COACH: Words(
        fi="valmentajia lisää: {coaches} (asiakkaita: {clients})",
        sv="fler coacher: {coaches} (kunder: {clients})",
        en="more coaches: {coaches} (clients: {clients})",
    ),
    Change.NEW_SWEDISH_COACH: Words(
        fi="ruotsinkielisiä valmentajia lisää: {coaches} (asiakkaita: {clients})",
        sv="fler svenskspråkiga coacher: {coaches} (kunder: {clients})",
        en="more Swedish-speaking coaches: {coaches} (clients: {clients})",
    ),
}


def without_coaches(area: AreaId, clients: int) -> Notice:
    """Return what there is to say of an area that has clients and no coach."""
    return _notice(area, NoticeCode.NO_COACH_IN_AREA, clients=clients)


def notices(
    area: AreaId,
    problem: Problem,
    coach: Ints,
    rows: pl.DataFrame,
    changes: Sequence[Needed],
    *,
    on: date,
) -> tuple[Notice, ...]:
    """Return what is wrong or missing in an area's staff, in the order of ``NoticeCode``.

    Args:
        area: Its id.
        problem: Its clients and coaches.
        coach: The coach of each client, or NOBODY.
        rows: The clients in the same order: ``coach_id`` (whom the register knows),
            ``mother_tongue``, ``service_language``, ``municipality`` and ``protected``.
        changes: The smallest change that makes room.
        on: The day whose municipalities count.
    """
    found = [
        *_of_coaches(area, problem, rows),
        *_of_languages(area, problem, rows),
        *_of_waiting(area, problem, coach, rows, on=on),
    ]
    if changes:
        shown = set(rows.filter(~pl.col("protected"))["municipality"].drop_nulls())
        said = [_change(problem, one, shown, on=on) for one in changes]
        found.append(_notice(area, NoticeCode.SMALLEST_CHANGE, changes=_joined(said)))
    return tuple(found)


def _of_coaches(area: AreaId, problem: Problem, rows: pl.DataFrame) -> Iterator[Notice]:
    ids = {str(coach.id) for coach in problem.coaches}
    gone = Counter(found for found in rows["coach_id"].drop_nulls() if found not in ids)
    for coach_id, clients in sorted(gone.items()):
        yield _notice(area, NoticeCode.COACH_LEFT, coach=coach_id, clients=clients)
    held = held_by(problem, problem.pinned)
    for place in np.flatnonzero(held > problem.limit).tolist():
        who = problem.coaches[place]
        values = {"coach": who.id, "clients": int(held[place]), "limit": who.limit}
        yield _notice(area, NoticeCode.OVER_LIMIT, **values)
    if problem.pin_lost.any():
        yield _notice(area, NoticeCode.PINS_LOST, clients=int(problem.pin_lost.sum()))


def _of_languages(area: AreaId, problem: Problem, rows: pl.DataFrame) -> Iterator[Notice]:
    spoken = {language for coach in problem.coaches for language in coach.languages}
    wanted = Counter(rows["service_language"])
    tongues = Counter(rows["mother_tongue"])
    wanted.update({code: n for code, n in tongues.items() if code not in NATIONAL_LANGUAGES})
    silent = {
        code: clients
        for code, clients in wanted.items()
        if code not in spoken and code not in _CODES_WITHOUT_LANGUAGE
    }
    if silent:
        by_clients = sorted(silent.items(), key=lambda one: (-one[1], one[0]))
        named = [_counted(code, clients) for code, clients in by_clients]
        yield _notice(area, NoticeCode.NOBODY_SPEAKS, languages=_joined(named, ", "))


def _counted(code: str, clients: int) -> Words:
    name = LANGUAGES.get(code, Words(fi=code, sv=code, en=code))
    return Words(**{one.value: f"{name.in_language(one)} ({clients})" for one in Language})


def _of_waiting(
    area: AreaId, problem: Problem, coach: Ints, rows: pl.DataFrame, *, on: date
) -> Iterator[Notice]:
    """Yield who waits, by what is missing and by municipality, those protected in one line."""
    pairs, kind = problem.pairs, problem.kind
    waits, served = coach == NOBODY, np.asarray(pairs.allowed.any(axis=1))[kind]
    ruled_out = np.asarray(pairs.banned.any(axis=1))[kind]
    unserved = pairs.wants_swedish[kind] & ~pairs.swedish[kind, coach] & ~waits
    unserved &= problem.pinned == NOBODY
    speaker = np.asarray((pairs.swedish & pairs.allowed).any(axis=1))[kind]
    homes = rows.select(
        pl.when(pl.col("protected"))
        .then(pl.lit(_HIDDEN))
        .otherwise(pl.col("municipality").fill_null(""))
        .alias("home")
    )["home"].to_numpy()
    for code, holds in (
        (NoticeCode.NOBODY_SERVES, waits & ~served & ~ruled_out),
        (NoticeCode.RULED_OUT, waits & ~served & ruled_out),
        (NoticeCode.FULL, waits & served),
        (NoticeCode.NO_SWEDISH, unserved & ~speaker),
        (NoticeCode.SWEDISH_FULL, unserved & speaker),
    ):
        for home, clients in sorted(Counter(homes[holds]).items()):
            yield _notice(area, code, town=_town(home, on=on), clients=clients)


def _town(code: str, *, on: date) -> Words:
    known = municipalities_of(on.year).get(MunicipalityCode(code))
    if known is None:
        return _PROTECTED if code == _HIDDEN else _UNKNOWN
    return Words(**{one.value: known.name.in_language(one) for one in Language})


def _change(problem: Problem, needed: Needed, shown: set[str], *, on: date) -> Words:
    values: dict[str, object] = {"clients": needed.clients, "coaches": needed.coaches}
    if needed.coach != NOBODY:
        who, held = problem.coaches[needed.coach], held_by(problem, problem.pinned)
        limit = who.limit or 0
        now = max(limit, int(held[needed.coach]))
        values |= {"coach": who.id, "limit": limit, "more": now + needed.clients}
    if needed.municipality is not None:
        home = needed.municipality if needed.municipality in shown else _HIDDEN
        values["town"] = _town(home, on=on)
    return _filled(CHANGES[needed.change], values)


def _joined(parts: Sequence[Words], by: str = "; ") -> Words:
    return Words(
        **{one.value: by.join(part.in_language(one) for part in parts) for one in Language}
    )


def _notice(area: AreaId, code: NoticeCode, **values: object) -> Notice:
    return Notice(area=area, code=code, words=_filled(SENTENCES[code], values))


def _filled(words: Words, values: Mapping[str, object]) -> Words:
    def said(language: Language) -> str:
        in_language = {
            name: value.in_language(language) if isinstance(value, Words) else value
            for name, value in values.items()
        }
        return words.in_language(language).format(**in_language)

    return Words(**{language.value: said(language) for language in Language})
