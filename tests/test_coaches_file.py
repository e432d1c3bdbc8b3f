"""The coaches file is read in any dialect; what is wrong in it is named all at once."""

from datetime import date
from pathlib import Path

import pytest
from builders import csv_export

from kuntactl.domain.areas import load_areas
from kuntactl.domain.coaches import Coach
from kuntactl.domain.types import AreaId, CoachId, MunicipalityCode, Team
from kuntactl.errors import ExitCode, InputError
from kuntactl.ingest.coaches import CoachList, read_coaches

ON = date(2021, 3, 1)


def coach_row(**changes: str) -> dict[str, str]:
    """Return one row of a coaches file: a coach of all of Salo, Marttila and Koski."""
    row = {
        "valmentaja_id": "K1",
        "nimi": "Olli Esimerkki",
        "alue": "salo-marttila-koski",
        "puhelin": "",
        "sahkoposti": "",
        "toimipiste": "",
        "kunnat": "",
        "kielet": "",
        "tiimi": "",
        "tyoaikaosuus": "",
        "enintaan": "",
        "te_virkailija": "",
    }
    return row | changes


def read(folder: Path, content: bytes) -> CoachList:
    """Write the file and read it."""
    path = folder / "coaches.csv"
    path.write_bytes(content)
    return read_coaches(path, areas=load_areas(), on=ON)


def read_rows(folder: Path, *rows: dict[str, str]) -> CoachList:
    """Write the rows in our usual dialect and read them."""
    return read(folder, csv_export(rows))


def faults(folder: Path, *rows: dict[str, str]) -> str:
    """Return what is said of the rows, without the name of the file."""
    with pytest.raises(InputError) as error:
        read_rows(folder, *rows)
    assert error.value.exit_code is ExitCode.INPUT
    assert error.value.hint == "mend these rows; no coach was taken over"
    return error.value.problem.removeprefix("coaches.csv: ")


def test_a_coach_with_nothing_but_the_needed_cells_serves_the_whole_area(tmp_path: Path) -> None:
    """Blank municipalities are all of them, a blank share is full time, no limit is none."""
    result = read_rows(tmp_path, coach_row())

    assert result == CoachList(
        coaches=(
            Coach(id=CoachId("K1"), name="Olli Esimerkki", area=AreaId("salo-marttila-koski")),
        ),
        warnings=(),
    )


