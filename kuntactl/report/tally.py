"""Counts of clients by ground, reason, gap, place, age, language and coach."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from kuntactl.domain.ages import AGE_GROUPS, age_group
from kuntactl.domain.areas import Area
from kuntactl.domain.calendar import completed_years
from kuntactl.domain.coaches import Coach
from kuntactl.domain.languages import LANGUAGES
from kuntactl.domain.municipalities import ABROAD, municipalities_of
from kuntactl.domain.types import DecidedBy, Outcome
from kuntactl.domain.wording import Words
from kuntactl.report.figures import (
    Combination,
    Control,
    Count,
    GroundCount,
    PlaceCount,
)
from kuntactl.report.short import FAILED, GROUNDS, MISSING, REJECTIONS, short_name, short_names
from kuntactl.report.staffing import CoachLoad, Staffing
from kuntactl.report.vocabulary import Vocabulary, words_for

NO_GROUND = Words(
    fi="yksikään peruste ei täyty", sv="ingen grund uppfylls", en="no ground is fulfilled"
)
PERSON = Words(fi="käsittelijän vastaus", sv="en persons svar", en="a person's answer")

_OUTSIDE: Mapping[str, Words] = {
    "elsewhere": Words(
        fi="kotikunta muualla Suomessa",
        sv="hemkommun på annat håll i Finland",
        en="home municipality elsewhere in Finland",
    ),
    "abroad": Words(fi="ulkomailla", sv="utomlands", en="abroad"),
    "protected": Words(
        fi="turvakielto, kotikuntaa ei näytetä",
        sv="spärrmarkering, hemkommunen visas inte",
        en="non-disclosure, home municipality not shown",
    ),
}


def grounds(eligible: pl.DataFrame, *, vocabulary: Vocabulary) -> tuple[GroundCount, ...]:
    """Return each ground of the rules with how many have it, in the rules' order."""
    total = _by_code(eligible.get_column("grounds").explode().drop_nulls())
    single = eligible.filter(pl.col("grounds").list.len() == 1).get_column("grounds")
    alone = _by_code(single.explode())
    return tuple(
        GroundCount(
            code=code,
            words=short_name(code, GROUNDS, vocabulary.grounds),
            explanation=explanation,
            count=total.get(code, 0),
            alone=alone.get(code, 0),
        )
        for code, explanation in vocabulary.grounds.items()
    )


def combinations(eligible: pl.DataFrame, *, vocabulary: Vocabulary) -> tuple[Combination, ...]:
    """Return how many have exactly which grounds; no ground: a person said so."""
    return tuple(
        Combination(
            words=tuple(short_name(code, GROUNDS, vocabulary.grounds) for code in codes)
            or (PERSON,),
            count=count,
        )
        for codes, count in _frequent(eligible, pl.col("grounds"))
    )


def reasons(decided: pl.DataFrame, *, vocabulary: Vocabulary) -> tuple[Combination, ...]:
    """Return why those who do not belong do not: each of them counted once.

    The conditions that failed; where all hold, that no ground does, or that a person said so.
    """
    turned_down = decided.filter(pl.col("outcome") == Outcome.NOT_ELIGIBLE.value)
    by_person = pl.col("decided_by") == DecidedBy.PERSON.value
    reason = (
        pl.when(by_person)
        .then(pl.lit([_PERSON_CODE], pl.List(pl.String)))
        .otherwise(pl.col("failed").list.filter(pl.element().is_in(list(vocabulary.conditions))))
    )
    return tuple(
        Combination(
            words=tuple(
                PERSON if code == _PERSON_CODE else short_name(code, FAILED, vocabulary.conditions)
                for code in codes
            )
            or (NO_GROUND,),
            count=count,
        )
        for codes, count in _frequent(turned_down, reason)
    )


def missing(decided: pl.DataFrame, *, vocabulary: Vocabulary) -> tuple[Count, ...]:
    """Return how many of those under review lack each fact; one may lack several."""
    waiting = decided.filter(pl.col("outcome") == Outcome.REVIEW.value)
    found = _by_code(waiting.get_column("missing").explode().drop_nulls())
    in_order = [code for code in (*MISSING, *vocabulary.criteria) if code in found]
    others = sorted(set(found) - set(in_order))
    return tuple(
        Count(code=code, words=short_name(code, MISSING, vocabulary.missing), count=found[code])
        for code in (*in_order, *others)
    )


def municipalities(decided: pl.DataFrame, *, area: Area, on: date) -> tuple[PlaceCount, ...]:
    """Return the outcomes of each municipality of the area, by Finnish name.

    Clients under non-disclosure stand in one line of their own, the last, when there are any:
    their home municipality is not to be read from a report. So do those who have none.
    """
    shown = pl.when(~pl.col("protected")).then("municipality")
    place = shown.fill_null(_HIDDEN)  # also who belongs without one, as a person said
    found = {
        (code, outcome): count
        for code, outcome, count in decided.group_by(place.alias("place"), "outcome")
        .len()
        .iter_rows()
    }
    known = municipalities_of(on.year)
    listed = sorted((known[code].name.fi, code) for code in area.municipalities if code in known)
    hidden = [_HIDDEN] if any(code == _HIDDEN for code, _ in found) else []
    return tuple(
        PlaceCount(
            code=None if code == _HIDDEN else code,
            name=None if code == _HIDDEN else known[code].name,  # type: ignore[index]
            eligible=found.get((code, Outcome.ELIGIBLE.value), 0),
            review=found.get((code, Outcome.REVIEW.value), 0),
            not_eligible=found.get((code, Outcome.NOT_ELIGIBLE.value), 0),
        )
        for code in (*(code for _, code in listed), *hidden)
    )


