"""Where a client under non-disclosure lives is in no value, message or warning."""

from datetime import date
from pathlib import Path

import pytest
from builders import client_row, csv_export, identity_code
from ingesting import ingest_bytes, ingest_one

from kuntactl.domain.types import Language

SECRET = {
    "kotikunta": "Salalaxå",
    "lahiosoite": "Salapolku 7",
    "postinumero": "06999",
    "postitoimipaikka": "SALALA",
    "osoitelisa": "c/o Salainen",
    "yhteysosoite": "PL 77, 06101 PORVOO",
    "sahkoposti": "sala@example.invalid",
    "puhelin": "000 777",
}


@pytest.mark.parametrize("flag", ["K", "", "ehkä"])
@pytest.mark.parametrize("language", list(Language))
def test_no_address_of_a_protected_client_is_shown(
    tmp_path: Path, flag: str, language: Language
) -> None:
    """An unreadable flag may be a yes: such a client is treated as protected."""
    export = csv_export([client_row(turvakielto=flag, etuus="05", **SECRET)])

    result = ingest_bytes(tmp_path, export, language=language)

    shown = result.rejected.write_csv()
    assert "municipality_unknown" in shown
    assert not [secret for secret in SECRET.values() if secret in shown]
    assert "05" in result.rejected["value"].to_list()


def test_broken_bytes_in_a_secret_cell_are_not_shown(tmp_path: Path) -> None:
    """An escaped address is still an address."""
    export = csv_export([client_row(turvakielto="K", lahiosoite="Sålapolku 7")])

    result = ingest_bytes(tmp_path, export.replace("å".encode(), b"\xe5"))

    assert result.rejected.select("column", "value", "code").row(0) == (
        "lahiosoite",
        None,
        "bytes_undecodable",
    )


def test_the_municipality_of_others_is_shown(tmp_path: Path) -> None:
    """Whoever mends the row must see what is wrong with it."""
    result = ingest_one(tmp_path, kotikunta="Salalaxå")

    assert result.rejected["value"].to_list() == ["Salalaxå"]


def test_no_message_holds_an_identity_code_or_a_name(tmp_path: Path) -> None:
    """Messages are copied into mails and logs; the cell itself stands in its own column."""
    code = identity_code(date(1995, 6, 1), 950)
    rows = [
        client_row(henkilotunnus=code, sukunimi="Salanimi"),
        client_row(henkilotunnus=code, sukunimi="Salanimi", etuus="05"),
        client_row(henkilotunnus=code, sukunimi="Salanimi", asiakasnumero="B1"),
        client_row(henkilotunnus=code, sukunimi="Salanimi", asiakasnumero="B2"),
    ]

    result = ingest_bytes(tmp_path, csv_export(rows))

    messages = [*result.rejected["message"], *result.warnings["message"]]
    assert len(messages) == 5
    assert not [text for text in messages if code in text or "Salanimi" in text]
