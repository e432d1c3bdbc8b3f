"""A control total that is off stops everything, until a person accepts it by name."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from conftest import Ended, RunCli
from night_exports import FIRST_NIGHT, write_coaches, write_export

from kuntactl.domain.areas import load_areas
from kuntactl.domain.totals import Expected, parse_expected
from kuntactl.domain.types import AreaId

DAY = ("--on", "2021-03-01")
COMMANDS = ("decide", "assign", "run")
FOUND = 6  # eligible clients of Porvoo on the first night

# what is written, least and most that is right, why this row is here
FORMS = [
    ("porvoo=2600±3%", 2522, 2678, "per cent"),
    ("porvoo=2600+-3%", 2522, 2678, "a keyboard without the sign"),
    ("porvoo=2600+/-3%", 2522, 2678, "the other way to write it"),
    ("porvoo=2600±80", 2520, 2680, "in clients"),
    ("porvoo=2600", 2600, 2600, "exact"),
    ("porvoo=2 600±3 %", 2522, 2678, "as Finnish writes numbers"),
    ("porvoo=2\u00a0600 ± 1\u202f000", 1600, 3600, "with the spaces of a spreadsheet"),
    ("porvoo=311±2,5%", 304, 318, "a decimal comma, and bounds between two numbers"),
    ("porvoo=311±2.5%", 304, 318, "a decimal point"),
    ("porvoo=0", 0, 0, "nobody is expected"),
]
BAD_FORMS = [
    "porvoo",
    "porvoo=",
    "=2600",
    "porvoo=many",
    "porvoo=2600±",
    "porvoo=2600±3%%",
    "porvoo=2600-3%",
    "porvoo=-5",
    "porvoo=2600±3% salo=1",
    "porvoo=26 00",
    "porvoo=99999999999",
    "porvoo=\u0662\u0666",
]


@pytest.mark.parametrize(
    ("text", "least", "most"), [pytest.param(*form[:3], id=form[3]) for form in FORMS]
)
def test_a_control_total_is_read_and_its_bounds_are_right(
    text: str, least: int, most: int
) -> None:
    """The two bounds still pass; one client beyond them does not."""
    expected = parse_expected(text)

    assert expected.area == "porvoo"
    right = [count for count in range(5000) if not expected.is_off(count)]
    assert (right[0], right[-1]) == (least, most)


@pytest.mark.parametrize("text", BAD_FORMS)
def test_a_bad_form_is_refused_with_an_example(
    text: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """Who mistypes a total sees at once how it is written."""
    ended = _run(kuntactl, "decide", tmp_path, "--expect", text)

    assert ended.code == 2
    assert "porvoo=2600±3%" in ended.err
    assert len(ended.err.splitlines()) == 2


def test_two_totals_for_one_area_are_refused(tmp_path: Path, kuntactl: RunCli) -> None:
    """Which of them is meant is not ours to guess."""
    ended = _run(kuntactl, "decide", tmp_path, "--expect", "porvoo=6", "--expect", "porvoo=7")

    assert ended.code == 2
    assert "`porvoo`" in ended.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_total_that_is_off_stops_before_anything_is_written(
    command: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """Half an export must not become letters, nor be remembered."""
    ended = _run(
        kuntactl, command, tmp_path,
        "--expect", "porvoo=8±1", "--expect", "salo-marttila-koski=5±20%",
    )  # fmt: skip

    assert ended.code == 10
    error, hint = [line for line in ended.err.splitlines() if line[:5] in {"error", "hint:"}]
    assert error == (
        "error: control total off: porvoo: expected 8 within 1, found 6, 2 too few (-25.0%); "
        "salo-marttila-koski: expected 5 within 20%, found 0, 5 too few (-100.0%)"
    )
    assert "--accept-totals" in hint
    assert not (tmp_path / "out").exists()


def test_a_total_that_is_off_leaves_the_register_as_it_was(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """The night after a stopped run is the first one that the register knows."""
    assert _run(kuntactl, "run", tmp_path).code == 20
    register = tmp_path / "out" / "register.db"
    before = _runs(register)

    assert _run(kuntactl, "run", tmp_path, "--expect", "porvoo=7").code == 10

    assert _runs(register) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_run_json_lists_each_total(command: str, tmp_path: Path, kuntactl: RunCli) -> None:
    """Whoever reads the folder later sees what was compared with what."""
    ended = _run(kuntactl, command, tmp_path, "--expect", "porvoo=6±10%")

    assert ended.code == 20
    assert _facts(tmp_path)["control_totals"] == [
        {
            "area": "porvoo",
            "municipalities": [],
            "expected": 6,
            "tolerance": "10%",
            "found": FOUND,
            "off": False,
            "accepted_by": None,
            "source": "--expect",
        }
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_who_accepts_goes_on_and_is_recorded(
    command: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """A person answers for the difference; what is right needs nobody."""
    ended = _run(
        kuntactl, command, tmp_path, "--accept-totals", "M. Meikäläinen",
        "--expect", "porvoo=8±1", "--expect", "salo-marttila-koski=0",
    )  # fmt: skip

    assert ended.code == 20
    assert "porvoo expected 8 within 1, found 6; accepted by M. Meikäläinen" in ended.err
    totals = _facts(tmp_path)["control_totals"]
    assert [(one["area"], one["off"], one["accepted_by"]) for one in totals] == [
        ("porvoo", True, "M. Meikäläinen"),
        ("salo-marttila-koski", False, None),
    ]


def test_the_register_keeps_who_accepted_what(tmp_path: Path, kuntactl: RunCli) -> None:
    """The folder may be deleted; who answered for the difference is still known."""
    accepted = ("--expect", "porvoo=8±1", "--accept-totals", "MM")

    assert _run(kuntactl, "run", tmp_path, *accepted).code == 20

    (counts,) = _runs(tmp_path / "out" / "register.db")
    (total,) = json.loads(counts)["control_totals"]
    kept = ("area", "expected", "tolerance", "found", "accepted_by")
    assert [total[name] for name in kept] == ["porvoo", 8, "1", FOUND, "MM"]


@pytest.mark.parametrize("bare", ["last", "before an option", "before an export"])
def test_without_a_name_the_account_accepts(
    bare: str, tmp_path: Path, kuntactl: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cron job has an account; and an export is never taken for a person."""
    monkeypatch.setenv("LOGNAME", "yovuoro")
    export = write_export(tmp_path / "export.csv", FIRST_NIGHT)
    words: dict[str, tuple[object, ...]] = {
        "last": (export, "--accept-totals"),
        "before an option": (export, "--accept-totals", "--json"),
        "before an export": ("--accept-totals", export),
    }

    ended = kuntactl(
        "decide", *DAY, "--out", tmp_path / "out", "--expect", "porvoo=8", *words[bare]
    )

    assert ended.code == 20
    assert _facts(tmp_path)["control_totals"][0]["accepted_by"] == "yovuoro"


