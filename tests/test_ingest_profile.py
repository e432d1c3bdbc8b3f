"""A profile maps another office's headers and codes to ours."""

from pathlib import Path

import pytest
from builders import client_row, csv_export
from ingesting import ingest_bytes

from kuntactl.domain.types import Language
from kuntactl.errors import InputError
from kuntactl.ingest.clients import Ingested, ReadOptions
from kuntactl.ingest.profile import Profile, find_profile

URA = {
    "aidinkieli": "kiekd",
    "kansalaisuus": "kansah",
    "tyollisyyskoodi": "tyok1",
    "tyonhaku_alkoi": "alkpv1",
    "tyonhaku_paattyi": "loppv1",
    "palvelulinja": "assegkdi",
    "te_toimisto": "toinoh",
}


def ura(folder: Path, row: dict[str, str]) -> Ingested:
    """Read one row under the register's names."""
    export = csv_export([{URA.get(name, name): cell for name, cell in row.items()}])
    return ingest_bytes(folder, export, options=ReadOptions(profile="ura"))


@pytest.mark.parametrize(("code", "language"), [("0", "fi"), ("1", "sv"), ("2", "99"), ("", "fi")])
def test_register_language_codes_are_mapped(tmp_path: Path, code: str, language: str) -> None:
    """Code 2 cannot tell Sámi from foreign: unknown, so that a person decides."""
    result = ura(tmp_path, client_row(aidinkieli=code))

    assert result.accepted["mother_tongue"].to_list() == [language]


def test_register_names_are_mapped(tmp_path: Path) -> None:
    """The office need not rename its columns."""
    row = client_row(
        tyollisyyskoodi="2", kansalaisuus="643", palvelulinja="03", te_toimisto="0201"
    )

    result = ura(tmp_path, row)

    assert result.accepted.select(
        "employment_code", "citizenship", "service_line", "office_code"
    ).row(0) == ("02", "643", "03", "0201")


@pytest.mark.parametrize(
    ("column", "cell", "fact", "meaning"),
    [
        ("kansalaisuus", "", "citizenship", "246"),
        ("tyollisyyskoodi", "z", "employment_code", None),
        ("tyollisyyskoodi", "", "employment_code", None),
        ("tyollisyyskoodi", "9", "employment_code", "09"),
        ("tyollisyyskoodi", "03", "employment_code", "03"),
        ("etuus", "7", "benefit", "07"),
        ("etuus", "", "benefit", None),
        ("palvelulinja", "5", "service_line", "05"),
        ("tyonhaku_alkoi", "1.1.1900", "search_from", None),
        ("tyonhaku_paattyi", "11.11.2222", "search_open", True),
        ("tyonhaku_paattyi", "", "search_open", True),
        ("tyonhaku_paattyi", "1.1.1900", "search_open", None),
    ],
)
def test_the_registers_own_blanks_and_signs_mean_what_they_mean_there(
    tmp_path: Path, column: str, cell: str, fact: str, meaning: object
) -> None:
    """One digit is two, 11.11.2222 is open, 1.1.1900 is unknown, a blank citizenship Finnish."""
    result = ura(tmp_path, client_row(**{column: cell}))

    assert result.rejected.is_empty()
    assert result.accepted[fact].to_list() == [meaning]


def test_two_names_of_one_register_column_are_not_guessed_between(tmp_path: Path) -> None:
    """The mother tongue and the one-digit language need not agree: the office keeps one."""
    export = csv_export([client_row() | {"kiekd": "2"}])

    with pytest.raises(InputError) as error:
        ingest_bytes(tmp_path, export, options=ReadOptions(profile="ura"))

    assert error.value.problem == (
        "export-1.csv: more than one header stands for `aidinkieli` (aidinkieli, kiekd)"
    )


def test_municipality_of_residence_is_not_the_home_municipality(tmp_path: Path) -> None:
    """The Act goes by the population register; the register's kunnoh is where one lives."""
    export = csv_export([client_row()]).replace(b"kotikunta", b"kunnoh")

    with pytest.raises(InputError, match="column `kotikunta` is missing"):
        ingest_bytes(tmp_path, export, options=ReadOptions(profile="ura"))


def test_without_the_profile_the_codes_are_not_ours(tmp_path: Path) -> None:
    """Nobody's 2 becomes a language by accident."""
    result = ingest_bytes(tmp_path, csv_export([client_row(aidinkieli="2")]), language=Language.EN)

    assert result.rejected["code"].to_list() == ["language_unknown"]


def test_every_profile_maps_to_columns_of_ours() -> None:
    """A slip in a profile is found when it is read, not in a run."""
    assert find_profile("standard") is not None
    assert find_profile(None) is None
    with pytest.raises(ValueError, match="did you mean `kotikunta`"):
        Profile(id="x", source="x", columns={"kunta": "kotikunto"})
