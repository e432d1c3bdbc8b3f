"""Made-up clients: one for each combination of values that a rule set tells apart."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from kuntactl.domain.artificial import FIRST_ARTIFICIAL, identity_code
from kuntactl.domain.schema import Clients
from kuntactl.domain.types import RulesId
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.rules import Chosen
from kuntactl.eligibility.values import Cell, axes
from kuntactl.errors import SettingsError
from kuntactl.locale import phrase

_MOST = 2_000_000  # combinations that are tried; a rule set of ours has at most some 20,000


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Every combination of values, each with what the rules decide."""

    axes: tuple[tuple[Cell, ...], ...]
    chosen: Chosen
    on: date
    # one row a combination: the columns of Clients that the rules ask for; `cell_<fact>`, the
    # number of the cell; `known`, whether every fact is; and those of Decisions
    frame: pl.DataFrame

    def row(self, place: int) -> dict[str, Any]:
        """Return one combination as a row of ``Clients``, with an identity code of nobody."""
        values = self.frame.row(place, named=True)
        columns = {name: values[name] for name in Clients.column_names() if name in values}
        return columns | {"identity_code": identity_code(columns["born"], FIRST_ARTIFICIAL)}

    def cells(self, place: int, facts: Iterable[str]) -> tuple[Cell, ...]:
        """Return the cells of some facts in one combination."""
        wanted = set(facts)
        row = self.frame.row(place, named=True)
        return tuple(
            axis[row[f"cell_{axis[0].fact}"]] for axis in self.axes if axis[0].fact in wanted
        )


def make_grid(rules: RulesId, chosen: Chosen, *, on: date) -> Grid:
    """Return every combination of values around the turns of the version, decided.

    Args:
        rules: The rule set, for the error.
        chosen: An area of the rule set with the version to try.
        on: The day to decide for.

    Raises:
        SettingsError: If there are too many combinations.
    """
    turnings = (turning for one in chosen.version.criteria for turning in one.when.turns(on=on))
    found = axes(turnings, on=on)
    combinations = math.prod(len(axis) for axis in found)
    if combinations > _MOST:
        raise SettingsError(
            phrase(
                "rule set `{rules}`: {combinations} combinations of values are too many to try",
                rules=rules,
                combinations=combinations,
            ),
            hint=phrase("at most {most}: use fewer numbers and sets of codes", most=_MOST),
        )
    clients = _clients(found, chosen, on=on)
    decided = decide(clients, [chosen], on=on).select("outcome", "failed", "missing")
    return Grid(
        axes=found, chosen=chosen, on=on, frame=pl.concat([clients, decided], how="horizontal")
    )


def _clients(found: Sequence[Sequence[Cell]], chosen: Chosen, *, on: date) -> pl.DataFrame:
    types = Clients.create_empty().schema
    grid = pl.LazyFrame({"municipality": [chosen.area.municipalities[0]]})
    for axis in found:
        columns = {name: [cell.sets[name] for cell in axis] for name in axis[0].sets}
        fact = axis[0].fact
        one = pl.LazyFrame(
            columns | {f"cell_{fact}": range(len(axis)), f"known_{fact}": [c.known for c in axis]},
            schema_overrides={name: types[name] for name in columns},
        )
        grid = grid.join(one, how="cross", maintain_order="left_right")
    frame = grid.with_columns(
        known=pl.all_horizontal(True, "^known_.*$"),  # noqa: FBT003 - a Polars literal
        client_id=pl.int_range(pl.len()).cast(pl.String),
    ).collect()
    return frame if "born" in frame.columns else frame.with_columns(pl.lit(on).alias("born"))
