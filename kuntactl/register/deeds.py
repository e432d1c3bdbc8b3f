"""Who gave a command, on what and with which rules, and what came out: one event a command."""

import json
import os
import pwd
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import polars as pl
from sqlalchemy import Connection, select, update

from kuntactl.register import journal, schema
from kuntactl.register.events import NEW_EVENTS, EventKind
from kuntactl.register.frames import read_frame
from kuntactl.register.journal import Run

# what a run row says; the number of its own event is told by the chain
RUN = pl.Schema(
    {
        "number": pl.Int64,
        "on_day": pl.Date,
        "version": pl.String,
        "inputs": pl.String,
        "offices": pl.String,
        "counts": pl.String,
        "seal": pl.String,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Who gives a command, where, and when."""

    user: str  # as the system knows them, whatever the environment says
    machine: str
    at: str  # ISO 8601, UTC

    @classmethod
    def of_this_process(cls, *, at: str) -> "Operator":
        """Return who runs this process."""
        number = os.getuid()
        try:
            user = pwd.getpwuid(number).pw_name
        except KeyError:  # a user without a name, as in some containers
            user = str(number)
        return cls(user=user, machine=socket.gethostname(), at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A command that changes the register."""

    command: str  # as it is typed: run, register upgrade
    by: Operator | None = None  # none: nobody has said
    files: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    # SHA-256 of what was read beside the exports, by its role; null: standard input


UNTOLD = Deed(command="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CameOut:
    """What a command has come to."""

    rules: Sequence[Mapping[str, Any]] = ()  # id, from, to, sha256 of the rule file
    counts: Mapping[str, Any] = field(default_factory=dict)  # nothing of a single client


def tell(connection: Connection, run: Run, deed: Deed, came_out: CameOut) -> None:
    """Append the event of the command to the chain, as the last one of its run.

    Args:
        connection: To the register.
        run: The run of the command; its row says all that it will say.
        deed: Who gave it, on what.
        came_out: With which rules, and what came of it.
    """
    row = _runs(connection, run.number).row(0, named=True)
    facts = {
        "command": deed.command,
        "user": deed.by.user if deed.by else None,
        "machine": deed.by.machine if deed.by else None,
        "at": deed.by.at if deed.by else None,
        "version": row["version"],
        "inputs": {
            "exports": json.loads(row["inputs"]),
            **{role: [*files] for role, files in deed.files.items() if files},
        },
        "rules": [dict(one) for one in came_out.rules],
        "counts": dict(came_out.counts),
        "result": row["seal"],
        "run": run_hash(row),
    }
    event = {"kind": EventKind.COMMAND.value, "area": None, "client_id": ""}
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    journal.append(connection, pl.DataFrame([event | {"facts": text}], schema=NEW_EVENTS), run=run)
    told = journal.chain_end(connection).sequence
    table = schema.run
    connection.execute(
        update(table).where(table.c.number == run.number).values(command_event=told)
    )


def run_hash(row: Mapping[str, Any]) -> str:
    """Return the SHA-256, in hex, over what the row of a run says (``RUN``)."""
    said = [row[name] if name != "on_day" else row[name].isoformat() for name in RUN.names()]
    return sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def _runs(connection: Connection, number: int) -> pl.DataFrame:
    run = schema.run
    query = select(*(run.c[name] for name in RUN.names())).where(run.c.number == number)
    return read_frame(connection, query, RUN)
