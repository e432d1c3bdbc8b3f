"""Artificial people by the hundred thousand, no two of them with one identity code."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import polars as pl

from kuntactl.domain.artificial import CHECK_CHARACTERS, FIRST_ARTIFICIAL, SIGNS
from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.types import MunicipalityCode
from kuntactl.sample.many import Flags, ManyDraws
from kuntactl.sample.names import POOLS, writable
from kuntactl.sample.people import CITIZENSHIPS, FINNISH, FOREIGN, FOREIGN_TONGUES, SAMI, SWEDISH

_DAYS = 365.25
_NUMBERS = 100  # individual numbers that nobody has
_FOREIGN_CITIZEN = 0.65  # of those with a foreign tongue
_SERVED_IN_SWEDISH = 0.08  # of those with another tongue, where Swedish is official


def people(
    draw: ManyDraws,
    homes: pl.Series,
    *,
    young: Flags,
    may_be_foreign: Flags,
    on: date,
    encoding: str,
) -> pl.DataFrame:
    """Return a person for each row.

    Args:
        draw: Of as many rows.
        homes: Codes of the home municipalities.
        young: Whether the person is under 30 on the day; they are of working age anyhow.
        may_be_foreign: Whether another tongue or citizenship than those of Finland may be drawn.
        on: The day.
        encoding: That can write the names.

    Returns:
        The columns of the export from ``henkilotunnus`` to ``kansalaisuus``, and ``swedish``:
        whether streets are written in Swedish.
    """
    known = municipalities_of(on.year)
    languages = {code: known[MunicipalityCode(code)].languages for code in homes.unique()}
    share = _column(homes, {code: SWEDISH[spoken] for code, spoken in languages.items()})
    foreign = draw.happens(FOREIGN) & may_be_foreign
    drawn = pl.DataFrame(
        {
            "foreign": foreign,
            "tongue": draw.by_weight(FOREIGN_TONGUES),
            "sami": draw.happens(SAMI),
            "swedish": draw.happens(share.to_numpy()),
            "bilingual": _column(homes, {c: "sv" in spoken for c, spoken in languages.items()}),
            "citizen": ~draw.happens(_FOREIGN_CITIZEN),
            "spoken": draw.by_weight({"own": 0.6, None: 0.4}),
            "served": draw.happens(_SERVED_IN_SWEDISH),
            "born": _birth_dates(draw, young, on),
        }
    )
    tongue = (
        pl.when("foreign").then("tongue").when("sami").then(pl.lit("se"))
        .when("swedish").then(pl.lit("sv")).otherwise(pl.lit("fi"))
    )  # fmt: skip
    own = tongue.is_in(["fi", "sv"])
    service = (
        pl.when(pl.col("spoken").is_null()).then(None)
        .when(own).then(tongue)
        .when(pl.col("bilingual") & pl.col("served")).then(pl.lit("sv"))
        .otherwise(pl.lit("fi"))
    )  # fmt: skip
    citizenship = (
        pl.when(pl.col("foreign") & ~pl.col("citizen"))
        .then(tongue.replace_strict(CITIZENSHIPS, default=FINNISH))
        .otherwise(pl.lit(FINNISH))
    )
    with_codes = drawn.select(
        "born",
        aidinkieli=tongue,
        asiointikieli=service,
        kansalaisuus=citizenship,
        swedish=(tongue == "sv") & pl.col("bilingual"),
    ).with_columns(_identity_codes())
    return _named(with_codes, draw, encoding).select(
        *("henkilotunnus", "sukunimi", "etunimet"),
        pl.col("born").alias("syntymaaika"),
        *("aidinkieli", "asiointikieli", "kansalaisuus", "swedish"),
    )


def _column(homes: pl.Series, values: Mapping[str, float] | Mapping[str, bool]) -> pl.Series:
    return homes.replace_strict(values)


def _birth_dates(draw: ManyDraws, young: Flags, on: date) -> pl.Series:
    """Return birth dates of people from 18 to 63; nobody turns 30 within days of the day."""
    years = np.where(young, 18 + draw.below(12), 30 + draw.below(34))
    days = np.ceil(years * _DAYS).astype(np.int64) + 2 + draw.below(360)
    ago = pl.DataFrame({"days": days})
    return ago.select(pl.lit(on) - pl.duration(days="days")).to_series()


def _identity_codes() -> list[pl.Expr]:
    """Return the code of each, and whether it is a woman's: people of one day are numbered."""
    place = pl.int_range(pl.len()).over("born")
    # 37 and 100 have no common divisor: a hundred people of one day have all hundred numbers.
    number = FIRST_ARTIFICIAL + (place * 37 + pl.col("born").dt.ordinal_day()) % _NUMBERS
    century = (pl.col("born").dt.year() >= 2000).cast(pl.Int64) * len(SIGNS[19])  # noqa: PLR2004
    sign = century + place // _NUMBERS
    digits = pl.col("born").dt.strftime("%d%m%y")
    whole = digits.cast(pl.Int64) * 1000 + number
    check = whole % len(CHECK_CHARACTERS)
    return [
        (
            digits
            + sign.replace_strict(dict(enumerate(SIGNS[19] + SIGNS[20])), return_dtype=pl.String)
            + number.cast(pl.String)
            + check.replace_strict(dict(enumerate(CHECK_CHARACTERS)), return_dtype=pl.String)
        ).alias("henkilotunnus"),
        (number % 2 == 0).alias("woman"),
    ]


def _named(frame: pl.DataFrame, draw: ManyDraws, encoding: str) -> pl.DataFrame:
    """Return the people with names of their tongue, in their order."""
    places = pl.DataFrame({name: draw.below(2**32) for name in ("family", "first", "second")})
    numbered = frame.hstack(places).with_columns(
        two=pl.Series(draw.happens(0.6)), row=pl.int_range(pl.len())
    )
    parts = []
    for (tongue, woman), group in numbered.group_by("aidinkieli", "woman", maintain_order=True):
        pool = writable(str(tongue) if tongue in POOLS else "98", encoding)
        given = pool.women if woman else pool.men
        first, second = (_gathered(given, group[name]) for name in ("first", "second"))
        both = group["two"] & (first != second) & ~first.str.contains("-", literal=True)
        parts.append(
            group.with_columns(
                sukunimi=_gathered(pool.family, group["family"]),
                etunimet=pl.select(
                    pl.when(both).then(first + " " + second).otherwise(first)
                ).to_series(),
            )
        )
    return pl.concat(parts).sort("row")


def _gathered(names: tuple[str, ...], places: pl.Series) -> pl.Series:
    return pl.Series(names).gather(places % len(names))
