"""Where many clients live and how things stand with them, by what becomes of their rows."""

from datetime import date
from enum import IntEnum

import numpy as np
import polars as pl

from kuntactl.domain.types import MunicipalityCode
from kuntactl.sample.addresses import STREET, STREETS, PostalCode, contact_address, postal_codes
from kuntactl.sample.clients import (
    BENEFITS_OLDER,
    BENEFITS_YOUNG,
    EMPLOYMENT,
    RIGHT,
    SERVICE_LINES,
)
from kuntactl.sample.exports import OPEN_END
from kuntactl.sample.many import Flags, ManyDraws, Numbers
from kuntactl.sample.nation_sizes import Sort

_IN_TARGET = ("00", "02", "03", "07", "08")  # unemployed, laid off part-time or in a service
_OUT_OF_TARGET = ("01", "04", "05", "06")
_NO_STREET = 0.001


class Why(IntEnum):
    """What decides a client's outcome."""

    TARGET = 0  # eligible
    WORKS = 1  # not eligible: by employment code
    SEARCH_ENDED = 2  # not eligible: by the day
    NO_GROUND = 3  # not eligible: 30 or over, Finnish, with a right to earnings-related benefit
    WORK_UNKNOWN = 4  # review
    RIGHT_UNKNOWN = 5  # review: and no other ground
    SEARCH_UNKNOWN = 6  # review


_WHYS = {
    Sort.ELIGIBLE: {Why.TARGET: 1.0},
    Sort.NOT_ELIGIBLE: {Why.WORKS: 0.5, Why.SEARCH_ENDED: 0.05, Why.NO_GROUND: 0.45},
    Sort.REVIEW: {Why.WORK_UNKNOWN: 0.4, Why.RIGHT_UNKNOWN: 0.4, Why.SEARCH_UNKNOWN: 0.2},
    Sort.OUTSIDE: {Why.TARGET: 0.5, Why.WORKS: 0.25, Why.NO_GROUND: 0.25},
    Sort.FAULTY: {Why.TARGET: 0.5, Why.WORKS: 0.25, Why.NO_GROUND: 0.25},
}


def whys(draw: ManyDraws, sorts: Numbers) -> Numbers:
    """Return the number of a ``Why`` for each row of the sorts."""
    found = np.zeros(draw.rows, dtype=np.int64)
    for sort, weights in _WHYS.items():
        drawn = draw.by_weight({str(int(why)): share for why, share in weights.items()})
        found = np.where(sorts == sort, drawn.cast(pl.Int64).to_numpy(), found)
    return found


def situations(
    draw: ManyDraws, why: Numbers, *, young: Flags, has_ground: Flags, on: date
) -> pl.DataFrame:
    """Return what the register says of each client's search, work and benefit.

    Args:
        draw: Of as many rows.
        why: Numbers of ``Why``.
        young: Whether the client is under 30.
        has_ground: Whether age, tongue or citizenship are a ground.
        on: The day.

    Returns:
        The columns of the export from ``tyollisyyskoodi`` to ``palvelulinja``.
    """
    within = pl.Series([180, 400, 1200]).gather(draw.below(3)).to_numpy()
    frame = pl.DataFrame(
        {
            "why": why,
            "has_ground": has_ground,
            "in_target": draw.by_weight({code: EMPLOYMENT[code] for code in _IN_TARGET}),
            "at_work": draw.by_weight({code: EMPLOYMENT[code] for code in _OUT_OF_TARGET}),
            "counted": draw.happens(0.95),
            "ago": 1 + draw.below(within),
            "ended_ago": 1 + draw.below(30),
            "ends_in": draw.below(90),
            "ends": draw.happens(0.02),
            "earlier": np.where(draw.happens(0.4), draw.below(900), 0),
            "days_known": draw.happens(0.95),
            "palvelulinja": draw.by_weight(SERVICE_LINES),
        }
    ).with_columns(_benefits(draw, why, young=young, has_ground=has_ground))
    days = pl.col("ago") * 5 // 7 + pl.col("earlier")
    since = pl.lit(on) - pl.duration(days="ago")
    ended = pl.max_horizontal(since, pl.lit(on) - pl.duration(days="ended_ago"))
    return frame.with_columns(
        tyollisyyskoodi=_by_why("in_target", {Why.WORKS: pl.col("at_work"), Why.WORK_UNKNOWN: _Z}),
        since=since,
    ).select(
        "tyollisyyskoodi",
        tyonhaku_alkoi=_by_why("since", {Why.SEARCH_UNKNOWN: pl.lit(None)}),
        tyonhaku_paattyi=pl.when(pl.col("why") == Why.SEARCH_ENDED)
        .then(ended)
        .when(pl.col("ends") & (pl.col("why") != Why.SEARCH_UNKNOWN))
        .then(pl.lit(on) + pl.duration(days="ends_in"))
        .when(pl.col("days_known"))  # some write an open end, some leave it blank
        .then(None)
        .otherwise(pl.lit(OPEN_END)),
        tyottomyys_alkoi=pl.when(pl.col("tyollisyyskoodi").is_in(["02", "03"]) & pl.col("counted"))
        .then("since"),
        etuus="etuus",
        ansiopaivarahaoikeus="oikeus",
        tyomarkkinatukipaivat=pl.when((pl.col("etuus") == "03") & pl.col("days_known")).then(days),
        palvelulinja="palvelulinja",
    )  # fmt: skip


