"""A workbook gives the clients that the same table gives as CSV."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from builders import client_row, csv_export, xlsx_export
from ingesting import ON, codes, problems
from polars.testing import assert_frame_equal

from kuntactl.domain.areas import load_areas
from kuntactl.domain.types import Language
from kuntactl.errors import InputError
from kuntactl.ingest.answers import read_answers
from kuntactl.ingest.clients import Ingested, ReadOptions, read_clients
from kuntactl.ingest.coaches import read_coaches

ROWS = [
    client_row(sukunimi="Åkerström", etunimet="Örjan", kotikunta="Borgå", aidinkieli="sv"),
    client_row(asiakasnumero="A2", sukunimi="Šukšin", lahiosoite="Jokikatu 1; as 2, ovi A")
    | {"osoitelisa": "c/o Esimerkki\nkolmas kerros"},
]


def read(folder: Path, content: bytes, name: str = "export.xlsx") -> Ingested:
    """Return what one file holds."""
    path = folder / name
    path.write_bytes(content)
    return read_clients([path], on=ON, language=Language.EN, options=ReadOptions())


def clients(result: Ingested) -> pl.DataFrame:
    """Return the clients without the name of their file."""
    assert result.rejected.is_empty()
    return result.accepted.drop("file")


def changed(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return the workbook with each of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return out.getvalue()


def test_a_sheet_of_text_gives_the_same_clients_as_csv(tmp_path: Path) -> None:
    """An office that sends a workbook must not get other decisions."""
    result = read(tmp_path, xlsx_export(ROWS))

    assert_frame_equal(clients(result), clients(read(tmp_path, csv_export(ROWS), "e.csv")))
    assert (result.inputs[0].format, result.inputs[0].sheet) == ("xlsx", "Vienti")
    assert (result.inputs[0].encoding, result.inputs[0].delimiter) == (None, None)


def test_the_content_tells_a_workbook_whatever_its_name(tmp_path: Path) -> None:
    """Somebody renames the file so that it looks like the others."""
    assert read(tmp_path, xlsx_export(ROWS), "export.csv").inputs[0].format == "xlsx"


def test_numbers_dates_and_flags_become_what_the_text_would_say(tmp_path: Path) -> None:
    """A spreadsheet turns what looks like a number or a day into one."""
    text = client_row(
        asiakasnumero="330000204",
        kotikunta="49",
        postinumero="100",
        syntymaaika="1.6.1995",
        tyonhaku_paattyi="11.11.2222",
        ansiopaivarahaoikeus="1",
    )
    typed = text | {
        "asiakasnumero": 3.30000204e8,
        "kotikunta": 49,
        "postinumero": 100.0,
        "syntymaaika": date(1995, 6, 1),
        "tyonhaku_alkoi": datetime(2021, 2, 1, 0, 0),  # noqa: DTZ001 a sheet knows no time zone
        "tyonhaku_paattyi": date(2222, 11, 11),
        "turvakielto": False,
        "ansiopaivarahaoikeus": True,
        "tyollisyyskoodi": 2,
        "tyomarkkinatukipaivat": 20,
    }

    result = clients(read(tmp_path, xlsx_export([typed])))

    assert_frame_equal(result, clients(read(tmp_path, csv_export([text]), "e.csv")))
    assert result.select("client_id", "municipality", "postal_code").row(0) == (
        "330000204",
        "049",
        "00100",
    )


@pytest.mark.parametrize(
    ("number", "text"),
    [(330000000.0, "330000000"), (1e14, "100000000000000"), ("0012", "0012"), ("3E8", "3E8")],
)
def test_a_client_number_is_never_in_exponent_form(
    tmp_path: Path, number: object, text: str
) -> None:
    """3.3E+08 would be another client; text keeps its leading zeros."""
    result = read(tmp_path, xlsx_export([client_row() | {"asiakasnumero": number}]))

    assert result.accepted["client_id"].to_list() == [text]


def test_the_calendar_that_begins_in_1904_is_read(tmp_path: Path) -> None:
    """Workbooks of old Macs count days from another first day."""
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx_export([client_row() | {"tyonhaku_alkoi": None}]))
    )
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    column = list(client_row()).index("tyonhaku_alkoi") + 1
    book.active.cell(2, column, date(2021, 2, 1))
    out = io.BytesIO()
    book.save(out)

    assert read(tmp_path, out.getvalue()).accepted["search_from"].to_list() == [date(2021, 2, 1)]


def test_a_time_is_no_day(tmp_path: Path) -> None:
    """A cell that shows a time of day is a mistake, not the year 1899."""
    result = read(tmp_path, xlsx_export([client_row() | {"tyonhaku_alkoi": time(12, 30)}]))

    assert codes(result) == ["date_invalid"]


def test_the_first_visible_sheet_is_read(tmp_path: Path) -> None:
    """A hidden sheet holds what nobody sees: look-up lists, last month's rows."""
    result = read(tmp_path, xlsx_export(ROWS, hidden="Piilo"))

    assert result.inputs[0].sheet == "Vienti"
    assert result.rows_read == 2