def test_a_mistyped_export_is_no_person(tmp_path: Path, kuntactl: RunCli) -> None:
    """Its rows would be missing, and nobody would have accepted anything."""
    ended = _run(
        kuntactl, "decide", tmp_path, "--expect", "porvoo=8", "--accept-totals", "exprot.csv"
    )

    assert ended.code == 2
    assert "exprot.csv" in ended.err


def test_there_must_be_something_to_accept(tmp_path: Path, kuntactl: RunCli) -> None:
    """An acceptance without a total would look like a check that was made."""
    assert _run(kuntactl, "decide", tmp_path, "--accept-totals", "MM").code == 2


@pytest.mark.parametrize(
    ("area", "words"),
    [("porvo", "did you mean `porvoo`?"), ("helsinki", "areas of this run: porvoo")],
    ids=["no such area", "an area that was not chosen"],
)
def test_a_total_of_a_strange_area_is_refused(
    area: str, words: str, tmp_path: Path, kuntactl: RunCli
) -> None:
    """A total that nothing is compared with would always be right."""
    ended = _run(kuntactl, "decide", tmp_path, "--area", "porvoo", "--expect", f"{area}=100±50")

    assert ended.code == 11
    assert words in ended.err


def test_the_areas_files_hold_control_totals(tmp_path: Path, kuntactl: RunCli) -> None:
    """Porvoo's news gave 2,600 and the town of Salo about 2,700 of just under 2,900."""
    ended = _run(kuntactl, "decide", tmp_path, "--control-totals", "--area", "porvoo",
                 "--area", "salo-marttila-koski")  # fmt: skip

    assert ended.code == 10
    assert "porvoo: expected 2,600 within 10%, found 6" in ended.err
    assert "salo-marttila-koski (734): expected 2,700 within 10%" in ended.err