_Z = pl.lit("z")


def _by_why(usual: str, others: dict[Why, pl.Expr]) -> pl.Expr:
    value = pl.col(usual)
    for why, other in others.items():
        value = pl.when(pl.col("why") == why).then(other).otherwise(value)
    return value


def _benefits(
    draw: ManyDraws, why: Numbers, *, young: Flags, has_ground: Flags
) -> list[pl.Series]:
    """Return benefit and right: where the outcome hangs on them, such as bring it about."""
    frame = pl.DataFrame(
        {
            "drawn": pl.select(
                pl.when(pl.Series(young))
                .then(draw.by_weight(dict(BENEFITS_YOUNG)))
                .otherwise(draw.by_weight(dict(BENEFITS_OLDER)))
            ).to_series(),
            "of_target": draw.by_weight({"03": 0.8, "02": 0.2}),
            "related": draw.by_weight({"01": 0.85, "04": 0.1, None: 0.05}),
            "unknown": draw.by_weight({"04": 0.7, None: 0.3}),
            "free": has_ground | np.isin(why, (Why.WORKS, Why.SEARCH_ENDED)),
            "why": why,
            **{f"right_{benefit}": _right(draw, benefit) for benefit in RIGHT},
        }
    ).with_columns(
        etuus=pl.when(pl.col("why") == Why.NO_GROUND)
        .then("related")
        .when(pl.col("why") == Why.RIGHT_UNKNOWN)
        .then("unknown")
        .when("free")
        .then("drawn")
        .otherwise("of_target")
    )
    drawn = pl.coalesce(
        pl.when(pl.col("etuus").eq_missing(pl.lit(benefit, pl.String))).then(f"right_{benefit}")
        for benefit in RIGHT
    )
    # Who has no benefit and no ground has a right to one that rests on wages.
    has_none = pl.col("etuus").is_null() | (pl.col("etuus") == "04")
    right = (
        pl.when((pl.col("why") == Why.NO_GROUND) & has_none).then(pl.lit("K"))
        .when(pl.col("why") == Why.RIGHT_UNKNOWN).then(None)
        .otherwise(drawn)
    )  # fmt: skip
    return frame.select("etuus", oikeus=right).get_columns()


def _right(draw: ManyDraws, benefit: str | None) -> pl.Series:
    words = {True: "K", False: "E", None: None}
    return draw.by_weight({words[right]: share for right, share in RIGHT[benefit].items()})


def addresses(
    draw: ManyDraws, homes: pl.Series, swedish: pl.Series, hidden: Flags
) -> pl.DataFrame:
    """Return the columns of the export from ``lahiosoite`` to ``yhteysosoite`` but ``maa``.

    Args:
        draw: Of as many rows.
        homes: Codes of the home municipalities.
        swedish: Whether the address is in Swedish.
        hidden: Whether it is kept from the file, which then has a contact address.
    """
    places = {code: postal_codes(STREET)[MunicipalityCode(code)] for code in homes.unique().sort()}
    starts: dict[str, int] = {}
    offices: list[PostalCode] = []
    for code, of_home in places.items():
        starts[code] = len(offices)
        offices += of_home
    count = homes.replace_strict({code: len(of_home) for code, of_home in places.items()})
    place = homes.replace_strict(starts).to_numpy() + draw.below(count.to_numpy())
    contact = {code: contact_address(MunicipalityCode(code), language="fi") for code in places}
    house, stair, door = 1 + draw.below(60), draw.one_of(tuple("ABCDE")), 1 + draw.below(60)
    frame = pl.DataFrame(
        {
            "swedish": swedish,
            "no_street": draw.happens(_NO_STREET),
            "street_fi": draw.one_of(STREETS["fi"]),
            "street_sv": draw.one_of(STREETS["sv"]),
            "house": house,
            "small": draw.happens(0.4),
            "stair": stair,
            "door": door,
            "code": pl.Series([office.code for office in offices]).gather(place),
            "office_fi": pl.Series([office.office.fi for office in offices]).gather(place),
            "office_sv": pl.Series([office.office.sv for office in offices]).gather(place),
            "extra": draw.by_weight(
                {None: 0.96, "c/o Virtanen": 0.02, "c/o Asumisyksikkö Toivola": 0.02}
            ),
            "hidden": hidden,
            "contact": homes.replace_strict(contact),
        }
    )
    street = pl.when("swedish").then("street_sv").otherwise("street_fi")
    number = (
        pl.when("small")
        .then(pl.col("house").cast(pl.String))
        .otherwise(pl.format("{} {} {}", "house", "stair", "door"))
    )
    shown = pl.when(~pl.col("hidden"))
    return frame.select(
        lahiosoite=pl.when(~pl.col("hidden") & ~pl.col("no_street")).then(
            pl.format("{} {}", street, number)
        ),
        postinumero=shown.then("code"),
        postitoimipaikka=shown.then(pl.when("swedish").then("office_sv").otherwise("office_fi")),
        osoitelisa=shown.then("extra"),
        turvakielto=pl.when("hidden").then(pl.lit("K")).otherwise(pl.lit("E")),
        yhteysosoite=pl.when("hidden").then("contact"),
    )
