"""Tell why one client was decided as they were."""

from kuntactl.eligibility.explain import Explanation
from kuntactl.eligibility.explain import explain as explain_client
from kuntactl.errors import InputError
from kuntactl.pipeline.decided import decide_by_rule
from kuntactl.pipeline.handed_back import answers_of
from kuntactl.pipeline.request import Request, Stopwatch


def explain(client_id: str, request: Request, *, watch: Stopwatch) -> Explanation:
    """Return the explanation of one client's outcome.

    Args:
        client_id: The client's number in the TE register.
        request: The exports, the day, the areas and rules, the answers of a person.
        watch: Measures ``ingest`` and ``decide``.

    Raises:
        InputError: If an export is missing, unreadable or wrong, or the client stands on no
            accepted row; the hint says when the row was rejected, and why by code.
        SettingsError: If an area, rule set or day does not fit.
    """
    answers = answers_of(request)
    decided = decide_by_rule(request, watch=watch, after_intake=True)
    explanation = explain_client(
        client_id, decided.ingested.accepted, decided.chosen, on=request.on, answers=answers
    )
    if explanation is not None:
        return explanation
    rejected = decided.ingested.rejected
    problems = rejected.filter(rejected["client_id"] == client_id)
    if problems.is_empty():
        raise InputError(
            f"no client `{client_id}` in the exports", hint="check the number, and the exports"
        )
    codes = ", ".join(problems["code"].unique(maintain_order=True))
    places = problems.select("file", "row").unique(maintain_order=True).iter_rows()
    where = ", ".join(f"{file} row {row}" for file, row in places)
    raise InputError(
        f"client `{client_id}` was rejected: {codes}",
        hint=f"{where}; `kuntactl check` lists what would be right",
    )
