"""Whose letters are due in a run, and what they are made from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl

from kuntactl.assignment.allocate import Assignment, Terms, assign
from kuntactl.assignment.first_contacts import plan_first_contacts
from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import Outcome
from kuntactl.eligibility.decide import fingerprints
from kuntactl.eligibility.explain import ground_words
from kuntactl.letters.letter import LetterFacts
from kuntactl.locale import phrase
from kuntactl.pipeline.assign import staff_of
from kuntactl.pipeline.assignments import overloads, say_notices
from kuntactl.pipeline.decided import Decided, decide_by_rule, refuse_without_letters
from kuntactl.pipeline.desk import Desk, Input, open_desk
from kuntactl.pipeline.drift import Drift, drift_of
from kuntactl.pipeline.evidence import refuse_strangers
from kuntactl.pipeline.handed_back import (
    answers_of,
    refuse_unread_answers,
    refuse_unread_corrections,
)
from kuntactl.pipeline.homes import homes_of
from kuntactl.pipeline.idle import not_searching
from kuntactl.pipeline.order import RunOrder
from kuntactl.pipeline.request import Request, Stopwatch, Talk
from kuntactl.pipeline.totals import Compared, compare_totals
from kuntactl.register.store import Reconciled, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What a run knows before it writes the first letter."""

    decided: Decided
    totals: Compared
    drift: Drift
    coaches: tuple[Coach, ...]
    reconciled: Reconciled
    assignment: Assignment
    contacts: pl.DataFrame  # domain.schema.FirstContacts
    letters: pl.DataFrame  # domain.schema.LettersDue
    facts: LetterFacts


@contextmanager
def at_the_desk(
    request: Request, order: RunOrder, *, watch: Stopwatch, talk: Talk
) -> Iterator[tuple[Desk, Due]]:
    """Yield what a run works with and whose letters are due; keep none of it.

    Args:
        request: The exports, the day, the areas and rules, the answers of a person.
        order: The coaches, the folder, the register, the letters. In a dry run the register is
            a copy, and the folder is not touched.
        watch: Measures the stages.
        talk: Hears how far the run is.

    Raises:
        InputError: If an export, the coaches or the answers are missing, unreadable or wrong,
            or a control total is off.
        SettingsError: If an area, rule set, template or day does not fit.
        RegisterError: If the register cannot be opened, read or written.
        RegisterBusyError: If another run holds the register.
        DeliveryError: If the folder cannot be written.
    """
    answers = answers_of(request, beside=order.split.files)
    refuse_unread_answers(order.out, answers)
    decided = decide_by_rule(request, watch=watch, after_intake=True)
    refuse_without_letters(decided.chosen)
    refuse_unread_corrections(order.out, decided.ingested)
    decided.rows()  # stops here if a row is lost, before anybody is written to
    coaches, ties = staff_of(order.split, decided, request=request, talk=talk)
    with open_desk(
        request, order, command="run", inputs=_inputs(decided), watch=watch, talk=talk
    ) as desk:
        with watch.measure("register"):
            desk.register.remember_ties(ties)
            terms = Terms(
                resting=not_searching(decided.decisions),
                ties=desk.register.ties(),
                max_moves=order.split.max_moves,
                workers=order.split.workers,
            )
        yield desk, _find_due(desk, decided, coaches, answers, terms=terms)


def _inputs(decided: Decided) -> list[Input]:
    """Return the files of the run, each with the area that most of its rows are about."""
    areas = decided.ingested.accepted.select("file", "client_id").join(
        decided.decisions.filter(pl.col("area").is_not_null()), on="client_id"
    )
    most = (
        areas.group_by("file", "area")
        .len()
        .sort("len", "area", descending=[True, False])
        .unique("file", keep="first", maintain_order=True)
    )
    office = dict(most.select("file", "area").iter_rows())
    return [
        Input(name=file.name, sha256=file.sha256, office=office.get(file.name))
        for file in decided.ingested.inputs
    ]


def _find_due(
    desk: Desk,
    decided: Decided,
    coaches: tuple[Coach, ...],
    answers: pl.DataFrame,
    *,
    terms: Terms,
) -> Due:
    """Take every step from decisions to the letters that are due."""
    with desk.watch.measure("register"):
        decided = with_answers_of_people(desk.register, decided, answers)
    totals = compare_totals(decided, request=desk.request)
    drift = drift_of(decided, request=desk.request, runs=desk.register.runs_before())
    every_area = load_areas(desk.request.own.areas).values()
    with desk.watch.measure("register"):
        reconciled = desk.register.reconcile(
            decided.decisions,
            homes_of(decided.ingested.accepted, areas=every_area, on=desk.request.on),
            areas={choice.area.id: choice.takes_new for choice in decided.chosen},
        )
    with desk.watch.measure("assign") as counts:
        counts |= {"members": reconciled.members.height, "coaches": len(coaches)}
        assignment = assign(
            reconciled.members,
            decided.ingested.accepted,
            coaches,
            areas=decided.areas(),
            on=desk.request.on,
            terms=terms,
        )
        contacts = plan_first_contacts(
            assignment.frame,
            decided.ingested.accepted,
            coaches,
            held=reconciled.members,
            planned=desk.register.first_contacts(decided.areas()),
            on=desk.request.on,
        )
    say_notices(assignment, desk.talk)
    for overload in overloads(contacts, on=desk.request.on):
        desk.talk.say(phrase("warning: {overload}", overload=overload))
    with desk.watch.measure("register"):
        desk.register.remember_coaches(assignment.frame, contacts=contacts)
        letters = desk.register.letters_due(decided.decisions, areas=decided.areas())
    refuse_strangers(letters, target=desk.order.out, register=desk.register.name)
    return Due(
        decided=decided,
        totals=totals,
        drift=drift,
        coaches=coaches,
        reconciled=reconciled,
        assignment=assignment,
        contacts=contacts,
        letters=letters,
        facts=_letter_facts(desk, decided, coaches, reconciled, assignment),
    )


def with_answers_of_people(register: Register, decided: Decided, answers: pl.DataFrame) -> Decided:
    """Apply the answers handed in, and those remembered whose facts are still the same."""
    in_review = decided.decisions.filter(pl.col("outcome") == Outcome.REVIEW.value)
    known = fingerprints(
        decided.ingested.accepted.join(in_review, on="client_id", how="semi"), decided.chosen
    )
    remembered = register.answers(known)
    older = remembered.join(answers, on="client_id", how="anti")
    applied = decided.with_answers(pl.concat([answers, older]))
    register.remember_answers(answers.join(applied.unapplied, on="client_id", how="anti"), known)
    return applied


def _letter_facts(
    desk: Desk,
    decided: Decided,
    coaches: tuple[Coach, ...],
    reconciled: Reconciled,
    assignment: Assignment,
) -> LetterFacts:
    return LetterFacts(
        clients=decided.ingested.accepted,
        members=reconciled.members,
        assignments=assignment.frame,
        coaches=coaches,
        areas={**load_areas(desk.request.own.areas), **decided.areas()},  # one may leave for any
        ground_words=ground_words(decided.chosen),
        on=desk.request.on,
        letter_date=desk.letter_date,
        language=desk.request.language,
        templates=desk.order.templates,
    )
