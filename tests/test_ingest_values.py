"""Blanks, spellings and sentinels of the export mean what the register means by them."""

from datetime import date
from pathlib import Path

import pytest
from ingesting import ingest_one

# column, cell, fact, its value, why
READ = [
    ("aidinkieli", "", "mother_tongue", "fi", "blank means Finnish, as in the register"),
    ("aidinkieli", "SV", "mother_tongue", "sv", "any case"),
    ("aidinkieli", "swe", "mother_tongue", "sv", "three letters of the same language"),
    ("aidinkieli", "sme", "mother_tongue", "se", "Northern Sámi by its three letters"),
    ("aidinkieli", "iw", "mother_tongue", "he", "a code withdrawn since"),
    ("aidinkieli", "98", "mother_tongue", "98", "another language"),
    ("asiointikieli", "", "service_language", "fi", "blank: Finnish for who speaks no Swedish"),
    ("asiointikieli", "SV", "service_language", "sv", "asked for"),
    ("kansalaisuus", "", "citizenship", "246", "blank means Finnish, as in the register"),
    ("kansalaisuus", "51", "citizenship", "051", "zeros that a spreadsheet took away"),
    ("kotikunta", "49", "municipality", "049", "zeros that a spreadsheet took away"),
    ("kotikunta", "5", "municipality", "005", "both of them"),
    ("kotikunta", "KOSKI", "municipality", "284", "Koski is Koski Tl"),
    ("kotikunta", "Koski  Tl", "municipality", "284", "space runs are one space"),
    ("kotikunta", "Koskis", "municipality", "284", "the Swedish name"),
    ("kotikunta", "pedersöre", "municipality", "599", "the Finnish name has `kunta` in it"),
    ("kotikunta", "S:t Michel", "municipality", "491", "the Swedish name"),
    ("kotikunta", "197", "municipality", "197", "Norway"),
    ("postinumero", "100", "postal_code", "00100", "zeros that a spreadsheet took away"),
    ("postinumero", "AD 100", "postal_code", "AD100", "a bad address rejects nobody"),
    ("lahiosoite", "", "street", None, "a bad address rejects nobody"),
    ("maa", "", "country", "FI", "blank means Finland"),
    ("maa", "se", "country", "SE", "any case"),
    ("turvakielto", "KYLLÄ", "protected", True, "a word in any case"),
    ("turvakielto", "k", "protected", True, "a letter in any case"),
    ("turvakielto", "false", "protected", False, "as a program writes it"),
    ("turvakielto", "0", "protected", False, "as a number"),
    ("tyollisyyskoodi", "", "employment_code", None, "blank is unknown"),
    ("tyollisyyskoodi", "Z", "employment_code", None, "z is unknown"),
    ("tyollisyyskoodi", "2", "employment_code", "02", "one digit"),
    ("tyonhaku_alkoi", "1.1.1900", "search_from", None, "the register's unknown day"),
    ("tyonhaku_alkoi", "", "search_from", None, "blank is unknown"),
    ("tyonhaku_alkoi", "01.03.2021", "search_from", date(2021, 3, 1), "zeros before"),
    ("tyonhaku_paattyi", "", "search_open", True, "blank is open"),
    ("tyonhaku_paattyi", "11.11.2222", "search_open", True, "the register's open end"),
    ("tyonhaku_paattyi", "2222-11-11", "search_open", True, "the same day in another form"),
    ("tyonhaku_paattyi", "1.1.1900", "search_open", None, "the register's unknown day"),
    ("tyonhaku_paattyi", "31.12.2021", "search_open", False, "it ends"),
    ("tyonhaku_paattyi", "31.12.2021", "search_to", date(2021, 12, 31), "on that day"),
    ("tyonhaku_paattyi", "11.11.2222", "search_to", None, "on no day"),
    ("tyottomyys_alkoi", "1.1.1900", "unemployed_from", None, "the register's unknown day"),
    ("etuus", "", "benefit", None, "blank is unknown"),
    ("etuus", "3", "benefit", "03", "one digit"),
    ("ansiopaivarahaoikeus", "", "earnings_right", None, "blank is unknown, never no"),
    ("ansiopaivarahaoikeus", "E", "earnings_right", False, "no"),
    ("tyomarkkinatukipaivat", "", "support_days", None, "blank is unknown, never none"),
    ("tyomarkkinatukipaivat", "1\xa0200", "support_days", 1200, "a hard space parts thousands"),
    ("palvelulinja", "", "service_line", None, "blank is unknown"),
    ("syntymaaika", "1.1.1900", "born", date(1995, 6, 1), "unknown: taken from the code"),
    ("etunimet", " Aino \n Maria ", "given_names", "Aino Maria", "a line break is a space"),
    ("sukunimi", "", "family_name", None, "one name is enough"),
]


@pytest.mark.parametrize(
    ("column", "cell", "fact", "value", "why"),
    READ,
    ids=[f"{case[0]}-{case[1].strip() or 'blank'}-{case[4]}" for case in READ],
)
def test_a_cell_means_what_the_register_means(
    tmp_path: Path, column: str, cell: str, fact: str, value: object, why: str
) -> None:
    """A blank that is read wrongly decides wrongly, and nobody sees it."""
    result = ingest_one(tmp_path, **{column: cell})

    assert result.accepted[fact].to_list() == [value], why


def test_swedish_speakers_are_served_in_swedish_unless_they_ask_otherwise(tmp_path: Path) -> None:
    """The letter follows the language of service."""
    silent = ingest_one(tmp_path, aidinkieli="sv")
    asked = ingest_one(tmp_path, aidinkieli="sv", asiointikieli="fi")

    assert silent.accepted["service_language"].to_list() == ["sv"]
    assert asked.accepted["service_language"].to_list() == ["fi"]


def test_the_identity_code_is_kept_as_it_is(tmp_path: Path) -> None:
    """The sign is part of the identity; nothing is normalised."""
    result = ingest_one(tmp_path, henkilotunnus=" 010303F9040 ")

    assert result.accepted.select("identity_code", "born").row(0) == (
        "010303F9040",
        date(2003, 3, 1),
    )
