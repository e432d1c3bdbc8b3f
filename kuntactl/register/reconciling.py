"""A night's decisions carried into the register: who joined, stayed, left and moved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl
from sqlalchemy import Connection, select

from kuntactl.domain.schema import Members
from kuntactl.domain.types import AreaId
from kuntactl.register import journal, schema
from kuntactl.register.events import EndReason
from kuntactl.register.frames import read_frame
from kuntactl.register.journal import Run
from kuntactl.register.memberships import changes

_BARRED = pl.Schema({"area": pl.String, "client_id": pl.String})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """The memberships after a night's decisions.

    Members before = stayed + left + moved + absent; after = these without left, and joined.
    """

    members: pl.DataFrame  # Members: those of the chosen areas who stand in the decisions
    missing: pl.DataFrame  # Members: those who do not
    joined: int
    stayed: int
    left: int
    moved: int  # to another chosen area, or to another municipality of the area
    absent: int  # members who are in no export; kept
    kept_out: int  # who belongs, but was returned to the TE office
    reasons: Mapping[str, Mapping[str, int]]  # joined, stayed, left, moved -> code -> how many


def reconcile(
    connection: Connection,
    decisions: pl.DataFrame,
    homes: pl.DataFrame,
    *,
    areas: Mapping[AreaId, bool],
    run: Run,
) -> Reconciled:
    """Let the members of the areas join, stay, leave and move as the decisions say.

    Args:
        connection: To the register.
        decisions: ``Decisions``, one row a client of the exports.
        homes: ``Homes``, of the same clients.
        areas: The chosen areas, each with whether it takes new clients; members of other
            areas are not looked at.
        run: The run, on whose day they join and leave.

    Raises:
        ValueError: If a decision is of an area that was not chosen.
    """
    before = journal.read_active(connection, areas)
    closed = _closed(connection, areas)
    night = changes(
        decisions,
        before,
        homes,
        areas={area: takes_new and area not in closed for area, takes_new in areas.items()},
        barred=_barred(connection, areas),
    )
    journal.append(connection, night.events, run=run, homes=homes)
    journal.remember_homes(connection, before, homes)
    after = journal.read_active(connection, areas)
    listed = decisions.select("client_id")
    here = after.join(listed, on="client_id", how="semi").unique(
        "client_id", keep="last", maintain_order=True
    )
    return Reconciled(
        members=_as_members(here),
        missing=_as_members(after.join(listed, on="client_id", how="anti")),
        joined=night.joined,
        stayed=night.stayed,
        left=night.left,
        moved=night.moved,
        absent=night.absent,
        kept_out=night.kept_out,
        reasons=night.reasons,
    )


def _as_members(active: pl.DataFrame) -> pl.DataFrame:
    members = (
        active.with_columns(pl.col("grounds").str.json_decode(pl.List(pl.String)))
        .select(Members.column_names())
        .sort("area", "client_id")
    )
    return Members.validate(members)


def _barred(connection: Connection, areas: Collection[str]) -> pl.DataFrame:
    """Return the former members who do not join the area again."""
    membership = schema.membership
    query = (
        select(membership.c.area, membership.c.client_id)
        .where(membership.c.barred, membership.c.area.in_(sorted(areas)))
        .distinct()
    )
    return read_frame(connection, query, _BARRED)


def _closed(connection: Connection, areas: Collection[str]) -> set[str]:
    """Return the areas whose members were sent back at the end of the trial."""
    membership = schema.membership
    query = (
        select(membership.c.area)
        .where(
            membership.c.end_reason == EndReason.TRIAL_END.value,
            membership.c.area.in_(sorted(areas)),
        )
        .distinct()
    )
    return set(connection.scalars(query))
