"""What became of an area's trial, as raw counts: nobody in particular is told of."""

import polars as pl
from sqlalchemy import Connection, func, select

from kuntactl.domain.types import AreaId
from kuntactl.register import schema
from kuntactl.register.events import EventKind
from kuntactl.register.frames import read_frame
from kuntactl.register.letter_ids import SENT

OUTCOME = pl.Schema({"figure": pl.String, "value": pl.String, "count": pl.Int64})

_MEMBERSHIPS = pl.Schema(
    {
        "client_id": pl.String,
        "since": pl.Date,
        "grounds": pl.String,  # JSON list
        "from_area": pl.String,
        "ended_on": pl.Date,
        "end_reason": pl.String,
    }
)
_LETTERS = pl.Schema(
    {"kind": pl.String, "reason": pl.String, "sent": pl.Boolean, "count": pl.Int64}
)


def outcome(connection: Connection, area: AreaId) -> pl.DataFrame:
    """Return the counts of an area's memberships, letters and coaches, as ``OUTCOME``.

    Letters that were written and those under non-disclosure are not told apart.

    Returns:
        One line a ``figure`` and ``value`` that occurs, by figure, then value:

        - ``clients``, ``memberships``: how many there ever were (value null);
        - ``members_now``: whose membership has not ended (value null);
        - ``joined_in_month``, ``ended_in_month``: value ``2017-08``;
        - ``joined_by_ground``: a membership with two grounds counts under both;
        - ``moved_in_from``: value the other area;
        - ``ended_because``: value an ``EndReason``;
        - ``letters_sent``, ``letters_not_sent``: value the kind, and its reason if it has one;
        - ``coaches_given``: how many times somebody got a coach (value null).
    """
    membership = schema.membership
    query = select(*(membership.c[name] for name in _MEMBERSHIPS.names()))
    found = read_frame(connection, query.where(membership.c.area == area), _MEMBERSHIPS)
    ended = found.filter(pl.col("ended_on").is_not_null())
    figures = [
        _total("clients", found["client_id"].n_unique()),
        _total("memberships", found.height),
        _total("members_now", found.height - ended.height),
        _counts("joined_in_month", found["since"].dt.strftime("%Y-%m")),
        _counts("joined_by_ground", _grounds(found)),
        _counts("moved_in_from", found["from_area"].drop_nulls()),
        _counts("ended_in_month", ended["ended_on"].dt.strftime("%Y-%m")),
        _counts("ended_because", ended["end_reason"]),
        _letters(connection, area),
        _total("coaches_given", _coaches_given(connection, area)),
    ]
    return pl.concat(figures).sort("figure", "value", nulls_last=False)


def _total(figure: str, count: int) -> pl.DataFrame:
    return pl.DataFrame([(figure, None, count)], schema=OUTCOME, orient="row")


def _counts(figure: str, values: pl.Series) -> pl.DataFrame:
    counted = values.rename("value").to_frame().group_by("value").len("count")
    return counted.select(pl.lit(figure).alias("figure"), "value", "count").cast(OUTCOME)


def _grounds(memberships: pl.DataFrame) -> pl.Series:
    lists = memberships["grounds"].str.json_decode(pl.List(pl.String))
    return lists.explode().drop_nulls()


def _letters(connection: Connection, area: AreaId) -> pl.DataFrame:
    letter = schema.letter
    sent = func.coalesce(letter.c.status.in_(SENT), False)
    query = (
        select(letter.c.kind, letter.c.reason, sent, func.count())
        .where(letter.c.area == area)
        .group_by(letter.c.kind, letter.c.reason, sent)
    )
    return (
        read_frame(connection, query, _LETTERS)
        .select(
            figure=pl.when("sent")
            .then(pl.lit("letters_sent"))
            .otherwise(pl.lit("letters_not_sent")),
            value=pl.concat_str("kind", "reason", separator=" ", ignore_nulls=True),
            count="count",
        )
        .cast(OUTCOME)
    )


def _coaches_given(connection: Connection, area: AreaId) -> int:
    event = schema.event
    query = select(func.count()).where(
        event.c.area == area, event.c.kind == EventKind.COACH_GIVEN.value
    )
    return int(connection.scalar(query.select_from(event)) or 0)
