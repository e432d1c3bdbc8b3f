"""Frames of artificial clients for tests: say what matters, the rest is an ordinary client."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from kuntactl.domain.schema import Clients

_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"  # check characters of an identity code, by remainder

# An ordinary client in Porvoo: 40 years old, unemployed, a Finnish-speaking Finn whose right
# to earnings-related allowance is there, so that no ground of Act 1269/2020 holds.
ORDINARY: dict[str, Any] = {
    "file": "export.csv",
    "family_name": "Esimerkki",
    "given_names": "Aino Testi",
    "born": date(1981, 1, 15),
    "mother_tongue": "fi",
    "service_language": "fi",
    "citizenship": "246",
    "municipality": "638",
    "street": "Esimerkkikatu 1",
    "postal_code": "06100",
    "post_office": "PORVOO",
    "address_extra": None,
    "country": "FI",
    "protected": False,
    "contact_address": None,
    "employment_code": "02",
    "search_from": date(2021, 1, 4),
    "search_to": None,
    "search_open": True,
    "unemployed_from": date(2021, 1, 4),
    "benefit": "01",
    "earnings_right": True,
    "support_days": 0,
    "service_line": "01",
    "office_code": None,
    "officer_id": None,
    "email": None,
    "phone": None,
}


def clients(**columns: object) -> pl.DataFrame:
    """Return a frame with the schema ``Clients``, one row a value of the longest column.

    A column is a list with a value a row, or one value for all rows; columns that are not
    named are ordinary. Client numbers are A1, A2, … and identity codes follow the birth date.
    """
    rows = max((len(values) for values in columns.values() if _is_list(values)), default=1)
    given = {
        name: list(values) if _is_list(values) else [values] * rows
        for name, values in columns.items()
    }
    filled = {name: [value] * rows for name, value in ORDINARY.items()}
    filled |= {
        "row": list(range(2, rows + 2)),
        "client_id": [f"A{number}" for number in range(1, rows + 1)],
    }
    filled |= given
    if "identity_code" not in filled:
        filled["identity_code"] = [
            identity_code(born, number) for number, born in enumerate(filled["born"])
        ]
    frame = pl.DataFrame(filled, schema_overrides=_schema(filled), strict=True)
    return Clients.validate(frame.select(Clients.column_names()))


def client(**changes: object) -> pl.DataFrame:
    """Return a frame with one client, ordinary but for the changes."""
    return clients(**changes)


def identity_code(born: date, number: int = 0) -> str:
    """Return a valid artificial identity code: individual numbers 900 to 999 only."""
    sign = "+" if born.year < 1900 else "-" if born.year < 2000 else "A"
    day = f"{born:%d%m}{born.year % 100:02}"
    individual = 900 + number % 100
    return f"{day}{sign}{individual}{_SIGNS[int(f'{day}{individual}') % 31]}"


def _is_list(values: object) -> bool:
    return isinstance(values, Iterable) and not isinstance(values, str)


def _schema(columns: Iterable[str]) -> dict[str, pl.DataType]:
    types = Clients.create_empty().schema
    unknown = [name for name in columns if name not in types]
    assert not unknown, f"no such columns in Clients: {unknown}"
    return {name: types[name] for name in columns}
