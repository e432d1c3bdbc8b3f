"""A coach's workbook opens ready to use, and tells nothing that is protected."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import openpyxl
import polars as pl
import pytest
from report_people import AREA, COACH, ON, VOCABULARY, assignments, client, clients, members

from kuntactl.domain.schema import FirstContacts
from kuntactl.domain.types import Language
from kuntactl.report.caseload import workbook_rows
from kuntactl.report.workbook import coach_workbook


def make(
    people: pl.DataFrame,
    *,
    language: Language = Language.FI,
    planned: Mapping[str, tuple[date, date]] | None = None,
) -> bytes:
    """Return the workbook of the coach who has all these people.

    Args:
        people: Schema ``Clients``.
        language: Of the workbook.
        planned: Day and last day of first contacts, by client number.
    """
    contacts = pl.DataFrame(
        [(client, "lakeland", "V1", ON, *days) for client, days in (planned or {}).items()],
        schema=FirstContacts.create_empty().schema,
        orient="row",
    )
    ids = people.get_column("client_id").to_list()
    rows = workbook_rows(
        assignments(dict.fromkeys(ids, "V1")),
        clients=people,
        grounds=members(*ids, grounds=["no_earnings_related_right", "under_30"]),
        contacts=contacts,
    )
    return coach_workbook(COACH, rows, area=AREA, vocabulary=VOCABULARY, language=language, on=ON)


def first_sheet(content: bytes) -> Any:
    """Return the clients' sheet as a spreadsheet sees it."""
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def column(sheet: Any, heading: str) -> list[Any]:
    """Return the cells below a heading."""
    place = next(cell.column for cell in sheet[1] if cell.value == heading)
    return [sheet.cell(line, place) for line in range(2, sheet.max_row + 1)]


def test_sheet_is_ready_to_use() -> None:
    """A coach scrolls, filters and prints without setting anything up."""
    sheet = first_sheet(make(clients(client("A1"), client("A2"))))

    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == "A1:U3"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.oddFooter.right.text == "sivu &P / &N"


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        (
            Language.FI,
            (
                "Miksi kuuluu kohderyhmään|Asiointikieli|Kotikunta|Tapaamisia kuukaudessa|"
                "Ensimmäinen yhteydenotto|Miksi tällä valmentajalla"
            ),
        ),
        (
            Language.SV,
            (
                "Varför kunden hör till målgruppen|Kontaktspråk|Hemkommun|Möten per månad|"
                "Första kontakt|Varför den här coachen"
            ),
        ),
        (
            Language.EN,
            (
                "Why in the target group|Language of service|Home municipality|Meetings a month|"
                "First contact|Why this coach"
            ),
        ),
    ],
)
def test_sheet_says_all_that_a_coach_asks(language: Language, headings: str) -> None:
    """Ground, language, municipality, weight, first contact, reason: none may be blank."""
    day = date(2021, 3, 3)
    content = make(clients(client("A1")), language=language, planned={"A1": (day, day)})
    sheet = first_sheet(content)

    assert all(column(sheet, heading)[0].value for heading in headings.split("|"))


def test_row_is_as_high_as_its_text() -> None:
    """LibreOffice lets wrapped lines run over each other unless it is told the height."""
    two_grounds = first_sheet(make(clients(client("A1"))))

    assert two_grounds.row_dimensions[2].height >= 2 * 15


def test_dates_are_dates() -> None:
    """A date that is text cannot be sorted."""
    people = clients(
        client("A1", unemployed_from=date(2019, 12, 24)), client("A2", unemployed_from=None)
    )
    cells = column(first_sheet(make(people)), "Työttömyys alkoi")

    assert [cell.value for cell in cells] == [datetime(2019, 12, 24), None]  # noqa: DTZ001 - xlsx has no zone
    assert cells[0].is_date
    assert cells[0].number_format == "d.m.yyyy"


