"""Who has which coach, as numbers, lists and workbooks (CONTRACT section 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import polars as pl

from kuntactl.assignment.allocate import Assignment
from kuntactl.assignment.alternatives import Price
from kuntactl.assignment.explain import Reason
from kuntactl.assignment.problem import SWEDISH
from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import Language
from kuntactl.files.staging import Sink
from kuntactl.files.tables import write_table
from kuntactl.locale import Phrase, counted, phrase, worded
from kuntactl.pipeline.coach_files import Desk, parted, put_coach_files
from kuntactl.pipeline.decided import Decided
from kuntactl.pipeline.lists import areas_with_a_folder
from kuntactl.pipeline.request import Request, Talk
from kuntactl.pipeline.words import vocabulary_of
from kuntactl.report.caseload import workbook_rows
from kuntactl.report.lists import first_contacts_list
from kuntactl.report.split_list import assignments_list
from kuntactl.report.tally import staffing
from kuntactl.report.team_book import team_workbook
from kuntactl.report.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Who has which coach, and when they first meet."""

    assignment: Assignment
    contacts: pl.DataFrame  # schema FirstContacts
    coaches: Sequence[Coach]
    grounds: pl.DataFrame  # client_id and grounds, of members or of decisions


def say_notices(assignment: Assignment, talk: Talk) -> None:
    """Say what is wrong or missing in the staff, one sentence a line."""
    for one in assignment.notices:
        talk.say(
            phrase(
                "warning: {area}: {what}",
                area=one.area,
                what=worded(one.words.in_every_language()),
            )
        )


def facts_of_assigning(assignment: Assignment, *, language: Language) -> dict[str, Any]:
    """Return how many got a coach, and how far the loads are from the best possible.

    Args:
        assignment: The split.
        language: Of the notices.
    """
    placed = int(assignment.frame.get_column("coach_id").is_not_null().sum())
    return {
        "assigned": placed,
        "unassigned": assignment.frame.height - placed,
        "light_lane": assignment.frame.filter(needs_no_coach()).height,
        "moves": assignment.moves.height,
        "notices": [
            {"area": one.area, "code": one.code.value, "text": one.words.in_language(language)}
            for one in assignment.notices
        ],
        "load_gap": {str(area): round(gap, 4) for area, gap in assignment.gaps.items()},
        "load": {
            str(area): {"largest": round(proof.top, 4), "least_possible": round(proof.bound, 4)}
            for area, proof in assignment.proofs.items()
        },
    }


def needs_no_coach() -> pl.Expr:
    """Return whether an assignment is of a client in the light lane."""
    return pl.col("why").list.contains(Reason.LIGHT_LANE.value)


def facts_of_contacts(contacts: pl.DataFrame, *, on: date) -> dict[str, Any]:
    """Return how many first contacts were planned on the day, and how many of them come late."""
    new = contacts.filter(pl.col("planned_on") == on)
    late = new.filter(pl.col("day") > pl.col("last_day"))
    return {"first_contacts": {"planned": new.height, "late": late.height}}


def overloads(contacts: pl.DataFrame, *, on: date) -> list[Phrase]:
    """Return a sentence for each area in which first contacts of the day do not fit in time."""
    late = pl.col("day") > pl.col("last_day")
    of_areas = (
        contacts.filter(pl.col("planned_on") == on)
        .group_by("area")
        .agg(pl.len().alias("count"), late.sum().alias("late"), pl.col("day").max().alias("last"))
        .filter(pl.col("late") > 0)
        .sort("area")
    )
    return [
        counted(
            "{area}: {count} of {number} first contacts does not fit in time, "
            "the last one is on {last}",
            "{area}: {count} of {number} first contacts do not fit in time, "
            "the last one is on {last}",
            late,
            area=area,
            number=count,
            last=last,
        )
        for area, count, late, last in of_areas.iter_rows()
    ]


