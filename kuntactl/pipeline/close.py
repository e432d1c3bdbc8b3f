"""The end of an area's trial: everybody goes back, is told so, and what came of it is counted."""

import json
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Any

from kuntactl.domain.areas import Area, find_area, load_areas
from kuntactl.errors import SettingsError
from kuntactl.files.tables import write_table
from kuntactl.ingest.clients import Ingested
from kuntactl.locale import phrase
from kuntactl.pipeline.decided import read
from kuntactl.pipeline.desk import Desk, DeskOrder, Input, open_desk
from kuntactl.pipeline.farewells import Farewells, write_farewells
from kuntactl.pipeline.finished import Finished
from kuntactl.pipeline.letter_lists import put_letter_lists
from kuntactl.pipeline.lists import RUN_FILE
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.pipeline.runfile import as_json, facts_of_reading
from kuntactl.register.events import EndReason
from kuntactl.register.waiting import Matter
from kuntactl.workers.cluster import look_for

_STAGES = ("ingest", "register", "letters", "print")


def close(
    area_id: str, request: Request, order: DeskOrder, *, watch: Stopwatch, talk: Talk
) -> Finished:
    """End every membership of an area, write the letters of return, count what came of it.

    May be given again: the letters that could not be sent are written when a newer export has
    the addresses; nobody gets a second one.

    Args:
        area_id: Whose trial has ended.
        request: The newest exports, for the addresses, and the day.
        order: The folder, the register, the letters.
        watch: Measures ``ingest``, ``register``, ``letters`` and ``print``.
        talk: Hears how far it is.

    Raises:
        InputError: If an export is missing, unreadable or wrong.
        SettingsError: If there is no such area, or the trial is not over on the day.
        RegisterError: If nobody was ever a member, or the register cannot be written.
        RegisterBusyError: If another run holds the register.
        LetterError: If a letter cannot be laid out.
        DeliveryError: If the folder cannot be written.
    """
    known = load_areas(request.own.areas)
    area = find_area(area_id, known)
    look_for(None if order.dry_run else order.cluster)
    first_day_after = _last_day(area, request) + timedelta(days=1)
    ingested = read(request, watch=watch)
    inputs = [
        Input(name=file.name, sha256=file.sha256, office=area.id) for file in ingested.inputs
    ]
    with open_desk(request, order, command="close", inputs=inputs, watch=watch, talk=talk) as desk:
        with watch.measure("register"):
            ended = desk.register.end_trial(area.id, day=first_day_after)
            due = desk.register.letters_due(None, areas=[area.id])
        farewells = write_farewells(
            desk, due, clients=ingested.accepted, rejected=ingested.rejected, areas=known
        )
        return _publish(desk, area, ingested, farewells, ended=ended)


def _last_day(area: Area, request: Request) -> date:
    """Return the last day of the area's trial.

    Raises:
        SettingsError: If it has none, or it is still to come on the day.
    """
    last_day = area.trial.last_day
    if last_day is None:
        raise SettingsError(
            phrase("area `{id}` is of no trial that ends", id=area.id),
            hint=phrase("`kuntactl areas list` tells which"),
        )
    if request.on < last_day:
        raise SettingsError(
            phrase("the trial of area `{id}` is not over on {on}", id=area.id, on=request.on),
            hint=phrase("its last day is {last_day}; close it then or later", last_day=last_day),
        )
    return last_day


def _publish(
    desk: Desk, area: Area, ingested: Ingested, farewells: Farewells, *, ended: int
) -> Finished:
    facts: dict[str, Any] = {
        "run": desk.number,
        "register": desk.register_said,
        **facts_of_reading(desk.request, ingested),
        "closed": area.id,
        "letters": farewells.letters(),
        "left": ended,
        "reasons": {"left": {EndReason.TRIAL_END.value: ended}},
    }
    undeliverable = farewells.written.undeliverable
    seen = {*farewells.written.done["client_id"]}
    matters = [Matter(of=client, what=area.id) for client in sorted({*undeliverable["client_id"]})]
    waiting = {"undeliverable": desk.register.waiting("undeliverable", matters, seen=seen)}
    facts["waiting"] = waiting
    put_letter_lists(
        desk.sink, farewells.written, farewells.new_lines, areas=[area], run=desk.number
    )
    _put_outcome(desk, area)
    facts["seconds"] = desk.watch.rounded(_STAGES)
    run_file = as_json(facts)
    desk.sink.put(RUN_FILE, run_file)
    planned = desk.sink.planned
    desk.keep(run_file, facts)
    return Finished(facts=facts, waiting=waiting, planned=planned)


def _put_outcome(desk: Desk, area: Area) -> None:
    """Stage the raw counts of the outcome, for people and for scripts."""
    counts = desk.register.outcome(area.id)
    folder = PurePosixPath(area.id)
    desk.sink.put(folder / "outcome.csv", write_table(counts))
    figures: dict[str, Any] = {}
    for figure, value, count in counts.iter_rows():
        if value is None:
            figures[figure] = count
        else:
            figures.setdefault(figure, {})[value] = count
    content = {"area": area.id, "on": desk.request.on.isoformat(), "outcome": figures}
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    desk.sink.put(folder / "outcome.json", text.encode())
