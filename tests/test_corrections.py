"""What people correct in the list of rejected rows is read in the place of the cell."""

import hashlib
from pathlib import Path

import pytest
from builders import client_row, csv_export, xlsx_export
from ingesting import ON, codes, problems

from kuntactl.domain.types import Language
from kuntactl.errors import InputError
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients
from kuntactl.ingest.corrections import read_corrections

EXPORT = csv_export(
    [
        client_row(),
        client_row(asiakasnumero="A2", etuus="05", kotikunta="Atlantis"),
        client_row(asiakasnumero="A3", syntymaaika="2.6.1995"),
    ]
)
SHA = hashlib.sha256(EXPORT).hexdigest()


def line(row: object, column: str, corrected: object, **changes: object) -> dict[str, object]:
    """Return a line of ``rejected.xlsx``."""
    return {
        "file": "export.csv",
        "row": row,
        "client_id": "",
        "column": column,
        "value": "x",
        "code": "x",
        "message": "x",
        "corrected": corrected,
        "sha256": SHA,
    } | changes


def read(
    folder: Path, *lists: bytes, export: bytes = EXPORT, options: ReadOptions | None = None
) -> Ingested:
    """Read the export with the corrections of these lists."""
    (folder / "export.csv").write_bytes(export)
    paths = []
    for number, content in enumerate(lists, start=1):
        paths.append(folder / f"list-{number}.xlsx")
        paths[-1].write_bytes(content)
    return read_clients(
        [folder / "export.csv"],
        on=ON,
        language=Language.EN,
        options=options or ReadOptions(),
        corrections=read_corrections(paths),
    )


def refusal(folder: Path, *lists: bytes) -> str:
    """Return what is said of the corrections."""
    with pytest.raises(InputError) as error:
        read(folder, *lists)
    assert error.value.hint == "mend these rows; no correction was taken over"
    return error.value.problem


def test_a_corrected_cell_is_read_in_the_place_of_the_wrong_one(tmp_path: Path) -> None:
    """The row is checked like any other; what is still wrong stays rejected."""
    one = read(tmp_path, xlsx_export([line(3, "etuus", "03")]))
    both = read(tmp_path, xlsx_export([line(3, "etuus", "03"), line(3, "kotikunta", 638)]))

    assert problems(one) == [(3, "municipality_unknown"), (4, "birth_date_conflict")]
    assert problems(both) == [(4, "birth_date_conflict")]
    assert both.accepted["benefit"].to_list() == ["03", "03"]
    assert both.rows_read == both.rows_rejected + both.accepted.height == 3


def test_a_corrected_cell_is_trimmed_like_any_other(tmp_path: Path) -> None:
    """A name typed in with two spaces, in an export whose own cells have none to spare."""
    corrected = line(3, "sukunimi", "Testi\u202f\u202fEsimerkki")

    result = read(
        tmp_path, xlsx_export([line(3, "etuus", "03"), line(3, "kotikunta", 638), corrected])
    )

    assert result.accepted["family_name"].to_list() == ["Esimerkki", "Testi Esimerkki"]


@pytest.mark.parametrize("word", ["(tyhjä)", "(tom)", "(BLANK)"])
def test_a_cell_may_be_corrected_to_a_blank(tmp_path: Path, word: str) -> None:
    """A blank cell in the list is no correction, so a blank has a word of its own."""
    result = read(tmp_path, xlsx_export([line(4, "syntymaaika", word)]))

    assert problems(result) == [(3, "municipality_unknown"), (3, "benefit_unknown")]
    assert result.corrected.select("row", "client_id", "column", "corrected").rows() == [
        (4, "A3", "syntymaaika", "(blank)")
    ]


def test_a_line_that_was_not_filled_in_corrects_nothing(tmp_path: Path) -> None:
    """Most lines of the list are still open when it comes back."""
    result = read(tmp_path, xlsx_export([line(3, "etuus", None), line(4, "", " ")]))

    assert result.rows_rejected == 2
    assert result.corrected.is_empty()


@pytest.mark.parametrize("header", ["corrected", "korjattu", "Rättat", "KORJATTU"])
def test_the_column_may_be_called_so_in_each_language(tmp_path: Path, header: str) -> None:
    """Somebody who translates the list for the office must not lose their work."""
    row = {header if name == "corrected" else name: cell for name, cell in LINE.items()}

    assert read(tmp_path, xlsx_export([row])).accepted.height == 1 + 1


