"""A shard of letters printed and put where its run collects it, by whichever process does it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from kuntactl.files.parcels import Outlet
from kuntactl.letters.press import PrintedShard, Shard, Task, print_shard
from kuntactl.letters.sheets import sheets_of

_FOLDER_OF_RUNS = "print"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelTask:
    """A shard to be printed, and where its files go."""

    task: Task
    outlet: Outlet | None  # none: the files are handed back
    durable: bool = False  # whether the disk is to hold the files before they are told of


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFile:
    """What is known of a letter that is printed."""

    letter_id: str
    pages: int
    sha256: str
    first_page: int  # in the print run of its shard, from 1
    stamped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardParcel:
    """A shard that is printed: in the outlet, or in memory."""

    letters: tuple[LetterFile, ...]  # in its order
    parcel: str | None  # its name in the outlet
    files: tuple[tuple[PurePosixPath, bytes], ...]  # those that are not in the outlet
    seconds: float  # for laying it out and printing it
    seconds_of_print_run: float  # of these


def make_parcel(wanted: ParcelTask) -> ShardParcel:
    """Print a shard, and put its files into the outlet if there is one.

    Raises:
        SettingsError: If a template is not there.
        LetterError: If a letter cannot be laid out; the message names it.
        DeliveryError: If a file cannot be written.
    """
    printed = print_shard(wanted.task)
    files = tuple(_files(wanted.task.shard, printed))
    return ShardParcel(
        letters=tuple(_letters(printed, sides=wanted.task.job.printing.sides)),
        parcel=wanted.outlet.put(files, durable=wanted.durable) if wanted.outlet else None,
        files=() if wanted.outlet else files,
        seconds=printed.seconds,
        seconds_of_print_run=printed.seconds_of_print_run,
    )


def print_run_of(shard: Shard) -> PurePosixPath | None:
    """Return where the print run of a shard goes, relative to the folder of the run."""
    return PurePosixPath(shard.area, _FOLDER_OF_RUNS, shard.bundle) if shard.bundle else None


def _files(shard: Shard, printed: PrintedShard) -> Iterator[tuple[PurePosixPath, bytes]]:
    for letter in printed.letters:
        yield shard.file_of(letter.letter_id), letter.pdf
    place = print_run_of(shard)
    if place and printed.print_run:
        yield place, printed.print_run


def _letters(printed: PrintedShard, *, sides: int) -> Iterator[LetterFile]:
    first_page = 1
    for letter in printed.letters:
        yield LetterFile(
            letter_id=letter.letter_id,
            pages=letter.pages,
            sha256=hashlib.sha256(letter.pdf).hexdigest(),
            first_page=first_page,
            stamped=letter.stamped,
        )
        first_page += sheets_of(letter.pages, sides=sides) * sides
