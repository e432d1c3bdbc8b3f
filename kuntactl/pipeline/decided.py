"""Exports with a decision for each row: what every command begins with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from kuntactl.domain.areas import Area, find_area, load_areas
from kuntactl.domain.schema import Warnings
from kuntactl.domain.types import AreaId, Outcome
from kuntactl.domain.wording import Words
from kuntactl.eligibility.answers import apply_answers
from kuntactl.eligibility.decide import decide
from kuntactl.eligibility.rules import Chosen, choose
from kuntactl.errors import KuntactlError, SettingsError
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients
from kuntactl.ingest.looking import Keep, as_it_is
from kuntactl.locale import phrase
from kuntactl.pipeline.handed_back import corrections_of
from kuntactl.pipeline.request import Request, Stopwatch

ROW_COUNTS = ("read", "rejected", "accepted", "outside", "not_eligible", "review", "eligible")
_OUTCOMES = ROW_COUNTS[3:]

_ANSWER_WARNINGS = {
    "answer_not_needed": Words(
        fi="käsittelijän vastausta ei käytetty: sääntö ratkaisee asian ilman sitä",
        sv="en persons svar användes inte: regeln avgör utan det",
        en="a person's answer was not used: the rule decides without it",
    ),
    "answer_lacks_area": Words(
        fi="käsittelijän vastausta ei käytetty: kotikunta ei ole tiedossa, eikä vastaus kerro "
        "aluetta; kirjoita se sarakkeeseen area",
        sv="en persons svar användes inte: hemkommunen är inte känd och svaret anger inget "
        "område; skriv det i kolumnen area",
        en="a person's answer was not used: the home municipality is not known, and the answer "
        "names no area; write it in the column area",
    ),
    "answer_area_unknown": Words(
        fi="käsittelijän vastausta ei käytetty: sen alue ei ole tämän ajon alueita",
        sv="en persons svar användes inte: dess område hör inte till områdena i denna körning",
        en="a person's answer was not used: its area is not one of this run's areas",
    ),
    "answer_client_unknown": Words(
        fi="asiakasta, jota vastaus koskee, ei ole hyväksytyillä riveillä",
        sv="kunden som svaret gäller finns inte bland de godkända raderna",
        en="the client answered for is not among the accepted rows",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The exports with a decision for each accepted row."""

    ingested: Ingested
    chosen: tuple[Chosen, ...]
    decisions: pl.DataFrame  # schema Decisions; from ``decide_in_batches``: packed
    unapplied: pl.DataFrame  # client_id, code: answers of a person that changed nothing

    def rows(self) -> dict[str, int]:
        """Return the counts of CONTRACT section 2, in the order of ``ROW_COUNTS``.

        Raises:
            KuntactlError: If they do not add up; nothing may be written then.
        """
        outcomes = _by_outcome(self.decisions)
        counts = {
            "read": self.ingested.rows_read,
            "rejected": self.ingested.rows_rejected,
            "accepted": self.ingested.accepted.height,
            **{outcome: outcomes.get(outcome, 0) for outcome in _OUTCOMES},
        }
        rejected_or_accepted = counts["rejected"] + counts["accepted"]
        decided = sum(counts[outcome] for outcome in _OUTCOMES)
        if counts["read"] != rejected_or_accepted or counts["accepted"] != decided:
            raise KuntactlError(
                phrase("rows do not add up: {counts}", counts=counts),
                hint=phrase("this is a fault of kuntactl; nothing was written"),
            )
        return counts

    def rows_of_areas(self) -> dict[str, dict[str, int]]:
        """Return the same counts for each chosen area.

        A rejected row has no area that could be trusted, and one outside has none: both count
        in the whole run only, so that the equations hold for each area too.
        """
        found = self.decisions.group_by("area", "outcome").len()
        by_area = {(area, outcome): count for area, outcome, count in found.iter_rows()}
        counts = {}
        for area in self.areas():
            decided = {outcome: by_area.get((area, outcome), 0) for outcome in _OUTCOMES}
            accepted = sum(decided.values())
            counts[str(area)] = {"read": accepted, "rejected": 0, "accepted": accepted, **decided}
        return counts

    def areas(self) -> Mapping[AreaId, Area]:
        """Return the chosen areas by id."""
        return {choice.area.id: choice.area for choice in self.chosen}

    def with_answers(self, answers: pl.DataFrame) -> "Decided":
        """Return the same with people's answers in place of the open questions."""
        if answers.is_empty():
            return self
        decisions, unapplied = apply_answers(self.decisions, answers, self.chosen)
        return replace(self, decisions=decisions, unapplied=unapplied)

    def answer_warnings(self, request: Request) -> pl.DataFrame:
        """Return one warning an answer that changed nothing (schema Warnings).

        The file is the one with the answers; the row is 0, for answers are known by client.
        """
        words = {
            code: text.in_language(request.language) for code, text in _ANSWER_WARNINGS.items()
        }
        return Warnings.validate(
            self.unapplied.select(
                pl.lit(request.reviewed.name if request.reviewed else "").alias("file"),
                pl.lit(0, pl.UInt32).alias("row"),
                "client_id",
                "code",
                pl.col("code").replace_strict(words, return_dtype=pl.String).alias("message"),
            )
        )

    def eligible(self) -> pl.DataFrame:
        """Return the decisions of those who belong to a trial."""
        return self.decisions.filter(pl.col("outcome") == Outcome.ELIGIBLE.value)


