"""Faults that make a row untrustworthy, one for each code under which rows are rejected."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kuntactl.domain.artificial import identity_code

Cell = str | int | date | None
Cells = dict[str, Cell]  # a row by column; one that lacks columns is cut short

UNDECODABLE = "\ue000"  # stands for a byte that the encoding does not have
_KEPT_WHEN_CUT = 7  # columns
_FUTURE = date(2058, 5, 17)
_INDIVIDUAL_NUMBER = 901


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One way to spoil a row; ``other`` is a sound row of the same export."""

    code: str  # as in rejected.csv
    spoil: Callable[[Cells, Cells], Cells]
    in_parquet: bool = True  # a typed file can hold it too
    rows: int = 1  # rejected for it: a conflict takes the other row too
    needs_other: bool = False


def _put(**cells: Cell) -> Callable[[Cells, Cells], Cells]:
    """Return the fault of holding those values."""
    return lambda row, _: row | cells


def _wrong_check_character(row: Cells, _: Cells) -> Cells:
    code = str(row["henkilotunnus"])
    return row | {"henkilotunnus": code[:-1] + ("A" if code[-1] != "A" else "B")}


def _other_birth_date(row: Cells, _: Cells) -> Cells:
    born = row["syntymaaika"]
    moved = born + timedelta(days=9) if isinstance(born, date) else None
    return row | {"syntymaaika": moved}


def _born_in_future(row: Cells, _: Cells) -> Cells:
    return row | {
        "syntymaaika": _FUTURE,
        "henkilotunnus": identity_code(_FUTURE, _INDIVIDUAL_NUMBER),
    }


def _undecodable(row: Cells, _: Cells) -> Cells:
    return row | {"sukunimi": f"{row['sukunimi']}{UNDECODABLE}"}


def _cut_short(row: Cells, _: Cells) -> Cells:
    return dict(list(row.items())[:_KEPT_WHEN_CUT])


FAULTS = (
    Fault(code="row_ragged", spoil=_cut_short, in_parquet=False),
    Fault(code="bytes_undecodable", spoil=_undecodable, in_parquet=False),
    Fault(code="client_id_missing", spoil=_put(asiakasnumero=None)),
    Fault(
        code="client_id_conflict",
        spoil=lambda row, other: row | {"asiakasnumero": other["asiakasnumero"]},
        rows=2,
        needs_other=True,
    ),
    Fault(code="row_repeated", spoil=lambda _, other: dict(other), needs_other=True),
    Fault(code="name_missing", spoil=_put(sukunimi=None, etunimet=None)),
    Fault(code="identity_code_missing", spoil=_put(henkilotunnus=None)),
    Fault(code="identity_code_invalid", spoil=_wrong_check_character),
    Fault(code="birth_date_conflict", spoil=_other_birth_date),
    Fault(code="birth_date_in_future", spoil=_born_in_future),
    Fault(code="municipality_missing", spoil=_put(kotikunta=None)),
    Fault(code="municipality_unknown", spoil=_put(kotikunta="997")),
    Fault(code="employment_code_unknown", spoil=_put(tyollisyyskoodi="11")),
    Fault(code="date_invalid", spoil=_put(tyonhaku_alkoi=date(2222, 11, 11))),
    Fault(code="number_invalid", spoil=_put(tyomarkkinatukipaivat="n. 300"), in_parquet=False),
    Fault(code="flag_invalid", spoil=_put(turvakielto=None)),
    Fault(code="benefit_unknown", spoil=_put(etuus="09")),
    Fault(code="language_unknown", spoil=_put(aidinkieli="xx")),
    Fault(code="citizenship_unknown", spoil=_put(kansalaisuus="SUO")),
    Fault(code="service_line_unknown", spoil=_put(palvelulinja="07")),
)
