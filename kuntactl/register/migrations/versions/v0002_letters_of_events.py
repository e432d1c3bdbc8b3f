"""Letters of every kind: whom they told what, and why a membership ended."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BATCH = 10_000  # rows a round trip

# the tables as far as the known memberships are told from them
_EVENT = sa.table(
    "event", *(sa.column(name) for name in ("sequence", "kind", "area", "client_id", "facts"))
)
_FILLED = (
    *("from_area", "coach_event", "told_event", "told_coach_id"),
    *("end_reason", "to_area"),
)
_MEMBERSHIP = sa.table("membership", *(sa.column(name) for name in ("joined_event", *_FILLED)))


def upgrade() -> None:
    """Add the columns, and fill those of memberships from what their events tell."""
    op.add_column("run", sa.Column("offices", sa.Text))
    for name, kind in (
        *(("from_area", sa.String), ("municipality", sa.String), ("moved_event", sa.Integer)),
        *(("coach_event", sa.Integer), ("told_event", sa.Integer), ("told_coach_id", sa.String)),
        *(("end_reason", sa.String), ("to_area", sa.String)),
    ):
        op.add_column("membership", sa.Column(name, kind()))
    op.add_column(
        "membership", sa.Column("barred", sa.Boolean, nullable=False, server_default=sa.false())
    )
    for name, kind in (("reason", sa.String), ("other_area", sa.String), ("pages", sa.Integer)):
        op.add_column("letter", sa.Column(name, kind()))
    _fill_memberships(op.get_bind())


@dataclass(slots=True, kw_only=True)
class _Told:
    """What the events of 0001 tell of one membership."""

    of_event: int
    from_area: str | None
    coach_event: int | None = None
    told_event: int | None = None
    told_coach_id: str | None = None
    end_reason: str | None = None
    to_area: str | None = None


def _fill_memberships(connection: sa.Connection) -> None:
    filling = (
        sa.update(_MEMBERSHIP)
        .where(_MEMBERSHIP.c.joined_event == sa.bindparam("of_event"))
        .values({name: sa.bindparam(f"new_{name}") for name in _FILLED})
    )
    rows = (
        {"of_event": told.of_event, **{f"new_{name}": getattr(told, name) for name in _FILLED}}
        for told in _memberships(connection)
    )
    while batch := list(islice(rows, _BATCH)):
        connection.execute(filling, batch)


def _memberships(connection: sa.Connection) -> Iterator[_Told]:
    """Yield every membership there ever was, once all its events are read."""
    running: dict[tuple[str, str], _Told] = {}
    coaches: dict[tuple[str, str], str | None] = {}
    ended: list[_Told] = []
    for row in connection.execute(sa.select(_EVENT).order_by(_EVENT.c.sequence)):
        key, facts = (row.area, row.client_id), json.loads(row.facts)
        if row.kind in {"joined", "moved_in"}:
            running[key] = _Told(of_event=row.sequence, from_area=facts.get("from"))
            coaches[key] = None
        elif row.kind in {"left", "moved_out"}:
            told = running.pop(key)
            told.end_reason = facts.get("reason", "moved_to_another_area")
            told.to_area = facts.get("to")
            ended.append(told)
        elif row.kind in {"coach_given", "coach_lost"}:
            running[key].coach_event = row.sequence
            coaches[key] = facts.get("coach")
        elif row.kind in {"letter_written", "letter_protected"}:
            running[key].told_event = row.sequence
            running[key].told_coach_id = coaches[key]
    yield from ended
    yield from running.values()
