"""A client given back to the TE office before the trial ends, or let in again."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from kuntactl.domain.areas import Area, load_areas
from kuntactl.domain.schema import Clients, Rejected, Undeliverable
from kuntactl.domain.types import ReturnReason
from kuntactl.errors import SettingsError
from kuntactl.ingest.clients import Ingested
from kuntactl.locale import phrase
from kuntactl.pipeline.decided import read
from kuntactl.pipeline.desk import Desk, DeskOrder, Input, open_desk
from kuntactl.pipeline.farewells import write_farewells
from kuntactl.pipeline.finished import Finished
from kuntactl.pipeline.letter_lists import put_letter_lists
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.pipeline.runfile import as_json
from kuntactl.register.waiting import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class GivingBack:
    """Who goes back, and why."""

    client_id: str
    reason: ReturnReason | None  # none: they may join again


def give_back(
    what: GivingBack, request: Request, order: DeskOrder, *, watch: Stopwatch, talk: Talk
) -> Finished:
    """End a client's membership and write the letter of return, or let them join again.

    A return lasts: the client does not join the same area again by the next export. Without
    an address the letter stays due, and the next run whose export has one writes it. The same
    return given again on the same day, after a kill say, completes what is missing of it.

    Args:
        what: Who, and why.
        request: Exports for the address, if there are any, and the day.
        order: The folder, the register, the letters.
        watch: Measures the stages.
        talk: Hears how far it is.

    Raises:
        InputError: If an export is missing, unreadable or wrong.
        SettingsError: If the client cannot ask for it on that day.
        RegisterError: If the client is no member, or the register cannot be written.
        RegisterBusyError: If another run holds the register.
        LetterError: If the letter cannot be laid out.
        DeliveryError: If the folder cannot be written.
    """
    ingested = read(request, watch=watch) if request.exports else None
    inputs = [
        Input(name=file.name, sha256=file.sha256, office=None)
        for file in (ingested.inputs if ingested else ())
    ]
    with open_desk(
        request, order, command="return", inputs=inputs, watch=watch, talk=talk
    ) as desk:
        facts: dict[str, Any] = {
            "run": desk.number,
            "register": desk.register_said,
            "on": request.on.isoformat(),
            "reason": what.reason.value if what.reason else None,
        }
        if what.reason is None:
            facts["areas"] = list(desk.register.let_in_again(what.client_id))
            finished = Finished(facts=facts, waiting={})
        else:
            finished = _returned(desk, what.client_id, what.reason, ingested, facts=facts)
        desk.keep(as_json(facts), facts)
        return finished


def _returned(
    desk: Desk,
    client_id: str,
    reason: ReturnReason,
    ingested: Ingested | None,
    *,
    facts: dict[str, Any],
) -> Finished:
    """End the membership, write the letter, and add to ``facts`` what came of it."""
    known = load_areas(desk.request.own.areas)
    found = desk.register.areas_of(client_id, reason=reason)
    areas = {area_id: known[area_id] for area_id in found}
    for area in areas.values():
        _refuse_early(area, reason, on=desk.request.on)
    if not desk.register.return_client(client_id, reason=reason):
        desk.talk.say(phrase("the same return was remembered before: nothing is done twice"))
    client = pl.DataFrame({"client_id": [client_id]})
    farewells = write_farewells(
        desk,
        desk.register.letters_due(client, areas=areas),
        clients=ingested.accepted if ingested else Clients.create_empty(),
        rejected=ingested.rejected if ingested else Rejected.create_empty(),
        areas=known,
    )
    undeliverable = farewells.written.undeliverable
    # undeliverable.csv is the last run's, of all clients; the next one lists this client too.
    listed = replace(farewells.written, undeliverable=Undeliverable.create_empty())
    put_letter_lists(desk.sink, listed, farewells.new_lines, areas=(), run=desk.number)
    matters = [
        Matter(of=client_id, what=f"{area}|{code}")
        for area, code in undeliverable.select("area", "code").iter_rows()
    ]
    waiting = {"undeliverable": desk.register.waiting("undeliverable", matters, seen=[client_id])}
    facts |= {
        "areas": list(areas),
        "letters": farewells.letters(),
        "undeliverable": undeliverable.get_column("code").to_list(),
        "waiting": waiting,
    }
    return Finished(facts=facts, waiting=waiting, planned=desk.sink.planned)


def _refuse_early(area: Area, reason: ReturnReason, *, on: date) -> None:
    """Stop if clients could not ask for it on the day."""
    first = area.trial.request_to_move_back_from
    if reason is ReturnReason.OWN_REQUEST and (first is None or on < first):
        raise SettingsError(
            phrase(
                "clients of area `{id}` could not ask to be moved back on {on}", id=area.id, on=on
            ),
            hint=(
                phrase("they can from {first} on", first=first)
                if first
                else phrase("the Act of this trial has no such right")
            ),
        )
