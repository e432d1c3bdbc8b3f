"""The id that a letter keeps for good, and what became of it."""

import polars as pl

from kuntactl.domain.types import LetterStatus
from kuntactl.register.events import NEW_EVENTS, EventKind, facts

LETTERS = pl.Schema(  # the register's letters
    {
        "letter_id": pl.String,
        "number": pl.Int64,  # 1, 2, 3 ... in the area
        "area": pl.String,
        "client_id": pl.String,
        "event": pl.Int64,  # what it tells of
        "kind": pl.String,
        "reason": pl.String,  # null: the kind says it all
        "other_area": pl.String,  # null: nowhere
        "status": pl.String,  # null: nothing came of it yet
    }
)
GREATEST = pl.Schema({"area": pl.String, "greatest": pl.Int64})  # number of a letter so far
BUNDLES = pl.Schema({"area": pl.String, "kind": pl.String, "bundle": pl.String})

SENT = [LetterStatus.WRITTEN.value, LetterStatus.PROTECTED.value]
# What events of letters tell since 0003: all that the register keeps of a letter.
SINCE_0003 = ("other_area", "event", "lang", "bundle", "first_page", "pages")
_OF_DUE = ("reason", "other_area", "event")
_NUMBER_DIGITS = 6
_BUNDLE_NUMBER = r"-(\d+)\.pdf$"
_EVENT_OF_STATUS = {
    LetterStatus.WRITTEN.value: EventKind.LETTER_WRITTEN.value,
    LetterStatus.PROTECTED.value: EventKind.LETTER_PROTECTED.value,
    LetterStatus.UNDELIVERABLE.value: EventKind.LETTER_UNDELIVERABLE.value,
}


def letters_with_ids(
    wanted: pl.DataFrame, letters: pl.DataFrame, greatest: pl.DataFrame
) -> pl.DataFrame:
    """Return the wanted letters that were not sent, each with its id.

    A letter that has an id keeps it, and its kind; the others are numbered after the area's
    greatest, in the order of their client numbers and events.

    Args:
        wanted: ``WANTED``.
        letters: ``LETTERS``, at least those of the same events.
        greatest: ``GREATEST``, of all areas that have letters.

    Returns:
        ``LETTERS`` with ``is_numbered`` (Boolean: had its id before), by area and number.
    """
    known = letters.with_columns(is_numbered=pl.lit(value=True))
    older = known.join(wanted, on="event", how="semi").filter(
        ~pl.col("status").is_in(SENT).fill_null(value=False)
    )
    fresh = wanted.join(known, on="event", how="anti").with_columns(
        status=pl.lit(None, pl.String), is_numbered=pl.lit(value=False)
    )
    place_in_area = pl.int_range(1, pl.len() + 1).over("area")
    digits = pl.col("number").cast(pl.String).str.zfill(_NUMBER_DIGITS)
    numbered = (
        fresh.sort("area", "client_id", "event")
        .join(greatest, on="area", how="left", maintain_order="left")
        .with_columns(number=pl.col("greatest").fill_null(0) + place_in_area)
        .with_columns(letter_id=pl.format("{}-{}", pl.col("area"), digits))
        .select(older.columns)
    )
    return pl.concat([older, numbered]).sort("area", "number")


def bundle_numbers(bundles: pl.DataFrame) -> pl.DataFrame:
    """Return the first free number of a print run for each area and kind that has had one.

    Args:
        bundles: ``BUNDLES``.

    Returns:
        ``area``, ``kind``, ``bundle_number`` (UInt32).
    """
    number = pl.col("bundle").str.extract(_BUNDLE_NUMBER).cast(pl.UInt32)
    return bundles.group_by("area", "kind").agg(bundle_number=number.max() + 1)


def news_of(done: pl.DataFrame, letters: pl.DataFrame) -> pl.DataFrame:
    """Return the lines of ``done`` that say more than the register knows, in the same order.

    A letter that was written or protected stays what it is; one that is undeliverable once
    more is no news.

    Args:
        done: ``LettersDone``.
        letters: ``LETTERS``, at least those that were due.

    Returns:
        ``LettersDone`` with ``reason``, ``other_area`` and ``event``, what it tells of.

    Raises:
        ValueError: If a letter has an id that the register did not give to this client.
    """
    known = letters.select(
        *("letter_id", "client_id", "area", "kind", "reason", "other_area", "event"),
        pl.col("status").alias("was"),
    )
    pairs = done.join(
        known.with_columns(is_known=pl.lit(value=True)),
        on=["letter_id", "client_id", "area", "kind"],
        how="left",
        maintain_order="left",
    )
    if pairs["is_known"].has_nulls():
        raise ValueError("letters were made under ids that the register did not give")
    is_news = pl.col("was").is_null() | (
        ~pl.col("was").is_in(SENT) & (pl.col("was") != pl.col("status"))
    )
    return pairs.filter(is_news).select(*done.columns, *_OF_DUE)


def letter_events(news: pl.DataFrame) -> pl.DataFrame:
    """Return one event a line of ``news_of``, as ``NEW_EVENTS``, in the same order."""
    return news.select(
        kind=pl.col("status").replace_strict(_EVENT_OF_STATUS, return_dtype=pl.String),
        area="area",
        client_id="client_id",
        facts=facts(
            letter=pl.col("letter_id"),
            kind=pl.col("kind"),
            reason=pl.col("reason"),
            sha256=pl.col("sha256"),
            **{name: pl.col(name) for name in SINCE_0003},
        ),
    ).cast(NEW_EVENTS)