def test_numbers_are_numbers() -> None:
    """A whole number must not show a lone decimal comma, as ``0.##`` makes it."""
    sheet = first_sheet(make(clients(client("A1"))))
    age, meetings = column(sheet, "Ikä")[0], column(sheet, "Tapaamisia kuukaudessa")[0]

    assert (age.value, age.number_format) == (30, "0")
    assert (meetings.value, meetings.number_format) == (0.5, "0.0")


def test_odd_characters_of_an_export_do_not_break_the_file() -> None:
    """A control character in a name is not allowed in XML; the sheet still opens."""
    sheet = first_sheet(
        make(clients(client("A1", family_name="Esi\x01merkki", given_names="<&>")))
    )

    assert column(sheet, "Etunimet")[0].value == "<&>"
    assert column(sheet, "Sukunimi")[0].value.startswith("Esi")


def test_name_is_never_a_formula_or_a_link() -> None:
    """A name from an export must not run when the coach opens the sheet."""
    people = clients(
        client("A1", family_name="=1+1", given_names="@SUM(A1)", email="http://example.org/x")
    )
    content = make(people)
    sheet = first_sheet(content)

    assert column(sheet, "Sukunimi")[0].value == "=1+1"
    assert column(sheet, "Sukunimi")[0].data_type == "s"
    assert column(sheet, "Etunimet")[0].data_type == "s"
    assert column(sheet, "Sähköposti")[0].hyperlink is None
    assert b"<f>" not in _unpacked(content)


def test_protected_client_is_marked_in_words_and_cannot_be_found() -> None:
    """No byte of the file tells who the person is, where they live or how to reach them."""
    people = clients(
        client(
            "P1",
            family_name="Suojattu",
            protected=True,
            municipality="734",
            street="Salainenkatu 7",
            postal_code="24100",
            post_office="SALO",
            contact_address="PL 99, 20101 TURKU",
            email="piilo@example.org",
            phone="050 123 4567",
        )
    )
    content = make(people)
    sheet = first_sheet(content)
    unpacked = _unpacked(content)

    assert column(sheet, "Turvakielto")[0].value == "TURVAKIELTO"
    assert column(sheet, "Asiakasnumero")[0].value == "P1"
    assert column(sheet, "Sukunimi")[0].value is None
    for secret in (
        b"Suojattu",
        b"Salo",
        b"SALO",
        b"734",
        b"Salainen",
        b"24100",
        b"PL 99",
        b"piilo",
        b"050 123",
    ):
        assert secret not in unpacked


def test_no_identity_code_in_the_file() -> None:
    """A coach needs the client number only."""
    assert b"010391-901L" not in _unpacked(make(clients(client("A1"))))


def test_clients_stand_in_the_order_of_a_finnish_list() -> None:
    """Å, ä and ö come after z; accents and case do not count; then given names, then number."""
    names = ["Öhman", "Zetterberg", "Åberg", "éklund", "Ähtäri", "Ekman"]
    people = clients(
        *(client(f"A{place}", family_name=name) for place, name in enumerate(names)),
        client("B2", family_name="Aalto", given_names="Eero"),
        client("B1", family_name="Aalto", given_names="Eero"),
        client("B3", family_name="Aalto", given_names="Aatu"),
        client("B9", family_name=None, given_names="Xi"),
    )
    sheet = first_sheet(make(people))

    assert [cell.value for cell in column(sheet, "Asiakasnumero")] == [
        *("B9", "B3", "B1", "B2"),
        *("A3", "A5", "A1", "A2", "A4", "A0"),
    ]


def test_codes_are_in_words() -> None:
    """A coach reads words, not register codes; the ground stands on a line of its own."""
    sheet = first_sheet(make(clients(client("A1", mother_tongue="ru")), language=Language.SV))
    line = {cell.value: sheet.cell(2, cell.column).value for cell in sheet[1]}

    assert line["Modersmål"] == "ryska"
    assert line["Hemkommun"] == "Borgå"
    assert line["Förmån"] == "arbetsmarknadsstöd"
    assert line["Ålder"] == 30
    assert line["Samma tjänsteman som på arbets- och näringsbyrån"] == "ja"
    assert line["Varför kunden hör till målgruppen"] == (
        "inte rätt till inkomstrelaterad dagpenning\nunder 30 år"
    )


