"""What became of the unemployed between two exports is counted, labelled, and adds up."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import client_row, csv_export, identity_code
from conftest import SAMPLES, RunCli

BEFORE, AFTER = "pori-2017-12-31.csv", "pori-2018-11-30.csv"
YOUNG, OLD = date(1997, 1, 1), date(1980, 1, 1)


def person(number: int, *, born: date = OLD, **changes: str) -> dict[str, str]:
    """Return an unemployed client of Pori, for a month and without labour market support."""
    given = {"kotikunta": "609", "etuus": "02", "tyottomyys_alkoi": "1.12.2017"} | changes
    return client_row(
        asiakasnumero=f"A{number}",
        henkilotunnus=identity_code(born, 900 + number % 100),
        tyonhaku_alkoi="1.6.2017",
        **given,
    )


def told(result: str) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Return the figures of ``--json`` by place and figure."""
    return {(one["place"], one["figure"]): one for one in json.loads(result)["figures"]}


def write(folder: Path, name: str, rows: list[dict[str, str]]) -> Path:
    """Write an export."""
    (folder / name).write_bytes(csv_export(rows))
    return folder / name


@pytest.fixture(scope="module")
def pori(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return two synthetic exports with as many people as Pori announced."""
    folder = tmp_path_factory.mktemp("pori")
    ends = []
    for name, unemployed, young, long in (
        (BEFORE, 5683, 834, 1869),
        (AFTER, 4172, 608, 906),
    ):
        rows = [
            person(
                number,
                born=YOUNG if number < young else OLD,
                tyottomyys_alkoi="1.1.2016" if number >= unemployed - long else "1.6.2018",
            )
            for number in range(unemployed)
        ]
        at_work = [person(number, tyollisyyskoodi="01") for number in range(9000, 9010)]
        ends.append(write(folder, name, [*rows, *at_work]))
    return ends[0], ends[1]


def test_poris_announced_figures_come_out(pori: tuple[Path, Path], kuntactl: RunCli) -> None:
    """5 683 became 4 172, 834 under 25 became 608, 1 869 for over a year became 906."""
    result = kuntactl("outcomes", *pori, "--area", "pori-2017", "--json")

    figures = told(result.out)
    found = {
        name: (figures["total", name]["before"], figures["total", name]["after"])
        for name in ("unemployed", "under_25", "over_12_months")
    }
    assert result.code == 0
    assert found == {
        "unemployed": (5683, 4172),
        "under_25": (834, 608),
        "over_12_months": (1869, 906),
    }
    assert figures["total", "unemployed"]["change"] == 4172 - 5683
    assert figures["total", "unemployed"]["change_per_cent"] == -26.6


# language, what the announced figures are labelled
LABELS = [
    ("fi", ("vuoden 2017 keskiarvo", "marraskuu 2018")),
    ("sv", ("medeltal för 2017", "november 2018")),
    ("en", ("average of 2017", "November 2018")),
]


@pytest.mark.parametrize(("language", "labels"), LABELS)
def test_a_years_average_is_not_shown_as_a_day(
    language: str, labels: tuple[str, str], kuntactl: RunCli
) -> None:
    """The announced figures compare a year with a month: whoever reads them must see it."""
    result = kuntactl(
        *("outcomes", SAMPLES / "satakunta-2017-08-01.csv", SAMPLES / "satakunta-2019-01-01.csv"),
        *("--area", "pori-2017", "--lang", language),
    )

    (heading,) = (line for line in result.out.splitlines() if labels[0] in line)
    assert labels[1] in heading
    assert "5" in result.out and "683" in result.out  # noqa: PT018 - the thousands' sign differs


# code after, end of the search after, where the person stands
MOVES = [
    ("01", "", "open_labour_market"),
    ("01", "1.10.2018", "open_labour_market"),  # the search ended because of the work
    ("00", "", "subsidised_work"),
    ("07", "", "in_service"),
    ("08", "", "in_training"),
    ("02", "1.10.2018", "search_ended"),
    ("02", "", "still_unemployed"),
    ("03", "", "still_unemployed"),
    ("04", "", "shortened_week"),
    ("05", "", "outside_labour_force"),
    ("06", "", "unemployment_pension"),
    ("09", "", "unknown"),
    ("", "", "unknown"),
    ("z", "", "unknown"),
    (None, "", "not_in_later_export"),
]


def test_everyone_who_was_unemployed_stands_somewhere_once(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """Starts of work, service and training are told apart from those who are merely gone."""
    before = [person(number) for number in range(len(MOVES))] + [person(99, tyollisyyskoodi="05")]
    after = [
        person(number, tyollisyyskoodi=code, tyonhaku_paattyi=end)
        for number, (code, end, _) in enumerate(MOVES)
        if code is not None
    ]
    result = kuntactl(
        "outcomes", write(tmp_path, BEFORE, before), write(tmp_path, AFTER, after), "--json"
    )

    moves = json.loads(result.out)["moves"]
    expected = [stands for _, _, stands in MOVES]
    assert moves == {name: expected.count(name) for name in moves}
    assert sum(moves.values()) == told(result.out)["total", "unemployed"]["before"] == len(MOVES)


# column and value after, the figure that cannot be told of them
UNTOLD = [
    ("tyollisyyskoodi", "z", "unemployed"),
    ("tyottomyys_alkoi", "", "over_12_months"),
    ("tyomarkkinatukipaivat", "", "with_share"),
    ("etuus", "07", "with_share"),
    ("etuus", "", "with_share"),
]


@pytest.mark.parametrize(("column", "value", "figure"), UNTOLD)
def test_whom_it_cannot_be_told_of_is_counted_apart(
    column: str, value: str, figure: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """An unknown fact is neither a success nor a failure of the trial."""
    known = {"etuus": "03", "tyomarkkinatukipaivat": "400"}
    before = write(tmp_path, BEFORE, [person(1, **known)])
    after = write(tmp_path, AFTER, [person(1, **known | {column: value})])

    result = kuntactl("outcomes", before, after, "--json")

    line = told(result.out)["total", figure]
    assert (line["unknown_before"], line["unknown_after"]) == (0, 1)
    assert line["after"] == 0


def test_the_months_euros_follow_days_and_amounts(tmp_path: Path, kuntactl: RunCli) -> None:
    """At 299 days nothing, at 300 half, at 1 000 seven tenths; services cost nothing."""
    paid = {"etuus": "03"}
    before = [
        person(1, **paid, tyomarkkinatukipaivat="299"),
        person(2, **paid, tyomarkkinatukipaivat="300"),
        person(3, **paid, tyomarkkinatukipaivat="1000"),
        person(4, **paid, tyomarkkinatukipaivat="1000", tyollisyyskoodi="07"),
        person(5, etuus="02", tyomarkkinatukipaivat="1000"),
    ]
    result = kuntactl(
        *("outcomes", write(tmp_path, BEFORE, before), write(tmp_path, AFTER, before[:1])),
        "--json",
    )

    line = told(result.out)["total", "share_euros"]
    assert line["before"] == round(32.40 * 21.5 * (0.5 + 0.7), 2)
    assert line["after"] == 0
    assert told(result.out)["total", "with_share"]["before"] == 2


def test_the_activation_rate_is_of_the_served_and_the_unemployed(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """One of four in a service is 25 per cent; who works counts on neither side."""
    before = [person(1, tyollisyyskoodi="07"), *(person(number) for number in (2, 3, 4))]
    after = [person(1, tyollisyyskoodi="01")]

    result = kuntactl(
        "outcomes", write(tmp_path, BEFORE, before), write(tmp_path, AFTER, after), "--json"
    )

    line = told(result.out)["total", "activation"]
    assert line["before"] == 25.0
    assert line["after"] is None


def test_the_place_of_a_protected_client_is_not_told(tmp_path: Path, kuntactl: RunCli) -> None:
    """They count in the total; their municipality has one fewer."""
    rows = [person(1), person(2), person(3, turvakielto="K")]

    result = kuntactl(
        "outcomes", write(tmp_path, BEFORE, rows), write(tmp_path, AFTER, rows), "--json"
    )

    figures = told(result.out)
    assert figures["total", "unemployed"]["before"] == 3
    assert figures["609", "unemployed"]["before"] == 2
    assert figures["hidden", "unemployed"]["before"] == 1


def test_nothing_public_has_a_line_of_protected_people(tmp_path: Path, kuntactl: RunCli) -> None:
    """However many they are: they count in the totals of all places, and nowhere else."""
    rows = [person(number, turvakielto="K" if number > 9 else "E") for number in range(1, 21)]
    out = tmp_path / "out"

    result = kuntactl(
        *("outcomes", write(tmp_path, BEFORE, rows), write(tmp_path, AFTER, rows)),
        *("--public", "--json", "--out", out),
    )

    figures = told(result.out)
    assert figures["total", "unemployed"]["before"] == 20
    assert {place for place, _ in figures} == {"total", "609"}
    assert "hidden" not in (out / "outcomes.csv").read_text("utf-8")
    sheet = openpyxl.load_workbook(out / "outcomes.xlsx").worksheets[0]
    assert "Municipality not shown" not in {row[0] for row in sheet.iter_rows(values_only=True)}


def test_nothing_public_tells_of_a_few(tmp_path: Path, kuntactl: RunCli) -> None:
    """Neither the screen nor any file holds a count of one to four, nor what would tell it."""
    rows = [
        *(person(number) for number in range(1, 11)),
        *(person(number, kotikunta="638") for number in range(11, 14)),
        *(person(number, kotikunta="091") for number in range(14, 24)),
    ]
    out = tmp_path / "out"
    result = kuntactl(
        *("outcomes", write(tmp_path, BEFORE, rows), write(tmp_path, AFTER, rows)),
        *("--public", "--json", "--out", out),
    )

    figures = told(result.out)
    assert figures["total", "unemployed"]["before"] == 23
    assert figures["638", "unemployed"]["before"] is None
    assert None in {figures[town, "unemployed"]["before"] for town in ("609", "091")}
    assert "rows" not in json.loads(result.out)["before"]
    with (out / "outcomes.csv").open(encoding="utf-8-sig", newline="") as lines:
        written = {
            (one["place"], one["figure"]): one for one in csv.DictReader(lines, delimiter=";")
        }
    assert written["638", "unemployed"]["before"] == "…"
    assert written["638", "unemployed"]["change"] == "…"
    sheet = openpyxl.load_workbook(out / "outcomes.xlsx").worksheets[0]
    cells = [row for row in sheet.iter_rows(values_only=True) if row[1] == "Unemployed"]
    assert [row[2] for row in cells].count("…") == 2


def test_the_same_exports_give_the_same_files(tmp_path: Path, kuntactl: RunCli) -> None:
    """Two runs, the same bytes; a dry run writes nothing."""
    ends = SAMPLES / "satakunta-2017-08-01.csv", SAMPLES / "satakunta-2019-01-01.csv"

    kuntactl("outcomes", *ends, "--area", "pori-2017", "--out", tmp_path / "a")
    kuntactl("outcomes", *ends, "--area", "pori-2017", "--out", tmp_path / "b")
    dry = kuntactl("outcomes", *ends, "--out", tmp_path / "c", "--dry-run")

    names = {"outcomes.csv", "moves.csv", "outcomes.xlsx", "outcomes.json"}
    written = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "ab"
    ]
    assert written[0] == written[1]
    assert set(written[0]) == names
    assert all(name in dry.err for name in names)
    assert not (tmp_path / "c").exists()


# words, what is said, exit code
REFUSED = [
    (["x.csv", "y.csv"], "of which day is x.csv?", 2),
    (["x.csv", "y.csv", "--before-on", "2018-01-01", "--on", "2017-01-01"], "is not after", 11),
    (["x.csv", "y.csv", "--before-on", "2018-01-01", "--on", "2019-01-01"], "x.csv", 10),
    (
        ["x.csv", "y.csv", "--before-on", "2018-01-01", "--on", "2019-01-01", "--area", "x"],
        "`x`",
        11,
    ),
]


@pytest.mark.parametrize(("words", "says", "code"), REFUSED, ids=[case[1] for case in REFUSED])
def test_what_cannot_be_compared_is_said(
    words: list[str], says: str, code: int, kuntactl: RunCli
) -> None:
    """No day is guessed, and the days are not turned round in silence."""
    result = kuntactl("outcomes", *words)

    assert result.code == code
    assert says in result.err


def test_a_day_without_a_known_amount_is_said(tmp_path: Path, kuntactl: RunCli) -> None:
    """Euros of 2016 would be a guess."""
    rows = [person(1)]
    ends = write(tmp_path, "a-2016-01-01.csv", rows), write(tmp_path, AFTER, rows)

    result = kuntactl("outcomes", *ends)

    assert result.code == 11
    assert "no amount is known for 2016-01-01" in result.err
