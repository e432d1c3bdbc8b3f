"""Which team of coaches a client belongs with, by the facts of the person."""

from datetime import date

import polars as pl

from kuntactl.domain.calendar import completed_years
from kuntactl.domain.types import Team

YOUNG_UNDER = 30  # years; Act 1269/2020 4 §, and the youth services Ohjaamo
FINNISH_CITIZENSHIP = "246"
NATIONAL_LANGUAGES = ("fi", "sv")
SAMI_LANGUAGES = (
    *("se", "sma", "smj", "smn", "sms"),  # those the register names
    *("smi", "sia", "sjd", "sje", "sjk", "sjt", "sju"),  # ISO 639: the group, and the others
)
DOMESTIC_LANGUAGES = (*NATIONAL_LANGUAGES, *SAMI_LANGUAGES)
LANGUAGE_UNKNOWN = "99"


def speaks_foreign_language() -> pl.Expr:
    """Return whether ``mother_tongue`` is other than Finnish, Swedish or Sámi; null for 99."""
    tongue = pl.col("mother_tongue")
    return (
        pl.when(tongue == LANGUAGE_UNKNOWN)
        .then(None)
        .otherwise(~tongue.is_in(list(DOMESTIC_LANGUAGES)))
    )


def is_foreign_citizen() -> pl.Expr:
    """Return whether ``citizenship`` is other than Finnish."""
    return pl.col("citizenship") != FINNISH_CITIZENSHIP


def client_team(*, on: date) -> pl.Expr:
    """Return the team a client belongs with, as String (a value of ``Team``).

    The young go to the youth team, whatever their language (Ohjaamo serves all under 30);
    then foreign citizens and foreign-language speakers; then the rest. An unknown mother
    tongue does not make an immigrant.
    """
    young = completed_years(pl.col("born"), on=on) < YOUNG_UNDER
    immigrant = is_foreign_citizen() | speaks_foreign_language().fill_null(value=False)
    return (
        pl.when(young)
        .then(pl.lit(Team.YOUNG.value))
        .when(immigrant)
        .then(pl.lit(Team.IMMIGRANTS.value))
        .otherwise(pl.lit(Team.GENERAL.value))
    )
