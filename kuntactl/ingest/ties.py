"""The ties file: clients who stay with a coach, and clients who never go to one."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import polars as pl

from kuntactl.domain.schema import Ties
from kuntactl.domain.types import REASONS_OF_TIES, TieKind
from kuntactl.files.tables import as_typed
from kuntactl.ingest.columns import TIE_COLUMNS
from kuntactl.ingest.handed_in import name_of
from kuntactl.ingest.lines import Line, broken_lines, refuse_faults, whole_lines
from kuntactl.ingest.shape import Shape
from kuntactl.ingest.source import read_table
from kuntactl.locale import Phrase, phrase

# As a Finnish or Swedish list says it, too.
_KINDS = {
    **{kind.value: kind for kind in TieKind},
    "pysyy": TieKind.PIN,
    "ei": TieKind.BAN,
    "vapaa": TieKind.FREE,
    "stannar": TieKind.PIN,
    "inte": TieKind.BAN,
    "fri": TieKind.FREE,
}


def read_ties(path: Path, *, coaches: Collection[str]) -> pl.DataFrame:
    """Return the ties in the file.

    Args:
        path: In any dialect of an export.
        coaches: The ids of all coaches in the coaches file.

    Returns:
        ``domain.schema.Ties``, by client number and coach.

    Raises:
        InputError: If the file cannot be read, or anything in it is wrong: every fault is
            named with its row. A tie that is misread would send somebody to a coach whom they
            must not meet.
    """
    table = read_table(path, Shape(columns=TIE_COLUMNS, may_be_empty=True))
    lines = whole_lines(table)
    refuse_faults(
        name_of(path),
        [
            *broken_lines(table),
            *(fault for line in lines for fault in _faults(line, coaches)),
            *_doubles(lines),
        ],
        hint=phrase("mend these rows; no tie was taken over"),
    )
    rows = [
        {
            "client_id": as_typed(line.cells["asiakasnumero"]),
            "coach_id": line.cells["valmentaja_id"],
            "kind": _KINDS[line.cells["laji"].lower()].value,
            "reason": line.cells["syy"].lower() or None,
        }
        for line in lines
    ]
    schema = {name: column.dtype for name, column in Ties.columns().items()}
    return Ties.validate(pl.DataFrame(rows, schema=schema).sort("client_id", "coach_id"))


def _faults(line: Line, coaches: Collection[str]) -> Iterator[tuple[int, Phrase]]:
    if not line.cells["asiakasnumero"]:
        yield line.row, phrase("`asiakasnumero` is blank")
    if line.cells["valmentaja_id"] not in coaches:
        yield (
            line.row,
            phrase(
                "`valmentaja_id`: no coach `{valmentaja_id}`",
                valmentaja_id=line.cells["valmentaja_id"],
            ),
        )
    kind = _KINDS.get(line.cells["laji"].lower())
    if kind is None:
        known = ", ".join(TieKind)
        yield (
            line.row,
            phrase("`laji`: `{laji}` is none of {known}", laji=line.cells["laji"], known=known),
        )
        return
    reasons = [reason.value for reason in REASONS_OF_TIES[kind]]
    if line.cells["syy"].lower() not in (reasons or [""]):
        wanted = phrase("one of {words}", words=reasons) if reasons else phrase("blank")
        yield (
            line.row,
            phrase("`syy` of a {kind} must be {wanted}", kind=kind.value, wanted=wanted),
        )


def _doubles(lines: Sequence[Line]) -> Iterator[tuple[int, Phrase]]:
    # The rows tell which client it is: a client number is personal, and stderr is kept.
    pairs: dict[tuple[str, str], int] = {}
    pins: dict[str, int] = {}
    for line in lines:
        number, coach = as_typed(line.cells["asiakasnumero"]), line.cells["valmentaja_id"]
        earlier = pairs.setdefault((number, coach), line.row)
        if earlier != line.row:
            yield (
                line.row,
                phrase(
                    "says again what row {earlier} says of the same client and coach",
                    earlier=earlier,
                ),
            )
        if _KINDS.get(line.cells["laji"].lower()) is TieKind.PIN:
            earlier = pins.setdefault(number, line.row)
            if earlier != line.row:
                yield (
                    line.row,
                    phrase(
                        "pins a client whom row {earlier} pins to another coach", earlier=earlier
                    ),
                )
