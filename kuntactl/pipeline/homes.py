"""Where clients live, as far as a register may know it."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.schema import Homes


def homes_of(clients: pl.DataFrame, *, areas: Iterable[Area], on: date) -> pl.DataFrame:
    """Return ``Homes`` of the clients, in their order.

    The area is told of everybody, and of every trial in force on the day: who moves to an area
    that this run does not look at has not left the trials. The municipality of a client under
    non-disclosure is left out.

    Args:
        clients: ``Clients``.
        areas: Every area there is.
        on: The day.
    """
    area_of = {
        str(municipality): str(area.id)
        for area in areas
        if area.trial.runs(on=on)
        for municipality in area.municipalities
    }
    home = pl.col("municipality")
    return Homes.validate(
        clients.select(
            "client_id",
            "protected",
            municipality=pl.when(~pl.col("protected")).then(home),
            trial_area=home.replace_strict(area_of, default=None, return_dtype=pl.String),
        )
    )
