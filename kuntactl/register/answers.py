"""A person's answers, each tied to the facts that it rests on."""

import polars as pl
from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

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


_AREAS = pl.Schema({"client_id": pl.String, "area": pl.String})


def answers_in_force(connection: Connection, fingerprints: pl.DataFrame) -> pl.DataFrame:
    """Return the answers whose facts have not changed, as ``Answers``, by client number.

    The area of an answer is the one in which it made the client a member.

    Args:
        connection: To the register.
        fingerprints: ``client_id``, ``fingerprint`` of today's facts.
    """
    in_force = _read(connection).join(fingerprints, on=["client_id", "fingerprint"], how="semi")
    return Answers.validate(
        in_force.join(_areas_of_members(connection), on="client_id", how="left")
        .select(Answers.column_names())
        .sort("client_id")
    )


def _areas_of_members(connection: Connection) -> pl.DataFrame:
    """Return the area of each member for whom a person answered: the newest, if there are two."""
    membership, answer = schema.membership, schema.answer
    query = (
        select(membership.c.client_id, membership.c.area)
        .join(answer, answer.c.client_id == membership.c.client_id)
        .where(membership.c.ended_event.is_(None))
        .order_by(membership.c.joined_event)
    )
    return read_frame(connection, query, _AREAS).unique("client_id", keep="last")


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


def remember(
    connection: Connection, answers: pl.DataFrame, fingerprints: pl.DataFrame, *, run: int
) -> pl.DataFrame:
    """Write what is new of the answers in place of older ones; return the events.

    Args:
        connection: To the register.
        answers: ``Answers``; those of clients without a fingerprint are passed over.
        fingerprints: ``client_id``, ``fingerprint``.
        run: The number of this run.
    """
    fresh, events = new_answers(answers, fingerprints, known=_read(connection))
    answer = schema.answer
    older = delete(answer).where(answer.c.client_id == bindparam("of_client"))
    write_rows(connection, older, fresh.select(of_client="client_id").iter_rows(named=True))
    rows = ({**row, "run": run} for row in fresh.iter_rows(named=True))
    write_rows(connection, insert(answer), rows)
    return events


def forget_words(connection: Connection, client_id: str) -> bool:
    """Forget who answered on the client, with their reason; return whether there was any.

    What was answered stays in force: a run goes by it, and nobody has to be asked once more.
    """
    answer = schema.answer
    has_words = or_(answer.c.who != "", answer.c.reason != "")
    blank = update(answer).where(answer.c.client_id == client_id, has_words)
    return connection.execute(blank.values(who="", reason="")).rowcount > 0


def _read(connection: Connection) -> pl.DataFrame:
    query = select(*(schema.answer.c[name] for name in ANSWERS.names()))
    return read_frame(connection, query, ANSWERS)
