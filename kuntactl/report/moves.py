"""Where those who were unemployed on one day stand on a later one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from kuntactl.domain.codes import EMPLOYMENT
from kuntactl.domain.standing import OPEN_MARKET, UNEMPLOYED, has_code, job_search_in_force
from kuntactl.domain.wording import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a person may stand on the later day; the first one that holds counts."""

    id: str
    words: Words
    holds: Callable[[date], pl.Expr]  # Boolean over Clients of the later day and ``found``


def _code(code: str, name: str) -> Standing:
    return Standing(id=name, words=EMPLOYMENT[code], holds=lambda _on: has_code((code,)))


STANDINGS = (
    Standing(
        id="not_in_later_export",
        words=Words(
            fi="ei jälkimmäisessä aineistossa",
            sv="finns inte i det senare materialet",
            en="not in the later export",
        ),
        holds=lambda _on: pl.col("found").is_null(),
    ),
    _code(OPEN_MARKET, "open_labour_market"),
    _code("00", "subsidised_work"),
    _code("07", "in_service"),
    _code("08", "in_training"),
    Standing(
        id="search_ended",
        words=Words(
            fi="työnhaku on päättynyt",
            sv="jobbsökningen har avslutats",
            en="the job search has ended",
        ),
        holds=lambda on: ~job_search_in_force(on=on),
    ),
    Standing(
        id="still_unemployed",
        words=Words(fi="edelleen työttömänä", sv="fortfarande arbetslösa", en="still unemployed"),
        holds=lambda on: job_search_in_force(on=on) & has_code(UNEMPLOYED),
    ),
    _code("04", "shortened_week"),
    _code("05", "outside_labour_force"),
    _code("06", "unemployment_pension"),
    Standing(
        id="unknown",
        words=Words(fi="ei tiedossa", sv="inte känt", en="not known"),
        holds=lambda _on: pl.lit(True),  # noqa: FBT003 - a Polars literal
    ),
)


def count_moves(
    before: pl.DataFrame, after: pl.DataFrame, *, before_on: date, after_on: date
) -> dict[str, int]:
    """Return how many of those unemployed on the first day stand where on the second.

    Each of them counts once, so that the figures add up to the unemployed of the first day.
    Work, services and training count also where the job search has ended with them.

    Args:
        before: ``Clients`` of the area.
        after: ``Clients`` of all places: who has moved away is still found.
        before_on: The day of the first export.
        after_on: The day of the second.

    Returns:
        People by the id of a ``Standing``, in their order, those of no one too.
    """
    unemployed = before.filter(job_search_in_force(on=before_on) & has_code(UNEMPLOYED))
    later = unemployed.select("client_id").join(
        after.with_columns(found=pl.lit(1)), on="client_id", how="left"
    )
    stands = pl.lit(None, pl.String)
    for one in reversed(STANDINGS):
        stands = pl.when(one.holds(after_on)).then(pl.lit(one.id)).otherwise(stands)
    found = dict(later.select(stands.alias("id")).group_by("id").len().iter_rows())
    return {one.id: found.get(one.id, 0) for one in STANDINGS}