def test_rows_count_as_in_the_sheet_and_blank_ones_are_skipped(tmp_path: Path) -> None:
    """Whoever looks for row 7 must find it."""
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [list(client_row()), list(client_row().values())]
    for at, values in ((3, rows[0]), (5, rows[1]), (9, ["A2", *rows[1][1:]])):
        for column, value in enumerate(values, start=2):
            sheet.cell(at, column, value or None)
    sheet["C7"] = "  "
    sheet.merge_cells("B11:F11")
    sheet.cell(12, 1).font = openpyxl.styles.Font(bold=True)
    out = io.BytesIO()
    book.save(out)

    result = read(tmp_path, out.getvalue())

    assert result.accepted.select("row", "client_id").rows() == [(5, "A1"), (9, "A2")]
    assert (result.rows_read, result.inputs[0].header_row) == (2, 3)


def test_a_title_above_the_header_is_no_row(tmp_path: Path) -> None:
    """Offices like to write above the table what it is and from which day."""
    above = [["TE-toimisto, vienti"], [], ["päivä", date(2021, 3, 1)]]

    result = read(tmp_path, xlsx_export(ROWS, above=above))

    assert result.inputs[0].header_row == 4
    assert result.accepted["row"].to_list() == [5, 6]


def test_a_client_above_the_header_is_not_skipped(tmp_path: Path) -> None:
    """Somebody sorted the sheet, and the header went down; nobody may be lost above it."""
    above = [list(ROWS[0].values())]

    with pytest.raises(InputError, match="the first line is not a header"):
        read(tmp_path, xlsx_export(ROWS, above=above))


def test_a_cell_to_the_right_of_the_header_rejects_its_row(tmp_path: Path) -> None:
    """Cells that were moved must not be cut off in silence."""
    moved = [*ROWS[1].values(), None, "040 123"]
    content = xlsx_export(ROWS)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for column, value in enumerate(moved, start=1):
        book.active.cell(3, column, value or None)
    out = io.BytesIO()
    book.save(out)

    result = read(tmp_path, out.getvalue())

    assert problems(result) == [(3, "row_ragged")]
    assert "30 cells and the header 28" in result.rejected["message"].item()
    assert result.rejected.select("client_id", "value").row(0) == (None, None)


@pytest.mark.parametrize(
    ("cell", "shown"), [("#N/A", "#N/A"), ("#REF!", "#REF!"), ("=1/0", "=1/0")]
)
def test_a_cell_without_a_value_of_its_own_is_not_blank(
    tmp_path: Path, cell: str, shown: str
) -> None:
    """A blank end of the job search means that it goes on; an error of the sheet does not."""
    result = read(tmp_path, xlsx_export([client_row() | {"tyonhaku_paattyi": cell}]))

    assert result.rejected.select("column", "value", "code").rows() == [
        ("tyonhaku_paattyi", shown, "bytes_undecodable")
    ]
    assert "a spreadsheet's error or a formula" in result.rejected["message"].item()


def test_a_formula_with_its_value_is_its_value(tmp_path: Path) -> None:
    """What a spreadsheet has worked out stands in the file beside the formula."""
    content = xlsx_export([client_row() | {"tyomarkkinatukipaivat": "=5*4"}])
    worked_out = changed(
        content,
        lambda _, part: part.replace(b"<v></v>", b"<v>20</v>").replace(b"<v />", b"<v>20</v>"),
    )

    assert read(tmp_path, worked_out).accepted["support_days"].to_list() == [20]


def test_other_zip_files_and_empty_sheets_are_refused(tmp_path: Path) -> None:
    """The sentence says what to save instead."""
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    empty = io.BytesIO()
    openpyxl.Workbook().save(empty)
    all_hidden = changed(
        xlsx_export(ROWS),
        lambda _, part: part.replace(b'state="visible"', b'state="veryHidden"'),
    )

    found = []
    for content in (other.getvalue(), empty.getvalue(), all_hidden):
        with pytest.raises(InputError) as error:
            read(tmp_path, content)
        found.append(error.value.problem)

    assert found == [
        "export.xlsx: is a zip file, but no .xlsx workbook",
        "export.xlsx: the first visible sheet is empty",
        "export.xlsx: the workbook has no visible sheet",
    ]


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    """A few kilobytes can unpack to more than the memory holds."""
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_export(ROWS))) as old,
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
        with new.open("xl/worksheets/sheet99.xml", "w") as part:
            for _ in range(80):
                part.write(bytes(1 << 20))

    with pytest.raises(InputError) as error:
        read(tmp_path, bomb.getvalue())

    assert error.value.problem == ("export.xlsx: unpacks to more than 200 times its size or 2 GiB")


