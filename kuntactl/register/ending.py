"""Memberships ended by a person's hand: returns to the TE office, and the end of a trial."""

from datetime import date

import polars as pl
from sqlalchemy import Connection, func, select

from kuntactl.domain.types import AreaId, ReturnReason
from kuntactl.errors import RegisterError
from kuntactl.locale import phrase
from kuntactl.register import journal, schema
from kuntactl.register.events import EventKind, events_of, facts
from kuntactl.register.frames import read_frame
from kuntactl.register.journal import Run

_ENDING = pl.Schema({"area": pl.String, "client_id": pl.String})


def areas_of(
    connection: Connection, client_id: str, *, reason: ReturnReason, on: date
) -> tuple[AreaId, ...]:
    """Return the areas that a client goes back from, by id.

    Those that they are a member of; if there is none, those that they went back from on this
    day for this reason: whoever asks again, after a kill say, gets what they asked for.

    Raises:
        RegisterError: If there is none of either.
    """
    membership = schema.membership
    of_client = (
        select(membership.c.area)
        .where(membership.c.client_id == client_id)
        .distinct()
        .order_by(membership.c.area)
    )
    went_back = (membership.c.ended_on == on, membership.c.end_reason == reason.value)
    found = tuple(connection.scalars(of_client.where(membership.c.ended_event.is_(None))))
    found = found or tuple(connection.scalars(of_client.where(*went_back)))
    if not found:
        raise RegisterError(
            phrase(
                "client {client_id}: not a member of any area in this register",
                client_id=client_id,
            ),
            hint=phrase(
                "`kuntactl register history {client_id}` tells what happened to them",
                client_id=client_id,
            ),
        )
    return found


def return_client(
    connection: Connection, client_id: str, *, reason: ReturnReason, run: Run
) -> bool:
    """End every membership of a client; they do not join these areas again by themselves.

    Returns:
        Whether they were a member of any area.
    """
    membership = schema.membership
    query = (
        select(membership.c.area, membership.c.client_id)
        .where(membership.c.client_id == client_id, membership.c.ended_event.is_(None))
        .order_by(membership.c.area)
    )
    ending = read_frame(connection, query, _ENDING)
    why = facts(reason=pl.lit(reason.value))
    journal.append(connection, events_of(ending, EventKind.RETURNED, why=why), run=run)
    return not ending.is_empty()


def let_in_again(connection: Connection, client_id: str, *, run: Run) -> tuple[AreaId, ...]:
    """Let a client who was returned join again; return the areas that kept them out.

    Asked for once more on the same day, it is done already.

    Raises:
        RegisterError: If the client was not returned.
    """
    membership = schema.membership
    query = (
        select(membership.c.area, membership.c.client_id)
        .where(
            membership.c.client_id == client_id,
            membership.c.barred,
            membership.c.end_reason.in_([reason.value for reason in ReturnReason]),
        )
        .distinct()
        .order_by(membership.c.area)
    )
    barred = read_frame(connection, query, _ENDING)
    journal.append(connection, events_of(barred, EventKind.MAY_JOIN_AGAIN), run=run)
    areas = tuple(barred["area"]) or _let_in(connection, client_id, on=run.on)
    if not areas:
        raise RegisterError(
            phrase("client {client_id}: no return of theirs is in force", client_id=client_id),
            hint=phrase(
                "`kuntactl register history {client_id}` tells what happened to them",
                client_id=client_id,
            ),
        )
    return areas


def _let_in(connection: Connection, client_id: str, *, on: date) -> tuple[AreaId, ...]:
    """Return the areas that a client was let in to again on this day, by id."""
    event = schema.event
    query = (
        select(event.c.area)
        .where(
            event.c.client_id == client_id,
            event.c.kind == EventKind.MAY_JOIN_AGAIN.value,
            event.c.day == on,
        )
        .distinct()
        .order_by(event.c.area)
    )
    return tuple(connection.scalars(query))


def end_trial(connection: Connection, area: AreaId, *, day: date, run: Run) -> int:
    """End every membership of the area; return how many they were.

    Args:
        connection: To the register.
        area: Whose trial has ended.
        day: First day without the trial.
        run: The run.

    Raises:
        RegisterError: If nobody was ever a member of the area.
    """
    membership = schema.membership
    ever = select(func.count()).select_from(membership).where(membership.c.area == area)
    if not connection.scalar(ever):
        raise RegisterError(
            phrase("nobody was ever a member of `{area}` in this register", area=area),
            hint=phrase("name the register of the nightly runs with --register"),
        )
    members = journal.read_active(connection, [area]).sort("client_id")
    journal.append(connection, events_of(members, EventKind.TRIAL_ENDED), run=run, on=day)
    return members.height