def test_every_cell_is_read(tmp_path: Path) -> None:
    """Each of them changes who gets which coach, or how the client reaches them."""
    row = coach_row(
        puhelin="044 000 0000",
        sahkoposti="olli@example.invalid",
        toimipiste="voimala",
        kunnat="Koski, 480",
        kielet="FI, swe,se",
        tiimi="Nuoret",
        tyoaikaosuus="0,8",
        enintaan="120",
        te_virkailija="V12",
    )

    (coach,) = read_rows(tmp_path, row).coaches

    assert coach == Coach(
        id=CoachId("K1"),
        name="Olli Esimerkki",
        area=AreaId("salo-marttila-koski"),
        phone="044 000 0000",
        email="olli@example.invalid",
        office="voimala",
        municipalities=frozenset({MunicipalityCode("284"), MunicipalityCode("480")}),
        languages=frozenset({"fi", "sv", "se"}),
        team=Team.YOUNG,
        share=0.8,
        limit=120,
        former_officer="V12",
    )


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16", "cp1252"])
def test_every_dialect_of_an_export_will_do(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """The list comes out of the same spreadsheets."""
    rows = [coach_row(nimi="Örjan Ågren", kunnat="734,480")]

    (coach,) = read(tmp_path, csv_export(rows, delimiter=delimiter, encoding=encoding)).coaches

    assert coach.name == "Örjan Ågren"
    assert coach.municipalities == {"734", "480"}


# changes, what is said, why
FAULTS = [
    ({"valmentaja_id": ""}, "`valmentaja_id`: is blank; every coach has an id", "no id"),
    (
        {"valmentaja_id": "../K1"},
        "`valmentaja_id`: has a character other than letters, digits, space and `.+@_-`",
        "the id names a file",
    ),
    ({"nimi": " "}, "`nimi`: is blank; the letter names the coach", "no name"),
    ({"alue": ""}, "`alue`: is blank; it is the id of an area", "no area"),
    ({"alue": "porvo"}, "`alue`: no area `porvo`, did you mean `porvoo`?", "no such area"),
    (
        {"kunnat": "734, 638"},
        "`kunnat`: 638 not in area `salo-marttila-koski` (734, 284, 480)",
        "Porvoo is elsewhere",
    ),
    ({"kunnat": "999"}, "`kunnat`: no municipality `999` in 2021", "no such municipality"),
    ({"kielet": "fi, suomi"}, "`kielet`: `suomi` is no language code (ISO 639)", "a word"),
    ({"kielet": "98"}, "`kielet`: `98` is no language code (ISO 639)", "nobody speaks 98"),
    (
        {"tiimi": "vanhat"},
        "`tiimi`: no team `vanhat`, one of nuoret, maahanmuuttajat, yleinen, alkupalvelu",
        "no such team",
    ),
    ({"tyoaikaosuus": "0"}, "`tyoaikaosuus`: `0` is not above 0 and at most 1", "no share"),
    ({"tyoaikaosuus": "3"}, "`tyoaikaosuus`: `3` is not above 0 and at most 1", "three people"),
    ({"tyoaikaosuus": "1,01"}, "`tyoaikaosuus`: `1,01` is not above 0 and at most 1", "over"),
    ({"tyoaikaosuus": "80 %"}, "`tyoaikaosuus`: `80 %` is no number such as 0,8", "per cent"),
    ({"tyoaikaosuus": "nan"}, "`tyoaikaosuus`: `nan` is no number such as 0,8", "no number"),
    ({"enintaan": "-1"}, "`enintaan`: `-1` is no whole number from 0 to 100000", "below none"),
    ({"enintaan": "1,5"}, "`enintaan`: `1,5` is no whole number from 0 to 100000", "half"),
]


@pytest.mark.parametrize(
    ("changes", "said", "why"), FAULTS, ids=[f"{next(iter(c[0]))}-{c[2]}" for c in FAULTS]
)
def test_a_fault_names_row_column_and_what_would_be_right(
    tmp_path: Path, changes: dict[str, str], said: str, why: str
) -> None:
    """Clients would be shared out wrongly; the whole list waits until it is mended."""
    assert faults(tmp_path, coach_row(valmentaja_id="K0"), coach_row(**changes)) == (
        f"row 3: {said}"
    ), why


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    """The list is mended once, not once a fault."""
    said = faults(
        tmp_path,
        coach_row(alue="porvo", tyoaikaosuus="3"),
        coach_row(enintaan="x"),
        coach_row(valmentaja_id="K2"),
    )

    assert said == (
        "row 2: `alue`: no area `porvo`, did you mean `porvoo`?; "
        "row 2: `tyoaikaosuus`: `3` is not above 0 and at most 1; "
        "row 3: `valmentaja_id`: coach `K1` is there twice; "
        "row 3: `enintaan`: `x` is no whole number from 0 to 100000"
    )


def test_a_row_that_cannot_be_parted_or_decoded_is_a_fault(tmp_path: Path) -> None:
    """A coach that is skipped in silence is a coach whose clients wait."""
    content = csv_export([coach_row(nimi="Mäki"), coach_row(valmentaja_id="K2")])

    with pytest.raises(InputError) as error:
        read(tmp_path, content.replace("ä".encode(), b"\xe4") + b"K3;x\r\n")

    assert error.value.problem == (
        "coaches.csv: row 2: has bytes that are no text, or a formula that was not worked out; "
        "row 4: has 2 cells and the header 12"
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (csv_export([coach_row()]).split(b"\r\n")[0], "there is a header and no rows"),
        (
            csv_export([coach_row()], header=["valmentaja_id", "puhelin"]),
            "columns `nimi`, `alue` are missing",
        ),
        (b"", "the file is empty"),
    ],
    ids=["no coach", "columns missing", "nothing"],
)
def test_a_file_without_coaches_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    """Without a coach nobody could be placed, and that is not what was meant."""
    with pytest.raises(InputError) as error:
        read(tmp_path, content)

    assert error.value.problem == f"coaches.csv: {problem}"


def test_an_unknown_office_only_warns(tmp_path: Path) -> None:
    """The letter takes the area's office instead."""
    result = read_rows(
        tmp_path,
        coach_row(toimipiste="Keskusta"),
        coach_row(valmentaja_id="K2", toimipiste="OHJAAMO"),
    )

    assert [coach.office for coach in result.coaches] == ["Keskusta", "OHJAAMO"]
    (warning,) = result.warnings
    assert warning.startswith(
        "coaches.csv: row 2: no office `Keskusta` in area `salo-marttila-koski` (known: voimala, "
    )


def test_no_message_holds_a_coach_s_name(tmp_path: Path) -> None:
    """Coaches are people too; their row is enough to find them."""
    said = faults(tmp_path, coach_row(nimi="Olli Salanimi", enintaan="x", puhelin="0440"))

    assert "Salanimi" not in said
    assert "0440" not in said
