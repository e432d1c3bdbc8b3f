"""The figures of a run's reports, counted from what the stages left behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.drift import AreaDrift
from kuntactl.domain.schema import Alternatives, FirstContacts
from kuntactl.domain.totals import Comparison
from kuntactl.domain.types import AreaId, LetterStatus, Outcome
from kuntactl.domain.wording import Words
from kuntactl.report import tally
from kuntactl.report.drift import drift_figures
from kuntactl.report.equal_service import equal_service
from kuntactl.report.figures import (
    AreaFigures,
    Changes,
    LetterCounts,
    Rows,
    RulesUsed,
    RunFigures,
    SourceFile,
    SplitFigures,
)
from kuntactl.report.short import WARNINGS, short_names
from kuntactl.report.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What the stages of one run left behind, for all of its areas."""

    read: int  # rows of the exports
    rejected_rows: int
    rejected: pl.DataFrame  # schema Rejected: one line a problem
    warnings: pl.DataFrame  # schema Warnings
    clients: pl.DataFrame  # schema Clients
    decisions: pl.DataFrame  # schema Decisions
    members: pl.DataFrame  # schema Members
    assignments: pl.DataFrame  # schema Assignments
    letters: pl.DataFrame  # schema LettersDone: of this run
    undeliverable: pl.DataFrame  # schema Undeliverable
    coaches: Sequence[Coach]
    comparisons: Sequence[Comparison] = ()
    drift: Mapping[AreaId, AreaDrift] = field(default_factory=dict)
    alternatives: pl.DataFrame = field(default_factory=Alternatives.create_empty)
    binding: Sequence[str] = ()  # codes of ``binds`` by which somebody did not get their best
    proofs: Mapping[AreaId, tuple[float, float]] = field(default_factory=dict)  # largest, least
    notices: Mapping[AreaId, Sequence[Words]] = field(default_factory=dict)
    contacts: pl.DataFrame = field(default_factory=FirstContacts.create_empty)  # that schema


def without_protected(results: Results) -> Results:
    """Return the results as if nobody under non-disclosure had been in the exports.

    What the run was held to, drift and notices count them too, and are left out.
    """
    protected = results.clients.filter("protected").select("client_id")
    frames = (
        *("clients", "decisions", "members", "assignments", "letters", "undeliverable"),
        *("alternatives", "contacts"),
    )
    others: dict[str, Any] = {
        name: getattr(results, name).join(protected, on="client_id", how="anti") for name in frames
    }
    return replace(results, comparisons=(), drift={}, notices={}, binding=(), **others)


def area_figures(
    area: Area, results: Results, *, rules: RulesUsed, vocabulary: Vocabulary, on: date
) -> AreaFigures:
    """Return the figures of one area's report.

    Args:
        area: Whose report it is.
        results: Of the whole run; rows of other areas count as outside.
        rules: The rules that decided for this area.
        vocabulary: Conditions and grounds of those rules, in their order.
        on: The day of the decision; ages are as of this day.

    Returns:
        Counts that add up: ``rows.read = rejected + accepted``, ``rows.accepted = outside +
        not_eligible + review + eligible``, ``letters.due`` = the sum of the other four.
    """
    decided = results.decisions.filter(pl.col("area") == area.id).join(
        results.clients.select("client_id", "born", "mother_tongue", "municipality", "protected"),
        on="client_id",
        how="left",
    )
    eligible = decided.filter(pl.col("outcome") == Outcome.ELIGIBLE.value)
    assigned = results.assignments.filter(pl.col("area") == area.id)
    staffing = tally.staffing(
        [coach for coach in results.coaches if coach.area == area.id],
        assigned,
        results.contacts,
        on=on,
    )
    return AreaFigures(
        area=area,
        on=on,
        rules=rules,
        rows=count_rows(results, of_area=decided),
        grounds=tally.grounds(eligible, vocabulary=vocabulary),
        combinations=tally.combinations(eligible, vocabulary=vocabulary),
        reasons=tally.reasons(decided, vocabulary=vocabulary),
        missing=tally.missing(decided, vocabulary=vocabulary),
        municipalities=tally.municipalities(decided, area=area, on=on),
        ages=tally.ages(eligible, on=on),
        languages=tally.languages(eligible),
        letters=_letters(results, area=area),
        undeliverable=tally.codes(
            results.undeliverable.filter(pl.col("area") == area.id).select("client_id", "code"),
            vocabulary.undeliverable,
        ),
        staffing=staffing,
        service=equal_service(
            area,
            assigned,
            people=results.clients.select("client_id", "municipality", "protected")
            .join(assigned, on="client_id", how="semi")
            .join(results.members.select("client_id", "since"), on="client_id", how="left"),
            contacts=results.contacts,
            loads=staffing.loads,
            on=on,
        ),
        controls=tally.controls(eligible, area=area, on=on),
        comparisons=tuple(one for one in results.comparisons if one.expected.area == area.id),
        drift=drift_figures(results.drift[area.id], vocabulary=vocabulary)
        if area.id in results.drift
        else None,
        split=_split(area, results, vocabulary=vocabulary),
    )


