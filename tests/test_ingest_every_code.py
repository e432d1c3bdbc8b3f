"""Every code of rejected.csv has a row that gets it, and a neighbour that does not."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from builders import client_row, csv_export, identity_code
from ingesting import ON, ingest_bytes

from kuntactl.domain.types import Language
from kuntactl.ingest.checks import checks
from kuntactl.ingest.clients import ReadOptions
from kuntactl.report.short import REJECTIONS

# The codes that CONTRACT section 2 names: users' scripts wait for them.
CONTRACT = {
    *("row_ragged", "bytes_undecodable", "client_id_missing", "client_id_conflict"),
    *("row_repeated", "name_missing", "identity_code_missing", "identity_code_invalid"),
    *("birth_date_conflict", "birth_date_in_future", "municipality_missing"),
    *("municipality_unknown", "employment_code_unknown", "date_invalid", "number_invalid"),
    *("flag_invalid", "benefit_unknown", "language_unknown", "citizenship_unknown"),
    *("service_line_unknown", "identity_code_artificial"),
}
OURS = {"client_id_in_exponent_form"}  # added: none of the contract's says what is wrong

TODAY = identity_code(ON, 901)
TOMORROW = identity_code(date(2021, 3, 2), 901)


def changed(wrong: dict[str, str], right: dict[str, str]) -> bytes:
    """Return an export whose first row has the wrong cells and whose second the right ones."""
    return csv_export(
        [
            client_row(asiakasnumero="A1") | wrong,
            client_row(asiakasnumero="A2") | right,
            client_row(asiakasnumero="A9"),
        ]
    )


def cell(column: str, wrong: str, right: str) -> bytes:
    """Return an export whose first row has a wrong cell and whose second a right one."""
    return changed({column: wrong}, {column: right})


def bytes_changed(change: Callable[[bytes], bytes]) -> bytes:
    """Return an export whose second line was damaged on its way."""
    lines = csv_export(
        [client_row(asiakasnumero=f"A{n}", sukunimi="Mäki") for n in (1, 2, 9)]
    ).split(b"\r\n")
    lines[1] = change(lines[1])
    return b"\r\n".join(lines)


def repeated() -> bytes:
    """Return an export whose last row is its first once more, but for space around a cell."""
    first = client_row()
    return csv_export([first, client_row(asiakasnumero="A2"), first | {"kotikunta": " 638 "}])


# code, the export, the rows that get it (the others get nothing), why the pair stands here
CASES = [
    ("row_ragged", bytes_changed(lambda row: row + b";x"), [2], "a cell too many"),
    ("row_ragged", bytes_changed(lambda row: row.rsplit(b";", 1)[0]), [2], "a cell too few"),
    ("row_ragged", bytes_changed(lambda row: row.replace(b"M", b'"M')), [2], "an open quote"),
    (
        "bytes_undecodable",
        bytes_changed(lambda row: row.replace("ä".encode(), b"\xe4")),
        [2],
        "another encoding",
    ),
    ("client_id_missing", cell("asiakasnumero", "", "0"), [2], "0 is a number"),
    (
        "client_id_in_exponent_form",
        cell("asiakasnumero", "3,3E+08", "330000000"),
        [2],
        "rounded by a spreadsheet",
    ),
    (
        "client_id_conflict",
        csv_export([client_row(), client_row(asiakasnumero="A2"), client_row(etuus="02")]),
        [2, 4],
        "all of them",
    ),
    (
        "client_id_conflict",
        csv_export([client_row(), client_row(), client_row(etuus="02")]),
        [2, 3, 4],
        "A, A, B are all in conflict",
    ),
    ("row_repeated", repeated(), [4], "the later one"),
    (
        "name_missing",
        changed({"sukunimi": "", "etunimet": " "}, {"sukunimi": ""}),
        [2],
        "both blank",
    ),
    ("identity_code_missing", cell("henkilotunnus", " ", TODAY), [2], "blank"),
    (
        "identity_code_invalid",
        cell("henkilotunnus", identity_code(ON, 902)[:-1] + "?", identity_code(ON, 902)),
        [2],
        "the check character",
    ),
    ("birth_date_conflict", cell("syntymaaika", "2.6.1995", "1.6.1995"), [2], "a day off"),
    ("birth_date_in_future", cell("henkilotunnus", TOMORROW, TODAY), [2], "born tomorrow"),
    ("municipality_missing", cell("kotikunta", "", "200"), [2], "abroad is somewhere"),
    ("municipality_unknown", cell("kotikunta", "099", "49"), [2], "a lost zero is given back"),
    ("employment_code_unknown", cell("tyollisyyskoodi", "10", "z"), [2], "z is unknown"),
    ("date_invalid", cell("tyonhaku_alkoi", "29.2.2021", "1.1.1900"), [2], "no such day"),
    ("number_invalid", cell("tyomarkkinatukipaivat", "1,5", "1 200"), [2], "whole days"),
    ("flag_invalid", cell("turvakielto", "", "Ei"), [2], "blank is never no"),
    ("flag_invalid", cell("ansiopaivarahaoikeus", "?", ""), [2], "blank is unknown here"),
    ("benefit_unknown", cell("etuus", "05", "6"), [2], "there is no 05"),
    ("language_unknown", cell("aidinkieli", "xx", "98"), [2], "98 is another"),
    ("language_unknown", cell("asiointikieli", "ru", "sv"), [2], "fi or sv"),
    ("citizenship_unknown", cell("kansalaisuus", "FI", "4"), [2], "4 is 004"),
    ("service_line_unknown", cell("palvelulinja", "6", "5"), [2], "00-05"),
]


@pytest.mark.parametrize(
    ("code", "export", "rows", "why"), CASES, ids=[f"{case[0]}-{case[3]}" for case in CASES]
)
def test_a_row_gets_the_code_and_its_neighbour_does_not(
    tmp_path: Path, code: str, export: bytes, rows: list[int], why: str
) -> None:
    """What is wrong with one row is said of it, and of no other."""
    result = ingest_bytes(tmp_path, export)

    got = result.rejected.filter(result.rejected["code"] == code)["row"].to_list()
    assert got == rows, why
    assert sorted({*result.rejected["row"], *result.accepted["row"]}) == [2, 3, 4]
    assert set(result.accepted["row"]) == {2, 3, 4} - set(rows)


def test_an_artificial_code_is_rejected_only_when_asked_and_a_real_one_never(
    tmp_path: Path,
) -> None:
    """A run on real people may refuse training data; 899 is the last number of a real person."""
    born = date(1995, 6, 1)
    export = csv_export(
        [
            client_row(henkilotunnus=identity_code(born, 900)),
            client_row(asiakasnumero="A2", henkilotunnus=_last_real_number(born)),
        ]
    )

    refused = ingest_bytes(tmp_path, export, options=ReadOptions(reject_artificial=True))
    accepted = ingest_bytes(tmp_path, export)

    assert refused.rejected.select("row", "code").rows() == [(2, "identity_code_artificial")]
    assert refused.accepted["row"].to_list() == [3]
    assert (accepted.rows_rejected, accepted.artificial) == (0, 1)


def _last_real_number(born: date) -> str:
    # Made here and written nowhere: a code of a real person stands in no file of ours.
    return identity_code(born, 899)


def test_the_table_covers_every_code() -> None:
    """A code without a row here could be given to anybody, or to nobody."""
    covered = {case[0] for case in CASES} | {"identity_code_artificial"}
    known = {check.code for check in checks(on=ON, reject_artificial=True)}

    assert covered == CONTRACT | OURS
    assert known | {"bytes_undecodable"} == CONTRACT | OURS
    assert set(REJECTIONS) == CONTRACT | OURS


@pytest.mark.parametrize("language", list(Language))
def test_every_reason_says_what_would_be_right(tmp_path: Path, language: Language) -> None:
    """Each code has its sentence in each language, and no two codes share one."""
    sentences: dict[str, set[str]] = {}
    for code, export, _, _ in CASES:
        found = ingest_bytes(tmp_path, export, language=language).rejected
        for message in found.filter(found["code"] == code)["message"]:
            sentences.setdefault(code, set()).add(message)

    every = [message for messages in sentences.values() for message in messages]
    assert len(every) == len(set(every))
    assert all(len(message) > len("puuttuu") for message in every)