LINE = line(4, "syntymaaika", "1.6.1995")


def test_the_list_may_come_back_as_csv(tmp_path: Path) -> None:
    """Spreadsheets save it as they please; an apostrophe against formulas is not part of it."""
    typed = {name: str(cell) for name, cell in LINE.items()}
    listed = csv_export([typed, typed | {"row": "3", "column": "etuus", "corrected": "'-3"}])

    result = read(tmp_path, listed)

    assert result.rejected.filter(result.rejected["column"] == "etuus")["value"].to_list() == [
        "-3"
    ]
    assert "birth_date_conflict" not in codes(result)


def test_a_correction_never_hits_another_file(tmp_path: Path) -> None:
    """The next night's export has the same name, and another client in that row."""
    other = csv_export([client_row(asiakasnumero="B1"), client_row(asiakasnumero="B2")])

    with pytest.raises(InputError) as error:
        read(tmp_path, xlsx_export([line(3, "etuus", "03")]), export=other)

    assert error.value.problem == (
        "list-1.xlsx: row 2: `export.csv` with this checksum is not among the exports"
    )


def test_a_list_of_another_night_is_one_sentence(tmp_path: Path) -> None:
    """It may have hundreds of rows, and all of them are wrong for one reason."""
    lines = [line(row, "etuus", "03") for row in (2, 3, 4)]
    other = csv_export([client_row(asiakasnumero="B1")])

    with pytest.raises(InputError) as error:
        read(
            tmp_path, xlsx_export([*lines, line(2, "etuus", "03", sha256="0" * 64)]), export=other
        )

    assert error.value.problem == (
        "list-1.xlsx: row 2: `export.csv` with this checksum is not among the exports "
        "(of 2 further rows, too); "
        "row 5: `export.csv` with this checksum is not among the exports"
    )


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([line(99, "etuus", "03")], "row 2: `export.csv` has no row 99"),
        ([line(3, "etus", "03")], "row 2: no column `etus`"),
        (
            [line(3, "", "03")],
            "row 2: it is the row as a whole that is wrong: mend it in the export",
        ),
        (
            [line("x", "etuus", "03", sha256="abc")],
            (
                "row 2: `sha256` is not the checksum of an export; "
                "row 2: `row` is not the number of a row"
            ),
        ),
        (
            [line(3, "etuus", "03"), line(3, "etuus", "03"), line(3, "etuus", "02")],
            "row 4: its cell is corrected otherwise in list-1.xlsx row 2",
        ),
    ],
    ids=["no such row", "no such column", "row as a whole", "no key", "two ways"],
)
def test_a_correction_that_cannot_be_applied_is_refused(
    tmp_path: Path, lines: list[dict[str, object]], problem: str
) -> None:
    """Nobody's work may vanish in silence; the sentence names the line of the list."""
    assert refusal(tmp_path, xlsx_export(lines)) == f"list-1.xlsx: {problem}"


def test_two_lists_may_not_contradict_each_other(tmp_path: Path) -> None:
    """Two people worked on the same list; one of them is wrong."""
    first, second = (xlsx_export([line(3, "etuus", code)]) for code in ("03", "02"))

    assert refusal(tmp_path, first, second) == (
        "list-2.xlsx: row 2: its cell is corrected otherwise in list-1.xlsx row 2"
    )
    assert read(tmp_path, first, first).corrected.height == 1


def test_a_ragged_row_is_mended_in_the_export(tmp_path: Path) -> None:
    """Which of its cells is which nobody can tell."""
    export = EXPORT + b"A4;x\r\n"
    sha = hashlib.sha256(export).hexdigest()

    with pytest.raises(InputError, match=r"row 5 of `export\.csv` is ragged"):
        read(tmp_path, xlsx_export([line(5, "etuus", "03", sha256=sha)]), export=export)


def test_a_list_without_checksums_is_refused(tmp_path: Path) -> None:
    """rejected.csv cannot say of which night's file it is: the workbook beside it can."""
    plain = {name: cell for name, cell in LINE.items() if name != "sha256"}

    with pytest.raises(InputError) as error:
        read(tmp_path, xlsx_export([plain]))

    assert error.value.problem == (
        "list-1.xlsx: is a list of rejected rows, not a list of corrections"
    )
    assert error.value.hint == (
        "correct the cells in rejected.xlsx, and hand that in with --corrections"
    )


