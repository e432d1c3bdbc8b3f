"""Two offices hand over files of one name: their rows are told apart all the same."""

from pathlib import Path

import pytest
from builders import client_row, csv_export
from conftest import RunCli
from ingesting import ON

from kuntactl.domain.types import Language
from kuntactl.errors import InputError
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients
from kuntactl.ingest.handed_in import STDIN, names_of

DAY = ("--on", "2021-03-01")


def export(folder: Path, *rows: dict[str, str]) -> Path:
    """Write the rows as ``vienti.csv`` into a folder."""
    folder.mkdir(exist_ok=True)
    (folder / "vienti.csv").write_bytes(csv_export(rows))
    return folder / "vienti.csv"


def read(*paths: Path) -> Ingested:
    """Read the exports."""
    return read_clients(paths, on=ON, language=Language.EN, options=ReadOptions())


def test_the_folder_tells_files_of_one_name_apart(tmp_path: Path) -> None:
    """A reject in row 2 of `vienti.csv` would have to be looked for in both."""
    first = export(tmp_path / "porvoo", client_row(etuus="05"))
    second = export(tmp_path / "salo", client_row(asiakasnumero="A2", etuus="05"))

    result = read(first, second)

    assert result.rejected.select("file", "row").rows() == [
        ("porvoo/vienti.csv", 2),
        ("salo/vienti.csv", 2),
    ]
    assert [file.name for file in result.inputs] == ["porvoo/vienti.csv", "salo/vienti.csv"]


def test_rejected_rows_of_both_are_counted(tmp_path: Path, kuntactl: RunCli) -> None:
    """Two rows with one number are not one row when they stand in two files."""
    first = export(tmp_path / "porvoo", client_row(etuus="05"))
    second = export(tmp_path / "salo", client_row(asiakasnumero="A2", etuus="05"))

    ended = kuntactl("check", first, second, *DAY, "--lang", "en")

    assert "  2 × benefit_unknown (etuus)" in ended.out


def test_a_fault_of_one_of_them_names_its_folder(tmp_path: Path) -> None:
    """Whoever sends the file again must know which office to ask."""
    first = export(tmp_path / "porvoo", client_row())
    second = export(tmp_path / "salo", client_row())
    second.write_bytes(b"")

    with pytest.raises(InputError, match=r"^salo/vienti\.csv: the file is empty$"):
        read(first, second)


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a/v.csv"], ["v.csv"]),
        (["a/v.csv", "b/w.csv"], ["v.csv", "w.csv"]),
        (["a/v.csv", "b/v.csv", "b/w.csv"], ["a/v.csv", "b/v.csv", "w.csv"]),
        (["x/a/v.csv", "y/a/v.csv", "y/a/v.csv"], ["a/v.csv", "a/v.csv (2)", "a/v.csv (3)"]),
        (["-", "a/stdin"], ["stdin", "a/stdin"]),
    ],
    ids=["one", "two names", "two folders", "folders of one name", "standard input"],
)
def test_no_two_files_are_called_the_same(paths: list[str], names: list[str]) -> None:
    """A name alone is enough where it is enough; paths say more than a log should."""
    assert names_of([Path(path) if path != "-" else STDIN for path in paths]) == tuple(names)