def test_a_cell_at_the_end_of_the_sheet_is_refused(tmp_path: Path) -> None:
    """A table up to XFD1048576 has seventeen thousand million cells."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_export(ROWS)))
    book.active["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(InputError, match="its cells reach to row 1048576 and column 16384"):
        read(tmp_path, out.getvalue())


def test_a_damaged_sheet_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """The zip file is whole, what stands in it is not."""
    content = changed(
        xlsx_export(ROWS),
        lambda name, part: part[: len(part) // 2] if "sheet1" in name else part,
    )

    with pytest.raises(InputError, match=r"export\.xlsx: cannot be read as a workbook"):
        read(tmp_path, content)


def test_coaches_and_answers_may_be_workbooks(tmp_path: Path) -> None:
    """Whoever sends exports as workbooks keeps the other lists so, too."""
    coaches = tmp_path / "coaches.xlsx"
    coaches.write_bytes(
        xlsx_export(
            [
                {
                    "valmentaja_id": "V1",
                    "nimi": "Aino Esimerkki",
                    "alue": "porvoo",
                    "kunnat": 638,
                    "tyoaikaosuus": 0.8,
                    "enintaan": 50,
                }
            ]
        )
    )
    answers = tmp_path / "review.xlsx"
    answers.write_bytes(
        xlsx_export([{"client_id": 330000204, "kuuluu": "K", "kuka": "P", "peruste": "nähty"}])
    )

    (coach,) = read_coaches(coaches, areas=load_areas(), on=ON).coaches

    assert (coach.share, coach.limit, coach.municipalities) == (0.8, 50, {"638"})
    assert read_answers(answers).rows() == [("330000204", True, "P", "nähty", None)]


ROUNDED = "client_id_in_exponent_form"


@pytest.mark.parametrize(
    ("number", "rejected"),
    [
        (999_999_999_999_999, []),
        (1_000_000_000_000_000, [("1.00E+15", ROUNDED)]),
        (1234567890123456, [("1.23E+15", ROUNDED)]),
        (12345678901234567890, [("1.23E+19", ROUNDED)]),
        (1e22, [("1.00E+22", ROUNDED)]),
        ("1234567890123456", []),
        ("12345678901234567890", []),
    ],
)
def test_a_number_that_the_sheet_may_have_rounded_rejects_its_row(
    tmp_path: Path, number: object, rejected: list[tuple[str, str]]
) -> None:
    """A sheet keeps 15 digits of a number: the rest would make it somebody else's."""
    sound = client_row() | {"asiakasnumero": "B1"}
    rows = [sound, client_row(asiakasnumero="A2") | {"asiakasnumero": number}]

    result = read(tmp_path, xlsx_export(rows))

    assert result.rejected.select("value", "code").rows() == rejected
    assert result.accepted["client_id"].to_list() == ["B1", *([] if rejected else [str(number)])]


def test_a_formula_may_give_a_rounded_number_too(tmp_path: Path) -> None:
    """Two columns pasted together are a number again; text that a formula gives is not."""
    rows = [client_row(), client_row(asiakasnumero="A2") | {"asiakasnumero": "=10^16"}]

    def with_value(kind: bytes) -> Ingested:
        wanted, value = b'<c r="A3"><f>10^16</f>', b"<v>10000000000000000</v></c>"
        return read(
            tmp_path,
            changed(
                xlsx_export(rows),
                lambda _, part: (
                    part.replace(wanted + b"<v></v></c>", wanted + value)
                    .replace(wanted + b"<v /></c>", wanted + value)
                    .replace(b'<c r="A3">', b'<c r="A3"' + kind + b">")
                ),
            ),
        )

    assert problems(with_value(b"")) == [(3, ROUNDED)]
    assert with_value(b' t="str"').accepted["client_id"].to_list() == ["A1", "10000000000000000"]


def test_a_workbook_of_rounded_numbers_is_refused(tmp_path: Path) -> None:
    """As a CSV file of them: the export from before the spreadsheet is needed."""
    rows = [client_row() | {"asiakasnumero": 1234567890123456}]

    with pytest.raises(InputError, match="a spreadsheet has rounded them"):
        read(tmp_path, xlsx_export(rows))
