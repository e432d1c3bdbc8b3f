"""A file that is no export stops the run with one sentence and a cure."""

import gzip
import io
from pathlib import Path

import polars as pl
import pytest
from builders import client_row, csv_export
from ingesting import ON

from kuntactl.domain.areas import load_areas
from kuntactl.domain.types import Language
from kuntactl.errors import ExitCode, InputError, SettingsError
from kuntactl.ingest.clients import ReadOptions, read_clients
from kuntactl.ingest.coaches import read_coaches

GOOD = csv_export([client_row()])
NEEDED = (
    "asiakasnumero, henkilotunnus, sukunimi, etunimet, aidinkieli, kotikunta, lahiosoite, "
    "postinumero, postitoimipaikka, turvakielto, tyollisyyskoodi, tyonhaku_alkoi, "
    "tyonhaku_paattyi"
)


def parquet(frame: pl.DataFrame) -> bytes:
    """Return the frame as a Parquet file."""
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def refusal(path: Path, options: ReadOptions | None = None) -> tuple[str, str | None]:
    """Return problem and hint of reading the file."""
    with pytest.raises(InputError) as error:
        read_clients([path], on=ON, language=Language.FI, options=options or ReadOptions())
    assert error.value.exit_code is ExitCode.INPUT
    return error.value.problem, error.value.hint


def no_header() -> str:
    """Return the hint that names what a header must have."""
    return (
        f"it must name at least the columns {NEEDED}; if its delimiter is none of `;`, `,` and "
        "tab, say it with --delimiter"
    )


# content, problem, hint, why
FILES = [
    (b"", "e.csv: the file is empty", "have it sent again", "nothing"),
    (b"\xef\xbb\xbf\r\n\r\n", "e.csv: the file is empty", "have it sent again", "blank lines"),
    (
        GOOD.split(b"\r\n")[0],
        "e.csv: there is a header and no rows",
        "have the file sent again",
        "header only",
    ),
    (
        GOOD.split(b"\r\n")[0] + b"\r\n" + b";" * 27 + b"\r\n",
        "e.csv: there is a header and no rows",
        "have the file sent again",
        "header and a row of delimiters",
    ),
    (GOOD.split(b"\r\n")[1], "e.csv: the first line is not a header", no_header(), "no header"),
    (
        b"asiakasnumero;nimi\r\nA1;Aino\r\n",
        "e.csv: the first line is not a header; of our columns it has only `asiakasnumero`",
        no_header(),
        "one word of ours is no header, and is named",
    ),
    (
        csv_export([client_row()], header=["asiakasnumero", "turvakielto", "etuus", "ammatti"]),
        (
            "e.csv: columns `henkilotunnus`, `sukunimi`, `etunimet`, `aidinkieli`, `kotikunta`, "
            "`lahiosoite`, `postinumero`, `postitoimipaikka`, `tyollisyyskoodi`, "
            "`tyonhaku_alkoi`, `tyonhaku_paattyi` are missing"
        ),
        "found: asiakasnumero, turvakielto, etuus, ammatti",
        "all missing columns at once",
    ),
    (
        csv_export([client_row()]).replace(b"kotikunta", b"kotikaupunki"),
        "e.csv: column `kotikunta` is missing",
        "found: " + ", ".join(client_row()).replace("kotikunta", "kotikaupunki"),
        "one missing column",
    ),
    (
        csv_export([{**client_row(), "Koti-Kunta": "638"}]),
        "e.csv: more than one header stands for `kotikunta` (kotikunta, Koti-Kunta)",
        "keep one of them; case, spaces, `_`, `-` and dots over letters do not count",
        "two headers for one column",
    ),
    (
        b'"asiakasnumero;henkilotunnus\r\nA1;x\r\n',
        "e.csv: the first line is not a header",
        "its quotes do not pair",
        "an open quote in the header",
    ),
    (
        bytes(range(256)) * 40,
        "e.csv: is neither CSV nor Parquet nor .xlsx",
        "save it as CSV in UTF-8, or name its encoding with --encoding",
        "binary rubbish",
    ),
    (
        b"PK\x03\x04" + bytes(100),
        "e.csv: is not a whole workbook",
        "have it saved or sent again",
        "a workbook cut off",
    ),
    (
        b"\xd0\xcf\x11\xe0" + bytes(600),
        "e.csv: is an old workbook (.xls), or one that a password locks",
        "save it as .xlsx without a password, or as CSV",
        "a workbook of the old kind",
    ),
    (
        b"valmentaja_id;nimi;alue\r\nV1;Aino Esimerkki;porvoo\r\n",
        "e.csv: is a coaches file, not a TE-office export",
        "hand it in with --coaches",
        "the coaches in the place of an export",
    ),
    (
        b"client_id;area;puuttuu;kuuluu;kuka;peruste\r\nA1;porvoo;;K;x;y\r\n",
        "e.csv: is a list for review, not a TE-office export",
        "hand it in with --reviewed",
        "the answers in the place of an export",
    ),
    (
        b"file;row;client_id;column;value;code;message\r\ne.csv;2;A1;etuus;05;benefit_unknown;x\r\n",
        "e.csv: is a list of rejected rows, not a TE-office export",
        "correct the cells in rejected.xlsx, and hand that in with --corrections",
        "the rejected rows in the place of an export",
    ),
    (
        gzip.compress(GOOD)[:-9],
        "e.csv: is not a whole gzip file",
        "have it packed or sent again",
        "a gzip file cut off",
    ),
    (
        parquet(pl.DataFrame([client_row()]))[:-9],
        "e.csv: cannot be read as Parquet",
        "have it written or sent again",
        "a Parquet file cut off",
    ),
    (
        parquet(pl.DataFrame([client_row()]).clear()),
        "e.csv: there is a header and no rows",
        "have the file sent again",
        "a Parquet file without rows",
    ),
    (
        parquet(pl.DataFrame([client_row()]).with_columns(etuus=pl.concat_list("etuus"))),
        "e.csv: column `etuus` holds List(String)",
        "write it as text, whole numbers, dates or flags",
        "a list in a cell",
    ),
]


