"""An export of the same artificial clients some time later: what became of each, seeded."""

from collections.abc import Callable, Mapping
from datetime import date

from kuntactl.domain.municipalities import municipalities_of
from kuntactl.domain.types import MunicipalityCode
from kuntactl.sample.addresses import neighbours
from kuntactl.sample.dialects import write_rows
from kuntactl.sample.draw import Draw
from kuntactl.sample.exports import COLUMNS, SampleOrder, sample_rows
from kuntactl.sample.faults import Cells

_WORKING, _UNEMPLOYED = "01", "02"
_MOST_DAYS_AGO = 400  # since the search ended
_SUPPORT_DAYS_A_YEAR = 250

# what became of a client -> how often; an assumption, made so that each can be seen
_FATES: Mapping[str, float] = {
    "stayed": 46,
    "found_work": 30,
    "new_street": 9,
    "left_town": 6,
    "vanished": 5,
    "protected": 2,
    "no_street": 1,
    "unreadable": 1,
}


def later_export(order: SampleOrder, *, on: date, seed: int) -> bytes:
    """Return the clients of an order as they stand on a later day, without its faulty rows.

    Some have found work, moved in town or out of it, come under non-disclosure or vanished;
    one in a hundred has no street, and one a row that cannot be trusted.

    Args:
        order: Of the first export.
        on: The later day.
        seed: Of what became of them; the same order, day and seed give the same bytes.
    """
    draw = Draw(seed)
    rows = []
    for row in sample_rows(order):
        fate = draw.by_weight(_FATES)
        aged = _years_later(row, years=(on - order.on).days / 365.25)
        if fate != "vanished":
            rows.append(_CHANGES[fate](aged, draw, on) if fate in _CHANGES else aged)
    return write_rows(rows, COLUMNS, order.dialect)


def _years_later(row: Cells, *, years: float) -> Cells:
    days = row["tyomarkkinatukipaivat"]
    if not isinstance(days, int) or row["tyollisyyskoodi"] != _UNEMPLOYED:
        return row
    return row | {"tyomarkkinatukipaivat": days + round(years * _SUPPORT_DAYS_A_YEAR)}


def _found_work(row: Cells, draw: Draw, on: date) -> Cells:
    ended = draw.day_before(on, within=_MOST_DAYS_AGO)
    begun = row["tyonhaku_alkoi"]
    if isinstance(begun, date) and begun > ended:
        ended = begun
    return row | {
        "tyollisyyskoodi": _WORKING,
        "tyonhaku_paattyi": ended,
        "tyottomyys_alkoi": None,
        "etuus": "04",
    }


def _new_street(row: Cells, draw: Draw, on: date) -> Cells:
    del on
    street = row["lahiosoite"]
    if not isinstance(street, str):
        return row
    return row | {"lahiosoite": f"Uusikatu {draw.below(40) + 1} A {draw.below(20) + 1}"}


def _left_town(row: Cells, draw: Draw, on: date) -> Cells:
    """Let the client move to a neighbouring municipality, and take the postal address along."""
    known = municipalities_of(on.year)
    home = MunicipalityCode(str(row["kotikunta"]))
    near = [code for code in neighbours(frozenset({home})) if code in known]
    return row | {"kotikunta": draw.one_of(near)} if near else row


def _protected(row: Cells, draw: Draw, on: date) -> Cells:
    del draw, on
    return row | {"turvakielto": "K"}


def _no_street(row: Cells, draw: Draw, on: date) -> Cells:
    del draw, on
    return row | {"lahiosoite": None, "yhteysosoite": None}


def _unreadable(row: Cells, draw: Draw, on: date) -> Cells:
    del draw, on
    return row | {"tyollisyyskoodi": "77"}


_CHANGES: Mapping[str, Callable[[Cells, Draw, date], Cells]] = {
    "found_work": _found_work,
    "new_street": _new_street,
    "left_town": _left_town,
    "protected": _protected,
    "no_street": _no_street,
    "unreadable": _unreadable,
}