@pytest.mark.parametrize("language", Language)
def test_same_bytes_twice(language: Language) -> None:
    """Whoever compares two runs sees a difference only where there is one."""
    people = clients(client("A1"), client("A2", mother_tongue="ar"))

    assert make(people, language=language) == make(people, language=language)


@pytest.mark.parametrize("language", Language)
def test_days_fit_into_their_columns(language: Language) -> None:
    """A date that is too wide for its column is shown as ###."""
    day = date(2022, 10, 26)  # "Wed 26 Oct 2022" is as wide as they come
    content = make(clients(client("A1")), language=language, planned={"A1": (day, day)})
    book = openpyxl.load_workbook(io.BytesIO(content))

    for sheet, header in ((book.worksheets[0], 1), (book.worksheets[1], 4)):
        days = [cell for cell in sheet[header + 1] if cell.is_date]
        assert days
        for cell in days:
            written = "Wed 26 Oct 2022" if "ddd" in cell.number_format else "26 Oct 2022"
            (width,) = [
                one.width
                for one in sheet.column_dimensions.values()
                if one.min <= cell.column <= one.max
            ]
            assert width > len(written)


def test_first_contact_is_a_day_with_its_weekday() -> None:
    """A coach thinks in weeks: "ke 3.3.2021", sorted as a date."""
    content = make(
        clients(client("A1"), client("A2")), planned={"A1": (date(2021, 3, 3), date(2021, 6, 1))}
    )
    planned, none = column(first_sheet(content), "Ensimmäinen yhteydenotto")

    assert planned.value == datetime(2021, 3, 3)  # noqa: DTZ001 - xlsx has no zone
    assert planned.number_format == "[$-40B]ddd d.m.yyyy"
    assert none.value is None


def plan_of(content: bytes) -> list[list[Any]]:
    """Return the rows of the sheet with the plan."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_plan_stands_by_day_and_says_an_overload_plainly() -> None:
    """Who cannot meet everybody in time must not find out on the last day."""
    people = clients(*(client(f"A{place}", protected=place == 1) for place in range(3)))
    last = date(2021, 3, 3)
    content = make(
        people,
        planned={
            "A0": (date(2021, 3, 4), last),
            "A1": (last, last),
            "A2": (date(2021, 2, 1), last),
        },
    )
    title, plan, overload, _header, *lines = plan_of(content)

    assert title[0] == "Ensimmäiset yhteydenotot"
    assert plan[0] == "Ensimmäisiä yhteydenottoja 2: 3.3.2021–4.3.2021, enintään 1 päivässä."
    assert overload[0].startswith("Ajoissa ehtii 1, myöhässä on 1.")
    assert [line[1] for line in lines] == ["A1", "A0"]  # what was on 1.2. is over
    assert [line[-1] for line in lines] == [None, "myöhässä"]
    assert lines[0][4] is None  # no telephone under non-disclosure
    assert lines[1][4] == "040 000 0000"


@pytest.mark.parametrize("language", Language)
def test_plan_of_nobody_says_so(language: Language) -> None:
    """An empty table looks like a fault."""
    _, said, *_ = plan_of(make(clients(client("A1")), language=language))

    assert said[0] in {
        "Ei ensimmäisiä yhteydenottoja.",
        "Inga första kontakter.",
        "No first contacts.",
    }


def test_coach_without_clients_gets_a_sheet_with_a_header() -> None:
    """An empty list is an answer too."""
    sheet = first_sheet(make(clients()))

    assert sheet.max_row == 1
    assert sheet["A1"].value == "Asiakasnumero"


def _unpacked(content: bytes) -> bytes:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return b"\n".join(archive.read(name) for name in archive.namelist())
