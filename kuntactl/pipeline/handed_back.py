"""The lists that people filled in: taken in, and never written over unread."""

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from kuntactl.domain.schema import Answers
from kuntactl.errors import InputError
from kuntactl.ingest.answers import read_answers
from kuntactl.ingest.clients import Ingested
from kuntactl.ingest.corrections import read_corrections
from kuntactl.ingest.handed_in import refuse_stdin_twice
from kuntactl.locale import Phrase, phrase
from kuntactl.pipeline.request import Request

REVIEW_FILE = "review.csv"
REVIEW_BOOK = "review.xlsx"
REJECTED_BOOK = "rejected.xlsx"
CORRECTED_FILE = "corrections.csv"

_CELL = ("sha256", "row", "column")


def answers_of(request: Request, *, beside: Sequence[Path] = ()) -> pl.DataFrame:
    """Return the answers handed in with the request (schema Answers); none: an empty frame.

    They are what a command reads first, so it is here that it looks at all that it will read.

    Args:
        request: The answers, and what else is to be read.
        beside: Further files that the command reads.

    Raises:
        InputError: If the file is missing, unreadable or wrong, or two of all the files are
            standard input.
    """
    reviewed = () if request.reviewed is None else (request.reviewed,)
    refuse_stdin_twice([*request.exports, *request.corrections, *reviewed, *beside])
    return Answers.create_empty() if request.reviewed is None else read_answers(request.reviewed)


def corrections_of(request: Request) -> pl.DataFrame:
    """Return the corrections handed in with the request (schema Corrections).

    Raises:
        InputError: If a file is missing, unreadable or wrong.
    """
    return read_corrections(request.corrections)


def refuse_unread_answers(out: Path, answers: pl.DataFrame) -> None:
    """Stop if the folder's review list holds answers that were not handed in.

    The files are about to be written anew, and what somebody typed into them would be gone.

    Args:
        out: The folder of the run.
        answers: Those handed in with the request (schema Answers).

    Raises:
        InputError: If there are such answers, or a file cannot be read.
    """
    for name in (REVIEW_FILE, REVIEW_BOOK):
        _refuse(
            out / name,
            lambda path: read_answers(path).join(answers, on="client_id", how="anti").height,
            what=phrase("answers that were not handed in"),
            option="--reviewed",
        )


def refuse_unread_corrections(out: Path, ingested: Ingested) -> None:
    """Stop if the folder holds corrections that were not handed in.

    Those in ``rejected.xlsx`` were typed into a file that is about to be written anew. Those in
    ``corrections.csv`` were applied by an earlier run; if they are of the exports now given,
    leaving them out would reject the same rows once more.

    Args:
        out: The folder of the run.
        ingested: The exports as read, with the corrections handed in.

    Raises:
        InputError: If there are such corrections, or a file cannot be read.
    """
    handed_in = ingested.corrections
    given = [file.sha256 for file in ingested.inputs]

    def typed(path: Path) -> int:
        keys = (*_CELL, "corrected")
        found = read_corrections([path])
        return found.join(handed_in, on=keys, how="anti", nulls_equal=True).height

    def applied(path: Path) -> int:
        found = read_corrections([path]).filter(pl.col("sha256").is_in(given))
        return found.join(handed_in, on=_CELL, how="anti").height

    for name, count in ((REJECTED_BOOK, typed), (CORRECTED_FILE, applied)):
        _refuse(
            out / name,
            count,
            what=phrase("corrections that were not handed in"),
            option="--corrections",
        )


def _refuse(path: Path, count: Callable[[Path], int], *, what: Phrase, option: str) -> None:
    unread = count(path) if path.exists() else 0
    if unread:
        raise InputError(
            phrase(
                "{path}: {what}: {unread}",
                path=path,
                what=what,
                unread=unread,
            ),
            hint=phrase("add {option} {path}, or move the file away", option=option, path=path),
        )
