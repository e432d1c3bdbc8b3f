"""What became of an area's unemployed between two days, in figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from kuntactl.domain.calendar import completed_years, months_later
from kuntactl.domain.standing import SERVED, UNEMPLOYED, has_code, job_search_in_force
from kuntactl.domain.support import labour_market_support
from kuntactl.domain.wording import Words

YOUNG, YEAR = 25, 12  # completed years; months
_SUPPORT = "03"  # benefit: labour market support
_NOT_TOLD = "07"  # benefit: basic allowance or labour market support


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who are counted at each end, by a question that has three answers."""

    id: str
    words: Words
    holds: Callable[[date], pl.Expr]  # Boolean over Clients; null: the facts do not tell


def _unemployed(on: date) -> pl.Expr:
    return job_search_in_force(on=on) & has_code(UNEMPLOYED)


def _with_support(on: date) -> pl.Expr:
    benefit = pl.col("benefit")
    return _unemployed(on) & pl.when(benefit != _NOT_TOLD).then(benefit == _SUPPORT)


def _with_share(on: date) -> pl.Expr:
    return _with_support(on) & (_per_cent(on) > 0)


def _per_cent(on: date) -> pl.Expr:
    """Return the municipality's share of a recipient's support, in per cent, by their days."""
    days, share = pl.col("support_days"), pl.lit(None, pl.Int64)
    for bracket in labour_market_support().shares_on(on).brackets:
        share = pl.when(days >= bracket.from_days).then(bracket.per_cent).otherwise(share)
    return share


UNEMPLOYED_PEOPLE = Group(
    id="unemployed",
    words=Words(fi="Työttömiä", sv="Arbetslösa", en="Unemployed"),
    holds=_unemployed,
)
UNDER_25 = Group(
    id="under_25",
    words=Words(
        fi="Alle 25-vuotiaita työttömiä", sv="Arbetslösa under 25 år", en="Unemployed, under 25"
    ),
    holds=lambda on: _unemployed(on) & (completed_years(pl.col("born"), on=on) < YOUNG),
)
OVER_A_YEAR = Group(
    id="over_12_months",
    words=Words(
        fi="Yli 12 kuukautta työttömänä olleita",
        sv="Arbetslösa i över 12 månader",
        en="Unemployed for over 12 months",
    ),
    holds=lambda on: _unemployed(on) & (months_later(pl.col("unemployed_from"), YEAR) < on),
)
SERVED_PEOPLE = Group(
    id="in_services",
    words=Words(
        fi="Palvelussa, koulutuksessa tai tuetussa työssä",
        sv="I service, utbildning eller arbete med stöd",
        en="In services, training or subsidised work",
    ),
    holds=lambda on: job_search_in_force(on=on) & has_code(SERVED),
)
WITH_SHARE = Group(
    id="with_share",
    words=Words(
        fi="Työttömiä, joiden työmarkkinatuesta kunta maksaa osan",
        sv="Arbetslösa vars arbetsmarknadsstöd kommunen betalar en del av",
        en="Unemployed whose support the municipality pays a part of",
    ),
    holds=_with_share,
)
GROUPS = (UNEMPLOYED_PEOPLE, UNDER_25, OVER_A_YEAR, SERVED_PEOPLE, WITH_SHARE)
PARTS_OF_UNEMPLOYED = (UNDER_25, OVER_A_YEAR, WITH_SHARE)

SHARE_EUROS = Words(
    fi="Kunnan osuus työmarkkinatuesta, €/kk",
    sv="Kommunens andel av arbetsmarknadsstödet, €/mån",
    en="Municipality's share of the support, € a month",
)
ACTIVATION = Words(fi="Aktivointiaste, %", sv="Aktiveringsgrad, %", en="Activation rate, %")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A municipality, the people whose municipality is not shown, or all of them."""

    kind: str  # municipality, hidden, total
    code: str | None = None  # of a municipality


TOTAL, HIDDEN = Place(kind="total"), Place(kind="hidden")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many people a group has, and of how many it cannot be told."""

    people: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The figures of one day, by place."""

    on: date
    groups: Mapping[tuple[Place, str], Counted]  # by place and group
    per_cents: Mapping[Place, int]  # the municipality's shares of all recipients, added up

    def euros(self, place: Place) -> Decimal:
        """Return what the place's municipalities pay of a month's support."""
        per_cent = self.per_cents.get(place, 0)
        return labour_market_support().of_a_month(per_cent, on=self.on)

    def activation(self, place: Place) -> Decimal | None:
        """Return those in services in per cent of them and the unemployed; none of no one."""
        if (place, SERVED_PEOPLE.id) not in self.groups:
            return None
        served = self.groups[place, SERVED_PEOPLE.id].people
        all_of_them = served + self.groups[place, UNEMPLOYED_PEOPLE.id].people
        if not all_of_them:
            return None
        return (Decimal(served) * 100 / all_of_them).quantize(Decimal("0.1"))


def count(clients: pl.DataFrame, *, on: date) -> End:
    """Return the figures of a day.

    Args:
        clients: ``Clients`` of the area. The municipality of those under non-disclosure is not
            shown: they count in the total, and in a line of their own.
        on: The day of the export.

    Raises:
        SettingsError: If no share or amount of labour market support is known for the day.
    """
    labour_market_support().day_amount(on=on)
    facts = clients.select(
        code=pl.when(~pl.col("protected")).then("municipality"),
        per_cent=pl.when(_with_share(on)).then(_per_cent(on)),
        **{group.id: group.holds(on) for group in GROUPS},
    )
    figures = [
        pl.col("per_cent").sum(),
        *(pl.col(group.id).sum().alias(group.id) for group in GROUPS),
        *(pl.col(group.id).null_count().alias(f"{group.id}_unknown") for group in GROUPS),
    ]
    rows = facts.group_by("code").agg(figures).sort("code", nulls_last=True).to_dicts()
    places = [(_place(row["code"]), row) for row in rows]
    places.append((TOTAL, facts.select(figures).to_dicts()[0]))
    return End(
        on=on,
        groups={
            (place, group.id): Counted(people=row[group.id], unknown=row[f"{group.id}_unknown"])
            for place, row in places
            for group in GROUPS
        },
        per_cents={place: row["per_cent"] for place, row in places},
    )


def _place(code: str | None) -> Place:
    return HIDDEN if code is None else Place(kind="municipality", code=code)