def put_assignments(
    sink: Sink, split: Split, *, decided: Decided, request: Request, workers: int
) -> None:
    """Stage each area's lists of assignments and loads, each coach's workbook and calendar.

    The files of a coach who is no longer in the list are removed.

    Args:
        sink: Takes the files.
        split: Who has which coach, and when they first meet.
        decided: The clients and the chosen areas.
        request: The language and the day.
        workers: Processes that make workbooks.
    """
    clients = decided.ingested.accepted
    frame = shown_assignments(split.assignment.frame, clients=clients)
    shown = _Shown(
        assignments=frame,
        alternatives=shown_alternatives(
            split.assignment.alternatives, clients=clients, coaches=split.coaches
        ),
        rows=workbook_rows(frame, clients=clients, grounds=split.grounds, contacts=split.contacts),
        vocabulary=vocabulary_of(decided.chosen),
    )
    areas = areas_with_a_folder(decided, request=request)
    for area in areas.values():
        own = [coach for coach in split.coaches if coach.area == area.id]
        retire_files_of_coaches(sink, area)
        _put_lists(sink, area, shown, split.contacts, own, request)
    seated = [coach for coach in split.coaches if coach.area in areas]
    desks = [
        Desk(
            coach=coach,
            area=areas[coach.area],
            rows=rows,
            contacts=contacts,
            vocabulary=shown.vocabulary,
            language=request.language,
            on=request.on,
        )
        for coach, rows, contacts in zip(
            seated, parted(shown.rows, seated), parted(split.contacts, seated), strict=True
        )
    ]
    put_coach_files(sink, desks, workers=workers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What lists and workbooks may show, of all areas."""

    assignments: pl.DataFrame  # schema Assignments
    alternatives: pl.DataFrame  # schema Alternatives
    rows: pl.DataFrame  # as ``workbook_rows`` gives them
    vocabulary: Vocabulary


def _put_lists(
    sink: Sink,
    area: Area,
    shown: _Shown,
    contacts: pl.DataFrame,
    coaches: Sequence[Coach],
    request: Request,
) -> None:
    """Stage what the leader of an area's coaches gets."""
    folder, language = PurePosixPath(area.id), request.language
    of_area = shown.assignments.filter(pl.col("area") == area.id)
    planned = contacts.filter(pl.col("area") == area.id)
    listed = assignments_list(
        of_area, shown.alternatives, vocabulary=shown.vocabulary, language=language
    )
    sink.put(folder / "assignments.csv", write_table(listed))
    sink.put(folder / "first_contacts.csv", write_table(first_contacts_list(planned)))
    loads = staffing(coaches, of_area, planned, on=request.on)
    book = team_workbook(loads, area=area, language=language, on=request.on)
    sink.put(folder / "loads.xlsx", book)


def shown_assignments(assignments: pl.DataFrame, *, clients: pl.DataFrame) -> pl.DataFrame:
    """Return the assignments without a reason that tells where a protected client lives.

    Swedish as a right tells it too, where one municipality of the area is bilingual and another
    is not. A line that had no other reason gets the one of all who have none.
    """
    protected = clients.filter("protected").get_column("client_id")
    told = pl.col("why").list.filter(~pl.element().is_in(_TELL_A_HOME))
    bare = (told.list.len() == 0) & pl.col("coach_id").is_not_null()
    return assignments.with_columns(
        pl.when(pl.col("client_id").is_in(protected.implode()))
        .then(pl.when(bare).then(pl.lit([Reason.BALANCE.value])).otherwise(told))
        .otherwise("why")
        .alias("why")
    )


_TELL_A_HOME = [Reason.MUNICIPALITY.value, Reason.SWEDISH.value]


def shown_alternatives(
    alternatives: pl.DataFrame, *, clients: pl.DataFrame, coaches: Sequence[Coach]
) -> pl.DataFrame:
    """Return the alternatives but for those of protected clients, where they tell a home.

    Who else could serve a client tells where they live, as soon as a coach serves in some
    municipalities only; of a Swedish speaker the price tells whether that is a bilingual one.
    """
    secret = clients.filter("protected")
    if not any(coach.municipalities for coach in coaches):
        secret = secret.filter(pl.col("service_language") == SWEDISH)
    return alternatives.join(secret, on="client_id", how="anti")


def shown_moves(moves: pl.DataFrame, *, clients: pl.DataFrame) -> pl.DataFrame:
    """Return the moves (schema Moves) without what tells where a protected client lives.

    What a move brings may be service in Swedish as a right, and what it costs may be that: both
    say that the home is in a bilingual municipality. ``gain`` is null for all of them, for a
    blank only where it is Swedish would say so, too.
    """
    is_secret = pl.col("client_id").is_in(clients.filter("protected")["client_id"].implode())
    told = pl.col("price").list.filter(pl.element() != Price.LOSES_SWEDISH.value)
    return moves.with_columns(
        gain=pl.when(~is_secret).then("gain"),
        price=pl.when(is_secret).then(told).otherwise("price"),
    )


def retire_files_of_coaches(sink: Sink, area: Area) -> None:
    """Let what an earlier run made for coaches and their leader go, sealed or not."""
    folder = PurePosixPath(area.id)
    for pattern in ("loads.xlsx*", "coaches/*.xlsx*", "coaches/*.ics*"):
        for old in sorted((sink.target / folder).glob(pattern)):
            sink.retire(folder / old.relative_to(sink.target / folder).as_posix())