def test_a_cell_that_was_no_text_can_be_corrected(tmp_path: Path) -> None:
    """Whoever knows the name writes it; the row is no longer broken."""
    export = csv_export(
        [client_row(sukunimi="Äijä"), client_row(asiakasnumero="A2", sukunimi="Mäki")]
    ).replace("Mäki".encode(), b"M\xe4ki")
    sha = hashlib.sha256(export).hexdigest()
    listed = xlsx_export([line(3, "sukunimi", "Mäki", sha256=sha)])

    result = read(tmp_path, listed, export=export)

    assert result.accepted["family_name"].to_list() == ["Äijä", "Mäki"]


def test_corrections_come_before_every_check(tmp_path: Path) -> None:
    """A corrected number no longer contradicts, and a corrected code is a code of the office."""
    export = csv_export([client_row(), client_row(etuus="02"), client_row(asiakasnumero="A3")])
    sha = hashlib.sha256(export).hexdigest()
    listed = xlsx_export(
        [
            line(3, "asiakasnumero", "A2", sha256=sha),
            line(4, "aidinkieli", "1", sha256=sha),
        ]
    )

    result = read(tmp_path, listed, export=export, options=ReadOptions(profile="ura"))

    assert result.rejected.is_empty()
    assert result.accepted.select("client_id", "mother_tongue").rows() == [
        ("A1", "fi"),
        ("A2", "fi"),
        ("A3", "sv"),
    ]


def test_a_formula_that_was_not_worked_out_is_no_correction(tmp_path: Path) -> None:
    """It has no value in the file; a blank would correct nothing, and nobody would know."""
    said = refusal(tmp_path, xlsx_export([line(3, "etuus", "=1+2")]))

    assert "row 2: has bytes that are no text, or a formula that was not worked out" in said


def test_where_a_protected_client_lives_is_not_listed(tmp_path: Path) -> None:
    """The corrected municipality is as secret as the wrong one."""
    export = csv_export([client_row(turvakielto="K", kotikunta="Atlantis", etuus="05")])
    sha = hashlib.sha256(export).hexdigest()
    listed = xlsx_export(
        [line(2, "kotikunta", "638", sha256=sha), line(2, "etuus", "03", sha256=sha)]
    )

    result = read(tmp_path, listed, export=export)

    assert result.accepted["municipality"].to_list() == ["638"]
    assert result.corrected.select("column", "corrected").rows() == [
        ("kotikunta", None),
        ("etuus", "03"),
    ]


def test_a_correction_leaves_the_same_row_of_another_export_alone(tmp_path: Path) -> None:
    """Two offices' exports are given together; both have a row 3."""
    other = csv_export([client_row(asiakasnumero="B1"), client_row(asiakasnumero="B2")])
    (tmp_path / "export.csv").write_bytes(EXPORT)
    (tmp_path / "other.csv").write_bytes(other)
    (tmp_path / "list.xlsx").write_bytes(
        xlsx_export([line(3, "etuus", "02"), line(3, "kotikunta", "734")])
    )

    result = read_clients(
        [tmp_path / "other.csv", tmp_path / "export.csv"],
        on=ON,
        language=Language.EN,
        options=ReadOptions(),
        corrections=read_corrections([tmp_path / "list.xlsx"]),
    )

    facts = result.accepted.select("client_id", "benefit", "municipality").rows()
    assert facts[1] == ("B2", "03", "638")
    assert facts[-1] == ("A2", "02", "734")


def test_the_same_file_given_twice_is_corrected_twice(tmp_path: Path) -> None:
    """Both copies have the same checksum; the second repeats the first all the same."""
    (tmp_path / "a.csv").write_bytes(EXPORT)
    (tmp_path / "b.csv").write_bytes(EXPORT)
    listed = tmp_path / "list.xlsx"
    listed.write_bytes(xlsx_export([LINE]))

    result = read_clients(
        [tmp_path / "a.csv", tmp_path / "b.csv"],
        on=ON,
        language=Language.EN,
        options=ReadOptions(),
        corrections=read_corrections([listed]),
    )

    assert result.accepted["client_id"].to_list() == ["A1", "A3"]
    assert codes(result).count("row_repeated") == 3
