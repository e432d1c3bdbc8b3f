"""Tell why one client was decided as they were."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from kuntactl.domain.types import Language
from kuntactl.eligibility.decide import fingerprints
from kuntactl.eligibility.explain import Explanation
from kuntactl.eligibility.explain import explain as explain_client
from kuntactl.errors import InputError
from kuntactl.locale import phrase
from kuntactl.pipeline.decided import Decided, decide_by_rule
from kuntactl.pipeline.explain_coach import CoachExplained, explain_coach
from kuntactl.pipeline.handed_back import answers_of
from kuntactl.pipeline.order import SplitOrder
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.register.answers import answers_in_force
from kuntactl.register.reading import read_only


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Why a client was decided as they were, and why they have their coach."""

    outcome: Explanation
    coach: CoachExplained | None = None  # none: not asked for, or not shared out

    def as_dict(self) -> dict[str, Any]:
        """Return it for ``--json``."""
        coach = {"coach": self.coach.as_dict()} if self.coach else {}
        return {**self.outcome.as_dict(), **coach}

    def lines(self, language: Language) -> list[str]:
        """Return it in words."""
        coach = ["", *self.coach.lines(language)] if self.coach else []
        return [*self.outcome.lines(language), *coach]


def explain(
    client_id: str,
    request: Request,
    *,
    register: str | None = None,
    split: SplitOrder | None = None,
    watch: Stopwatch,
    talk: Talk,
) -> Explained:
    """Return the explanation of one client's outcome, and of their coach.

    Args:
        client_id: The client's number in the TE register.
        request: The exports, the day, the areas and rules, the answers of a person.
        register: Where answers of earlier runs are kept, as a path or URL; they hold while
            the facts they rest on are the same, and so are coaches. None: they are not
            looked up.
        split: The coaches, to tell why the client has theirs; none: the outcome alone.
        watch: Measures ``ingest`` and ``decide``.
        talk: Hears what is odd about the coaches.

    Raises:
        InputError: If an export is missing, unreadable or wrong, or the client stands on no
            accepted row; the hint says when the row was rejected, and why by code.
        SettingsError: If an area, rule set or day does not fit.
        RegisterError: If there is no such register, or it cannot be read.
    """
    answers = answers_of(request)
    decided = decide_by_rule(request, watch=watch, after_intake=True)
    if register is not None:
        answers = _with_earlier_ones(answers, client_id, decided, register=register)
    explanation = explain_client(
        client_id, decided.ingested.accepted, decided.chosen, on=request.on, answers=answers
    )
    if explanation is not None:
        coach = None
        if split is not None:
            coach = explain_coach(client_id, decided, request, split, register=register, talk=talk)
        return Explained(outcome=explanation, coach=coach)
    rejected = decided.ingested.rejected
    # The number is personal, and a mistyped one may be an identity code: stderr is kept.
    problems = rejected.filter(rejected["client_id"] == client_id)
    if problems.is_empty():
        raise InputError(
            phrase("no such client in the exports"),
            hint=phrase("check the number, and the exports"),
        )
    codes = ", ".join(problems["code"].unique(maintain_order=True))
    places = problems.select("file", "row").unique(maintain_order=True).iter_rows()
    where = [phrase("{file} row {row}", file=file, row=row) for file, row in places]
    raise InputError(
        phrase("this client was rejected: {codes}", codes=codes),
        hint=phrase("{where}; `kuntactl check` lists what would be right", where=where),
    )


def _with_earlier_ones(
    answers: pl.DataFrame, client_id: str, decided: Decided, *, register: str
) -> pl.DataFrame:
    """Return the answers handed in, and the client's earlier one where none of them is theirs."""
    client = decided.ingested.accepted.filter(pl.col("client_id") == client_id)
    with read_only(register) as opened:
        earlier = answers_in_force(opened, fingerprints(client, decided.chosen))
    return pl.concat([answers, earlier.join(answers, on="client_id", how="anti")])
