"""Why a client was decided as they were, and what is missing where nobody can tell."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from kuntactl.domain.calendar import completed_years
from kuntactl.domain.schema import Answers
from kuntactl.domain.types import ClientId, DecidedBy, Language, Outcome
from kuntactl.domain.wording import Words
from kuntactl.eligibility.answers import apply_answers
from kuntactl.eligibility.decide import HOME_MUNICIPALITY, decide
from kuntactl.eligibility.explanation import NO_HOME, Explanation, Finding
from kuntactl.eligibility.nearest import Turns, answers_to_home, find_turns
from kuntactl.eligibility.rules import Chosen

__all__ = ["Explanation", "explain", "ground_words", "missing_in_words"]


def explain(
    client_id: str,
    clients: pl.DataFrame,
    chosen: Sequence[Chosen],
    *,
    on: date,
    answers: pl.DataFrame | None = None,
) -> Explanation | None:
    """Return why the client is decided as they are, or none when there is no such client.

    Args:
        client_id: The client's number.
        clients: As ``domain.schema.Clients``.
        chosen: The areas with their rules.
        on: The day decided for.
        answers: As ``domain.schema.Answers``: what people answered.
    """
    client = clients.filter(pl.col("client_id") == client_id)
    if client.is_empty():
        return None
    given = Answers.create_empty() if answers is None else answers
    given = given.filter(pl.col("client_id") == client_id)
    decided, _ = apply_answers(decide(client, chosen, on=on), given, chosen)
    decision = decided.row(0, named=True)
    by_person = decision["decided_by"] == DecidedBy.PERSON.value
    settled = Outcome(decision["outcome"]) if by_person else None
    of_area = {one.area.id: one for one in chosen}.get(decision["area"])
    protected = client["protected"].item()
    return Explanation(
        client_id=ClientId(client_id),
        on=on,
        outcome=Outcome(decision["outcome"]),
        decided_by=DecidedBy(decision["decided_by"]),
        answer=given.drop("client_id", "area").row(0, named=True) if by_person else None,
        protected=protected,
        municipality=None if protected else client["municipality"].item(),
        chosen=of_area,
        areas={one.area.id: one.area.name for one in chosen},
        missing=tuple(decision["missing"]),
        findings=() if of_area is None else _findings(client, of_area, on=on),
        turns=_turns(client, of_area, chosen, on=on, settled=settled),
    )


def _turns(
    client: pl.DataFrame,
    of_area: Chosen | None,
    chosen: Sequence[Chosen],
    *,
    on: date,
    settled: Outcome | None,
) -> Turns:
    if of_area is not None:
        return find_turns(client, of_area, on=on, settled=settled)
    if client["municipality"].item() is None:
        return Turns(answers=answers_to_home(client, chosen, on=on))
    return Turns()


def _findings(client: pl.DataFrame, chosen: Chosen, *, on: date) -> tuple[Finding, ...]:
    criteria = chosen.version.criteria
    row = client.with_columns(completed_years(pl.col("born"), on=on).alias("completed_years")).row(
        0, named=True
    )
    holds = client.select(one.holds(on=on).alias(one.code) for one in criteria).row(0, named=True)
    return tuple(
        Finding(
            criterion=one,
            holds=holds[one.code],
            seen={
                name: row[name]
                for name in (*one.when.facts, *(["completed_years"] if one.when.shows_age else []))
            },
        )
        for one in criteria
    )


def missing_in_words(codes: Sequence[str], chosen: Sequence[Chosen], language: Language) -> str:
    """Return what is not known, for ``review.csv``: parts by ``; ``, in the codes' order."""
    words = {HOME_MUNICIPALITY: NO_HOME}
    for version in {id(one.version): one.version for one in chosen}.values():
        words |= {one.code: one.missing for one in version.criteria}
    return "; ".join(words[code].in_language(language) for code in codes)


def ground_words(chosen: Sequence[Chosen]) -> dict[str, Words]:
    """Return each ground of the chosen rules as it is said to the client, by code."""
    return {
        ground.code: ground.letter
        for one in chosen
        for ground in one.version.grounds
        if ground.letter is not None
    }
