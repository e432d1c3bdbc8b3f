"""The answers that people wrote into ``review.csv``, when it comes back."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from kuntactl.domain.schema import Answers
from kuntactl.files.tables import as_typed
from kuntactl.ingest.columns import ANSWER_COLUMNS
from kuntactl.ingest.handed_in import name_of
from kuntactl.ingest.lines import Line, broken_lines, refuse_faults, whole_lines
from kuntactl.ingest.shape import Shape
from kuntactl.ingest.source import read_table
from kuntactl.ingest.values import NO, YES
from kuntactl.locale import Phrase, phrase

# In any text: whether the day or the check character is right does not matter here.
IDENTITY_CODE = re.compile(r"\b[0-9]{6}[-+YXWVUA-F][0-9]{3}[0-9A-Y]\b")
# The forms of a flag, as in an export.
BELONGS = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)

_SCHEMA = {
    "client_id": pl.String,
    "belongs": pl.Boolean,
    "who": pl.String,
    "reason": pl.String,
    "area": pl.String,
}


def read_answers(path: Path) -> pl.DataFrame:
    """Return the answers in the file.

    Args:
        path: ``review.csv`` as we wrote it or as a spreadsheet saved it, in any dialect of an
            export. A row with a blank ``kuuluu`` is not an answer.

    Returns:
        ``domain.schema.Answers``, in file order.

    Raises:
        InputError: If the file cannot be read, or an answer is not K or E, lacks who or why
            or holds an identity code, or a client is answered for twice; every fault is named
            with its row.
    """
    table = read_table(path, Shape(columns=ANSWER_COLUMNS, may_be_empty=True))
    answered = [line for line in whole_lines(table) if line.cells["kuuluu"]]
    refuse_faults(
        name_of(path),
        [*broken_lines(table), *_faults(answered), *_doubles(answered)],
        hint=phrase("mend these rows; no answer was taken over"),
    )
    return Answers.validate(
        pl.DataFrame(
            [
                {
                    "client_id": _number(line),
                    "belongs": BELONGS[line.cells["kuuluu"].lower()],
                    "who": line.cells["kuka"],
                    "reason": line.cells["peruste"],
                    "area": line.cells["area"] or None,
                }
                for line in answered
            ],
            schema=_SCHEMA,
        )
    )


def _number(line: Line) -> str:
    return as_typed(line.cells["client_id"])


def _faults(answered: Sequence[Line]) -> Iterator[tuple[int, Phrase]]:
    for line in answered:
        if line.cells["kuuluu"].lower() not in BELONGS:
            yield line.row, phrase("`kuuluu` is neither K (yes) nor E (no)")
        for column in ("client_id", "kuka", "peruste"):
            if not line.cells[column]:
                yield line.row, phrase("`{column}` is blank", column=column)
        for column in ("kuka", "peruste"):
            if IDENTITY_CODE.search(line.cells[column].upper()):
                yield (
                    line.row,
                    phrase(
                        "`{column}` holds an identity code: the register must not", column=column
                    ),
                )


def _doubles(answered: Sequence[Line]) -> Iterator[tuple[int, Phrase]]:
    # The rows tell which client it is: a client number is personal, and stderr is kept.
    rows: dict[str, list[int]] = {}
    for line in answered:
        rows.setdefault(_number(line), []).append(line.row)
    for number, (first, *more) in rows.items():
        for row in more if number else ():
            yield row, phrase("its client is answered for in row {first} as well", first=first)