def run_figures(
    areas: Sequence[AreaFigures],
    results: Results,
    *,
    files: Sequence[SourceFile],
    changes: Changes,
    vocabulary: Vocabulary,
    version: str,
) -> RunFigures:
    """Return the figures of a whole run's report.

    Args:
        areas: The figures of each area, at least one, in the order of the report.
        results: What the stages left behind.
        files: The exports that were read.
        changes: What happened to memberships.
        vocabulary: Rejections and warnings in words.
        version: Of kuntactl.
    """
    review = pl.col("outcome") == Outcome.REVIEW.value
    return RunFigures(
        on=areas[0].on,
        version=version,
        files=tuple(files),
        rows=count_rows(results, of_area=None),
        rejections=tally.rejections(results.rejected, vocabulary=vocabulary),
        outside=tally.outside(results.decisions, results.clients),
        warnings=tally.codes(
            results.warnings.select("file", "row", "code"),
            short_names(WARNINGS, vocabulary.warnings),
        ),
        changes=changes,
        areas=tuple(areas),
        review_without_area=results.decisions.filter(review & pl.col("area").is_null()).height,
    )


def count_rows(results: Results, *, of_area: pl.DataFrame | None) -> Rows:
    """Return where every row went, as one area sees it or (none) as the whole run does."""
    decided = results.decisions if of_area is None else of_area
    by_outcome = dict(decided.get_column("outcome").value_counts().iter_rows())
    counted = {
        outcome: by_outcome.get(outcome.value, 0)
        for outcome in (Outcome.NOT_ELIGIBLE, Outcome.REVIEW, Outcome.ELIGIBLE)
    }
    accepted = results.clients.height
    return Rows(
        read=results.read,
        rejected=results.rejected_rows,
        accepted=accepted,
        outside=accepted - sum(counted.values()),
        not_eligible=counted[Outcome.NOT_ELIGIBLE],
        review=counted[Outcome.REVIEW],
        eligible=counted[Outcome.ELIGIBLE],
    )


def _split(area: Area, results: Results, *, vocabulary: Vocabulary) -> SplitFigures:
    largest, least_possible = results.proofs.get(area.id, (0.0, 0.0))
    of_area = results.assignments.filter(pl.col("area") == area.id)
    bound = results.alternatives.join(of_area, on="client_id", how="semi")
    kept = pl.col("binds").is_in(list(results.binding))
    return SplitFigures(
        largest=largest,
        least_possible=least_possible,
        binds=tally.codes(bound.filter(kept).select("client_id", code="binds"), vocabulary.binds),
        notices=tuple(results.notices.get(area.id, ())),
    )


def _letters(results: Results, *, area: Area) -> LetterCounts:
    """Return the letters of an area; who has moved away may be due one, and is no member."""
    done = results.letters.filter(pl.col("area") == area.id)
    members = results.members.filter(pl.col("area") == area.id)
    already_sent = members.join(done, on="client_id", how="anti").height
    by_status = dict(done.get_column("status").value_counts().iter_rows())
    return LetterCounts(
        due=already_sent + done.height,
        written=by_status.get(LetterStatus.WRITTEN.value, 0),
        already_sent=already_sent,
        protected=by_status.get(LetterStatus.PROTECTED.value, 0),
        undeliverable=by_status.get(LetterStatus.UNDELIVERABLE.value, 0),
    )
