"""Decisions that are made while the exports are read, and take little memory."""

from dataclasses import replace

import polars as pl

from kuntactl.domain.schema import Decisions
from kuntactl.eligibility.answers import apply_answers
from kuntactl.eligibility.decide import decide_packed, unpacked
from kuntactl.pipeline.decided import NO_ANSWERS, Decided, choose_for, read
from kuntactl.pipeline.request import Request, Stopwatch

# What the lists need of an accepted row beside its decision. Few values each: kept as numbers.
_OF_CLIENT = (
    pl.col("municipality").cast(pl.Categorical),
    "protected",
    pl.col("service_language").cast(pl.Enum(["fi", "sv"])),
)


def decide_in_batches(request: Request, *, watch: Stopwatch) -> Decided:
    """Read the exports and decide for each accepted row as soon as it is read, by rule alone.

    Some 130 bytes of a row stay in memory, a tenth of what ``decide_by_rule`` holds.

    Args:
        request: The exports, the day, the areas and rules.
        watch: Measures ``ingest`` and ``decide``.

    Returns:
        As ``decide_by_rule``, but for the decisions, which are packed (``decide_packed``), and
        the accepted rows, of which only what the lists need is kept: ``client_id``,
        ``municipality``, ``protected``, ``service_language``.

    Raises:
        SettingsError: If an area, rule set or day does not fit; before anything is read.
        InputError: If an export is missing, unreadable or wrong.
    """
    chosen = choose_for(request)
    spent = 0.0

    def keep(clients: pl.DataFrame) -> pl.DataFrame:
        nonlocal spent
        start = watch.clock()
        kept = decide_packed(clients, chosen, on=request.on).hstack(clients.select(_OF_CLIENT))
        spent += watch.clock() - start
        return kept

    ingested = read(request, watch=watch, keep=keep)
    kept = ingested.accepted
    watch.count(
        "decide", spent, of="ingest", counts={"clients": kept.height, "areas": len(chosen)}
    )
    decisions = kept.select(Decisions.column_names())
    clients = kept.select("client_id", "municipality", "protected", "service_language")
    return Decided(
        ingested=replace(ingested, accepted=clients),
        chosen=chosen,
        decisions=decisions,
        unapplied=NO_ANSWERS,
    )


def with_answers(decided: Decided, answers: pl.DataFrame) -> Decided:
    """Return the same with people's answers in place of the open questions.

    Args:
        decided: Of ``decide_in_batches``.
        answers: As ``domain.schema.Answers``.
    """
    if answers.is_empty():
        return decided
    rows = decided.decisions.with_row_index("place")
    answered = rows.join(answers, on="client_id", how="semi", maintain_order="left")
    said, unapplied = apply_answers(
        Decisions.validate(unpacked(answered.drop("place"))), answers, decided.chosen
    )
    packed = said.with_columns(
        answered["place"],
        *(pl.col(name).cast(dtype) for name, dtype in decided.decisions.schema.items()),
    )
    decisions = (
        pl.concat([rows.join(packed, on="place", how="anti"), packed.select(rows.columns)])
        .sort("place")
        .drop("place")
    )
    return replace(decided, decisions=decisions, unapplied=unapplied)
