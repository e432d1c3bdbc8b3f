"""A person's answers, each tied to the facts that it rests on."""

import polars as pl
from sqlalchemy import Connection, bindparam, delete, insert, select

from kuntactl.domain.schema import Answers
from kuntactl.register import schema
from kuntactl.register.events import NEW_EVENTS, EventKind, facts
from kuntactl.register.frames import read_frame, write_rows

ANSWERS = pl.Schema(  # what the register holds, one row a client
    {
        "client_id": pl.String,
        "belongs": pl.Boolean,
        "who": pl.String,
        "reason": pl.String,
        "fingerprint": pl.String,
    }
)


def answers_in_force(known: pl.DataFrame, fingerprints: pl.DataFrame) -> pl.DataFrame:
    """Return the answers whose facts have not changed, as ``Answers``, by client number.

    Args:
        known: ``ANSWERS``.
        fingerprints: ``client_id``, ``fingerprint`` of today's facts.
    """
    return (
        known.join(fingerprints, on=["client_id", "fingerprint"], how="semi")
        .select(Answers.column_names())
        .sort("client_id")
    )


def new_answers(
    answers: pl.DataFrame, fingerprints: pl.DataFrame, *, known: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the answers that say something new, and their events, both by client number.

    The same answer on the same facts, handed in again, is nothing new.

    Args:
        answers: ``Answers``.
        fingerprints: ``client_id``, ``fingerprint``.
        known: ``ANSWERS``.

    Returns:
        ``ANSWERS`` and ``NEW_EVENTS``. The events hold neither who answered nor why: what
        people write freely can be taken out of the register later, an event cannot.
    """
    tied = answers.join(fingerprints, on="client_id").select(ANSWERS.names()).sort("client_id")
    fresh = tied.join(known, on=ANSWERS.names(), how="anti", maintain_order="left")
    events = fresh.select(
        kind=pl.lit(EventKind.ANSWERED.value),
        area=pl.lit(None, pl.String),
        client_id="client_id",
        facts=facts(belongs=pl.col("belongs"), fingerprint=pl.col("fingerprint")),
    ).cast(NEW_EVENTS)
    return fresh, events


def read_answers(connection: Connection) -> pl.DataFrame:
    """Return the answers that the register holds, as ``ANSWERS``."""
    query = select(*(schema.answer.c[name] for name in ANSWERS.names()))
    return read_frame(connection, query, ANSWERS)


def write_answers(connection: Connection, fresh: pl.DataFrame, *, run: int) -> None:
    """Write these answers (``ANSWERS``) in place of older ones of the same clients."""
    answer = schema.answer
    older = delete(answer).where(answer.c.client_id == bindparam("of_client"))
    write_rows(connection, older, fresh.select(of_client="client_id").iter_rows(named=True))
    rows = ({**row, "run": run} for row in fresh.iter_rows(named=True))
    write_rows(connection, insert(answer), rows)
