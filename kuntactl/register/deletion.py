"""A register deleted whole when nothing in it need be kept any longer."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from kuntactl.domain.keeping import is_over
from kuntactl.errors import RegisterError
from kuntactl.locale import counted, phrase
from kuntactl.register import schema
from kuntactl.register.opening import Opened, opened
from kuntactl.register.runs import last_day


def delete_register(
    location: str,
    *,
    months: int,
    before: date,
    keep: Callable[[Mapping[str, Any]], None],
    wait: float = 0.0,
    dry_run: bool = False,
) -> bool:
    """Delete the register, once its receipt is kept; return whether there was one.

    The receipt has ``register`` (its name), ``rows`` (of each table), ``last_day`` (of the newest
    event) and ``last_hash``, by which a copy that turns up can be known.

    Args:
        location: A path or an SQLAlchemy URL.
        months: How long it is kept after the last membership ended, or the last run of exports.
        before: The first day on which it is no longer to be there.
        keep: Keeps the receipt.
        wait: Seconds to wait for a run that holds it.
        dry_run: Whether to delete nothing.

    Raises:
        RegisterError: If somebody is a member, or the keeping time has not ended.
        RegisterBusyError: If a run holds it.
    """
    with opened(location, wait=wait, dry_run=dry_run) as register:
        if register.is_new:
            return False
        _refuse_early(register, months=months, before=before)
        keep(_receipt(register))
        if not dry_run:
            register.delete()
        return True


def _receipt(register: Opened) -> dict[str, Any]:
    event = schema.event
    newest = select(event.c.day, event.c.hash).order_by(event.c.sequence.desc()).limit(1)
    last = register.connection.execute(newest).one_or_none()
    return {
        "register": register.place.name,
        "rows": {
            name: register.connection.scalar(select(func.count()).select_from(table))
            for name, table in schema.METADATA.tables.items()
        },
        "last_day": last.day.isoformat() if last else None,
        "last_hash": last.hash if last else None,
    }


def _refuse_early(register: Opened, *, months: int, before: date) -> None:
    membership = schema.membership
    active = select(func.count()).where(membership.c.ended_event.is_(None))
    members = register.connection.scalar(active.select_from(membership))
    if members:
        raise RegisterError(
            counted(
                "{place}: {count} client is a member",
                "{place}: {count} clients are members",
                members,
                place=register.place.name,
            ),
            hint=phrase("a trial is closed first: `kuntactl close AREA --on DATE`"),
        )
    last = _last_day(register)
    if last and not is_over(last, months=months, before=before):
        raise RegisterError(
            counted(
                "{place}: is kept {count} month after its last day, {last}",
                "{place}: is kept {count} months after its last day, {last}",
                months,
                place=register.place.name,
                last=last,
            ),
            hint=phrase("--keep register=MONTHS sets another time"),
        )


def _last_day(register: Opened) -> date | None:
    """Return the day of the last run of exports, or that on which the last membership ended.

    A purge tells nothing of clients: it does not make the register stay.
    """
    ended = register.connection.scalar(select(func.max(schema.membership.c.ended_on)))
    days = (last_day(register.connection), ended)
    return max((day for day in days if day), default=None)