@pytest.mark.parametrize(
    ("content", "problem", "hint", "why"), FILES, ids=[case[3] for case in FILES]
)
def test_a_file_that_is_no_export_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, problem: str, hint: str, why: str
) -> None:
    """The sentence names the file and what to do; no cell of a person is in it."""
    path = tmp_path / "e.csv"
    path.write_bytes(content)

    assert refusal(path) == (problem, hint), why


def test_a_packed_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    """A few kilobytes can unpack to more than the memory holds; all of them are not unpacked."""
    path = tmp_path / "e.csv.gz"
    path.write_bytes(gzip.compress(bytes(80 << 20)) + gzip.compress(bytes(80 << 20)))

    assert refusal(path) == (
        "e.csv.gz: unpacks to more than 200 times its size or 2 GiB",
        "an export does not; if it is one all the same, unpack it first, or split it",
    )


def test_a_packed_file_of_several_parts_is_read_whole(tmp_path: Path) -> None:
    """Tools that pack in parallel write one part after the other."""
    path = tmp_path / "e.csv.gz"
    path.write_bytes(gzip.compress(GOOD[:100]) + gzip.compress(GOOD[100:]) + bytes(7))

    read = read_clients([path], on=ON, language=Language.FI, options=ReadOptions())

    assert read.accepted.height == 1


def test_an_export_in_the_place_of_the_coaches_is_named(tmp_path: Path) -> None:
    """The two files lie side by side, and a shell completes either name."""
    path = tmp_path / "e.csv"
    path.write_bytes(GOOD)

    with pytest.raises(InputError) as error:
        read_coaches(path, areas=load_areas(), on=ON)

    assert error.value.problem == "e.csv: is a TE-office export, not a coaches file"
    assert error.value.hint == "name it as an EXPORT"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """The path is named as it was given."""
    gone = tmp_path / "gone.csv"

    assert refusal(gone) == (f"{gone}: no such file", "check the path")
    assert refusal(tmp_path) == (
        f"{tmp_path}: is a folder, not a file",
        "name the files in it one by one",
    )


def test_random_bytes_are_refused_without_a_traceback(tmp_path: Path) -> None:
    """Whatever is handed in, the user sees a sentence."""
    path = tmp_path / "e.csv"
    seed = 1
    for size in range(1, 400, 7):
        numbers = []
        for _ in range(size):
            seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
            numbers.append(seed >> 16 & 0xFF)
        for start in (b"", b"PAR1", b"\x1f\x8b", b"\xff\xfe", b"\xef\xbb\xbf"):
            path.write_bytes(start + bytes(numbers))
            problem, hint = refusal(path)
            assert problem.startswith("e.csv: ")
            assert hint


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (ReadOptions(encoding="utf8000"), "no encoding `utf8000`"),
        (ReadOptions(encoding="base64"), "no encoding `base64`"),
        (ReadOptions(encoding="utf-8\0"), "no encoding `utf-8\0`"),
        (ReadOptions(delimiter="ab"), "no delimiter `ab`"),
        (ReadOptions(profile="urra"), "no profile `urra`"),
    ],
)
def test_an_option_that_does_not_exist_is_refused(
    tmp_path: Path, options: ReadOptions, problem: str
) -> None:
    """It is the setting that is wrong, not the file."""
    path = tmp_path / "e.csv"
    path.write_bytes(GOOD)

    with pytest.raises(SettingsError) as error:
        read_clients([path], on=ON, language=Language.FI, options=options)

    assert error.value.problem == problem
    assert error.value.hint


@pytest.mark.parametrize("encoding", ["utf-32", "punycode", "idna"])
def test_an_encoding_that_the_file_is_not_in_is_refused(encoding: str, tmp_path: Path) -> None:
    """Where a byte does not stand for itself no row can be shown; the file as a whole is wrong."""
    path = tmp_path / "e.csv"
    path.write_bytes(csv_export([client_row(sukunimi="Mäki")], encoding="utf-8"))

    with pytest.raises(InputError, match=f"e.csv: is not in {encoding}"):
        read_clients([path], on=ON, language=Language.FI, options=ReadOptions(encoding=encoding))
