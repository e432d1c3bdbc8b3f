"""Exports and coaches for tests of whole commands, small enough to be laid out in seconds."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from builders import client_row, csv_export, identity_code

COACH_COLUMNS = (
    "valmentaja_id", "nimi", "alue", "puhelin", "sahkoposti", "toimipiste", "kunnat", "kielet",
    "tiimi", "tyoaikaosuus", "enintaan", "te_virkailija",
)  # fmt: skip
COACHES = (
    {"valmentaja_id": "p1", "nimi": "Pia Porvoolainen", "alue": "porvoo", "kielet": "fi,sv"},
    {"valmentaja_id": "p2", "nimi": "Paavo Porvoolainen", "alue": "porvoo", "kielet": "fi"},
    {"valmentaja_id": "s1", "nimi": "Saara Salolainen", "alue": "salo-marttila-koski"},
)

ORDINARY = client_row(asiakasnumero="A1")
SWEDISH = client_row(asiakasnumero="A2", aidinkieli="sv", asiointikieli="sv")
TO_REVIEW = client_row(
    asiakasnumero="A3",
    henkilotunnus=identity_code(date(1970, 1, 1), 903),
    etuus="04",
)
WRONG_CODE = client_row(asiakasnumero="A4", henkilotunnus="010190-999X")
PROTECTED = client_row(
    asiakasnumero="A5",
    turvakielto="K",
    lahiosoite="Salapolku 5",
    puhelin="000 5555555",
    yhteysosoite="PL 12, 06101 PORVOO",
)
NO_STREET = client_row(asiakasnumero="A6", lahiosoite="")
NOT_ELIGIBLE = client_row(
    asiakasnumero="A7",
    henkilotunnus=identity_code(date(1970, 1, 1), 907),
    ansiopaivarahaoikeus="K",
)
OUTSIDE = client_row(asiakasnumero="A8", kotikunta="018")
MOVER = client_row(asiakasnumero="A9")
LEAVER = client_row(asiakasnumero="A10")
NEWCOMER = client_row(asiakasnumero="A11", aidinkieli="ru", kansalaisuus="643")

FIRST_NIGHT = (
    ORDINARY,
    SWEDISH,
    TO_REVIEW,
    WRONG_CODE,
    PROTECTED,
    NO_STREET,
    NOT_ELIGIBLE,
    OUTSIDE,
    MOVER,
    LEAVER,
)
CHANGED_NIGHT = (
    # earnings-related right, over 30 by now: a member stays
    ORDINARY
    | {"ansiopaivarahaoikeus": "K", "henkilotunnus": identity_code(date(1990, 6, 1), 901)},
    SWEDISH,
    TO_REVIEW,
    WRONG_CODE,
    PROTECTED,
    NO_STREET,
    NOT_ELIGIBLE,
    OUTSIDE,
    MOVER | {"kotikunta": "734", "postinumero": "24100", "postitoimipaikka": "SALO"},
    LEAVER | {"kotikunta": "018"},
    NEWCOMER,
)
CORRECTED_NIGHT = (
    *CHANGED_NIGHT[:3],
    WRONG_CODE | {"henkilotunnus": identity_code(date(1995, 6, 1), 904)},
    CHANGED_NIGHT[4],
    NO_STREET | {"lahiosoite": "Löytynytkatu 3"},
    *CHANGED_NIGHT[6:],
)


def write_export(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """Write the rows as an export; return its path."""
    path.write_bytes(csv_export(rows))
    return path


def write_coaches(path: Path, coaches: Sequence[dict[str, str]] = COACHES) -> Path:
    """Write the coaches; return the path."""
    blank = dict.fromkeys(COACH_COLUMNS, "")
    path.write_bytes(csv_export([blank | coach for coach in coaches]))
    return path
