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