def ages(eligible: pl.DataFrame, *, on: date) -> tuple[Count, ...]:
    """Return how many are in each age group on the day, youngest first, empty groups too."""
    years = completed_years(pl.col("born"), on=on)
    found = _by_code(eligible.select(age_group(years)).to_series())
    return tuple(
        Count(code=group.id, words=group.words, count=found.get(group.id, 0))
        for group in AGE_GROUPS
    )


def languages(eligible: pl.DataFrame) -> tuple[Count, ...]:
    """Return how many have each mother tongue, the most frequent first."""
    return codes(eligible.select("client_id", pl.col("mother_tongue").alias("code")), LANGUAGES)


def outside(decisions: pl.DataFrame, clients: pl.DataFrame) -> tuple[Count, ...]:
    """Return where those outside the chosen areas live: elsewhere, abroad, or not shown."""
    where = (
        pl.when("protected")
        .then(pl.lit("protected"))
        .when(pl.col("municipality").is_in(list(ABROAD)))
        .then(pl.lit("abroad"))
        .otherwise(pl.lit("elsewhere"))
    )
    people = decisions.filter(pl.col("outcome") == Outcome.OUTSIDE.value).join(
        clients.select("client_id", "municipality", "protected"), on="client_id", how="left"
    )
    return codes(people.select("client_id", where.alias("code")), _OUTSIDE)


def rejections(rejected: pl.DataFrame, *, vocabulary: Vocabulary) -> tuple[Count, ...]:
    """Return how many rows each problem rejects, the most frequent first."""
    words = short_names(REJECTIONS, vocabulary.rejections)
    return codes(rejected.select("file", "row", "code"), words)


def codes(frame: pl.DataFrame, words: Mapping[str, Words]) -> tuple[Count, ...]:
    """Return how many different rows have each ``code``, the most frequent first."""
    counted = frame.unique().get_column("code")
    return tuple(
        Count(code=code, words=words_for(code, words), count=count)
        for code, count in sorted(_by_code(counted).items(), key=lambda one: (-one[1], one[0]))
    )


def staffing(
    coaches: Sequence[Coach], assigned: pl.DataFrame, contacts: pl.DataFrame, *, on: date
) -> Staffing:
    """Return each coach's load, by name, those without clients too.

    Args:
        coaches: Of one area.
        assigned: Schema ``Assignments``, of that area.
        contacts: Schema ``FirstContacts``; those of earlier days are not counted.
        on: The day.
    """
    late = (pl.col("day") > pl.col("last_day")).sum()
    to_come = {
        coach_id: (number, number_late, last)
        for coach_id, number, number_late, last in contacts.filter(pl.col("day") >= on)
        .group_by("coach_id")
        .agg(pl.len(), late.alias("late"), pl.col("day").max().alias("last"))
        .iter_rows()
    }
    is_served = pl.col("weight") > 0
    sums = {
        coach_id: (clients, resting, weight)
        for coach_id, clients, resting, weight in assigned.group_by("coach_id")
        .agg(
            is_served.sum().alias("clients"),
            (~is_served).sum().alias("resting"),
            pl.col("weight").sort().sum(),
        )
        .iter_rows()
    }
    loads = [
        CoachLoad(
            id=coach.id,
            name=coach.name,
            team=coach.team,
            share=coach.share,
            clients=sums.get(coach.id, _NO_CLIENTS)[0],
            resting=sums.get(coach.id, _NO_CLIENTS)[1],
            weight=sums.get(coach.id, _NO_CLIENTS)[2],
            limit=coach.limit,
            contacts=to_come.get(coach.id, _NO_CONTACTS)[0],
            late_contacts=to_come.get(coach.id, _NO_CONTACTS)[1],
            last_contact=to_come.get(coach.id, _NO_CONTACTS)[2],
        )
        for coach in coaches
    ]
    unassigned = assigned.get_column("coach_id").null_count()
    return Staffing(
        loads=tuple(sorted(loads, key=lambda load: (load.name, load.id))),
        assigned=assigned.height - unassigned,
        unassigned=unassigned,
        light_lane=assigned.filter(pl.col("why").list.contains(_LIGHT_LANE)).height,
    )


def controls(eligible: pl.DataFrame, *, area: Area, on: date) -> tuple[Control, ...]:
    """Return what sources expected beside what there is.

    For a part of the area those under non-disclosure are left out: the difference from the
    table of municipalities would tell where they live.
    """
    known = municipalities_of(on.year)
    found = []
    for control in area.control_totals:
        of_part = ~pl.col("protected") & pl.col("municipality").is_in(list(control.municipalities))
        counted = eligible.filter(of_part) if control.municipalities else eligible
        found.append(
            Control(
                places=tuple(known[code].name for code in control.municipalities),
                relation=control.relation,
                expected=control.clients,
                found=counted.height,
                leaves_out_protected=bool(control.municipalities),
                source=control.source,
            )
        )
    return tuple(found)


_PERSON_CODE = "person"
_LIGHT_LANE = "light_lane"  # assignment's Reason
_NO_CLIENTS = (0, 0, 0.0)
_NO_CONTACTS = (0, 0, None)
_HIDDEN = "hidden"


def _by_code(values: pl.Series) -> dict[str, int]:
    return dict(values.value_counts().iter_rows())


def _frequent(frame: pl.DataFrame, column: pl.Expr) -> list[tuple[list[str], int]]:
    """Return each different list with how many rows have it, the most frequent first."""
    counted = frame.group_by(column.alias("codes").list.join("\n")).len()
    found = [(codes.split("\n") if codes else [], count) for codes, count in counted.iter_rows()]
    return sorted(found, key=lambda one: (-one[1], one[0]))