def test_a_total_given_comes_before_the_area_s_file(tmp_path: Path, kuntactl: RunCli) -> None:
    """Who knows better says so; the file is still compared where nothing was said."""
    ended = _run(
        kuntactl, "decide", tmp_path, "--control-totals", "--area", "porvoo",
        "--expect", f"porvoo={FOUND}",
    )  # fmt: skip

    assert ended.code == 20
    assert [one["source"] for one in _facts(tmp_path)["control_totals"]] == ["--expect"]


def test_what_was_not_compared_is_said(tmp_path: Path, kuntactl: RunCli) -> None:
    """Silence would read as if every area had been compared."""
    ended = _run(kuntactl, "decide", tmp_path, "--control-totals", "--expect", f"porvoo={FOUND}")

    unchecked = _facts(tmp_path)["control_totals_unchecked"]
    assert unchecked["espoo"] == "no_control_total"
    assert unchecked["helsinki"] == "no_rows"
    assert "porvoo" not in unchecked
    assert "espoo: no control total in the area's file" in ended.err


def test_a_part_of_an_area_counts_nobody_under_non_disclosure(
    tmp_path: Path, kuntactl: RunCli
) -> None:
    """The difference from the list of the eligible would tell where they live."""
    salo = [row | {"kotikunta": "734"} for row in FIRST_NIGHT if row["kotikunta"] == "638"]
    export = write_export(tmp_path / "export.csv", salo)

    ended = kuntactl(
        "decide", export, *DAY, "--out", tmp_path / "out", "--control-totals",
        "--area", "salo-marttila-koski", "--accept-totals", "MM",
    )  # fmt: skip

    assert ended.code == 20
    assert [
        (one["municipalities"], one["found"]) for one in _facts(tmp_path)["control_totals"]
    ] == [([], FOUND), (["734"], FOUND - 1)]


def test_round_numbers_of_the_files_have_a_tolerance_and_exact_ones_none() -> None:
    """`About 2,600` is not off at 2,601; `exactly 311` is at 312."""
    of_files = {
        total.relation: total.expected_in(AreaId("somewhere"))
        for area in load_areas().values()
        for total in area.control_totals
    }

    def is_off(expected: Expected, by: float) -> bool:
        return expected.is_off(round(expected.clients * (1 + by)))

    assert set(of_files) == {"about", "just under", "over", "exactly"}
    assert {name for name, total in of_files.items() if is_off(total, 0.05)} == {"exactly"}
    assert all(is_off(total, 0.11) for total in of_files.values())


def _run(kuntactl: RunCli, command: str, folder: Path, *more: object) -> Ended:
    export = write_export(folder / "export.csv", FIRST_NIGHT)
    coaches = write_coaches(folder / "coaches.csv")
    staff = () if command == "decide" else ("--coaches", coaches)
    workers = ("--workers", 1)
    return kuntactl(command, export, *staff, *DAY, "--out", folder / "out", *workers, *more)


def _facts(folder: Path) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((folder / "out" / "run.json").read_text("utf-8"))
    return facts


def _runs(register: Path) -> list[str]:
    with sqlite3.connect(register) as connection:
        return [counts for (counts,) in connection.execute("SELECT counts FROM run")]
