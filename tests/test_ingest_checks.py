"""Every reason to reject a row: a row that has it, and a neighbour that does not."""

from datetime import date
from pathlib import Path

import pytest
from builders import client_row, csv_export, identity_code
from ingesting import ON, codes, ingest_bytes, ingest_one, ingest_rows

from kuntactl.domain.types import Language
from kuntactl.ingest.checks import checks
from kuntactl.ingest.clients import ReadOptions

BORN = date(1995, 6, 1)
TOMORROW = identity_code(date(2021, 3, 2), 901)

# code, column, a cell that has the problem, a cell that has not, why the pair stands here
CASES = [
    ("client_id_missing", "asiakasnumero", " ", "1", "the number is the key"),
    ("identity_code_missing", "henkilotunnus", "", identity_code(BORN), "blank"),
    ("identity_code_invalid", "henkilotunnus", "010695-901X", identity_code(BORN, 901), "check"),
    ("identity_code_invalid", "henkilotunnus", "310695-901N", identity_code(BORN, 902), "day"),
    ("birth_date_conflict", "syntymaaika", "2.6.1995", "1.6.1995", "one day off"),
    ("birth_date_in_future", "henkilotunnus", TOMORROW, identity_code(ON, 901), "born tomorrow"),
    ("municipality_missing", "kotikunta", "\xa0", "638", "a hard space is a blank"),
    ("municipality_unknown", "kotikunta", "Atlantis", "Borgå", "Swedish names count"),
    ("municipality_unknown", "kotikunta", "0638", "49", "zeros are given back, not taken"),
    ("municipality_unknown", "kotikunta", "099", "588", "Honkajoki ended with 2020"),
    ("municipality_unknown", "kotikunta", "201", "200", "200 is abroad"),
    ("employment_code_unknown", "tyollisyyskoodi", "10", "9", "one digit is enough"),
    ("employment_code_unknown", "tyollisyyskoodi", "002", "02", "three digits are too many"),
    ("employment_code_unknown", "tyollisyyskoodi", "x", "z", "z is unknown"),
    ("date_invalid", "tyonhaku_alkoi", "11.11.2222", "1.1.1900", "no start is open"),
    ("date_invalid", "tyonhaku_alkoi", "29.2.2021", "29.2.2020", "a day that is not there"),
    ("date_invalid", "tyonhaku_paattyi", "1.13.2022", "11.11.2222", "an end may be open"),
    ("date_invalid", "tyonhaku_paattyi", "1/3/2022", "1.3.2022", "no slashes"),
    ("date_invalid", "tyottomyys_alkoi", "2021-3-1", "2021-03-01", "ISO has two digits"),
    ("date_invalid", "tyottomyys_alkoi", "11.11.2222", "", "no start is open"),
    ("date_invalid", "syntymaaika", "1.6.95", "01.06.1995", "which century?"),
    ("date_invalid", "syntymaaika", "0195-06-01", "1995-06-01", "nobody is that old"),
    ("number_invalid", "tyomarkkinatukipaivat", "-1", "0", "no days below none"),
    ("number_invalid", "tyomarkkinatukipaivat", "12,5", "1 200", "whole days"),
    ("number_invalid", "tyomarkkinatukipaivat", "99999999999", "99999", "a slip of the pen"),
    ("flag_invalid", "turvakielto", "", "E", "blank is never no"),
    ("flag_invalid", "turvakielto", "ehkä", "Kyllä", "perhaps is no answer"),
    ("flag_invalid", "ansiopaivarahaoikeus", "?", "", "blank is unknown here"),
    ("flag_invalid", "ansiopaivarahaoikeus", "2", "1", "one or nought"),
    ("benefit_unknown", "etuus", "05", "06", "there is no 05"),
    ("benefit_unknown", "etuus", "8", "7", "one digit is enough"),
    ("language_unknown", "aidinkieli", "xx", "SMS", "Skolt Sámi, in capitals"),
    ("language_unknown", "aidinkieli", "und", "99", "unknown is 99"),
    ("language_unknown", "aidinkieli", "97", "98", "another is 98"),
    ("language_unknown", "asiointikieli", "en", "SV", "services are in fi or sv"),
    ("citizenship_unknown", "kansalaisuus", "FI", "246", "three digits"),
    ("citizenship_unknown", "kansalaisuus", "247", "810", "the Soviet Union had 810"),
    ("citizenship_unknown", "kansalaisuus", "2460", "998", "900-999 are the register's own"),
    ("service_line_unknown", "palvelulinja", "06", "5", "00-05"),
]


