"""Which letters are due, and the id that each of them keeps for good."""

import polars as pl

from kuntactl.domain.types import LetterKind, LetterStatus
from kuntactl.register.events import NEW_EVENTS, EventKind, facts

LETTERS = pl.Schema(  # the register's letters
    {
        "letter_id": pl.String,
        "area": pl.String,
        "number": pl.Int64,  # 1, 2, 3 ... in the area
        "client_id": pl.String,
        "kind": pl.String,
        "event": pl.Int64,  # what it tells of
        "status": pl.String,  # null: nothing came of it yet
        "bundle": pl.String,  # null: not in a print run
    }
)
_SENT = [LetterStatus.WRITTEN.value, LetterStatus.PROTECTED.value]
_NUMBER_DIGITS = 6
_BUNDLE_NUMBER = r"-(\d+)\.pdf$"
_EVENT_OF_STATUS = {
    LetterStatus.WRITTEN.value: EventKind.LETTER_WRITTEN.value,
    LetterStatus.PROTECTED.value: EventKind.LETTER_PROTECTED.value,
    LetterStatus.UNDELIVERABLE.value: EventKind.LETTER_UNDELIVERABLE.value,
}


def transfer_letters_due(members: pl.DataFrame, letters: pl.DataFrame) -> pl.DataFrame:
    """Return a transfer letter for each joining that has not had one written or protected.

    A letter that has an id keeps it; the others are numbered after the area's greatest, in
    the order of their client numbers.

    Args:
        members: ``area``, ``client_id`` and ``joined_event``, one row a member.
        letters: ``LETTERS``, all of the members' areas.

    Returns:
        ``LETTERS`` with ``bundle_number`` (UInt32: one more than the greatest of a print run
        of the area and kind) and ``is_numbered`` (Boolean: had its id before), by area and id.
    """
    kind = LetterKind.TRANSFER.value
    had = letters.filter(pl.col("kind") == kind).select("event", "letter_id", "number", "status")
    due = (
        members.select("area", "client_id", event="joined_event")
        .join(had, on="event", how="left")
        .filter(~pl.col("status").is_in(_SENT).fill_null(value=False))
        .with_columns(kind=pl.lit(kind), bundle=pl.lit(None, pl.String))
        .with_columns(is_numbered=pl.col("letter_id").is_not_null())
    )
    return (
        pl.concat(
            [due.filter("is_numbered"), _numbered(due.filter(~pl.col("is_numbered")), letters)]
        )
        .join(_bundle_numbers(letters), on=["area", "kind"], how="left")
        .with_columns(bundle_number=pl.col("bundle_number").fill_null(1))
        .select(*LETTERS.names(), "bundle_number", "is_numbered")
        .sort("area", "number")
    )


def _numbered(due: pl.DataFrame, letters: pl.DataFrame) -> pl.DataFrame:
    greatest = letters.group_by("area").agg(greatest=pl.col("number").max())
    place_in_area = pl.int_range(1, pl.len() + 1).over("area")
    digits = pl.col("number").cast(pl.String).str.zfill(_NUMBER_DIGITS)
    return (
        due.sort("area", "client_id")
        .join(greatest, on="area", how="left", maintain_order="left")
        .with_columns(number=pl.col("greatest").fill_null(0) + place_in_area)
        .with_columns(letter_id=pl.format("{}-{}", pl.col("area"), digits))
        .drop("greatest")
        .select(due.columns)
    )


def _bundle_numbers(letters: pl.DataFrame) -> pl.DataFrame:
    """Return the first free number of a print run for each area and kind that has had one."""
    number = pl.col("bundle").str.extract(_BUNDLE_NUMBER).cast(pl.UInt32)
    return letters.group_by("area", "kind").agg(bundle_number=number.max() + 1)


def news_of(done: pl.DataFrame, letters: pl.DataFrame) -> pl.DataFrame:
    """Return the lines of ``done`` that say more than the register knows, in the same order.

    A letter that was written or protected stays what it is; one that is undeliverable once
    more is no news.

    Args:
        done: ``LettersDone``.
        letters: ``LETTERS``, all of the same areas.

    Raises:
        ValueError: If a letter has an id that the register did not give to this client.
    """
    known = letters.select("letter_id", "client_id", "area", "kind", pl.col("status").alias("was"))
    pairs = done.join(
        known.with_columns(is_known=pl.lit(value=True)),
        on=["letter_id", "client_id", "area", "kind"],
        how="left",
        maintain_order="left",
    )
    if pairs["is_known"].has_nulls():
        raise ValueError("letters were made under ids that the register did not give")
    is_news = pl.col("was").is_null() | (
        ~pl.col("was").is_in(_SENT) & (pl.col("was") != pl.col("status"))
    )
    return pairs.filter(is_news).select(done.columns)


def letter_events(news: pl.DataFrame) -> pl.DataFrame:
    """Return one event a line of ``news_of``, as ``NEW_EVENTS``, in the same order."""
    return news.select(
        kind=pl.col("status").replace_strict(_EVENT_OF_STATUS, return_dtype=pl.String),
        area="area",
        client_id="client_id",
        facts=facts(letter=pl.col("letter_id"), kind=pl.col("kind"), sha256=pl.col("sha256")),
    ).cast(NEW_EVENTS)
