"""What each coach gets: a workbook of their clients and a calendar of first contacts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

import polars as pl

from kuntactl.domain.areas import Area
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import Language
from kuntactl.files.staging import Sink
from kuntactl.report.contacts_calendar import contacts_calendar
from kuntactl.report.vocabulary import Vocabulary
from kuntactl.report.workbook import coach_workbook
from kuntactl.workers.sharing import in_order

# Other processes are not worth their start for fewer: a workbook takes a tenth of a second.
_FEW = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One coach, and all that is shown to them."""

    coach: Coach
    area: Area
    rows: pl.DataFrame  # as ``workbook_rows`` gives them
    contacts: pl.DataFrame  # schema FirstContacts
    vocabulary: Vocabulary
    language: Language
    on: date


def put_coach_files(sink: Sink, desks: Sequence[Desk], *, workers: int) -> None:
    """Stage the workbook and the calendar of each coach, in the order of the desks.

    The bytes are the same whatever the number of workers.

    Args:
        sink: Takes the files.
        desks: One a coach.
        workers: Processes that make them.
    """
    made = in_order(files_of_coach, desks, workers=workers if len(desks) > _FEW else 1)
    for desk, (book, calendar) in zip(desks, made, strict=True):
        folder = PurePosixPath(desk.area.id) / "coaches"
        sink.put(folder / f"{desk.coach.id}.xlsx", book)
        sink.put(folder / f"{desk.coach.id}.ics", calendar)


def files_of_coach(desk: Desk) -> tuple[bytes, bytes]:
    """Return the coach's workbook and calendar."""
    book = coach_workbook(
        desk.coach,
        desk.rows,
        area=desk.area,
        vocabulary=desk.vocabulary,
        language=desk.language,
        on=desk.on,
    )
    to_come = desk.contacts.filter(pl.col("day") >= desk.on)
    return book, contacts_calendar(to_come, language=desk.language)


def parted(frame: pl.DataFrame, coaches: Sequence[Coach]) -> Iterator[pl.DataFrame]:
    """Yield the rows of each coach, in their order; ``coach_id`` tells whose they are."""
    of_coach = frame.partition_by("coach_id", as_dict=True, maintain_order=True)
    none = frame.clear()
    return (of_coach.get((coach.id,), none) for coach in coaches)
