"""People's answers, put in the place of what a rule left open."""

from collections.abc import Sequence

import polars as pl

from kuntactl.domain.schema import Decisions
from kuntactl.domain.types import DecidedBy, Outcome
from kuntactl.eligibility.rules import Chosen

ANSWER_NOT_NEEDED = "answer_not_needed"
ANSWER_LACKS_AREA = "answer_lacks_area"
ANSWER_AREA_UNKNOWN = "answer_area_unknown"
ANSWER_CLIENT_UNKNOWN = "answer_client_unknown"

_IN_REVIEW = pl.col("outcome") == Outcome.REVIEW.value
_SOMEWHERE = pl.coalesce("area", "said_area").is_not_null()


def apply_answers(
    decisions: pl.DataFrame, answers: pl.DataFrame, chosen: Sequence[Chosen]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Put people's answers into the decisions that are under review.

    Args:
        decisions: As ``domain.schema.Decisions``.
        answers: As ``domain.schema.Answers``. Where no home municipality says to which area
            a client belongs, the answer does: by its id, or its name in Finnish or Swedish.
        chosen: The areas that the decisions are of, with their rules.

    Returns:
        The decisions in the same order, where a row under review that has an answer is
        eligible or not eligible, decided by a person, its lists as before; then the answers
        that changed nothing, in their order: ``client_id``, ``code`` (String), which is
        ``answer_client_unknown`` (not among the decisions), ``answer_not_needed`` (not under
        review), ``answer_lacks_area`` (yes, but neither a home municipality nor the person
        says to which area) or ``answer_area_unknown`` (the area named is not among them).
    """
    found = answers.select(
        "client_id",
        "belongs",
        said_area=_named(pl.col("area"), chosen),
        names_area=pl.col("area").is_not_null(),
    )
    joined = decisions.join(found, on="client_id", how="left", maintain_order="left")
    belongs = pl.col("belongs")
    applies = _IN_REVIEW & belongs.is_not_null() & (_SOMEWHERE | ~belongs)
    placed = joined.filter(applies & belongs & pl.col("area").is_null())
    answered = joined.with_columns(
        pl.when(applies & belongs)
        .then(pl.lit(Outcome.ELIGIBLE.value))
        .when(applies)
        .then(pl.lit(Outcome.NOT_ELIGIBLE.value))
        .otherwise("outcome")
        .alias("outcome"),
        pl.when(applies)
        .then(pl.lit(DecidedBy.PERSON.value))
        .otherwise("decided_by")
        .alias("decided_by"),
    )
    if not placed.is_empty():
        answered = _place(answered, placed["client_id"], chosen)
    answered = answered.select(decisions.columns)
    return Decisions.validate(answered), _not_applied(decisions, found)


def _named(area: pl.Expr, chosen: Sequence[Chosen]) -> pl.Expr:
    """Return the id of the chosen area that is named; null: none is, or another."""
    by_name = {
        name.casefold(): str(one.area.id)
        for one in chosen
        for name in (one.area.name.fi, one.area.name.sv, str(one.area.id))
    }
    return area.str.to_lowercase().replace_strict(by_name, default=None, return_dtype=pl.String)


def _place(answered: pl.DataFrame, clients: pl.Series, chosen: Sequence[Chosen]) -> pl.DataFrame:
    """Return the same with these clients in the area that a person said, under its rules."""
    rules = {str(one.area.id): str(one.rules.id) for one in chosen}
    begins = {str(one.area.id): one.version.begins for one in chosen}
    said = pl.col("said_area")
    facts = {
        "area": said,
        "rules": said.replace_strict(rules, default=None, return_dtype=pl.String),
        "rules_from": said.replace_strict(begins, default=None, return_dtype=pl.Date),
    }
    here = pl.col("client_id").is_in(clients.implode())
    return answered.with_columns(
        pl.when(here).then(fact).otherwise(name).alias(name) for name, fact in facts.items()
    )


def _not_applied(decisions: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    outcomes = decisions.select("client_id", "outcome", "area")
    code = (
        pl.when(pl.col("outcome").is_null())
        .then(pl.lit(ANSWER_CLIENT_UNKNOWN))
        .when(~_IN_REVIEW)
        .then(pl.lit(ANSWER_NOT_NEEDED))
        .when(~pl.col("belongs") | _SOMEWHERE)
        .then(None)
        .when("names_area")
        .then(pl.lit(ANSWER_AREA_UNKNOWN))
        .otherwise(pl.lit(ANSWER_LACKS_AREA))
    )
    return (
        found.join(outcomes, on="client_id", how="left", maintain_order="left")
        .select("client_id", code.alias("code"))
        .drop_nulls("code")
    )