def _by_outcome(decisions: pl.DataFrame) -> dict[str, int]:
    return dict(decisions.get_column("outcome").value_counts().iter_rows())


def read(request: Request, *, watch: Stopwatch, keep: Keep = as_it_is) -> Ingested:
    """Read and check the exports; of each accepted row only what is to be kept stays.

    Raises:
        InputError: If an export or the corrections are missing, unreadable or wrong.
    """
    options = ReadOptions(
        profile=request.profile,
        encoding=request.encoding,
        delimiter=request.delimiter,
        reject_artificial=request.reject_artificial,
        ahead=request.ahead,
    )
    with watch.measure("ingest") as counts:
        ingested = read_clients(
            request.exports,
            on=request.on,
            language=request.language,
            options=options,
            corrections=corrections_of(request),
            keep=keep,
        )
        counts |= {"files": len(ingested.inputs), "accepted": ingested.accepted.height}
    return ingested


def decide_by_rule(request: Request, *, watch: Stopwatch, after_intake: bool = False) -> Decided:
    """Read the exports and decide for each accepted row, by rule alone.

    Args:
        request: The exports, the day, the areas and rules.
        watch: Measures ``ingest`` and ``decide``.
        after_intake: Whether a day after the intake of a trial, and before its end, will do.

    Raises:
        SettingsError: If an area, rule set or day does not fit; before anything is read.
        InputError: If an export is missing, unreadable or wrong.
    """
    chosen = choose_for(request, after_intake=after_intake)
    ingested = read(request, watch=watch)
    with watch.measure("decide") as counts:
        decisions = decide(ingested.accepted, chosen, on=request.on)
        counts |= {"clients": decisions.height, "areas": len(chosen)}
    return Decided(ingested=ingested, chosen=chosen, decisions=decisions, unapplied=NO_ANSWERS)


NO_ANSWERS = pl.DataFrame(schema={"client_id": pl.String, "code": pl.String})


def choose_for(request: Request, *, after_intake: bool = False) -> tuple[Chosen, ...]:
    """Return the areas of the request with their rules.

    Raises:
        SettingsError: If an area, rule set or day does not fit.
    """
    chosen = choose(
        on=request.on,
        area_ids=request.area_ids,
        rules_id=request.rules_id,
        after_intake=after_intake,
        own=request.own,
    )
    _refuse_strange_totals(request, [choice.area.id for choice in chosen])
    return chosen


def _refuse_strange_totals(request: Request, chosen: Sequence[AreaId]) -> None:
    """Stop if a control total is of an area that does not exist or was not chosen."""
    for expected in request.totals.expected:
        if find_area(expected.area, load_areas(request.own.areas)).id not in chosen:
            raise SettingsError(
                phrase(
                    "control total: area `{area}` is not decided in this run", area=expected.area
                ),
                hint=phrase("areas of this run: {chosen}", chosen=", ".join(chosen)),
            )


def refuse_without_letters(chosen: Sequence[Chosen]) -> None:
    """Stop if one of the areas is of a trial about which no letters are written.

    Raises:
        SettingsError: If so; the hint names the commands that do without letters.
    """
    for area in (one.area for one in chosen):
        if area.trial.no_letters is not None:
            raise SettingsError(
                phrase(
                    "no letters are written for area `{id}`: {no_letters}",
                    id=area.id,
                    no_letters=area.trial.no_letters,
                ),
                hint=phrase("`check`, `decide`, `assign` and `explain` do without letters"),
            )
