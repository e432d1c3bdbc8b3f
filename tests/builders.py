"""Small exports made for one test: rows with sensible defaults, changed where it matters."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import openpyxl

CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_SIGNS = {18: "+", 19: "-", 20: "A"}


def identity_code(born: date, number: int = 900, sign: str | None = None) -> str:
    """Return the identity code of an artificial person (number 900-999)."""
    sign = sign or _SIGNS[born.year // 100]
    day = f"{born:%d%m}{born.year % 100:02}"
    check = CHECK_CHARACTERS[int(f"{day}{number:03}") % len(CHECK_CHARACTERS)]
    return f"{day}{sign}{number:03}{check}"


def client_row(**changes: str) -> dict[str, str]:
    """Return one row of an export: a client of Porvoo, 25 years old on 1.3.2021, unemployed.

    Without an ``asiakasnumero`` it is A1; the identity code's number follows the digits of
    the client number, so that two clients have two codes.
    """
    client = changes.get("asiakasnumero", "A1")
    serial = 900 + int("".join(filter(str.isdigit, client)) or 0) % 100
    row = {
        "asiakasnumero": client,
        "henkilotunnus": identity_code(date(1995, 6, 1), serial),
        "sukunimi": "Esimerkki",
        "etunimet": "Aino Maria",
        "syntymaaika": "",
        "aidinkieli": "fi",
        "asiointikieli": "",
        "kansalaisuus": "",
        "kotikunta": "638",
        "lahiosoite": "Esimerkkikatu 1 A 2",
        "postinumero": "06100",
        "postitoimipaikka": "PORVOO",
        "osoitelisa": "",
        "maa": "",
        "turvakielto": "E",
        "yhteysosoite": "",
        "tyollisyyskoodi": "02",
        "tyonhaku_alkoi": "1.2.2021",
        "tyonhaku_paattyi": "",
        "tyottomyys_alkoi": "1.2.2021",
        "etuus": "03",
        "ansiopaivarahaoikeus": "",
        "tyomarkkinatukipaivat": "20",
        "palvelulinja": "01",
        "te_toimisto": "0201",
        "vastuuvirkailija": "V1",
        "sahkoposti": "",
        "puhelin": "",
    }
    unknown = set(changes) - set(row)
    if unknown:
        raise KeyError(f"no such column: {', '.join(sorted(unknown))}")
    return row | changes


def csv_export(
    rows: Sequence[Mapping[str, str]],
    *,
    delimiter: str = ";",
    encoding: str = "utf-8-sig",
    line_end: str = "\r\n",
    header: Iterable[str] | None = None,
) -> bytes:
    """Return the rows as a CSV file, by default as a Finnish spreadsheet writes it."""
    names = list(rows[0] if header is None else header)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return out.getvalue().encode(encoding)


def xlsx_export(
    rows: Sequence[Mapping[str, object]],
    *,
    above: Sequence[Sequence[object]] = (),
    hidden: str | None = None,
) -> bytes:
    """Return the rows as a workbook, each value as the kind of cell that it is.

    Args:
        rows: By column; the first says the headers.
        above: Rows above the header.
        hidden: Name of a hidden sheet that comes before the one with the rows.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Vienti"
    for row in (*above, list(rows[0]), *(list(row.values()) for row in rows)):
        sheet.append(row)
    if hidden is not None:
        book.create_sheet(hidden, 0).append(["asiakasnumero", "etuus"])
        book.worksheets[0].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