@pytest.mark.parametrize(
    ("code", "column", "wrong", "right", "why"),
    CASES,
    ids=[f"{case[0]}-{case[1]}-{case[4]}" for case in CASES],
)
def test_a_wrong_cell_rejects_its_row_and_a_right_one_does_not(
    tmp_path: Path, code: str, column: str, wrong: str, right: str, why: str
) -> None:
    """Each code catches what it names and nothing beside it."""
    caught = ingest_one(tmp_path, **{column: wrong})
    passed = ingest_one(tmp_path, **{column: right})

    assert code in codes(caught), why
    assert codes(passed) == [], why
    assert passed.accepted.height == 1


def test_only_both_names_blank_is_a_missing_name(tmp_path: Path) -> None:
    """Some people have one name only; they get their letter like the others."""
    none = ingest_one(tmp_path, sukunimi=" ", etunimet="")
    first = ingest_one(tmp_path, sukunimi="")
    last = ingest_one(tmp_path, etunimet="")

    assert codes(none) == ["name_missing"]
    assert (codes(first), codes(last)) == ([], [])


def test_a_blank_municipality_is_unknown_from_march_2023(tmp_path: Path) -> None:
    """Holders of temporary protection have none; from that day a person looks at them."""
    before = ingest_one(tmp_path, kotikunta="", on=date(2023, 2, 28))
    after = ingest_one(tmp_path, kotikunta="", on=date(2023, 3, 1))

    assert codes(before) == ["municipality_missing"]
    assert after.accepted["municipality"].to_list() == [None]


@pytest.mark.parametrize(
    ("municipality", "year", "known"),
    [
        ("911", 2019, True),
        ("911", 2020, False),
        ("Honkajoki", 2020, True),
        ("Honkajoki", 2021, False),
        ("588", 2024, True),
        ("Pertunmaa", 2025, False),
    ],
)
def test_municipalities_of_the_decision_year_count(
    tmp_path: Path, municipality: str, year: int, *, known: bool
) -> None:
    """A municipality that has been merged away is nobody's home any more."""
    result = ingest_one(tmp_path, kotikunta=municipality, on=date(year, 6, 1))

    assert (codes(result) == []) is known


def test_artificial_codes_are_counted_or_rejected(tmp_path: Path) -> None:
    """Training data pass by default; a run on real people may refuse them."""
    export = csv_export([client_row(), client_row(asiakasnumero="A2")])

    counted = ingest_bytes(tmp_path, export)
    refused = ingest_bytes(tmp_path, export, options=ReadOptions(reject_artificial=True))

    assert (counted.artificial, counted.rows_rejected) == (2, 0)
    assert codes(refused) == ["identity_code_artificial"] * 2
    assert refused.artificial == 0


def test_a_row_with_several_problems_has_a_line_for_each(tmp_path: Path) -> None:
    """The office mends a row once, not once a problem; the row counts once."""
    result = ingest_rows(
        tmp_path,
        client_row(kotikunta="", etuus="05", turvakielto="", asiakasnumero="A9"),
        client_row(asiakasnumero="A2"),
    )

    assert list(
        result.rejected.select("row", "client_id", "column", "value", "code").iter_rows()
    ) == [
        (2, "A9", "kotikunta", None, "municipality_missing"),
        (2, "A9", "turvakielto", None, "flag_invalid"),
        (2, "A9", "etuus", "05", "benefit_unknown"),
    ]
    assert (result.rows_read, result.rows_rejected, result.accepted.height) == (2, 1, 1)


def test_the_original_value_is_shown_as_it_stood(tmp_path: Path) -> None:
    """Whoever mends the row must find the cell again."""
    result = ingest_one(tmp_path, tyonhaku_alkoi=" 31.2.2021 ")

    assert result.rejected["value"].to_list() == [" 31.2.2021 "]


@pytest.mark.parametrize("language", list(Language))
def test_every_check_speaks_every_language(language: Language) -> None:
    """A message that is missing in Swedish would be found by a Swedish-speaking official."""
    table = checks(on=ON, reject_artificial=True)
    texts = [check.message.in_language(language) for check in table]

    assert all(texts)
    assert not [text for text in texts if text[0].isupper() or text.endswith(".")]
